"""The first rows of a file, for checking and drafting profiles: enough to judge by, never the whole of a large one."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

from concerted.extracts.profile import FileSettings
from concerted.extracts.readers import Table, open_table
from concerted.extracts.readers.delimited import DelimitedTable
from concerted.extracts.readers.opening import kind_of
from concerted.extracts.readers.packed import opened
from concerted.extracts.readers.sniff import HEAD, encoding_of

_ENCODINGS: Final[dict[str, Literal["utf-8", "utf-16", "windows-1252"]]] = {
    "utf-8": "utf-8",
    "utf-16-le": "utf-16",
    "utf-16-be": "utf-16",
    "windows-1252": "windows-1252",
}


@dataclass(slots=True)
class Sample:
    """rows: how many were read into `cells`. unsplit: how many more could not be split. is_whole: the file has no more.

    cells: column by column, None where the file itself says that there is no value. top: the first rows as they stand.
    found: how the file is written, as far as it was found out. twice: headers that stand more than once.
    """

    columns: list[str]
    cells: dict[str, list[str | None]]
    rows: int = 0
    unsplit: int = 0
    is_whole: bool = True
    top: list[list[str]] = field(default_factory=list)
    found: FileSettings = field(default_factory=FileSettings)
    twice: frozenset[str] = frozenset()


def read_sample(file: Path, settings: FileSettings, limit: int) -> Sample:
    """The first `limit` rows. Raises UsedWronglyError for a file that cannot be read as a table."""
    with open_table(file, settings) as table:
        empty: dict[str, list[str | None]] = {name: [] for name in table.columns}
        found = _found(table, file).model_copy(update=_said(settings))
        sample = Sample(table.columns, empty, top=table.top(), found=found, twice=table.twice)
        for chunk in table.chunks():
            room = limit - sample.rows
            sample.is_whole = len(chunk.rows) <= room
            for name, cells in zip(table.columns, chunk.columns, strict=True):
                sample.cells[name].extend(cells[:room])
            sample.rows += min(room, len(chunk.rows))
            sample.unsplit += len(chunk.unsplit)
            if not sample.is_whole:
                break
    return sample


def _said(settings: FileSettings) -> dict[str, int]:
    return {"header_row": settings.header_row, "header_rows": settings.header_rows}


def _found(table: Table, file: Path) -> FileSettings:
    """How the file is written, to be written down in a draft."""
    kind = kind_of(file, FileSettings())
    if not isinstance(table, DelimitedTable):
        return FileSettings(format=kind, sheet=table.sheet)
    with opened(file) as handle:
        encoding = _ENCODINGS[encoding_of(handle.read(HEAD), None).name]
    if table.delimiter == "\t":
        return FileSettings(format="tsv", encoding=encoding)
    return FileSettings(format="csv", encoding=encoding, delimiter=table.delimiter)
