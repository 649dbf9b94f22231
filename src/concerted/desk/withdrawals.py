"""The withdrawal list: records that a later delivery no longer holds, each for a person to let go or to keep."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk.feeds import FeedRows, rows_of
from concerted.desk.store import Store
from concerted.desk.who import refuse_nobody
from concerted.extracts.fields import Kind

State = Literal["waiting", "withdrawn", "kept", "there again"]
STATES: Final = get_args(State)
_COLUMNS: Final = 'w.number, w.delivery, d.file, w.kind, w.source, w.record_id, w.state, w.who, w."when", w.why'


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One record that is missing. delivery, file: of what no longer holds it."""

    number: int
    delivery: int
    file: str
    kind: Kind
    source: str
    record_id: str
    state: State
    who: str | None
    when: str | None
    why: str | None

    @property
    def key(self) -> RecordKey:
        """The record."""
        return RecordKey(self.source, self.record_id)


def add(store: Store, delivery: int, missing: Iterable[tuple[Kind, RecordKey]]) -> int:
    """List these, but for those that are listed already. Gives how many are new."""
    listed = {(one.kind, one.key) for one in all_of(store) if one.state != "there again"}
    new = [(kind, key) for kind, key in missing if (kind, key) not in listed]
    insert = "insert into withdrawal (delivery, kind, source, record_id) values (?, ?, ?, ?)"
    store.run_many(insert, ([delivery, kind, *key] for kind, key in new))
    return len(new)


def there_again(store: Store, delivery: int, arrived: Iterable[tuple[Kind, RecordKey]]) -> int:
    """Take these off the list, since they have arrived with a delivery. Gives how many were on it."""
    listed = {(one.kind, one.key): one.number for one in all_of(store) if one.state != "there again"}
    found = [listed[one] for one in arrived if one in listed] if listed else []
    back = "update withdrawal set was = state, again = ?, state = 'there again' where number = ?"
    store.run_many(back, ([delivery, number] for number in found))
    return len(found)


def all_of(store: Store, states: Sequence[State] = STATES) -> list[Withdrawal]:
    """Every one in one of these states, the oldest first."""
    marks = ", ".join("?" * len(states))
    rows = store.run(
        f"select {_COLUMNS} from withdrawal w join delivery d on d.number = w.delivery "
        f"where w.state in ({marks}) order by w.number",
        states,
    )
    return [Withdrawal(*row) for row in rows]


def gone(store: Store) -> dict[Kind, set[RecordKey]]:
    """The records that were let go."""
    found: dict[Kind, set[RecordKey]] = {}
    for one in all_of(store, ["withdrawn"]):
        found.setdefault(one.kind, set()).add(one.key)
    return found


def chosen(store: Store, numbers: Sequence[int]) -> list[Withdrawal]:
    """Those of these numbers that wait; all that wait when no number is given. Raises UsedWronglyError."""
    waiting = {one.number: one for one in all_of(store, ["waiting"])}
    for number in numbers:
        if number not in waiting:
            mend = "`concerted withdrawals list DIR` shows the numbers"
            raise UsedWronglyError(f"no record waits under number {number}", mend=mend)
    if not waiting:
        raise UsedWronglyError("no record waits to be withdrawn", mend="nothing is to be done")
    return [waiting[number] for number in numbers] if numbers else list(waiting.values())


def listed_rows(store: Store) -> set[tuple[str, str]]:
    """The rows of which a record is on the list, let go, or kept though it is missing."""
    listed = all_of(store, ["waiting", "withdrawn", "kept"])
    return {row for one in listed for row in rows_of(one.key)}


def settle(store: Store, found: Sequence[Withdrawal], state: State, who: str, why: str) -> None:
    """Record what a person decided of these. A row that is let go no longer stands: if it arrives again, it is read."""
    refuse_nobody(who, why, "decides it")
    said: list[Any] = [state, who.strip(), clock.stamp(clock.now()), why.strip()]
    store.run_many(
        'update withdrawal set state = ?, who = ?, "when" = ?, why = ? where number = ?',
        ([*said, one.number] for one in found),
    )
    if state == "withdrawn":
        for (feed,) in store.run("select distinct feed from delivery where feed <> ''").fetchall():
            FeedRows(store.folder, feed).forget([row for one in found for row in rows_of(one.key)])
