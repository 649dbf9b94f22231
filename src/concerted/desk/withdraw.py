"""A source, a file or a record that is taken back: everything that came only from it goes, as if it had never come.

Its owner takes it back, so nothing of it is kept, and it may be delivered again. What people decided stays, and waits
for its records. (`erase` is one record that stays away for good; `withdrawals` lets go of records that a later file of
their owner no longer holds, and keeps them in the file that did.)
"""

from collections.abc import Callable, Iterable
from typing import Final

import pyarrow.parquet as pq

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.words import counted
from concerted.desk import (
    deliveries,
    erase,
    erase_rows,
    history,
    quarantine,
    rows_told,
    withdraw_files,
    withdraw_listed,
)
from concerted.desk.current import clear, gather
from concerted.desk.feeds import FeedRows
from concerted.desk.handed_over import kinds_of, without
from concerted.desk.store import LOG, TRUTH, Store
from concerted.extracts.erasures import words_of
from concerted.extracts.fields import KINDS, PERSON

WITHDRAWN: Final = "(withdrawn)"  # in the folder's own record, in the place of the key
OfIt = Callable[[str | None, str | None], bool]


def source(store: Store, name: str) -> list[str]:
    """Take back everything of a source. Gives notes. Raises UsedWronglyError when the folder holds none of that name,
    or nothing else."""
    here = sorted(_sources(store))
    if name not in here:
        raise UsedWronglyError(f"no source {name} is in this folder", mend=f"its sources are {', '.join(here)}")
    if here == [name]:
        raise _all_there_is(f"{name} is the only source")
    before = _keys(store)
    own = [one for one in deliveries.all_of(store) if one.mends is None and one.feed.partition(":")[2] == name]
    notes = withdraw_files.take_out(store, own) if own else []
    _drop(store, lambda of, _: of == name)
    _unsplit(store, name)
    return [f"everything of {name} was withdrawn", *notes, *_settled(store, before)]


def file(store: Store, name: str, number: int | None = None) -> list[str]:
    """Take back a file. number: of the delivery, where several files came under the name. Gives notes."""
    came = [one for one in deliveries.all_of(store) if one.mends is None]
    found = [one for one in came if one.file == name]
    if not found:
        names = ", ".join(dict.fromkeys(one.file for one in came))
        raise UsedWronglyError(f"no file {name} was read into this folder", mend=f"its files are {names}")
    groups = list(dict.fromkeys(one.batch for one in found))
    if number is not None:
        groups = [one.batch for one in found if one.number == number]
    if len(groups) != 1:
        told = ", ".join(f"{one.number} of {one.arrived[:10]}" for one in found)
        raise UsedWronglyError(
            f"{counted(len(found), 'delivery has', 'deliveries have')} this name: {told}",
            mend="add --delivery with the number of the one that is meant",
        )
    out = [one for one in found if one.batch == groups[0]]
    if len(out) == len(came):
        raise _all_there_is(f"{name} is the only file")
    before = _keys(store)
    notes = withdraw_files.take_out(store, out)
    return [f"{name}, which came on {out[0].arrived[:10]}, was withdrawn", *notes, *_settled(store, before)]


def record(store: Store, key: RecordKey) -> list[str]:
    """Take back one record, or all parts of one row. Gives notes. Raises UsedWronglyError when none is there."""
    before = _keys(store)
    if not _drop(store, erase.is_of(key)) + erase_rows.forget(store, key):
        raise UsedWronglyError(f"there is no record {key}", mend="look it up in entities.csv: source, colon, record_id")
    erase.from_log(store.folder / LOG, key, WITHDRAWN)
    return ["a record was withdrawn", *_settled(store, before)]


def _all_there_is(what: str) -> UsedWronglyError:
    return UsedWronglyError(f"{what} in this folder", mend="delete the folder")


def _sources(store: Store) -> set[str]:
    return {key.source for kind in KINDS for key in deliveries.keys_in(deliveries.files_of(store, kind))} | {
        str(name) for (name,) in store.run("select distinct source from quarantine where source is not null")
    }


def _keys(store: Store) -> set[RecordKey]:
    return deliveries.keys_in(deliveries.files_of(store, PERSON))


def _drop(store: Store, of_it: OfIt) -> int:
    """Take records out of every file and table. Gives how many rows that were."""
    gone = 0
    for number in [one.number for one in deliveries.all_of(store)]:
        for path in kinds_of(store, number).values():
            table = pq.read_table(path, columns=["source", "record_id"])
            pairs = list(zip(table["source"].to_pylist(), table["record_id"].to_pylist(), strict=True))
            gone += without(path, [of_it(*pair) for pair in pairs])
    for table_name in ("quarantine", "withdrawal"):
        rows = store.run(f"select rowid, source, record_id from {table_name} where source is not null").fetchall()
        over = [[number] for number, *pair in rows if of_it(*pair)]
        store.run_many(f"delete from {table_name} where rowid = ?", over)
        gone += len(over)
    rows_told.drop(store.folder, lambda one, other: of_it(one, other))
    for (feed,) in store.run("select distinct feed from delivery where feed <> ''").fetchall():
        rows_ = FeedRows(store.folder, feed)
        rows_.forget([pair for pair in rows_.standing() if of_it(*pair)])
    return gone


def _unsplit(store: Store, name: str) -> None:
    """Rows that could not be split and hold the name of the source, where it is in a column."""
    for item in quarantine.items(store, kind="row"):
        if item.source is None and name in words_of(item.raw):
            store.run("delete from quarantine where id = ?", [item.id])


def _settled(store: Store, before: Iterable[RecordKey]) -> list[str]:
    """Records that no file holds any more leave the history and the truth; those that count are gathered anew."""
    gone = sorted(set(before) - _keys(store))
    withdraw_listed.tidy(store)
    for key in gone:
        history.forget(store, "source = ? and record_id = ?", key)
    if gone:
        out = set(gone)
        erase.from_truth(store.folder / TRUTH, lambda *pair: pair in out)
    history.keep_files(store, {one.file for one in deliveries.all_of(store)})
    clear(store)
    gather(store)
    went = counted(len(gone), "person record is", "person records are")
    return [f"{went} gone; decisions about any wait, in case it comes again" if gone else "no person record is gone"]
