"""Lawful erasure: everything that came of one record goes, and a keyed hash keeps it from coming back.

The one exception to "records are superseded, never overwritten" (`DESIGN.md`, rule 7), with its own trace: who asked
for it, when and why, beside the hash.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows, write_rows
from concerted.desk import ended, erase_rows, findings, history, rows_told
from concerted.desk.current import gather
from concerted.desk.feeds import FeedRows, rows_of
from concerted.desk.store import LOG, RECORDS, TRUTH, Store
from concerted.extracts.fields import REFERENCES

ERASED: Final = "(erased)"  # in the folder's own record, in the place of the key
_TELLING: Final = 4  # characters of an id
_KEYED = ("quarantine", "withdrawal")
_OF_IT = "{0}source = ? and ({0}{1} = ? or substr({0}{1}, 1, ?) = ?)"  # the record, or a part of the row


def erase(store: Store, key: RecordKey, who: str, why: str) -> list[str]:
    """Take everything of this record, or of all parts of this row, out of the store. Gives a note.

    Raises UsedWronglyError when nothing of it is there: an erasure ahead of a record is a restriction on its owner.
    """
    if mentions(why, key) or mentions(who, key):
        raise UsedWronglyError("the reason names the record", mend="write --why without its id: it is kept for good")
    found = sum(_from_parquet(path, key) for path in sorted((store.folder / RECORDS).glob("[0-9]*.parquet")))
    found += _from_tables(store, key)
    if not found:
        raise UsedWronglyError(f"nothing of {key} is in this folder", mend="check the source and the id")
    for (feed,) in store.run("select distinct feed from delivery where feed <> ''").fetchall():
        FeedRows(store.folder, feed).forget(rows_of(key))
    rows_told.forget(store.folder, rows_of(key))
    from_truth(store.folder / TRUTH, is_of(key))
    from_log(store.folder / LOG, key, ERASED)
    ended.note_erased(store, key, who, why)
    gather(store)
    return ["a record was erased on request; what was made of it is gone with it"]


def mentions(text: str, key: RecordKey) -> bool:
    """Whether a text names the record: by source and id, or by the id alone as a word of four characters or more, as a
    shorter one is as likely something else."""
    if str(key) in text or text == key.record_id:
        return True
    word = rf"(?<!\w){re.escape(key.record_id)}(?!\w)"
    return len(key.record_id) >= _TELLING and re.search(word, text) is not None


def is_of(key: RecordKey) -> Callable[[str | None, str | None], bool]:
    """Whether a record is this one, or a part of this row."""

    def of(source: str | None, record_id: str | None) -> bool:
        one = record_id or ""
        return source == key.source and (one == key.record_id or one.startswith(f"{key.record_id}/"))

    return of


def _from_parquet(path: Path, key: RecordKey) -> int:
    """Write a file of records again without it, and without references to it. Gives how many rows are gone."""
    table, of = pq.read_table(path), is_of(key)
    sources = table["source"].to_pylist()
    keep = [not of(*pair) for pair in zip(sources, table["record_id"].to_pylist(), strict=True)]
    cleared = _without_references(table, sources, of)
    if all(keep) and cleared is table:
        return 0
    new = path.with_suffix(".new")
    pq.write_table(cleared.filter(pa.array(keep)), new, compression="zstd")
    new.replace(path)
    return keep.count(False)


def _without_references(table: pa.Table, sources: list[str], of: Callable[[str | None, str | None], bool]) -> pa.Table:
    """The table with nothing in the fields that refer to the record; the very table when none does."""
    for name in [name for name in table.column_names if name.removesuffix("_as_given") in REFERENCES]:
        values = table[name].to_pylist()
        left = [None if of(source, value) else value for source, value in zip(sources, values, strict=True)]
        if left != values:
            place = table.column_names.index(name)
            table = table.set_column(place, table.schema.field(name), pa.array(left, table.schema.field(name).type))
    return table


def _from_tables(store: Store, key: RecordKey) -> int:
    """Take it out of the quarantine, what is withdrawn or restricted, and the decisions, else never changed."""
    values = [key.source, key.record_id, len(key.record_id) + 1, f"{key.record_id}/"]
    of_it = _OF_IT.format("", "record_id")
    gone: int = sum(int(store.run(f"delete from {table} where {of_it}", values).rowcount) for table in _KEYED)
    gone += erase_rows.forget(store, key)
    history.forget(store, of_it, values)
    findings.forget(store, is_of(key))
    restricted = "act = 'restricted' and (key = ? or substr(key, 1, ?) = ?)"  # its key stands there as it is
    gone += store.run(f"delete from ended where {restricted}", [str(key), len(str(key)) + 1, f"{key}/"]).rowcount
    asked = "select name, sql from sqlite_master where type = 'trigger' and tbl_name = 'decision'"
    triggers = store.run(asked).fetchall()
    for name, _ in triggers:
        store.run(f"drop trigger {name}")
    for side in ("left_", "right_"):
        store.run(f"delete from decision where {_OF_IT.format(side, 'id')}", values)
    for _, made in triggers:
        store.run(made)
    return gone


def from_truth(path: Path, of: Callable[[str | None, str | None], bool]) -> None:
    """Take records out of the truth."""
    if not path.exists():
        return
    rows = list(read_rows(path))
    if rows:
        header = list(rows[0])
        kept = [row for row in rows if not of(row.get("source"), row.get("record_id"))]
        write_rows(path, header, [[row[name] for name in header] for row in kept])


def from_log(path: Path, key: RecordKey, instead: str) -> None:
    """The folder's own record keeps that a command was run, and not on whom. instead: stands in the key's place."""
    if not path.exists():
        return
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line]
    for line in lines:
        line["command"] = [instead if mentions(word, key) else word for word in line["command"]]
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
