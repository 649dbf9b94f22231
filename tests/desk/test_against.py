"""A file beside what its feed delivered last: volumes, emptied columns, and codes that nobody knows."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from concerted.common.progress import Silent
from concerted.desk.against import stands_out
from concerted.desk.store import Store
from concerted.extracts import load_profile
from concerted.extracts.profile_trial import try_profile
from tests.desk.extracts import table
from tests.desk.weeks import HEADER, PROFILE, Row, deliver, row


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    (tmp_path / "out").mkdir()
    with Store.create(tmp_path / "out", b"s" * 32) as made:
        yield made


def asked(store: Store, rows: list[Row]) -> list[str] | None:
    folder = store.folder.parent
    profile = folder / "p.yaml"
    profile.write_text(PROFILE.format(version=1, delivers="snapshot"), encoding="utf-8")
    made = load_profile(profile)
    trial = try_profile(made, table(folder / "weekly.csv", HEADER, rows), date(2026, 3, 2), Silent())
    return stands_out(store, made, trial)


def many(count: int = 100, **changed: str) -> list[Row]:
    return [row(number, mother="Mo", **changed) for number in range(count)]


def test_nothing_is_said_of_a_feed_that_delivered_nothing(store: Store) -> None:
    assert asked(store, many()) is None


def test_nothing_stands_out_in_a_file_like_the_last(store: Store) -> None:
    deliver(store, many())
    assert asked(store, [*many(), row(500, mother="Mo")]) == []


def test_volumes_that_are_halved_or_doubled(store: Store) -> None:
    deliver(store, many())
    assert asked(store, many(40)) == ["it has 40 rows that can be read, and 100 stand: is the file whole?"]
    assert asked(store, many(250)) == ["it has 250 rows that can be read, and 100 stood: has its filter changed?"]


def test_a_column_that_was_emptied(store: Store) -> None:
    deliver(store, many())
    found = asked(store, [row(number) for number in range(100)])
    assert found == ["mother: no row tells of one, and 100 in 100 did"]


def test_a_field_that_was_emptied(store: Store) -> None:
    deliver(store, many())
    found = asked(store, [(number, first, last, "", mother) for number, first, last, _, mother in many()])
    assert found == [
        "child.date_of_birth: nothing of column dob can be read, and 100 in 100 records that stand have it"
    ]


CODED = PROFILE.replace("    family_name: last", "    role: last")


def test_a_code_that_did_not_stand_there_before(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tests.desk.weeks.PROFILE", CODED)
    monkeypatch.setattr("tests.desk.test_against.PROFILE", CODED)
    rows = [(str(number), "Ann", "victim", "2010-01-02", "Mo") for number in range(100)]
    deliver(store, rows)
    found = asked(store, [*rows[:99], ("99", "Zoe", "suspect", "2010-01-02", "Mo")])
    assert found == ["child.role: codes that did not stand there before: suspect"]
