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
from concerted.extracts.readers.plain import plain_text
from concerted.extracts.readers.shape import Chunk, Column, without_blank

CELLS: Final = 250_000  # in a chunk
ROWS: Final = 16_384
_MEND: Final = "fetch the extract again; nothing of this file was taken"


class ParquetTable:
    """An open Parquet file. handle: may be read at any place."""

    sheet: str | None = None

    def __init__(self, handle: BinaryIO, path: Path) -> None:
        self._place = Place(file=path.name)
        try:
            self._file = pq.ParquetFile(handle, pre_buffer=False)
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from None
        names = list(self._file.schema_arrow.names)
        refuse_too_many(len(names), path.name)
        self.columns, self.twice = unique_names(names), repeated(names)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()

    def top(self) -> list[list[str]]:
        """None: a Parquet file says itself what its columns are called."""
        return []

    def notes(self) -> list[str]:
        """Nothing: there is only one way to read it."""
        return []

    def chunks(self) -> Iterator[Chunk]:
        """Every row of the file."""
        row = 2
        size = max(1, min(ROWS, CELLS // max(1, len(self.columns))))
        try:
            for batch in self._file.iter_batches(batch_size=size, use_threads=False):
                yield _chunk(batch, row)
                row += batch.num_rows
        except (pa.ArrowException, OSError) as error:
            raise self._damaged(error) from None

    def _damaged(self, error: BaseException) -> UsedWronglyError:
        why = " ".join(str(error).split())[:200]
        return UsedWronglyError("the Parquet file is damaged", where=self._place, why=why, mend=_MEND)


def _chunk(batch: pa.RecordBatch, first: int) -> Chunk:
    columns = [_texts(batch.column(at)) for at in range(batch.num_columns)]
    return without_blank(Chunk(list(range(first, first + batch.num_rows)), columns))


def _texts(array: pa.Array) -> Column:
    kind = array.type
    if pa.types.is_dictionary(kind):
        return _texts(array.dictionary_decode())
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        return _column(array)
    if pa.types.is_integer(kind) or pa.types.is_date32(kind) or pa.types.is_boolean(kind):
        return _column(pc.cast(array, pa.string()))
    if pa.types.is_timestamp(kind) and kind.unit == "ns":
        array = pc.cast(array, pa.timestamp("us", kind.tz), safe=False)  # Python has no nanoseconds
    return [plain_text(value) for value in array.to_pylist()]


def _column(array: pa.Array) -> Column:
    values: list[Any] = array.to_pylist()
    return values
