"""JSON Lines files as tables: an object a line, its keys the columns.

Lines may differ in their keys. The file is read twice: first for every key of every line, so that a key that comes
late is a column like any other. Objects inside objects become columns with dots in their names. Row 1 is line 1.
"""

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, BinaryIO, Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import FileSettings
from concerted.extracts.readers import sniff
from concerted.extracts.readers.delimited import too_long
from concerted.extracts.readers.headers import refuse_too_many
from concerted.extracts.readers.lines import Lines, LongLine, Recoded
from concerted.extracts.readers.plain import flattened, plain_text
from concerted.extracts.readers.shape import Chunk, Unsplit

_HALF: Final = re.compile("[\ud800-\udfff]")
_MEND: Final = 'write one object a line: {"id": "1", "name": "..."}'


class _NotAnObjectError(ValueError):
    """The line is no object; the message says what it is, as a clause."""


class JsonLinesTable:
    """An open JSON Lines file."""

    twice: frozenset[str] = frozenset()
    sheet: str | None = None

    def __init__(self, handle: BinaryIO, path: Path, settings: FileSettings) -> None:
        self._handle, self._place = handle, Place(file=path.name)
        head = handle.read(sniff.HEAD)
        self._encoding = sniff.encoding_of(head, settings.encoding)
        self._ending = sniff.line_ending(head.replace(b"\x00", b""))
        self._lines = self._from_the_start()
        self.columns = self._keys()

    def _from_the_start(self) -> Lines:
        encoding = self._encoding
        self._handle.seek(encoding.mark)
        recoded = Recoded(self._handle, encoding.name[-2:]) if encoding.width == 2 else self._handle
        windows = encoding.name == "windows-1252"
        return Lines(recoded, windows=windows, ending=self._ending, offset=encoding.mark // encoding.width)

    def _keys(self) -> list[str]:
        """Every key of every line, in the order in which they first come."""
        keys: dict[str, None] = {}
        for block in self._from_the_start().blocks():
            for line in block if isinstance(block, list) else ():
                keys.update(dict.fromkeys(keys_of(line)))
            refuse_too_many(len(keys), str(self._place))
        if not keys:
            raise UsedWronglyError("the file holds no JSON objects", where=self._place, mend=_MEND)
        return list(keys)

    def top(self) -> list[list[str]]:
        """None: the names of the columns stand in every line."""
        return []

    def notes(self) -> list[str]:
        """What a person should know of how the file was read."""
        return self._lines.notes()

    def chunks(self) -> Iterator[Chunk]:
        """Every line of the file."""
        self._lines = self._from_the_start()
        row = 1
        for block in self._lines.blocks():
            if isinstance(block, LongLine):
                chunk = Chunk([], [()] * len(self.columns), [too_long(block, row, self._encoding.width)])
            else:
                chunk = chunk_of(block, row, self.columns)
            row += chunk.total
            yield chunk


def chunk_of(texts: Sequence[str], first: int, columns: Sequence[str]) -> Chunk:
    """A chunk of objects, each given as its text; those that cannot be read as rows of these columns are put aside."""
    chunk, objects = Chunk([], []), []
    for number, text in enumerate(texts, first):
        try:
            found = _row(text) if text.strip() else {}
        except ValueError as error:
            chunk.unsplit.append(Unsplit(number, text, _reason(error), _MEND))
            continue
        if any(value is not None and value != "" for value in found.values()):
            chunk.rows.append(number)
            objects.append(found)
        else:
            chunk.blank += 1
    chunk.columns = [[found.get(key) for found in objects] for key in columns]
    return chunk


def keys_of(text: str) -> Iterable[str]:
    """The columns that an object given as text has a value for; none when it cannot be read."""
    try:
        return _row(text)
    except ValueError:
        return ()


def _row(line: str) -> dict[str, str | None]:
    """The object of a line, flat and as text. Raises ValueError."""
    try:
        # Numbers stay the digits that they are: an id of twenty digits is not rounded.
        found = json.loads(line, parse_int=str, parse_float=str, object_pairs_hook=_once)
    except RecursionError:
        raise _NotAnObjectError("it holds objects inside objects beyond all measure") from None
    if not isinstance(found, dict):
        raise _NotAnObjectError("it is not an object")
    if "\\u" in line and _HALF.search(json.dumps(found, ensure_ascii=False)):
        raise _NotAnObjectError("it holds half of a character")
    row: dict[str, str | None] = {}
    for name, value in flattened(found):
        if name.strip() in row:
            raise _NotAnObjectError(f"{name} stands in it twice")
        row[name.strip()] = plain_text(value)
    return row


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """An object none of whose keys stands twice, so that no value goes unread."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise _NotAnObjectError("a key stands in it twice")
    return found


def _reason(error: ValueError) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"it is not JSON from character {error.colno} on"
    return str(error)
