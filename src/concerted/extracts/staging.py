"""Files written out of sight and put in place together, or not at all."""

import contextlib
import shutil
import uuid
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Final, Self

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.errors import Place, UsedWronglyError

_HIDDEN: Final = ".taking-"
GROUP: Final = 16_384


def reached(point: str) -> None:
    """Stands before every write and every move, and does nothing: tests put a fault here. point: what comes next."""


class Staging:
    """A hidden folder beside the results. What is complete is named for its place; all of it is moved there at once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._moves: list[tuple[Path, Path]] = []

    def path(self, name: str) -> Path:
        """A new file in the hidden folder, not yet there."""
        return self.folder / f"{uuid.uuid4().hex[:8]}-{name}"

    def put(self, part: Path, place: Path) -> None:
        """Move this file to that place when everything is complete."""
        self._moves.append((part, place))

    def complete(self) -> None:
        """Move everything to its place; when one move fails, take back those before it."""
        done: list[Path] = []
        try:
            for part, place in self._moves:
                reached(f"move {place.name}")
                part.rename(place)
                done.append(place)
            reached("end")
        except BaseException:
            for place in done:
                place.unlink(missing_ok=True)
            raise


@contextmanager
def staging(folder: Path, places: list[Path]) -> Iterator[Staging]:
    """A staging that is completed when the block ends well; else nothing has changed. places: must not exist yet."""
    for place in places:
        if place.exists():
            raise UsedWronglyError(
                "there is such a file already, and records are never overwritten",
                where=Place(file=place.name),
                mend="choose another place",
            )
    was_there = folder.is_dir()
    hidden = folder / f"{_HIDDEN}{uuid.uuid4().hex[:8]}"
    try:
        hidden.mkdir(parents=True)
        stage = Staging(hidden)
        yield stage
        stage.complete()
    except BaseException:
        shutil.rmtree(hidden, ignore_errors=True)
        if not was_there:
            with contextlib.suppress(OSError):  # somebody else may have put something there
                folder.rmdir()
        raise
    shutil.rmtree(hidden, ignore_errors=True)


class Writer:
    """Writes a Parquet file in row groups of `GROUP` rows or somewhat more, each while the next is made ready."""

    def __init__(self, path: Path, schema: pa.Schema) -> None:
        reached(f"open {path.name}")
        self.path, self.rows = path, 0
        self._waiting: list[pa.Table] = []
        self._written: Future[None] | None = None
        # Dictionaries and statistics would take twice the time and save nothing: most texts differ, and all are read.
        settings = {"compression": "zstd", "compression_level": 1, "use_dictionary": False, "write_statistics": False}
        self._writer = pq.ParquetWriter(path, schema, **settings)
        self._thread = ThreadPoolExecutor(1)

    def write(self, table: pa.Table) -> None:
        """Add these rows."""
        if not table.num_rows:
            return  # a row group without rows is of no use to anyone
        self.rows += table.num_rows
        self._waiting.append(table)
        if sum(waiting.num_rows for waiting in self._waiting) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        if not self._waiting:
            return
        table = pa.concat_tables(self._waiting)
        self._waiting = []
        self._wait()
        reached(f"write {self.path.name}")
        self._written = self._thread.submit(self._writer.write_table, table)

    def _wait(self) -> None:
        """Until the group before is written. Raises what went wrong with it."""
        if self._written:
            self._written.result()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if kind is None:
                self._flush()
                self._wait()
            reached(f"close {self.path.name}")
        finally:
            self._thread.shutdown()
            self._writer.close()


def rewritten(path: Path, out: Path, dropped: Callable[[int, int], list[int]]) -> int:
    """Write the Parquet file again without some rows, by the column `row`, and give how many are left.

    dropped: the row numbers to leave out between two numbers, both included.
    """
    with pq.ParquetFile(path) as file, Writer(out, file.schema_arrow) as writer:
        for group in range(file.num_row_groups):
            table = file.read_row_group(group, use_threads=False)
            rows = table["row"].to_numpy()
            gone = set(dropped(int(rows.min()), int(rows.max())))
            writer.write(table.filter(pa.array([row not in gone for row in rows.tolist()])) if gone else table)
        return writer.rows
