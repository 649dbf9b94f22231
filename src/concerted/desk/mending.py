"""What a person says that a row or value in quarantine should be, or that it stays as it is: checked, and recorded."""

import csv
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.spreadsheets import read_rows, write_rows
from concerted.desk import quarantine
from concerted.desk.mended_rows import cells
from concerted.desk.quarantine import Item
from concerted.desk.store import Store
from concerted.desk.who import refuse_nobody

COLUMNS: Final = ("id", "kind", "file", "row", "record_id", "reason", "mend", "column", "value")
DELIMITERS: Final = ",;\t|"


def settings(words: Sequence[str]) -> dict[str, str]:
    """`COLUMN=VALUE` words by column; the value may hold an equals sign."""
    found: dict[str, str] = {}
    for word in words:
        column, equals, value = word.partition("=")
        if not equals or not column.strip():
            raise UsedWronglyError(f"{word!r} does not say COLUMN=VALUE", mend='write --set "DOB=14/03/2009"')
        found[column.strip()] = value
    return found


def mend(store: Store, number: int, values: Mapping[str, str], who: str, why: str) -> int:
    """Record what columns of an item should hold. Raises UsedWronglyError for a column that it does not have."""
    item = _open_item(store, number)
    columns = columns_of(store, item)
    for column in values:
        if column not in columns:
            raise no_such_column(item, column, columns)
    refuse_nobody(who, why, "did it")
    kept = {**(item.mended or {}), **values} if item.state == "mended" else dict(values)
    quarantine.keep_mending(store, number, kept, who.strip(), why.strip())
    return 1


def dismiss(store: Store, number: int, who: str, why: str) -> None:
    """Record that a person looked at an item and nothing is to be mended, as with "not known". A mending undoes it."""
    _open_item(store, number)
    refuse_nobody(who, why, "did it")
    quarantine.dismiss(store, number, who.strip(), why.strip())


def mend_line(store: Store, number: int, line: str, who: str, why: str) -> int:
    """Record the whole line of a row as it should be: a cell for each column, by any of the usual separators."""
    item = _open_item(store, number)
    columns = columns_of(store, item)
    for delimiter in DELIMITERS if item.kind == "row" else "":
        split = next(csv.reader([line], delimiter=delimiter), [])
        if len(split) == len(columns):
            return mend(store, number, dict(zip(columns, split, strict=True)), who, why)
    what = f"the line does not have {len(columns):,} cells" if item.kind == "row" else "it is a value and not a row"
    raise UsedWronglyError(what, where=item.place, mend=f"its columns are {', '.join(columns)}")


def mend_from(store: Store, path: Path, who: str, why: str) -> int:
    """Record what was changed in a file of `write_csv`, and give how many items that were."""
    wanted: defaultdict[int, dict[str, str]] = defaultdict(dict)
    for line, row in enumerate(read_rows(path, ("id", "column", "value")), 2):
        if not row["id"].isdecimal():
            mend_it = "take the file of `concerted quarantine list DIR --csv FILE`"
            raise UsedWronglyError(
                f"{row['id']!r} is no number", where=Place(path.name, row=line, column="id"), mend=mend_it
            )
        wanted[int(row["id"])][row["column"]] = row["value"]
    changed = {number: _changed(store, number, values) for number, values in wanted.items()}
    return sum(mend(store, number, values, who, why) for number, values in changed.items() if values)


def write_csv(store: Store, items: Sequence[Item], path: Path) -> int:
    """A line for each column of each item, with what stands in it: a person changes `value`."""
    if path.exists():
        raise UsedWronglyError(
            "there is such a file already", where=Place(file=path.name), mend="give --csv another name"
        )

    def rows() -> Iterator[list[object]]:
        for item in items:
            for column, value in _stands(store, item).items():
                known = [item.id, item.kind, item.file, item.row, item.record_id, item.reason, item.mend]
                yield [*known, column, value]

    return write_rows(path, COLUMNS, rows())


def _changed(store: Store, number: int, values: Mapping[str, str]) -> dict[str, str]:
    stands = _stands(store, _open_item(store, number))
    return {column: value for column, value in values.items() if value.strip() != (stands.get(column) or "").strip()}


def _stands(store: Store, item: Item) -> dict[str, str | None]:
    """What each column of an item holds now."""
    if item.kind == "value":
        mended = item.mended or {}
        return {column: mended.get(column, item.raw) for column in columns_of(store, item)}
    columns = columns_of(store, item)
    return dict(zip(columns, cells(item, columns), strict=True))


def columns_of(store: Store, item: Item) -> tuple[str, ...]:
    """The columns of an item that a person can fill in."""
    if item.kind == "value":
        return (item.column or str(item.field),)
    [text] = store.run("select columns from delivery where number = ?", [item.delivery]).fetchone()
    return tuple(json.loads(text))


def _open_item(store: Store, number: int) -> Item:
    item = quarantine.item(store, number)
    if item.state == "replayed":
        raise UsedWronglyError(
            f"number {number} was mended and read already", where=item.place, mend="`list` shows what still waits"
        )
    return item


def no_such_column(item: Item, column: str, columns: Sequence[str]) -> UsedWronglyError:
    """The error for a column that an item does not have."""
    mend = f"its columns are {', '.join(columns)}"
    return UsedWronglyError(f"number {item.id} has no column {column}", where=item.place, mend=mend)
