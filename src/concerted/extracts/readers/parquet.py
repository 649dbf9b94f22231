"""Parquet files as tables, every value as the plain text that a CSV file would hold. The first row is row 2, as if
the names of the columns were row 1."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.readers.headers import refuse_too_many, repeated, unique_names
from concerted.extracts.readers.lines import mixed_text
from concerted.extracts.readers.plain import plain_text
from concerted.extracts.readers.shape import Chunk, Column, without_blank

CELLS: Final = 250_000  # in a chunk
ROWS: Final = 16_384
_DAMAGED: Final = (pa.ArrowException, OSError, UnicodeDecodeError)
_MEND: Final = "fetch the extract again; nothing of this file was taken"


class ParquetTable:
    """An open Parquet file. handle: may be read at any place."""

    sheet: str | None = None

    def __init__(self, handle: BinaryIO, path: Path) -> None:
        self._place, self._mixed = Place(file=path.name), 0
        try:
            self._file = pq.ParquetFile(handle, pre_buffer=False)
            names = list(self._file.schema_arrow.names)
        except _DAMAGED as error:
            raise self._damaged(error) from None
        refuse_too_many(len(names), path.name)
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
                columns = [self._texts(batch.column(at)) for at in range(batch.num_columns)]
                yield without_blank(Chunk(list(range(row, row + batch.num_rows)), columns))
                row += batch.num_rows
        except _DAMAGED as error:
            raise self._damaged(error) from None

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
