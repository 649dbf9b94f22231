"""What every reader gives: a table with named columns, and its rows in chunks, as columns."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal, Protocol

MAX_COLUMNS: Final = 10_000
"""A file with more is refused: no extract of people has them, and the memory it takes would not be bounded."""

_SHOWN: Final = 200  # characters of each cell of a row that is put aside because one is too long

Column = Sequence[str | None]


@dataclass(frozen=True, slots=True)
class Unsplit:
    """A row that cannot be split into the file's columns. raw: the line(s) as they stand, or their beginning."""

    row: int
    raw: str
    reason: str
    mend: str
    raw_form: Literal["line", "cells"] = "line"


@dataclass(slots=True)
class Chunk:
    """Some rows that follow one another.

    rows: the number of each row that could be split, as the file's owner counts. columns: their cells, column by
    column, in the order of `Table.columns`; None where the file itself says that there is no value.
    unsplit: the rows that could not be split. blank: how many rows hold nothing at all.
    """

    rows: list[int]
    columns: list[Column]
    unsplit: list[Unsplit] = field(default_factory=list)
    blank: int = 0

    @property
    def total(self) -> int:
        """How many rows of the file this chunk accounts for."""
        return len(self.rows) + len(self.unsplit) + self.blank


def without_blank(chunk: Chunk, out: Collection[int] = ()) -> Chunk:
    """The chunk without the rows that hold nothing, which are counted, and without those that are `out`, by place."""
    blank = set(range(len(chunk.rows))) - set(out)
    for column in chunk.columns:
        blank = {at for at in blank if not (column[at] or "").strip()}
        if not blank:
            break
    gone = blank | set(out)
    if gone:
        keep = [at for at in range(len(chunk.rows)) if at not in gone]
        chunk.rows = [chunk.rows[at] for at in keep]
        chunk.columns = [[column[at] for at in keep] for column in chunk.columns]
    chunk.blank += len(blank)
    return chunk


def without_long(chunk: Chunk, longest: int, holds: str) -> Chunk:
    """The chunk without the rows that hold nothing, and with those put aside in which a cell is longer than can be.

    longest: characters of a cell. holds: what can hold no more, as the beginning of "... at most 10".
    """
    lengths: dict[int, int] = {}
    for column in chunk.columns:
        if max(map(len, filter(None, column)), default=0) > longest:
            lengths |= {at: len(text) for at, text in enumerate(column) if text and len(text) > longest}
    for at, length in lengths.items():
        reason = f"a cell has {length:,} characters and {holds} at most {longest:,}"
        raw = "; ".join(str(column[at])[:_SHOWN] for column in chunk.columns)
        chunk.unsplit.append(Unsplit(chunk.rows[at], raw, reason, "shorten it"))
    return without_blank(chunk, lengths)


class Table(Protocol):
    """An open file of rows. Read its chunks once, from first to last."""

    columns: list[str]
    """Trimmed headers, all different: one that stands twice is `Name (1)`, `Name (2)`; an empty one `(column 5)`."""

    sheet: str | None
    """The sheet of a workbook, or the list of a JSON document, that is read; None where a file holds one table."""

    twice: frozenset[str]
    """The headers that stand more than once in the file, as they stand there."""

    def chunks(self) -> Iterator[Chunk]:
        """Every row of the file, in its order. Raises UsedWronglyError when the file is damaged."""

    def notes(self) -> list[str]:
        """What a person should know of how the file was read; whole once the chunks have been read."""

    def top(self) -> list[list[str]]:
        """The first few rows as they stand, the first of the file first; none where a header needs no looking for."""
