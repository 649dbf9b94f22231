"""Parquet files as tables, every value as the plain text that a CSV file would hold. The first row is row 2, as if
the names of the columns were row 1.

A text may stand once in the file and in a million rows. So texts are read as references to it, and what they come to is
worked out before any is written out.
"""

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.readers.headers import refuse_too_many, repeated, unique_names
from concerted.extracts.readers.lines import LINE_LIMIT, mixed_text
from concerted.extracts.readers.packed import BOMB, FREE, RATIO
from concerted.extracts.readers.plain import plain_text
from concerted.extracts.readers.shape import Chunk, Column, without_long

CELLS: Final = 250_000  # in a chunk
ROWS: Final = 16_384
TEXTS: Final = 64 * 2**20  # bytes of the texts of a chunk
_DAMAGED: Final = (pa.ArrowException, OSError, UnicodeDecodeError)
_MEND: Final = "fetch the extract again; nothing of this file was taken"


class ParquetTable:
    """An open Parquet file. handle: may be read at any place."""

    sheet: str | None = None

    def __init__(self, handle: BinaryIO, path: Path) -> None:
        self._place, self._mixed = Place(file=path.name), 0
        self._room = RATIO * handle.seek(0, io.SEEK_END) + FREE
        try:
            about = pq.read_metadata(handle)
            self._file = pq.ParquetFile(handle, metadata=about, pre_buffer=False, read_dictionary=_texts_of(about))
            names = list(self._file.schema_arrow.names)
        except _DAMAGED as error:
            raise self._damaged(error) from None
        refuse_too_many(len(names), path.name)
        self._refuse_endless(_said_size(about))
        self.columns, self.twice = unique_names(names), repeated(names)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def top(self) -> list[list[str]]:
        """None: a Parquet file says itself what its columns are called."""
        return []

    def notes(self) -> list[str]:
        """What a person should know of how the file was read."""
        return [f"bytes that are not UTF-8 and were read as Windows-1252: {self._mixed:,}"] if self._mixed else []

    def chunks(self) -> Iterator[Chunk]:
        """Every row of the file."""
        row = 2
        size = max(1, min(ROWS, CELLS // max(1, len(self.columns))))
        try:
            for batch in self._file.iter_batches(batch_size=size, use_threads=False):
                for piece in self._pieces(batch):
                    columns = [self._texts(piece.column(at)) for at in range(piece.num_columns)]
                    chunk = Chunk(list(range(row, row + piece.num_rows)), columns)
                    yield without_long(chunk, LINE_LIMIT, "there may be")
                    row += piece.num_rows
        except _DAMAGED as error:
            raise self._damaged(error) from None

    def _pieces(self, batch: pa.RecordBatch) -> Iterator[pa.RecordBatch]:
        """The rows of a batch in pieces whose texts can be held at once."""
        size = sum(map(text_bytes, batch.columns))
        if size > TEXTS and batch.num_rows > 1:
            half = batch.num_rows // 2
            yield from self._pieces(batch.slice(0, half))
            yield from self._pieces(batch.slice(half))
            return
        self._room -= size
        self._refuse_endless(0)
        yield batch

    def _refuse_endless(self, least: int) -> None:
        """least: characters that are still to come for certain."""
        if self._room < least:
            raise UsedWronglyError(
                "the Parquet file is not read", where=self._place, why=BOMB, mend="ask its sender what it is"
            )

    def _damaged(self, error: BaseException) -> UsedWronglyError:
        why = " ".join(str(error).split())[:200]
        return UsedWronglyError("the Parquet file is damaged", where=self._place, why=why, mend=_MEND)

    def _texts(self, array: pa.Array) -> Column:
        kind = array.type
        if pa.types.is_dictionary(kind):
            return self._texts(array.dictionary_decode())
        if pa.types.is_integer(kind) or pa.types.is_date32(kind) or pa.types.is_boolean(kind):
            array = pc.cast(array, pa.string())
        elif pa.types.is_timestamp(kind) and kind.unit == "ns":
            array = pc.cast(array, pa.timestamp("us", kind.tz), safe=False)  # Python has no nanoseconds
        values = self._values(array)
        return values if pa.types.is_string(array.type) else [plain_text(value) for value in values]

    def _values(self, array: pa.Array) -> list[Any]:
        try:
            values: list[Any] = array.to_pylist()
        except (ValueError, OverflowError):  # text that is not UTF-8, a moment outside the years 1 to 9999
            return [self._value(array.slice(at, 1)) for at in range(len(array))]
        return values

    def _value(self, one: pa.Array) -> Any:
        """The value of a column of one: bytes as the other readers take them, a moment that Python does not have as
        the words that Arrow has for it."""
        try:
            return one.to_pylist()[0]
        except UnicodeDecodeError:
            data: bytes = pc.cast(one, pa.large_binary()).to_pylist()[0]
            text, mixed = mixed_text(data.decode("utf-8", "surrogateescape"))
            self._mixed += mixed
            return text
        except (ValueError, OverflowError):
            if pa.types.is_timestamp(one.type):  # with a time zone Arrow's words would tell another year
                one = pc.cast(one, pa.timestamp(one.type.unit))
            return pc.cast(one, pa.string()).to_pylist()[0]


def _texts_of(about: pq.FileMetaData) -> list[str]:
    """The columns of text, also of those inside other columns."""
    columns = (about.schema.column(at) for at in range(about.num_columns))
    return [one.path for one in columns if one.physical_type == "BYTE_ARRAY" and one.logical_type.type != "DECIMAL"]


def text_bytes(array: pa.Array) -> int:
    """How many bytes its values come to, a text counted as often as it stands there."""
    if pa.types.is_dictionary(array.type):
        lengths = pc.binary_length(array.dictionary)
        return int(pc.sum(pc.take(lengths, array.indices)).as_py() or 0)
    if pa.types.is_map(array.type):
        offsets = array.offsets
        start, length = offsets[0].as_py(), offsets[-1].as_py() - offsets[0].as_py()
        return text_bytes(array.keys.slice(start, length)) + text_bytes(array.items.slice(start, length))
    if pa.types.is_struct(array.type):
        return sum(map(text_bytes, array.flatten()))
    if pa.types.is_nested(array.type):
        return text_bytes(array.flatten())
    return int(array.nbytes)


def _said_size(about: pq.FileMetaData) -> int:
    """How much the file says that it holds at least: bytes unpacked, or values, of which each takes a mark in a CSV
    file. Of a column it is never asked for what it says: that ends the program when it is damaged."""
    sizes: list[int] = [about.row_group(at).total_byte_size for at in range(about.num_row_groups)]
    values: int = about.num_rows * about.num_columns
    return max(sum(sizes), values)
