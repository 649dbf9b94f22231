"""Any weeks of deliveries, withdrawals, restrictions and erasures: what stands is what a plain account of them says."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.desk import ended, withdrawals
from concerted.desk.current import gather
from concerted.desk.erase import erase
from concerted.desk.feeds import FeedRows
from concerted.desk.store import Store
from tests.desk.weeks import deliver, everything_in, row, standing

NUMBERS = st.integers(0, 5)
ROWS = st.dictionaries(NUMBERS, st.tuples(st.sampled_from(["Ann", "Bea"]), st.sampled_from(["", "Mo"])), max_size=6)
STEPS = st.lists(
    st.tuples(st.sampled_from(["snapshot", "changes", "additions"]), ROWS)
    | st.tuples(st.just("erase"), NUMBERS, st.sampled_from(["", "/child", "/mother"]))
    | st.tuples(st.sampled_from(["restrict", "lift"]), NUMBERS)
    | st.tuples(st.sampled_from(["approve", "keep"])),
    min_size=2,
    max_size=8,
)


class Account:
    """What stands, told plainly. records: of each row its parts by id. feed: the rows that the owner last held."""

    def __init__(self) -> None:
        self.records: dict[str, str] = {}
        self.feed: dict[int, tuple[str, str]] = {}
        self.missing: dict[str, str] = {}
        self.erased: set[str] = set()
        self.restricted: set[str] = set()

    def is_erased(self, key: str) -> bool:
        return key in self.erased or key.split("/")[0] in self.erased

    def parts(self, number: int, told: tuple[str, str]) -> dict[str, str]:
        named = {f"{number}/child": told[0], f"{number}/mother": told[1]}
        return {key: name for key, name in named.items() if name and not self.is_erased(key)}

    def lost(self, rows: dict[int, tuple[str, str]]) -> list[int]:
        """Rows that a snapshot lacks and of which nothing is on the list yet."""
        listed = {int(key.split("/")[0]) for key in self.missing}
        return [number for number in self.feed if number not in rows and number not in listed]

    def deliver(self, delivers: str, rows: dict[int, tuple[str, str]]) -> None:
        rows = {number: told for number, told in rows.items() if str(number) not in self.erased}
        lost = self.lost(rows) if delivers == "snapshot" else []
        for number in lost:
            self._miss(key for key in (f"{number}/child", f"{number}/mother") if key in self.records)
        for number, told in rows.items():
            parts, before = self.parts(number, told), self.feed.get(number)
            if before is not None and before != self.seen(number, told):
                gone = [key for key in (f"{number}/child", f"{number}/mother") if key in self.records]
                self._miss(key for key in gone if key not in parts)
            if before != self.seen(number, told):
                self.records |= parts
                for key in parts:
                    self.missing.pop(key, None)
            self.feed[number] = self.seen(number, told)

    def seen(self, number: int, told: tuple[str, str]) -> tuple[str, str]:
        """What the program sees of a row: nothing of an erased part."""
        child, mother = (f"{number}/child", f"{number}/mother")
        return ("" if self.is_erased(child) else told[0], "" if self.is_erased(mother) else told[1])

    def _miss(self, keys: Any) -> None:
        for key in keys:
            self.missing.setdefault(key, "waiting")

    def settle(self, state: str) -> None:
        for key, old in list(self.missing.items()):
            if old == "waiting":
                self.missing[key] = state
                if state == "withdrawn":
                    self.feed.pop(int(key.split("/")[0]), None)

    def erase(self, key: str) -> None:
        self.erased.add(key)
        of = [one for one in self.records if one == key or one.startswith(f"{key}/")]
        for one in of:
            del self.records[one]
        self.missing = {one: state for one, state in self.missing.items() if not self.is_erased(one)}
        self.feed.pop(int(key.split("/")[0]), None)

    def standing(self) -> dict[str, str]:
        gone = {key for key, state in self.missing.items() if state == "withdrawn"}
        return {
            key: name
            for key, name in self.records.items()
            if key not in gone and key not in self.restricted and key.split("/")[0] not in self.restricted
        }


@contextmanager
def new_store(folder: Path) -> Iterator[Store]:
    (folder / "out").mkdir()
    with Store.create(folder / "out", b"s" * 32) as store:
        yield store


def step(store: Store, account: Account, what: tuple[Any, ...]) -> None:
    """Do one thing, in the store and in the account."""
    if what[0] in {"snapshot", "changes", "additions"}:
        rows = [row(number, *told) for number, told in what[1].items()]
        there = {number: told for number, told in what[1].items() if str(number) not in account.erased}
        lost = len(account.lost(there)) if what[0] == "snapshot" else None
        deliver(store, rows, what[0], missing=lost)
        account.deliver(what[0], what[1])
        return
    with store.writing():
        if what[0] == "erase":
            _erase(store, account, f"{what[1]}{what[2]}")
        elif what[0] in {"approve", "keep"}:
            state: Any = "withdrawn" if what[0] == "approve" else "kept"
            if store.count("withdrawal", "state = 'waiting'"):
                withdrawals.settle(store, withdrawals.chosen(store, []), state, "A", "B")
            account.settle(state)
        else:
            _restrict(store, account, str(what[1]), lift=what[0] == "lift")
        if store.count("delivery"):
            gather(store)


def _erase(store: Store, account: Account, key: str) -> None:
    if any(one == key or one.startswith(f"{key}/") for one in account.records):
        erase(store, RecordKey("force", key), "A", "asked to")
        account.erase(key)


def _restrict(store: Store, account: Account, key: str, *, lift: bool) -> None:
    is_there = any(one.startswith(f"{key}/") for one in account.records)
    if lift == (key in account.restricted) and (lift or is_there):
        (ended.lift if lift else ended.restrict)(store, RecordKey("force", key), "A", "B")
        (account.restricted.discard if lift else account.restricted.add)(key)


def _check(folder: Path, steps: list[tuple[Any, ...]]) -> None:
    account = Account()
    with new_store(folder) as store:
        for what in steps:
            step(store, account, what)
            assert standing(store) == account.standing(), what
            listed = {one.record_id: one.state for one in withdrawals.all_of(store) if one.state != "there again"}
            assert listed == account.missing, what


@settings(max_examples=25)
@given(steps=STEPS)
def test_what_stands_is_what_a_plain_account_says(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]
) -> None:
    _check(tmp_path_factory.mktemp("weeks"), steps)


@pytest.mark.deep
@settings(max_examples=1_000)
@given(steps=STEPS)
def test_what_stands_in_many_worlds(tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Any, ...]]) -> None:
    _check(tmp_path_factory.mktemp("weeks"), steps)


@settings(max_examples=15)
@given(
    before=ROWS,
    after=st.lists(st.tuples(st.sampled_from(["snapshot", "changes"]), ROWS), min_size=1, max_size=3),
    key=st.sampled_from(["1", "1/child", "1/mother"]),
)
def test_nothing_of_an_erased_record_is_ever_stored_again(
    tmp_path_factory: pytest.TempPathFactory,
    before: dict[int, tuple[str, str]],
    after: list[tuple[str, dict[int, tuple[str, str]]]],
    key: str,
) -> None:
    folder = tmp_path_factory.mktemp("weeks")
    both = {"child": "Canarychild", "mother": "Canarymother"}
    names = [both[key.partition("/")[2]]] if "/" in key else list(both.values())
    canary = {1: ("Canarychild", "Canarymother")}
    with new_store(folder) as store:
        deliver(store, [row(number, *one) for number, one in (before | canary).items()])
        with store.writing():
            erase(store, RecordKey("force", key), "A", "asked to")
        for at, (delivers, rows) in enumerate(after):
            faulty = [row(1, *canary[1], dob="x"), ("1", "Canarychild", "Canarymother")][at % 2]
            told = rows | {1: ("", "")} if at % 2 == 0 else {one: rows[one] for one in rows if one != 1}
            missing = None if delivers == "changes" else _lost(store, told)
            given_rows = [row(number, *one) for number, one in rows.items() if number != 1]
            deliver(store, [*given_rows, faulty], delivers, missing=missing)  # type: ignore[list-item]
    held = everything_in(folder / "out").lower()
    for name in names:
        assert name.lower() not in held


def _lost(store: Store, rows: dict[int, tuple[str, str]]) -> int:
    """How many of the rows that stand a snapshot lacks, with nothing of them on the list yet."""
    feed = FeedRows(store.folder, "weekly:force")
    ids = pq.read_table(feed.path)["record_id"].to_pylist() if feed.path.exists() else []
    listed = {one for _, one in withdrawals.listed_rows(store)}
    return len([one for one in ids if int(one) not in rows and one not in listed])
