"""Where the rows of an extract come from: a file, or rows that a person has mended."""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import FileSettings
from concerted.extracts.readers import Chunk, Table, Unsplit, open_table
from concerted.extracts.readers.packed import on_disk, opened

_ROWS = 10_000  # mended rows in a chunk
_PIECE = 2**20  # bytes read at a time for the fingerprint


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What was read: the hash (SHA-256, hexadecimal) and the number of its bytes."""

    sha256: str
    bytes: int


class Origin(Protocol):
    """Rows that can be read more than once, and stay the same."""

    name: str
    is_whole: bool
    """Whether its values tell what its columns hold; a few rows of an extract do not."""

    def open(self) -> AbstractContextManager[Table]:
        """The rows, from the first on."""

    def fingerprint(self) -> Fingerprint:
        """Of what is about to be read."""

    def refuse_changed(self) -> None:
        """Raise UsedWronglyError when it is no longer what the fingerprint was taken of."""


class FileOrigin:
    """A file on disk or in a ZIP. name: what it is called in everything that is written about it."""

    def __init__(self, path: Path, settings: FileSettings, name: str | None = None) -> None:
        self.name, self.is_whole = name or path.name, True
        self._path, self._settings = path, settings
        self._state: tuple[int, int] | None = None

    def open(self) -> AbstractContextManager[Table]:
        """The file as a table."""
        return open_table(self._path, self._settings)

    def fingerprint(self) -> Fingerprint:
        """Reads the whole file once."""
        digest, size = hashlib.sha256(), 0
        try:
            self._state = self._now()
            with opened(self._path) as handle:
                while data := handle.read(_PIECE):
                    digest.update(data)
                    size += len(data)
        except OSError as error:
            raise UsedWronglyError(
                "the file cannot be read", where=Place(file=self.name), why=error.strerror or "", mend="check its name"
            ) from None
        return Fingerprint(digest.hexdigest(), size)

    def refuse_changed(self) -> None:
        """By its size and the time of its last change."""
        if self._now() != self._state:
            raise UsedWronglyError(
                "the file changed while it was read", where=Place(file=self.name), mend="wait until it is whole"
            )

    def _now(self) -> tuple[int, int]:
        state = on_disk(self._path).stat()
        return state.st_mtime_ns, state.st_size


class MendedOrigin:
    """Rows that a person has mended. rows: the number of each in its file, and its cells in the order of `columns`."""

    def __init__(
        self,
        name: str,
        columns: Sequence[str],
        rows: Sequence[tuple[int, Sequence[str | None]]],
        sheet: str | None = None,
    ) -> None:
        self.name, self.is_whole, self.sheet = name, False, sheet
        self.columns, self.twice = list(columns), frozenset[str]()
        self._rows = sorted(rows, key=lambda row: row[0])

    @contextmanager
    def open(self) -> Iterator[Table]:
        """The rows as a table."""
        yield self

    def fingerprint(self) -> Fingerprint:
        """Of the columns and rows written as JSON."""
        data = json.dumps([self.columns, [[row, list(cells)] for row, cells in self._rows]]).encode()
        return Fingerprint(hashlib.sha256(data).hexdigest(), len(data))

    def refuse_changed(self) -> None:
        """Never: they are in memory."""

    def top(self) -> list[list[str]]:
        """None."""
        return []

    def notes(self) -> list[str]:
        """None."""
        return []

    def chunks(self) -> Iterator[Chunk]:
        """The rows, those of a wrong width put aside again."""
        for start in range(0, len(self._rows), _ROWS):
            yield self._chunk(self._rows[start : start + _ROWS])

    def _chunk(self, rows: Sequence[tuple[int, Sequence[str | None]]]) -> Chunk:
        chunk, good = Chunk([], [()] * len(self.columns)), []
        for row, cells in rows:
            if not any((cell or "").strip() for cell in cells):
                chunk.blank += 1
            elif len(cells) != len(self.columns):
                chunk.unsplit.append(self._unsplit(row, cells))
            else:
                chunk.rows.append(row)
                good.append(cells)
        if good:
            chunk.columns = list(zip(*good, strict=True))
        return chunk

    def _unsplit(self, row: int, cells: Sequence[str | None]) -> Unsplit:
        reason = f"it has {len(cells):,} cells and the header has {len(self.columns):,}"
        raw = json.dumps(list(cells), ensure_ascii=False)
        return Unsplit(row, raw, reason, "give it one cell for each column", raw_form="cells")
