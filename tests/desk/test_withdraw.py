"""What stays after a withdrawal is what would be there if what was withdrawn had never come."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.desk import mending, quarantine, withdraw, withdrawals
from concerted.desk.again import read_again
from concerted.desk.current import gather, record_files
from concerted.desk.feeds import FeedRows
from concerted.desk.store import Store
from tests.desk.weeks import Row, deliver, everything_in, row, standing

TOLD = st.tuples(st.sampled_from(["Ann", "Bea"]), st.sampled_from(["", "Mo"]), st.sampled_from(["2010-01-02", "x"]))
ROWS = st.dictionaries(st.integers(0, 3), TOLD, max_size=4)
WEEK = st.tuples(st.sampled_from(["snapshot", "changes", "additions"]), ROWS, st.booleans())
Week = tuple[str, dict[int, tuple[str, str, str]], bool]
NOBODY: Row = ("", "Nobody", "Known", "", "")


@pytest.fixture(autouse=True)
def no_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """However many are missing."""
    monkeypatch.setattr("concerted.desk.missing.MISSING_SHARE", 2.0)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with made(tmp_path) as store:
        yield store


def made(folder: Path) -> Store:
    (folder / "out").mkdir(parents=True)
    return Store.create(folder / "out", b"s" * 32)


def week(store: Store, told: Week) -> None:
    """A delivery. The last of the three: whether it has a row without an id."""
    delivers, rows, broken = told
    deliver(store, [*(row(number, *one) for number, one in rows.items()), *([NOBODY] if broken else [])], delivers)


def out(store: Store, number: int) -> None:
    """Withdraw the file of a delivery, in one transaction."""
    with store.writing():
        withdraw.file(store, "weekly.csv", number)


def held(store: Store) -> dict[str, Any]:
    """Everything that counts of a store, whatever the deliveries are numbered."""
    order = {number: at for at, (number,) in enumerate(store.run("select number from delivery order by number"))}
    feed = FeedRows(store.folder, "weekly:force").path
    records = [one for path in record_files(store) for one in pq.read_table(path).to_pylist()]
    return {
        "records": sorted(records, key=lambda one: str(one["record_id"])),
        "rows": sorted(map(str, pq.read_table(feed).to_pylist())) if feed.exists() else [],
        "missing": sorted(
            (one.record_id, order[one.delivery]) for one in withdrawals.all_of(store, ["waiting", "withdrawn", "kept"])
        ),
        "aside": sorted(
            (one.kind, one.raw, str(one.record_id), one.state)
            for one in quarantine.items(store, states=["waiting", "mended", "replayed"])
        ),
    }


def check(folder: Path, weeks: list[Week], at: int) -> None:
    with made(folder / "all") as whole, made(folder / "without") as without:
        for number, told in enumerate(weeks):
            week(whole, told)
            if number != at:
                week(without, told)
        out(whole, at + 1)
        assert held(whole) == held(without)
        more: Week = ("snapshot", {0: ("Ann", "", "2010-01-02"), 2: ("Bea", "Mo", "x"), 3: ("Ann", "", "x")}, True)
        for one in (whole, without):
            week(one, more)
        assert held(whole) == held(without)


@st.composite
def worlds(draw: st.DrawFn) -> tuple[list[Week], int]:
    weeks = draw(st.lists(WEEK, min_size=2, max_size=4))
    return weeks, draw(st.integers(0, len(weeks) - 1))


@settings(max_examples=15)
@given(world=worlds())
@example(
    world=(
        [
            ("snapshot", {0: ("Ann", "", "x")}, False),
            ("snapshot", {0: ("Ann", "", "2010-01-02")}, False),
            ("snapshot", {}, False),
        ],
        1,
    )
)
@example(world=([("changes", {0: ("Ann", "", "x")}, True), ("changes", {0: ("Ann", "", "x")}, True)], 0))
def test_what_stays_is_what_would_be_there_without_the_file(
    tmp_path_factory: pytest.TempPathFactory, world: tuple[list[Week], int]
) -> None:
    check(tmp_path_factory.mktemp("weeks"), *world)


@pytest.mark.deep
@settings(max_examples=1_000)
@given(world=worlds())
def test_what_stays_in_many_worlds(tmp_path_factory: pytest.TempPathFactory, world: tuple[list[Week], int]) -> None:
    check(tmp_path_factory.mktemp("weeks"), *world)


def test_an_earlier_row_counts_again(store: Store) -> None:
    deliver(store, [row(1, "Ann"), row(2)], "changes")
    deliver(store, [row(1, "Bea")], "changes")
    assert standing(store)["1/child"] == "Bea"
    out(store, 2)
    assert standing(store) == {"1/child": "Ann", "2/child": "Ann"}


def test_what_a_later_file_told_too_stays_as_its_own(store: Store) -> None:
    deliver(store, [row(1, mother="Mo"), row(2)])
    deliver(store, [row(1, mother="Mo")], "changes")
    out(store, 1)
    assert standing(store) == {"1/child": "Ann", "1/mother": "Mo"}


def test_what_was_mended_in_a_row_that_a_later_file_told_too_stays_mended(store: Store) -> None:
    deliver(store, [row(1, dob="x"), row(2)])
    with store.writing():
        mending.mend(store, 1, {"dob": "2011-05-06"}, "A", "asked")
        read_again(store)
    deliver(store, [row(1, dob="x"), row(2), row(3)])
    out(store, 1)
    [born] = [one["date_of_birth"] for one in pq.read_table(record_files(store)[0]).to_pylist() if one["row"] == 2]
    assert "2011-05-06" in born
    [item] = quarantine.items(store)
    assert (item.state, item.file) == ("replayed", "weekly.csv")


def test_a_row_that_was_mended_stays_when_a_later_file_held_it_too(store: Store) -> None:
    deliver(store, [NOBODY, row(2)])
    with store.writing():
        mending.mend(store, 1, {"id": "1"}, "A", "asked")
        read_again(store)
    deliver(store, [NOBODY, row(2), row(3)])
    out(store, 1)
    assert standing(store) == {"1/child": "Nobody", "2/child": "Ann", "3/child": "Ann"}


def test_a_row_that_was_mended_goes_with_its_file(store: Store) -> None:
    deliver(store, [NOBODY, row(2)])
    deliver(store, [row(2), row(3)], "changes")
    with store.writing():
        mending.mend(store, 1, {"id": "1"}, "A", "asked")
        read_again(store)
    assert "1/child" in standing(store)
    out(store, 1)
    assert standing(store) == {"2/child": "Ann", "3/child": "Ann"}
    assert quarantine.items(store) == []
    assert "Nobody" not in everything_in(store.folder)


def test_who_was_let_go_because_of_the_file_counts_again(store: Store) -> None:
    deliver(store, [row(1), row(2)])
    deliver(store, [row(1)])
    with store.writing():
        withdrawals.settle(store, withdrawals.chosen(store, []), "withdrawn", "A", "asked")
        gather(store)
    assert standing(store) == {"1/child": "Ann"}
    out(store, 2)
    assert standing(store) == {"1/child": "Ann", "2/child": "Ann"}
    assert withdrawals.all_of(store) == []


def test_who_was_there_again_with_the_file_alone_waits_again(store: Store) -> None:
    deliver(store, [row(1), row(2)])
    deliver(store, [row(1)])
    deliver(store, [row(1), row(2, "Bea")])
    out(store, 3)
    [one] = withdrawals.all_of(store)
    assert (one.record_id, one.state) == ("2/child", "waiting")
    assert standing(store)["2/child"] == "Ann"


def test_a_record_goes_from_every_delivery_and_may_come_again(store: Store) -> None:
    deliver(store, [row(1, "Canary", "Canarymother"), row(2)], "changes")
    deliver(store, [row(1, "Canarytwo"), row(3, "Canary", dob="x")], "changes")
    for key in ("1", "3"):
        with store.writing():
            withdraw.record(store, RecordKey("force", key))
    assert standing(store) == {"2/child": "Ann"}
    assert "Canary" not in everything_in(store.folder)
    deliver(store, [row(1, "Bea")], "changes")
    assert standing(store) == {"1/child": "Bea", "2/child": "Ann"}


def test_a_withdrawn_file_may_come_again(store: Store) -> None:
    deliver(store, [row(1)], "changes")
    deliver(store, [row(2)], "changes")
    out(store, 2)
    deliver(store, [row(2)], "changes")
    assert standing(store) == {"1/child": "Ann", "2/child": "Ann"}
