"""The quarantine of a result folder: what could not be read, and how a person mended it."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal, get_args

from concerted.common import clock
from concerted.common.errors import Place, UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.desk import ended
from concerted.desk.store import Store
from concerted.extracts import Quarantined, Sink

State = Literal["waiting", "mended", "replayed", "superseded", "dismissed"]
STATES: Final = get_args(State)
OPEN: Final[tuple[State, ...]] = ("waiting", "mended")  # those that a person may still have to do with
_BEYOND: Final = 2**63 - 1  # the highest number that SQLite has
_NOTHING: Final = "{}"  # mended so: a person looked at it, and nothing is to be mended
_STATE: Final = f"case when state = 'waiting' and mended = '{_NOTHING}' then 'dismissed' else state end"
_COLUMNS: Final = (
    "id, delivery, kind, file, sheet, row, column_name, field, source, record_id, raw, raw_form, reason, mend, "
    f'{_STATE}, mended, who, "when", why'
)
_INSERT: Final = (
    "insert into quarantine (delivery, kind, file, sheet, row, column_name, field, source, record_id, raw, raw_form, "
    "reason, mend) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)

_OF_FILES: Final = (  # o: the delivery of the file itself, also of what was found in a row of it that was mended
    "quarantine q join delivery d on d.number = q.delivery join delivery o on o.number = coalesce(d.mends, d.number)"
)


@dataclass(frozen=True, slots=True)
class Item:
    """A row or value in quarantine, as `extracts.Quarantined` has it, with its number and what became of it."""

    id: int
    delivery: int
    kind: Literal["row", "value"]
    file: str
    sheet: str | None
    row: int | None
    column: str | None
    field: str | None
    source: str | None
    record_id: str | None
    raw: str
    raw_form: Literal["text", "line", "cells"]
    reason: str
    mend: str
    state: State
    mended: dict[str, str] | None
    who: str | None
    when: str | None
    why: str | None

    @property
    def place(self) -> Place:
        """Where it stands in the extract."""
        return Place(self.file, self.sheet, self.row, self.column)

    @property
    def key(self) -> RecordKey:
        """The record that a value belongs to."""
        return RecordKey(self.source or "", self.record_id or "")


@dataclass(frozen=True, slots=True)
class Mended:
    """What a person mended or dismissed, known by the file's content, so that it can be kept when the file is read
    again."""

    sha256: str
    kind: str
    row: int | None
    column: str | None
    field: str | None
    raw: str
    mended: str
    who: str
    when: str
    why: str

    @property
    def dismissed(self) -> bool:
        """Nothing was to be mended."""
        return self.mended == _NOTHING


@dataclass(frozen=True, slots=True)
class Reason:
    """Items for one reason that are not yet read again, the first of them as an example."""

    count: int
    first: Item


def sink(store: Store, number_of: Callable[[Quarantined], int]) -> Sink:
    """Keeps what is quarantined as it comes. number_of: the delivery that it is of."""

    def keep(found: Sequence[Quarantined]) -> None:
        store.run_many(_INSERT, ([number_of(one), *_values(one)] for one in found))

    return keep


def _values(one: Quarantined) -> list[object]:
    place = [one.kind, one.file, one.sheet, one.row, one.column, one.field, one.source, one.record_id]
    return [*place, one.raw, one.raw_form, one.reason, one.mend]


def items(store: Store, *, kind: str = "", reason: str = "", states: Iterable[State] = STATES) -> list[Item]:
    """What is in quarantine, file by file and row by row. reason: a part of it, in any case.

    A repeated record id is found out only when its file was read whole, and still stands where its row does; what was
    found in a row that was mended stands with the row. Nothing of a restricted record is among them.
    """
    wanted = list(states)
    rows = store.run(
        f"select {_COLUMNS} from quarantine where (? = '' or kind = ?) and instr(lower(reason), lower(?)) > 0 "
        f"and {_STATE} in ({', '.join('?' * len(wanted))}) "
        "order by (select coalesce(mends, number) from delivery where number = quarantine.delivery), row, id",
        [kind, kind, reason, *wanted],
    )
    restricted = ended.restricted(store)
    found = map(_item, rows)
    return [one for one in found if not (restricted and ended.is_restricted(one.key, restricted))]


def item(store: Store, number: int) -> Item:
    """The item of this number. Raises UsedWronglyError when there is none."""
    row = store.run(f"select {_COLUMNS} from quarantine where id = ?", [min(number, _BEYOND)]).fetchone()
    if row is None:
        raise UsedWronglyError(
            f"there is no number {number} in the quarantine", mend="`concerted quarantine list DIR` shows the numbers"
        )
    return _item(row)


def of_delivery(store: Store, number: int) -> Iterator[Item]:
    """Everything that was ever in quarantine of the file of a delivery, row by row: of a row first what is said of the
    row, then its values, with those found when it was mended. They stream: none is kept."""
    rows = store.run(
        f"select {_COLUMNS} from quarantine where row is not null "
        "and delivery in (select number from delivery where coalesce(mends, number) = ?) order by row, kind, id",
        [number],
    )
    return map(_item, rows)


def _item(row: Sequence[Any]) -> Item:
    *plain, mended, who, when, why = row
    return Item(*plain, *[json.loads(mended) if mended else None, who, when, why])


def keep_mending(store: Store, number: int, values: Mapping[str, str], who: str, why: str) -> None:
    """Record how a person mended an item; `replay` reads it again."""
    store.run(
        "update quarantine set state = 'mended', mended = ?, who = ?, \"when\" = ?, why = ? where id = ?",
        [json.dumps(values, ensure_ascii=False), who, clock.stamp(clock.now()), why, number],
    )


def dismiss(store: Store, number: int, who: str, why: str) -> None:
    """Record that a person looked at an item and nothing is to be mended. It stays in quarantine and is counted."""
    store.run(
        "update quarantine set state = 'waiting', mended = ?, who = ?, \"when\" = ?, why = ? where id = ?",
        [_NOTHING, who, clock.stamp(clock.now()), why, number],
    )


def replayed(store: Store, number: int) -> None:
    """The item was read again and is no longer in quarantine; what it was stays."""
    store.run("update quarantine set state = 'replayed' where id = ?", [number])


def still_waits(store: Store, number: int, reason: str, mend: str) -> None:
    """The item was read again and is still faulty. What the person wrote stays beside it."""
    store.run("update quarantine set state = 'waiting', reason = ?, mend = ? where id = ?", [reason, mend, number])


def mended_by_people(store: Store) -> list[Mended]:
    """Everything that people mended or dismissed in this folder."""
    rows = store.run(
        'select o.sha256, q.kind, q.row, q.column_name, q.field, q.raw, q.mended, q.who, q."when", q.why '
        f"from {_OF_FILES} where q.mended is not null order by q.id"
    )
    return [Mended(*row) for row in rows]


def take_over(store: Store, mended: Iterable[Mended]) -> list[Mended]:
    """Keep mendings and dismissals of an earlier result for items that are here again. Gives those that are not."""
    gone = []
    for one in mended:
        changed = store.run(
            'update quarantine set state = ?, mended = ?, who = ?, "when" = ?, why = ? where id = '
            f"(select q.id from {_OF_FILES} where o.sha256 = ? and q.kind = ? and q.row is ? and q.column_name is ? "
            "and q.field is ? and q.raw = ? and q.mended is null order by q.id limit 1)",
            [
                *("waiting" if one.dismissed else "mended", one.mended, one.who, one.when, one.why),
                *(one.sha256, one.kind, one.row, one.column, one.field, one.raw),
            ],
        ).rowcount
        if not changed:
            gone.append(one)
    return gone


def keys_of_rows(store: Store, numbers: Sequence[int]) -> list[tuple[str, str]]:
    """Source and record id of the rows of these deliveries that were put aside and have both."""
    marks = ", ".join("?" * len(numbers))
    rows = store.run(
        f"select distinct source, record_id from quarantine where kind = 'row' and delivery in ({marks}) "
        "and source is not null and record_id is not null",
        numbers,
    )
    return [(str(source), str(record_id)) for source, record_id in rows]


def reasons(store: Store, kind: str = "") -> list[Reason]:
    """Why things are in quarantine, most frequent first."""
    rows = store.run(
        "select count(*), min(id) from quarantine where state not in ('replayed', 'superseded') "
        "and (? = '' or kind = ?) group by kind, reason, mend order by 1 desc, 2",
        [kind, kind],
    ).fetchall()
    return [Reason(int(count), item(store, int(first))) for count, first in rows]


def in_quarantine(store: Store, kind: str, first: int = 0) -> int:
    """How many rows, or values, are not yet read. first: only of this delivery and later ones."""
    waiting = "state not in ('replayed', 'superseded') and kind = ? and delivery >= ?"
    return int(store.run(f"select count(*) from quarantine where {waiting}", [kind, first]).fetchone()[0])
