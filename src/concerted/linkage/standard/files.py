"""The columns of records files that are compared, over all files together."""

import re
from collections.abc import Iterator, Sequence
from itertools import count
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.linkage.standard.coded import Coded, coded, encoded

OTHER: Final = "other_"  # the prefix of columns of the profile's own naming that may agree or differ


class RecordFiles:
    """Some records files, read a column at a time: the records in the order of the files and the rows in them."""

    def __init__(self, paths: Sequence[Path]) -> None:
        """Read no more than what the files hold."""
        self._paths = paths
        self._held = [frozenset(pq.read_schema(path).names) for path in paths]
        self._counts = [pq.read_metadata(path).num_rows for path in paths]
        self.records = sum(self._counts)

    def column(self, name: str) -> Coded[str]:
        """A column of texts, to be worked on."""
        return coded(self.as_written(name))

    def as_written(self, name: str) -> pa.DictionaryArray:
        """A column of texts as it is; missing in the records of a file that does not have it."""
        chunks: list[pa.Array] = []
        for path, held, records in zip(self._paths, self._held, self._counts, strict=True):
            if name in held:
                with pq.ParquetFile(path) as file:
                    chunks += file.read(columns=[name])[name].cast(pa.string()).chunks
            else:
                chunks.append(pa.nulls(records, pa.string()))
        return encoded(pa.chunked_array(chunks, pa.string()))


def other_columns(records: Sequence[Path]) -> dict[str, str]:
    """Columns of the profiles' own naming: a name that is safe in SQL -> the name in the files."""
    names = sorted({name for path in records for name in pq.read_schema(path).names if _is_other(name)})
    safe: dict[str, str] = {}
    for name in names:
        slug = OTHER + (re.sub(r"[^a-z0-9]+", "_", name.removeprefix(OTHER).lower()).strip("_") or "x")
        safe[next(free for free in _numbered(slug) if free not in safe)] = name
    return safe


def _numbered(slug: str) -> Iterator[str]:
    """The slug, then the slug with 1, 2 and so on."""
    yield slug
    yield from (f"{slug}_{number}" for number in count(1))


def _is_other(name: str) -> bool:
    return name.startswith(OTHER) and not name.endswith("_as_given")
