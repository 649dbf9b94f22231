"""Deliveries that are taken out of a folder, so that it is as it would be if they had never come into it."""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace

import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.common.words import counted
from concerted.desk import deliveries, quarantine, rows_told, withdraw_aside, withdraw_listed
from concerted.desk.deliveries import Delivery
from concerted.desk.feeds import FeedRows, reading_of
from concerted.desk.handed_over import Heirs, Told, hand_over, heirs_of, kinds_of, row_of, without
from concerted.desk.rows_told import RowKey
from concerted.desk.store import Store


def take_out(store: Store, out: Sequence[Delivery]) -> list[str]:
    """Take these out, with what was mended of them. What others told too stays, as theirs. Gives notes."""
    numbers = {one.number for one in out}
    every = deliveries.all_of(store)
    others = [one for one in every if one.mends is None and one.number not in numbers]
    told = Told(store.folder)
    heirs = {one.number: heirs_of(one, others, told) for one in out}
    mends = [one for one in every if one.mends in numbers]
    for one in out:
        people = hand_over(store, one, [mend for mend in mends if mend.mends == one.number], heirs[one.number])
        _count(store, heirs[one.number], people)
    rows = withdraw_aside.take_out(store, out, others, heirs, told)
    gone = numbers | {one.number for one in mends if not _mending_stays(store, one, rows)}
    back = withdraw_listed.take_out(store, numbers, gone, others, told)
    _feeds(store, out, others, told, back)
    _delete(store, gone)
    if back:
        return [f"{counted(len(back), 'record that was let go counts', 'records that were let go count')} again"]
    return []


def _count(store: Store, heirs: Heirs, people: Mapping[int, int]) -> None:
    """The heirs read what they were given."""
    for one in deliveries.all_of(store):
        rows = sum(heir == one.number for heir, _ in heirs.values())
        if rows and people.get(one.number):
            counts = replace(
                one.counts,
                unchanged=max(one.counts.unchanged - rows, 0),
                records=one.counts.records + people[one.number],
            )
            store.run("update delivery set counts = ? where number = ?", [json.dumps(asdict(counts)), one.number])


def _mending_stays(store: Store, mending: Delivery, rows: Mapping[RowKey, int]) -> bool:
    """Keep of the rows that were mended those that another delivery held too, as of it. Whether there are any."""
    found: set[int] = set()
    for path in kinds_of(store, mending.number).values():
        table = pq.read_table(path, columns=["source", "record_id"])
        keys = map(RecordKey, table["source"].to_pylist(), table["record_id"].to_pylist())
        of = [row_of(key, rows) for key in keys]
        without(path, [row is None for row in of])
        found.update(rows[row] for row in of if row is not None)
    if found:
        for item in [one for one in quarantine.items(store) if one.delivery == mending.number]:
            if row_of(item.key, rows) is None:
                store.run("delete from quarantine where id = ?", [item.id])
        store.run("update delivery set mends = ? where number = ?", [min(found), mending.number])
    return bool(found)


def _feeds(
    store: Store, out: Sequence[Delivery], others: Sequence[Delivery], told: Told, back: Collection[RecordKey]
) -> None:
    """Of each row that these told there stands what the last of the others told, or nothing. back: records that were
    let go and stand again."""
    for feed in dict.fromkeys(one.feed for one in out):
        stands: dict[RowKey, tuple[bytes, str]] = {}
        for other in (one for one in others if one.feed == feed):
            reading = reading_of(other.profile_text)
            stands.update({key: (digest, reading) for key, (_, digest) in told.of(other.number).items()})
        rows = FeedRows(store.folder, feed)
        if all(other.feed != feed for other in others):
            rows.path.unlink(missing_ok=True)
            continue
        touched = {key for one in out if one.feed == feed for key in told.of(one.number)} & rows.standing()
        again = {row for key in back for row in stands if row[0] == key.source and _is_row(row, key)}
        rows.put_back({key: stands.get(key) for key in sorted(touched | again)})


def _is_row(row: RowKey, key: RecordKey) -> bool:
    return row[1] in (key.record_id, key.record_id.rpartition("/")[0])


def _delete(store: Store, numbers: Collection[int]) -> None:
    for number in sorted(numbers, reverse=True):
        for path in kinds_of(store, number).values():
            path.unlink()
        rows_told.place(store.folder, number).unlink(missing_ok=True)
        for table in ("quarantine", "met", "withdrawal"):
            store.run(f"delete from {table} where delivery = ?", [number])
        store.run("delete from delivery where number = ?", [number])
