"""Opening a file of rows with the reader for its kind, or saying what it is instead."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import FileSettings
from concerted.extracts.readers import sniff
from concerted.extracts.readers.census import CensusTable
from concerted.extracts.readers.delimited import DelimitedTable
from concerted.extracts.readers.json_lines import JsonLinesTable
from concerted.extracts.readers.shape import Table

_ENDINGS: Final[dict[str, sniff.Kind]] = {
    ".csv": "csv",
    ".tsv": "tsv",
    ".tab": "tsv",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".parquet": "parquet",
    ".xml": "cin-census",
}
_WORDS: Final = {"csv": "CSV", "tsv": "TSV", "jsonl": "JSON Lines", "parquet": "Parquet", "cin-census": "a census"}
_FOUND: Final[dict[str | None, sniff.Kind]] = {
    "a Parquet file": "parquet",
    "JSON Lines": "jsonl",
    "an XML file": "cin-census",
    None: "csv",
}
_PARQUET_MARK: Final = b"PAR1"


@contextmanager
def open_table(path: Path, settings: FileSettings) -> Iterator[Table]:
    """The file as a table, while the block lasts. Raises UsedWronglyError when it is not what it is said to be.

    What the settings do not say is found out: the kind by the file's ending or its first bytes, the encoding by its
    mark, the delimiter by its header.
    """
    place = Place(file=path.name)
    try:
        handle = path.open("rb")
    except OSError as error:
        raise UsedWronglyError(
            "the file cannot be opened", where=place, why=error.strerror or "", mend="check its name and your rights"
        ) from None
    with handle:
        head = handle.read(sniff.HEAD)
        kind = _kind(path, settings, head)
        _refuse_other_kind(kind, head, settings, place)
        if kind == "parquet":
            with _parquet(path, place) as table:
                yield table
            return
        handle.seek(0)
        if kind == "cin-census":
            yield CensusTable(handle, path)
        elif kind == "jsonl":
            yield JsonLinesTable(handle, path, settings)
        else:
            yield DelimitedTable(handle, path, settings.model_copy(update={"format": kind}))


def _kind(path: Path, settings: FileSettings, head: bytes) -> sniff.Kind:
    """As the profile says, else by the file's ending, else by its first bytes."""
    return settings.format or _ENDINGS.get(path.suffix.lower()) or _FOUND.get(sniff.seems_to_be(head), "csv")


def _refuse_other_kind(kind: sniff.Kind, head: bytes, settings: FileSettings, place: Place) -> None:
    if not head:
        raise UsedWronglyError("the file is empty", where=place, mend="fetch the extract again")
    seems = sniff.seems_to_be(head, settings.encoding) or "plain text"
    fitting = {"parquet": "a Parquet file", "jsonl": "JSON Lines", "cin-census": "an XML file"}.get(kind, "plain text")
    if seems == fitting or (kind == "jsonl" and seems == "plain text"):
        return
    raise UsedWronglyError(
        f"the file is not {_WORDS[kind]}: it seems to be {seems}", where=place, mend=sniff.mend_for(seems)
    )


@contextmanager
def _parquet(path: Path, place: Place) -> Iterator[Table]:
    """Arrow is heavy and only this kind of file needs it."""
    from concerted.extracts.readers.parquet import ParquetTable

    with path.open("rb") as handle:
        handle.seek(-min(len(_PARQUET_MARK), path.stat().st_size), 2)
        whole = handle.read() == _PARQUET_MARK
    if not whole:
        raise UsedWronglyError(
            "the Parquet file is cut short",
            where=place,
            why="its last bytes, which say what is in it, are missing",
            mend="fetch the extract again; nothing of this file was taken",
        )
    table = ParquetTable(path)
    try:
        yield table
    finally:
        table.close()
