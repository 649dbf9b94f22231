"""What `--out` may be: nobody's files are deleted, and nobody's decisions or mendings are lost."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk import decisions as kept_decisions
from concerted.desk import mending, quarantine
from concerted.desk.current import look_up, record_files
from concerted.desk.replay import replay
from concerted.desk.resolve import Options, resolve
from concerted.desk.store import Store
from concerted.desk.target import look_at
from tests.desk.extracts import PEOPLE, PROFILE, content, decisions, extract, ids, partition, profile, rows_of, small

FAULTY = (*PEOPLE, ("7", "Efosa", "Umeh", "2009-13-45", "", "e"))
SEVENTH = RecordKey("force", "7")


def test_a_folder_that_is_not_there_and_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert look_at(tmp_path / "empty", replace=False).secret is None
    assert look_at(tmp_path / "a" / "b", replace=False).secret is None


def _a_file(path: Path) -> None:
    path.write_text("mine", encoding="utf-8")


def _a_link(path: Path) -> None:
    path.with_name("real").mkdir()
    path.symlink_to(path.with_name("real"))


def _a_folder(path: Path) -> None:
    path.mkdir()
    (path / "photographs").mkdir()


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("make", [_a_file, _a_link, _a_folder])
def test_what_is_no_result_is_always_refused(tmp_path: Path, make: Callable[[Path], None], replace: bool) -> None:
    make(tmp_path / "out")
    with pytest.raises(UsedWronglyError, match="Give --out another folder"):
        small(tmp_path, options=Options(replace=replace))
    assert (tmp_path / "out").exists()


def test_a_result_that_holds_a_file_of_somebody_is_refused(tmp_path: Path) -> None:
    out = small(tmp_path)
    (out / "my notes.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(UsedWronglyError, match=r"my notes\.txt, which Concerted did not write"):
        small(tmp_path, options=Options(replace=True))
    assert (out / "my notes.txt").read_text(encoding="utf-8") == "mine"


def test_a_result_without_decisions_is_replaced(tmp_path: Path) -> None:
    out = small(tmp_path)
    small(tmp_path, PEOPLE[:2])
    assert len(rows_of(out / "entities.csv")) == 2


def test_decisions_are_refused_and_stay(tmp_path: Path) -> None:
    out = small(tmp_path, options=Options(decisions=decisions(tmp_path, ("1", "2", "different"))))
    before = content(out)
    with pytest.raises(UsedWronglyError, match=r"holds 1 decision.*--replace"):
        small(tmp_path)
    assert content(out) == before


def test_replace_keeps_decisions_and_they_still_apply(tmp_path: Path) -> None:
    given = decisions(tmp_path, ("1", "2", "different"), ("5", "6", "same"))
    out = small(tmp_path, options=Options(decisions=given))
    small(tmp_path, options=Options(replace=True))

    assert {frozenset({("force", "5"), ("force", "6")}), frozenset({("force", "1")})} <= partition(out)
    with Store.open(out) as store:
        assert [one.decision for one in kept_decisions.all_of(store)] == ["different", "same"]


def test_a_later_decision_supersedes_and_the_earlier_stays(tmp_path: Path) -> None:
    out = small(tmp_path, options=Options(decisions=decisions(tmp_path, ("1", "2", "different"))))
    small(tmp_path, options=Options(replace=True, decisions=decisions(tmp_path, ("2", "1", "same"))))

    assert frozenset({("force", "1"), ("force", "2")}) in partition(out)
    with Store.open(out) as store:
        assert [one.decision for one in kept_decisions.all_of(store)] == ["different", "same"]


def test_a_decision_about_a_record_that_is_gone_waits(tmp_path: Path) -> None:
    given = decisions(tmp_path, ("5", "6", "same"))
    out = small(tmp_path, options=Options(decisions=given))
    small(tmp_path, PEOPLE[:5], Options(replace=True))
    assert "waits" in (out / "summary.json").read_text(encoding="utf-8")
    small(tmp_path, PEOPLE, Options(replace=True))
    assert frozenset({("force", "5"), ("force", "6")}) in partition(out)


def test_permanent_ids_stay_and_none_is_used_twice(tmp_path: Path) -> None:
    out = small(tmp_path)
    before = {row["record_id"]: row["entity_id"] for row in rows_of(out / "entities.csv")}
    small(tmp_path, PEOPLE[::-1][1:])
    after = {row["record_id"]: row["entity_id"] for row in rows_of(out / "entities.csv")}
    assert after == {key: value for key, value in before.items() if key != "6"}
    small(tmp_path, PEOPLE)
    again = {row["record_id"]: row["entity_id"] for row in rows_of(out / "entities.csv")}
    assert again["6"] not in before.values()
    assert {key: again[key] for key in after} == after


def test_two_folders_name_the_same_record_differently(tmp_path: Path) -> None:
    one, other = (rows_of(small(tmp_path, out=name) / "entities.csv") for name in ("one", "other"))
    assert not {row["entity_id"] for row in one} & {row["entity_id"] for row in other}


def test_mendings_are_refused_and_kept_by_replace(tmp_path: Path) -> None:
    out = small(tmp_path, FAULTY)
    [number] = ids(out)
    with Store.open(out) as store:
        mending.mend(store, number, {"dob": "2009-12-31"}, "Ann", "asked")
    with pytest.raises(UsedWronglyError, match="holds 1 mending"):
        small(tmp_path, FAULTY)
    small(tmp_path, FAULTY, Options(replace=True))
    with Store.open(out) as store:
        [item] = quarantine.items(store)
        born = {row["record_id"]: row["date_of_birth"] for row in look_up(record_files(store), [SEVENTH]).values()}
    assert (item.state, item.mended, item.who) == ("replayed", {"dob": "2009-12-31"}, "Ann")
    assert born == {SEVENTH.record_id: "2009-12-31"}
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert "1 mending of the folder before kept, 1 read again" in summary["notes"]
    assert summary["values_quarantined"] == 0
    with pytest.raises(UsedWronglyError, match="nothing is mended that was not read again"):
        replay(out)


def test_a_mending_that_is_faulty_still_is_kept_by_replace_too(tmp_path: Path) -> None:
    out = small(tmp_path, FAULTY)
    with Store.open(out) as store:
        mending.mend(store, ids(out)[0], {"dob": "2009-13-13"}, "Ann", "asked")
    replay(out)
    small(tmp_path, FAULTY, Options(replace=True))
    with Store.open(out) as store:
        [item] = quarantine.items(store)
    assert (item.state, item.mended, item.who) == ("waiting", {"dob": "2009-13-13"}, "Ann")
    assert "1 of them cannot be read still" in (out / "summary.json").read_text(encoding="utf-8")


def test_a_value_mended_in_a_mended_row_is_kept_by_replace(tmp_path: Path) -> None:
    """It comes to light only when the row is read again."""
    rows = [("", *PEOPLE[0][1:]), *PEOPLE[1:]]
    out = small(tmp_path, rows)
    with Store.open(out) as store:
        mending.mend(store, 1, {"id": "1", "phone": "nobody's"}, "Ann", "asked")
    replay(out)
    with Store.open(out) as store:
        mending.mend(store, 2, {"phone": "07700 900009"}, "Ann", "asked again")
    key, notes = RecordKey("force", "1"), []
    for _ in range(2):
        small(tmp_path, rows, Options(replace=True))
        with Store.open(out) as store:
            assert [item.state for item in quarantine.items(store)] == ["replayed", "replayed"]
            assert look_up(record_files(store), [key])[key]["phone"] == "+447700900009"
        notes += json.loads((out / "summary.json").read_text(encoding="utf-8"))["notes"]
    assert notes == ["2 mendings of the folder before kept, 2 read again"] * 2


@pytest.mark.parametrize("mend", [{1: "2009-12-31", 2: "2009"}, {2: "2009"}])
def test_two_fields_of_one_column_keep_each_its_own_mending(tmp_path: Path, mend: dict[int, str]) -> None:
    born = '  date_of_birth: {column: dob, date: "%Y-%m-%d"}\n'
    text = PROFILE.replace(born, f"{born}  year_of_birth: dob\n")
    files, profiles, out = [extract(tmp_path, FAULTY)], [profile(tmp_path, text)], tmp_path / "out"
    resolve(files, profiles, out, Options())
    with Store.open(out) as store:
        for number, value in mend.items():
            mending.mend(store, number, {"dob": value}, "Ann", "asked")
    resolve(files, profiles, out, Options(replace=True))
    with Store.open(out) as store:
        found = {item.id: item.mended["dob"] for item in quarantine.items(store) if item.mended}
    assert found == mend


def test_a_dismissal_is_refused_and_kept_by_replace(tmp_path: Path) -> None:
    out = small(tmp_path, FAULTY)
    with Store.open(out) as store:
        mending.dismiss(store, ids(out)[0], " Ann ", "it is not known")
    with pytest.raises(UsedWronglyError, match="holds 1 dismissal"):
        small(tmp_path, FAULTY)
    small(tmp_path, FAULTY, Options(replace=True))
    with Store.open(out) as store:
        [item] = quarantine.items(store)
    assert (item.state, item.who, item.why) == ("dismissed", "Ann", "it is not known")
    summary = json.loads((out / "summary.json").read_text(encoding="utf-8"))
    assert (summary["notes"], summary["values_quarantined"]) == (["1 dismissal of the folder before kept"], 1)


def test_mendings_of_another_file_are_counted(tmp_path: Path) -> None:
    out = small(tmp_path, FAULTY)
    with Store.open(out) as store:
        mending.mend(store, ids(out)[0], {"dob": "2009-12-31"}, "Ann", "asked")
    small(tmp_path, PEOPLE, Options(replace=True))
    assert "no longer there" in (out / "summary.json").read_text(encoding="utf-8")


def test_a_killed_replacement_is_found_before_it_is_judged(tmp_path: Path) -> None:
    """Else the decisions in it would be passed over."""
    out = small(tmp_path, options=Options(decisions=decisions(tmp_path, ("1", "2", "different"))))
    out.rename(tmp_path / ".out.replaced-0a1b2c3d")
    with pytest.raises(UsedWronglyError, match="holds 1 decision"):
        small(tmp_path)
