"""Opening a file of rows with the reader for its kind, or saying what it is instead."""

import io
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import BinaryIO, Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import FileSettings
from concerted.extracts.readers import sniff
from concerted.extracts.readers.delimited import DelimitedTable
from concerted.extracts.readers.given_back import as_sent
from concerted.extracts.readers.json_lines import JsonLinesTable
from concerted.extracts.readers.packed import ending, on_disk, opened
from concerted.extracts.readers.shape import Table

_ENDINGS: Final[dict[str, sniff.Kind]] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".xlsx": "xlsx",
    ".xlsm": "xlsx",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".xml": "cin-census",
}
_WORDS: Final = {
    "csv": "CSV",
    "tsv": "TSV",
    "xlsx": "a workbook (XLSX)",
    "json": "a JSON document",
    "jsonl": "JSON Lines",
    "parquet": "Parquet",
    "cin-census": "a census",
}
_FITTING: Final[dict[sniff.Kind, tuple[str, ...]]] = {
    "parquet": ("a Parquet file",),
    "xlsx": (sniff.ZIP,),
    "json": ("JSON, one array", "a JSON object"),
    "jsonl": ("JSON Lines", "a JSON object", "plain text"),
    "cin-census": ("an XML file",),
}
_FOUND: Final[dict[str | None, sniff.Kind]] = {
    "a Parquet file": "parquet",
    sniff.ZIP: "xlsx",
    "JSON, one array": "json",
    "a JSON object": "json",
    "JSON Lines": "jsonl",
    "an XML file": "cin-census",
    None: "csv",
}
_PARQUET_MARK: Final = b"PAR1"
_WHOLE_IN_MEMORY: Final = 2**30  # bytes of a packed file whose reader must be able to turn to any place in it


@contextmanager
def open_table(path: Path, settings: FileSettings) -> Iterator[Table]:
    """The file as a table, while the block lasts. Raises UsedWronglyError when it is not what it is said to be.

    path: of a file, or of one inside a ZIP as if the ZIP were a folder. What the settings do not say is found out: the
    kind by the file's ending or its first bytes, the encoding by its mark, the delimiter by its header.
    """
    place = Place(file=path.name)
    if not on_disk(path).is_file():
        why = "it is a folder" if path.is_dir() else "no such file"
        raise UsedWronglyError("the file cannot be opened", where=place, why=why, mend="check its name")
    with opened(path) as handle:
        head = handle.read(sniff.HEAD)
        kind = _kind(path, settings, head)
        _refuse_other_kind(kind, head, settings, place)
        handle.seek(0)
        with _TABLES[kind](handle, path, settings.model_copy(update={"format": kind})) as table:
            yield as_sent(table)


def kind_of(path: Path, settings: FileSettings) -> sniff.Kind:
    """What kind of file it is: as the settings say, else by its ending, else by its first bytes."""
    with opened(path) as handle:
        return _kind(path, settings, handle.read(sniff.HEAD))


def _kind(path: Path, settings: FileSettings, head: bytes) -> sniff.Kind:
    return settings.format or _ENDINGS.get(ending(path)) or _FOUND.get(sniff.seems_to_be(head), "csv")


def _refuse_other_kind(kind: sniff.Kind, head: bytes, settings: FileSettings, place: Place) -> None:
    if not head:
        raise UsedWronglyError("the file is empty", where=place, mend="fetch the extract again")
    seems = sniff.seems_to_be(head, settings.encoding) or "plain text"
    if seems not in _FITTING.get(kind, ("plain text",)):
        raise UsedWronglyError(
            f"the file is not {_WORDS[kind]}: it seems to be {seems}", where=place, mend=sniff.mend_for(seems)
        )


@contextmanager
def _delimited(handle: BinaryIO, path: Path, settings: FileSettings) -> Iterator[Table]:
    yield DelimitedTable(handle, path, settings)


@contextmanager
def _json_lines(handle: BinaryIO, path: Path, settings: FileSettings) -> Iterator[Table]:
    yield JsonLinesTable(handle, path, settings)


@contextmanager
def _json(handle: BinaryIO, path: Path, settings: FileSettings) -> Iterator[Table]:
    from concerted.extracts.readers.json_document import JsonDocumentTable

    yield JsonDocumentTable(handle, path, settings)


@contextmanager
def _census(handle: BinaryIO, path: Path, _: FileSettings) -> Iterator[Table]:
    from concerted.extracts.readers.census import CensusTable

    yield CensusTable(handle, path)


@contextmanager
def _workbook(handle: BinaryIO, path: Path, settings: FileSettings) -> Iterator[Table]:
    from concerted.extracts.readers.workbook import WorkbookTable

    yield WorkbookTable(anywhere(handle, path), path, settings)


@contextmanager
def _parquet(handle: BinaryIO, path: Path, _: FileSettings) -> Iterator[Table]:
    from concerted.extracts.readers.parquet import ParquetTable

    handle = anywhere(handle, path)
    size = handle.seek(0, io.SEEK_END)
    handle.seek(-min(len(_PARQUET_MARK), size), io.SEEK_END)
    if handle.read() != _PARQUET_MARK:
        raise UsedWronglyError(
            "the Parquet file is cut short",
            where=Place(file=path.name),
            why="its last bytes, which say what is in it, are missing",
            mend="fetch the extract again; nothing of this file was taken",
        )
    table = ParquetTable(handle, path)
    try:
        yield table
    finally:
        table.close()


def anywhere(handle: BinaryIO, path: Path) -> BinaryIO:
    """The same bytes where a reader turns to any place in them: a packed file is unpacked into memory."""
    if on_disk(path) == path and ending(path) == path.suffix.lower():
        return handle
    data = handle.read(_WHOLE_IN_MEMORY + 1)
    if len(data) > _WHOLE_IN_MEMORY:
        raise UsedWronglyError(
            "the file is too large to be read packed", where=Place(file=path.name), mend="unpack it first"
        )
    return io.BytesIO(data)


_TABLES: Final[dict[sniff.Kind, Callable[[BinaryIO, Path, FileSettings], AbstractContextManager[Table]]]] = {
    "csv": _delimited,
    "tsv": _delimited,
    "xlsx": _workbook,
    "json": _json,
    "jsonl": _json_lines,
    "parquet": _parquet,
    "cin-census": _census,
}
