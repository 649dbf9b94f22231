"""Files that were given back to their sender with what was mended, and are delivered again: read as if never marked.

Such a file has two columns more, and in CSV an apostrophe before what a spreadsheet would run. Both are taken away.
"""

from collections.abc import Iterator, Sequence
from typing import Final, TypeVar

from concerted.common.spreadsheets import plain
from concerted.extracts.readers.delimited import DelimitedTable
from concerted.extracts.readers.shape import Chunk, Column, Table, Unsplit, without_blank

FAULTS: Final = "Concerted: what could not be read"
MENDINGS: Final = "Concerted: what it was mended to, by whom and why"
ADDED: Final = frozenset({FAULTS, MENDINGS})
_T = TypeVar("_T")


def as_sent(table: Table) -> Table:
    """The table without what was added when it was given back; the same table when it never was."""
    return GivenBack(table) if set(table.columns) >= ADDED else table


class GivenBack:
    """A table that was given back."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.delimiter = table.delimiter if isinstance(table, DelimitedTable) else None
        self._added = {at for at, name in enumerate(table.columns) if name in ADDED}
        self._faults = table.columns.index(FAULTS)
        self.columns = [self._plain(name) for name in self._kept(table.columns)]
        self.sheet, self.twice = table.sheet, frozenset(map(self._plain, table.twice))

    def top(self) -> list[list[str]]:
        """The first rows as they were sent."""
        return [[self._plain(cell) for cell in self._kept(row)] for row in self._table.top()]

    def notes(self) -> list[str]:
        """What a person should know of how the file was read."""
        return [
            *self._table.notes(),
            "it was given back with what was mended; the columns that say so were passed over",
        ]

    def chunks(self) -> Iterator[Chunk]:
        """The rows as they were sent. One of which nothing but what was said of it is there is put aside again."""
        for chunk in self._table.chunks():
            said = chunk.columns[self._faults]
            chunk.columns = [self._texts(column) for column in self._kept(chunk.columns)]
            empty = [at for at, text in enumerate(said) if text and not any(_holds(c[at]) for c in chunk.columns)]
            chunk.unsplit += [_not_filled_in(chunk.rows[at], said[at] or "") for at in empty]
            yield without_blank(chunk, empty)

    def _kept(self, cells: Sequence[_T]) -> list[_T]:
        return [cell for at, cell in enumerate(cells) if at not in self._added]

    def _plain(self, text: str) -> str:
        return plain(text) if self.delimiter else text

    def _texts(self, column: Column) -> Column:
        return [plain(text) if text and text[0] == "'" else text for text in column] if self.delimiter else column


def _holds(text: str | None) -> bool:
    return bool((text or "").strip())


def _not_filled_in(row: int, said: str) -> Unsplit:
    reason = "it was given back empty, because it could not be split, and nothing was filled in"
    return Unsplit(row, said, reason, "fill its columns in, or take the row out")
