"""What waits by its cause, and many items of one cause mended or dismissed at once."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.desk import mended_alike, mending, quarantine
from concerted.desk.causes import TEXTS, Cause, causes, general
from concerted.desk.replay import replay
from concerted.desk.resolve import Options, resolve
from concerted.desk.store import Store
from tests.desk.extracts import PEOPLE, PROFILE, alone, extract, ids, profile, small


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linking takes most of the time, and none of these tests is about it."""
    monkeypatch.setattr("concerted.desk.resolve.link", alone)


def person(number: int, dob: str, phone: str = "") -> tuple[str, ...]:
    return (str(number), "Ama", "Osei", dob, phone, "x")


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Dates with points in three rows, one text twice; two telephones alike; two rows without an id."""
    rows = [
        *PEOPLE,
        person(11, "2009.03.01", "ask mum"),
        person(12, "2009.03.01", "ask mum"),
        person(13, "2009.04.02"),
        ("", "Efosa", "Umeh", "2009-01-02", "", "e"),
        ("", "Efosa", "Bello", "2009-01-03", "", "e"),
    ]
    return small(tmp_path, [*rows, *[person(at, "2008-01-01") for at in range(20, 30)]])


def found(folder: Path) -> dict[tuple[str, str | None], Cause]:
    with Store.open(folder) as store:
        return {(cause.kind, cause.column): cause for cause in causes(store)}


def alike(folder: Path, number: int, **values: str) -> int:
    with Store.open(folder) as store, store.writing():
        return mended_alike.setting(store, number, values).record("Ann", "asked the agency")


def states(folder: Path) -> dict[int, str]:
    with Store.open(folder) as store:
        return {item.id: item.state for item in quarantine.items(store)}


def test_causes_with_their_texts_most_frequent_first(faulty: Path) -> None:
    with Store.open(faulty) as store:
        told = causes(store)
    assert [(cause.kind, cause.column, cause.count) for cause in told] == [
        ("value", "dob", 3),
        ("value", "phone", 2),
        ("row", "id", 2),
    ]
    dates = told[0]
    assert (dates.texts, dates.different) == ({"2009.03.01": 2, "2009.04.02": 1}, 2)
    assert dates.profile == "small"
    assert dates.do == (
        "`mend DIR --like NUMBER --set COLUMN=VALUE` mends all that hold one text, 2 items of the most frequent"
    )
    assert told[2].do == "`list DIR --csv FILE` writes them for a spreadsheet"
    assert dates.to_dict()["texts"][0] == {"text": "2009.03.01", "count": 2}


def test_texts_are_bounded_and_counted(tmp_path: Path) -> None:
    out = small(tmp_path, [person(at, f"{2000 + at}.01.01") for at in range(TEXTS + 5)])
    cause = found(out)["value", "dob"]
    assert (len(cause.texts), cause.different, cause.count) == (TEXTS, TEXTS + 5, TEXTS + 5)


@pytest.mark.parametrize(
    ("lines", "rows", "key"),
    [
        ("", [person(at, "2009.01.01") for at in range(4)], "fields.date_of_birth.date"),
        ("", [person(at, "", "ask") for at in range(4)], "fields.phone"),
        ("required: [phone]\n", [person(at, "") for at in range(4)], "required"),
        ("", [("", *PEOPLE[at][1:]) for at in range(4)], "record_id"),
    ],
)
def test_what_is_wrong_in_most_rows_is_mended_in_the_profile(
    tmp_path: Path, lines: str, rows: list[tuple[str, ...]], key: str
) -> None:
    resolve([extract(tmp_path, rows)], [profile(tmp_path, PROFILE + lines)], tmp_path / "out", Options())
    with Store.open(tmp_path / "out") as store:
        [cause] = causes(store)
    assert cause.do == f"it is in most rows, so mend the profile: see `{key}` in small, and read the file again"


@pytest.mark.parametrize(
    ("reason", "wanted"),
    [
        ("not a date: there is no 31 April 2009", "not a date: there is no ..."),
        ("its record id stands already in row 9, with other content", None),
        ("it has 15 cells and the header has 14", "it has ... cells and the header has ..."),
        ("it is not among the profile's codes", "it is not among the profile's codes"),
        ("not a date: there is no month Febuary", "not a date: there is no month ..."),
    ],
)
def test_a_reason_without_what_is_particular(reason: str, wanted: str | None) -> None:
    assert general(reason) == (wanted or "its record id stands already in row ..., with other content")


@given(st.integers(0, 10**9), st.integers(0, 10**9))
def test_figures_make_no_cause_of_their_own(one: int, other: int) -> None:
    assert general(f"it has {one:,} cells") == general(f"it has {other:,} cells")


def test_everything_with_the_same_text_is_mended_at_once(faulty: Path) -> None:
    example = found(faulty)["value", "dob"].example
    assert alike(faulty, example, dob="2009-03-01") == 2
    assert replay(faulty).read == 2
    assert found(faulty)["value", "dob"].texts == {"2009.04.02": 1}


def test_rows_of_one_reason_are_mended_at_once_but_not_into_one_id(faulty: Path) -> None:
    example = found(faulty)["row", "id"].example
    with pytest.raises(UsedWronglyError, match="many rows cannot have one record id, and id holds it"):
        alike(faulty, example, id="99")
    assert alike(faulty, example, last="Umeh") == 2


def test_a_text_is_replaced_in_every_value_of_a_cause(faulty: Path) -> None:
    example = found(faulty)["value", "dob"].example
    with Store.open(faulty) as store, store.writing():
        made = mended_alike.replacing(store, example, ".", "-")
        assert [dict(values) for _, values in made.some(1)] == [{"dob": "2009-03-01"}]
        assert made.record("Ann", "points for dashes") == 3
    assert replay(faulty).read == 3
    assert ("value", "dob") not in found(faulty)


def test_what_is_dismissed_together_waits_no_more(faulty: Path) -> None:
    example = found(faulty)["value", "phone"].example
    with Store.open(faulty) as store, store.writing():
        assert mended_alike.dismissing(store, example).record("Ann", "nobody knows") == 2
    assert sorted(states(faulty).values()).count("dismissed") == 2
    assert ("value", "phone") not in found(faulty)
    with Store.open(faulty) as store, pytest.raises(UsedWronglyError, match="nothing that waits is like number"):
        mended_alike.dismissing(store, example)


def test_what_is_mended_already_is_left_alone(faulty: Path) -> None:
    with Store.open(faulty) as store:
        [first, *_] = [item.id for item in quarantine.items(store) if item.raw == "2009.03.01"]
        mending.mend(store, first, {"dob": "2001-01-01"}, "Bea", "knows better")
    assert alike(faulty, first, dob="2009-03-01") == 1


def test_mending_many_that_makes_no_sense(faulty: Path, tmp_path: Path) -> None:
    rows, dates = found(faulty)["row", "id"].example, found(faulty)["value", "dob"].example
    with pytest.raises(UsedWronglyError, match=r"has no column nope\. Its columns are dob"):
        alike(faulty, dates, nope="x")
    with pytest.raises(UsedWronglyError, match="has no column nope"):
        alike(faulty, rows, nope="x")
    with Store.open(faulty) as store:
        with pytest.raises(UsedWronglyError, match="a text is replaced in values, and it is a row"):
            mended_alike.replacing(store, rows, "a", "b")
        with pytest.raises(UsedWronglyError, match="who did it, and why"):
            mended_alike.dismissing(store, dates).record("", "")


def test_lines_are_mended_by_themselves(tmp_path: Path) -> None:
    out = small(tmp_path, [*PEOPLE, (*PEOPLE[0], "more"), (*PEOPLE[1], "more")])
    with Store.open(out) as store, pytest.raises(UsedWronglyError, match="a line that could not be split"):
        mended_alike.setting(store, ids(out)[0], {"first": "x"})
    assert found(out)["row", None].do == "mend each by its line: `mend DIR NUMBER --line LINE`"
