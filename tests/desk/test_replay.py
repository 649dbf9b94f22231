"""Quarantine mended and read again: rows, values, several people in a row; what is faulty still; nothing lost."""

import json
import sys
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk import deliveries, mending, quarantine, resolve
from concerted.desk.current import look_up, record_files
from concerted.desk.mended_values import KEY, again, put_right
from concerted.desk.replay import replay
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.extracts import load_profile
from tests.desk.extracts import FILES, HEADER, PEOPLE, PROFILE, PROFILES, alone, ids, profile, rows_of, small, table

UNSPLIT = "9,Farah,Varga,2001-02-03,07700 900009,f,too much"


@pytest.fixture
def linking() -> None:
    """For a test that looks at what is joined."""


@pytest.fixture(autouse=True)
def quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Linking takes most of the time, and few of these tests are about it."""
    if "linking" not in request.fixturenames:
        monkeypatch.setattr("concerted.desk.resolve.link", alone)


def mended(folder: Path, number: int, **values: str) -> None:
    with Store.open(folder) as store:
        mending.mend(store, number, values, "Ann", "asked the agency")


def items(folder: Path) -> dict[int, quarantine.Item]:
    with Store.open(folder) as store:
        return {item.id: item for item in quarantine.items(store)}


def record(folder: Path, record_id: str) -> dict[str, str | None]:
    with Store.open(folder) as store:
        key = RecordKey("force", record_id)
        return look_up(record_files(store), [key])[key]


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """A row without an id (1), a value that is no date (2) and a telephone that is none in the same row (3)."""
    rows = [("", *PEOPLE[0][1:]), *PEOPLE[1:], ("7", "Efosa", "Umeh", "2009-13-45", "ask", "e")]
    return small(tmp_path, rows, Options(truth=True))


def test_what_is_in_quarantine(faulty: Path) -> None:
    found = items(faulty)
    assert [(item.kind, item.row, item.column) for item in found.values()] == [
        ("row", 2, "id"),
        ("value", 8, "dob"),
        ("value", 8, "phone"),
    ]
    assert all(item.reason and item.mend and item.state == "waiting" for item in found.values())


def test_a_row_mended_is_a_record(linking: None, faulty: Path) -> None:
    mended(faulty, 1, id="1")
    done = replay(faulty)
    assert (done.read, done.still, done.summary.records, done.summary.rows_quarantined) == (1, 0, 7, 0)
    [one, other] = [row["entity_id"] for row in rows_of(faulty / "entities.csv") if row["record_id"] in {"1", "2"}]
    assert one == other, "it is joined like any other"
    assert items(faulty)[1].state == "replayed"
    assert {"record_id": "1", "source": "force", "truth_id": "a"} in rows_of(faulty / "truth.csv")


def test_what_is_mended_is_of_the_folder_that_the_extract_lay_in(tmp_path: Path) -> None:
    (tmp_path / "council-b").mkdir()
    data = table(tmp_path / "council-b" / "small.csv", HEADER, [("", *PEOPLE[0][1:]), *PEOPLE[2:4]])
    of_folder = profile(tmp_path, PROFILE.replace("{constant: force}", "{folder: true}"))
    resolve.resolve([data], [of_folder], tmp_path / "out", Options())
    mended(tmp_path / "out", 1, id="1")

    assert replay(tmp_path / "out").still == 0
    assert {row["source"] for row in rows_of(tmp_path / "out" / "entities.csv")} == {"council-b"}
    assert "1" in {row["record_id"] for row in rows_of(tmp_path / "out" / "entities.csv")}


def test_a_value_mended_supersedes_and_the_old_record_stays(faulty: Path) -> None:
    mended(faulty, 2, dob="2009-12-31")
    done = replay(faulty)
    assert (done.read, done.summary.records, done.summary.values_quarantined) == (1, 6, 1)
    assert record(faulty, "7")["date_of_birth"] == "2009-12-31"
    old = pq.read_table(faulty / "records" / "001.parquet").to_pylist()[-1]
    assert (old["record_id"], old["date_of_birth"], old["date_of_birth_as_given"]) == ("7", None, "2009-13-45")
    assert [row["record_id"] for row in rows_of(faulty / "entities.csv")] == ["2", "3", "4", "5", "6", "7"]


def test_values_of_one_record_are_mended_one_after_another(faulty: Path) -> None:
    mended(faulty, 2, dob="2009-12-31")
    replay(faulty)
    mended(faulty, 3, phone="07700 900123")
    replay(faulty)
    now = record(faulty, "7")
    assert (now["date_of_birth"], now["phone"]) == ("2009-12-31", "+447700900123")
    assert {item.state for item in items(faulty).values() if item.kind == "value"} == {"replayed"}
    assert len(items(faulty)) == 3, "what waited is not put aside twice"


def test_what_is_faulty_still_waits_with_its_new_reason(faulty: Path) -> None:
    mended(faulty, 1, id="  ")
    mended(faulty, 2, dob="2009-02-30")
    done = replay(faulty)
    assert (done.read, done.still, done.summary.records) == (0, 2, 6)
    found = items(faulty)
    assert "30 February" in found[2].reason
    assert (found[2].state, found[2].raw, found[2].mended) == ("waiting", "2009-13-45", {"dob": "2009-02-30"})
    assert found[1].state == "waiting"


def test_a_row_mended_into_another_ones_id_waits(faulty: Path) -> None:
    mended(faulty, 1, id="5")
    assert replay(faulty).still == 1
    assert "stands already" in items(faulty)[1].reason


def test_a_mended_row_with_a_faulty_value_is_read_without_it(faulty: Path) -> None:
    mended(faulty, 1, id="1", phone="nobody's")
    done = replay(faulty)
    assert (done.read, done.summary.records) == (1, 7)
    [new] = [item for item in items(faulty).values() if item.raw == "nobody's"]
    assert (new.kind, new.state, new.row) == ("value", "waiting", 2)
    mended(faulty, new.id, phone="07700 900001")
    assert replay(faulty).read == 1
    assert record(faulty, "1")["phone"] == "+447700900001"


def test_the_release_stays_and_nothing_is_trained(linking: None, faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def never(*_: object) -> None:
        raise AssertionError("replay trains nothing")

    monkeypatch.setattr(sys.modules["concerted.linkage.link"], "train", never)
    before = (faulty / "model.json").read_bytes()
    mended(faulty, 1, id="1")
    summary = replay(faulty).summary
    assert (faulty / "model.json").read_bytes() == before
    assert "shipped" in str(summary.model["why"])


def test_a_folder_on_a_system_without_links_is_copied(faulty: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: object) -> None:
        raise PermissionError

    monkeypatch.setattr("concerted.desk.anew.os.link", refused)
    mended(faulty, 1, id="1")
    assert replay(faulty).read == 1


def test_deliveries_say_what_they_mend(faulty: Path) -> None:
    mended(faulty, 1, id="1")
    mended(faulty, 2, dob="2009-12-31")
    replay(faulty)
    with Store.open(faulty) as store:
        assert [(one.number, one.mends, one.file) for one in deliveries.all_of(store)] == [
            (1, None, "small.csv"),
            (2, 1, "small.csv"),
            (3, 1, "small.csv"),
        ]
    assert "read again" in (faulty / "summary.json").read_text(encoding="utf-8")


def test_permanent_ids_stay(faulty: Path) -> None:
    before = {row["record_id"]: row["entity_id"] for row in rows_of(faulty / "entities.csv")}
    mended(faulty, 2, dob="2009-12-31")
    replay(faulty)
    assert {row["record_id"]: row["entity_id"] for row in rows_of(faulty / "entities.csv")} == before


def test_nothing_mended_is_used_wrongly(faulty: Path) -> None:
    with pytest.raises(UsedWronglyError, match="nothing is mended"):
        replay(faulty)
    mended(faulty, 1, id="1")
    replay(faulty)
    with pytest.raises(UsedWronglyError, match="nothing is mended"):
        replay(faulty)


def test_what_was_read_again_cannot_be_mended_again(faulty: Path) -> None:
    mended(faulty, 1, id="1")
    replay(faulty)
    with pytest.raises(UsedWronglyError, match="read already"):
        mended(faulty, 1, id="2")


def test_a_column_that_is_not_there_is_refused(faulty: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"no column nope\. Its columns are id, first, last, dob, phone, who"):
        mended(faulty, 1, nope="x")
    with pytest.raises(UsedWronglyError, match="Its columns are dob"):
        mended(faulty, 2, phone="x")
    with pytest.raises(UsedWronglyError, match="no number 99"):
        mended(faulty, 99, dob="x")


@pytest.mark.parametrize(("who", "why"), [("", "asked"), ("Ann", " ")])
def test_who_and_why_are_said(faulty: Path, who: str, why: str) -> None:
    with Store.open(faulty) as store, pytest.raises(UsedWronglyError, match="who did it, and why"):
        mending.mend(store, 1, {"id": "1"}, who, why)


def test_what_is_dismissed_waits_no_more_and_is_counted_still(faulty: Path) -> None:
    mended(faulty, 1, id="1")
    with Store.open(faulty) as store:
        mending.dismiss(store, 2, "Ann", "nobody knows")
        assert [item.id for item in quarantine.items(store, states=quarantine.OPEN)] == [1, 3]
        assert quarantine.in_quarantine(store, "value") == 2
    replay(faulty)
    found = items(faulty)[2]
    assert (found.state, found.who, found.why) == ("dismissed", "Ann", "nobody knows")
    assert found.when is not None


def test_a_mending_undoes_a_dismissal(faulty: Path) -> None:
    with Store.open(faulty) as store:
        mending.dismiss(store, 2, "Ann", "nobody knows")
    mended(faulty, 2, dob="2009-12-31")
    assert replay(faulty).read == 1
    with Store.open(faulty) as store, pytest.raises(UsedWronglyError, match="read already"):
        mending.dismiss(store, 2, "Ann", "too late")


@pytest.mark.parametrize(("who", "why"), [("", "asked"), ("Ann", " ")])
def test_who_dismisses_and_why_is_said(faulty: Path, who: str, why: str) -> None:
    with Store.open(faulty) as store, pytest.raises(UsedWronglyError, match="who did it, and why"):
        mending.dismiss(store, 2, who, why)


def test_the_quarantine_is_listed_row_by_row(tmp_path: Path) -> None:
    """A repeated id is found out last, and a value of a mended row later still."""
    rows = [("1", *PEOPLE[0][1:]), ("1", *PEOPLE[2][1:]), ("", *PEOPLE[3][1:]), ("5", "Ama", "Osei", "x", "", "e")]
    out = small(tmp_path, rows)
    with Store.open(out) as store:
        assert [(item.row, item.kind) for item in quarantine.items(store)] == [(3, "row"), (4, "row"), (5, "value")]
        [number] = [item.id for item in quarantine.items(store) if item.row == 4]
    mended(out, number, id="4", dob="y")
    replay(out)
    with Store.open(out) as store:
        found = [(item.row, item.kind) for item in quarantine.items(store)]
    assert found == [(3, "row"), (4, "row"), (4, "value"), (5, "value")]


def test_mendings_of_one_item_add_up_until_it_is_read(faulty: Path) -> None:
    mended(faulty, 1, id="x")
    mended(faulty, 1, id="1", first="Ama")
    assert items(faulty)[1].mended == {"id": "1", "first": "Ama"}


@pytest.fixture
def unsplit(tmp_path: Path) -> Path:
    """A row with a cell too many."""
    path = table(tmp_path / "small.csv", ("id", "first", "last", "dob", "phone", "who"), PEOPLE)
    path.write_text(path.read_text(encoding="utf-8") + UNSPLIT + "\n", encoding="utf-8")
    resolve.resolve([path], [profile(tmp_path)], tmp_path / "out", Options())
    return tmp_path / "out"


def test_a_line_is_mended_whole(unsplit: Path) -> None:
    with Store.open(unsplit) as store:
        mending.mend_line(store, 1, UNSPLIT.removesuffix(",too much"), "Ann", "asked")
    assert replay(unsplit).read == 1
    assert record(unsplit, "9")["family_name"] == "Varga"


def test_a_line_that_still_does_not_fit_is_refused(unsplit: Path, faulty: Path) -> None:
    with Store.open(unsplit) as store, pytest.raises(UsedWronglyError, match="does not have 6 cells"):
        mending.mend_line(store, 1, UNSPLIT, "Ann", "asked")
    with Store.open(faulty) as store, pytest.raises(UsedWronglyError, match="a value and not a row"):
        mending.mend_line(store, 2, "2009", "Ann", "asked")


def test_a_line_is_mended_column_by_column(unsplit: Path) -> None:
    mended(unsplit, 1, id="9", last="Varga")
    replay(unsplit)
    assert (record(unsplit, "9")["family_name"], record(unsplit, "9")["given_name"]) == ("Varga", None)


def test_many_are_mended_in_a_spreadsheet(faulty: Path, tmp_path: Path) -> None:
    path = tmp_path / "mend.csv"
    with Store.open(faulty) as store:
        assert mending.write_csv(store, quarantine.items(store), path) == 8
        assert mending.mend_from(store, path, "Ann", "asked") == 0, "nothing was changed"
    text = path.read_text(encoding="utf-8").replace(",dob,2009-13-45", ",dob,2009-12-31").replace(",id,\n", ",id,1\n")
    path.write_text(text, encoding="utf-8")
    with Store.open(faulty) as store:
        assert mending.mend_from(store, path, "Ann", "asked") == 2
    assert replay(faulty).read == 2


def test_a_spreadsheet_is_not_overwritten_and_another_file_refused(faulty: Path, tmp_path: Path) -> None:
    path = tmp_path / "mend.csv"
    path.write_text("a,b\n1,2\n", encoding="utf-8")
    with Store.open(faulty) as store:
        with pytest.raises(UsedWronglyError, match="such a file already"):
            mending.write_csv(store, quarantine.items(store), path)
        with pytest.raises(
            UsedWronglyError, match=r"row 1: there is no column id\. The first line must name id, column, value"
        ):
            mending.mend_from(store, path, "Ann", "asked")
        path.write_text("id,column,value\none,dob,2009-12-31\n", encoding="utf-8")
        with pytest.raises(UsedWronglyError, match=r"row 2, column id: 'one' is no number\."):
            mending.mend_from(store, path, "Ann", "asked")
        with pytest.raises(UsedWronglyError, match="cannot be read"):
            mending.mend_from(store, tmp_path / "absent.csv", "Ann", "asked")


@pytest.mark.parametrize("word", ["dob", "=x", ""])
def test_settings_that_say_nothing_are_refused(word: str) -> None:
    with pytest.raises(UsedWronglyError, match="COLUMN=VALUE"):
        mending.settings([word])


def test_a_setting_may_hold_an_equals_sign() -> None:
    assert mending.settings(["a = b=c", "d="]) == {"a": " b=c", "d": ""}


def test_several_people_in_a_row_are_mended_each_by_their_own(tmp_path: Path) -> None:
    text = """
profile: family
version: 1
kind: person
record_id: id
source: {constant: force}
parts:
  child: {given_name: c, date_of_birth: {column: d, date: "%Y-%m-%d"}}
  mother: {date_of_birth: {column: m, date: "%Y-%m-%d"}}
"""
    data = table(tmp_path / "f.csv", ("id", "c", "d", "m"), [("1", "Amara", "2009-02-31", "bad")])
    out = tmp_path / "out"
    resolve.resolve([data], [profile(tmp_path, text)], out, Options())
    [child, mother] = ids(out)
    mended(out, child, d="2009-02-28")
    mended(out, mother, m="1985-04-05")
    assert (replay(out).read, len(rows_of(out / "entities.csv"))) == (2, 2)
    assert record(out, "1/child")["date_of_birth"] == "2009-02-28"
    assert record(out, "1/mother")["date_of_birth"] == "1985-04-05", "she had no record before: no value of hers stood"


def test_one_of_several_values_in_a_cell_is_mended(tmp_path: Path) -> None:
    out = small(tmp_path, [("1", "Amara", "Okonjo", "2009-03-14", "07700 900001; ask mum", "a")])
    mended(out, 1, phone="07700 900002")
    replay(out)
    assert record(out, "1")["phone"] == "+447700900001; +447700900002"


@pytest.mark.parametrize(
    ("given", "raw", "text", "wanted"),
    [
        ("bad", "bad", "good", "good"),
        (" bad ", "bad", "good", "good"),
        ("a; bad; c", "bad", "good", "a; good; c"),
        ("a; bad", "a; bad", "good", "good"),
        ("", "bad", "good", "good"),
    ],
)
def test_where_a_mended_value_goes(given: str, raw: str, text: str, wanted: str) -> None:
    assert put_right(given, raw, text) == wanted


@given(
    st.lists(st.text("abc ", min_size=1).map(str.strip).filter(bool), min_size=1, max_size=4, unique=True), st.data()
)
def test_mending_one_value_leaves_the_others(parts: list[str], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(parts) - 1))
    assert put_right("; ".join(parts), parts[at], "X") == "; ".join([*parts[:at], "X", *parts[at + 1 :]])


@pytest.mark.parametrize("path", PROFILES, ids=lambda path: path.stem)
def test_a_profile_that_reads_again_reads_the_same_fields(path: Path) -> None:
    original = load_profile(path)
    made = again(original, None)
    assert made.subjects[None].fields.keys() == original.subjects[None].fields.keys()
    assert made.subjects[None].other.keys() == original.subjects[None].other.keys()
    assert (made.source.column, made.record_id) == KEY
    assert (made.missing, made.evidence, made.required) == (original.missing, original.evidence, original.required)


def test_records_read_again_say_what_they_said(copied: Path) -> None:
    """Every value of the example is mended to what it was; nothing else of its records may change."""
    before = {number: item for number, item in items(copied).items() if item.kind == "value"}
    with Store.open(copied) as store:
        keys = [item.key for item in before.values()]
        old = look_up(record_files(store), keys)
        for number, item in before.items():
            mending.mend(store, number, {str(item.column): ""}, "Ann", "not known after all")
    done = replay(copied)
    assert (done.still, done.summary.values_quarantined, done.summary.records) == (0, 0, 222)
    with Store.open(copied) as store:
        new = look_up(record_files(store), keys)
    for key in keys:
        fields = [item.field for item in before.values() if item.key == key]
        changed = {name for name in old[key] if old[key][name] != new[key][name]}
        assert changed == {f"{field}_as_given" for field in fields}
    assert len(FILES) == len(json.loads((copied / "summary.json").read_text(encoding="utf-8"))["files"]) - 3


def test_required_fields_emptied_by_mending_wait(tmp_path: Path) -> None:
    text = PROFILE + "required: [given_name]\n"
    data = table(tmp_path / "s.csv", ("id", "first", "last", "dob", "phone", "who"), [("1", "A", "B", "x", "y", "z")])
    out = tmp_path / "out"
    resolve.resolve([data], [profile(tmp_path, text)], out, Options())
    mended(out, 1, dob="2009-01-01")
    assert replay(out).read == 1
    assert record(out, "1")["given_name"] == "A"
