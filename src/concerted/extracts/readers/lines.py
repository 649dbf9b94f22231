"""The lines of a text file, in blocks, whatever its encoding, with memory bounded and no byte lost.

A file said to be UTF-8 often holds a few names typed in Windows-1252. Those bytes alone are read as Windows-1252 and
counted. A line longer than `LINE_LIMIT` bytes is never held: its beginning, place and length are.
"""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO, Final, Protocol

BLOCK: Final = 2**17  # bytes read at once; a block of lines becomes a chunk of rows, which a processor keeps at hand
LINE_LIMIT: Final = 4 * 2**20  # bytes in a line
BEGINNING: Final = 1000  # characters kept of a line that is longer

# Windows-1252 gives five bytes no character; they stay the control characters that they are in ISO 8859-1.
_WINDOWS = {byte: bytes([byte]).decode("cp1252", "replace") for byte in range(0x80, 0x100)}
_BYTES = {byte: chr(byte) if char == "\ufffd" else char for byte, char in _WINDOWS.items()}
_ESCAPED = {0xDC00 + byte: char for byte, char in _BYTES.items()}
_ESCAPE = re.compile("[\udc80-\udcff]")


def windows_text(data: bytes) -> str:
    """The bytes as Windows-1252; total."""
    try:
        return data.decode("cp1252")
    except UnicodeDecodeError:
        return data.decode("latin-1").translate(_BYTES)


def mixed_text(text: str) -> tuple[str, int]:
    """Text in which bytes that are not UTF-8 were escaped, with these as Windows-1252; and how many they are."""
    mixed = len(_ESCAPE.findall(text))
    return (text.translate(_ESCAPED) if mixed else text), mixed


class Bytes(Protocol):
    """Something that bytes are read from."""

    def read(self, size: int = -1, /) -> bytes:
        """At most so many bytes; none at the end."""


@dataclass(frozen=True, slots=True)
class LongLine:
    """A line that is too long to be held. offset: where in the file it begins. length: in bytes."""

    beginning: str
    offset: int
    length: int


class Recoded:
    """A UTF-16 file read as UTF-8. order: "le" or "be". Offsets into it are no longer those of the file."""

    def __init__(self, handle: BinaryIO, order: str) -> None:
        self._handle = handle
        self._decoder = codecs.getincrementaldecoder(f"utf-16-{order}")("surrogatepass")

    def read(self, size: int = -1, /) -> bytes:
        data = self._handle.read(size)
        try:
            text = self._decoder.decode(data, final=not data)
        except UnicodeDecodeError:  # half a character at the very end
            self._decoder.reset()
            text = "\ufffd"
        # A block may end within a character and so give nothing: only the end of the file is empty.
        return text.encode("utf-8", "surrogatepass") or (self.read(size) if data else b"")


class Lines:
    """Reads `handle` as lines. windows: the file is Windows-1252 throughout. ending: what ends a line, one byte."""

    def __init__(self, handle: Bytes, *, windows: bool = False, ending: bytes = b"\n", offset: int = 0) -> None:
        self._handle, self._windows, self._ending = handle, windows, ending
        self._offset = offset  # where in the file the next block begins
        self.mixed = 0  # bytes that were not UTF-8

    def blocks(self) -> Iterator[list[str] | LongLine]:
        """Lines without what ends them ("\\r" of "\\r\\n" stays), many at once; a line that is too long alone."""
        tail = b""
        while data := self._handle.read(BLOCK):
            data = tail + data
            cut = data.rfind(self._ending) + 1
            yield from self._whole(data[:cut])
            tail = data[cut:]
            if len(tail) > LINE_LIMIT:
                long, tail = self._skip(tail)
                yield long
        if tail:
            yield from self._whole(tail if tail.endswith(self._ending) else tail + self._ending)

    def _whole(self, data: bytes) -> Iterator[list[str] | LongLine]:
        if not data:
            return
        if len(data) <= LINE_LIMIT:
            yield self._split(data)
        else:
            yield from self._carved(data)
        self._offset += len(data)

    def _carved(self, data: bytes) -> Iterator[list[str] | LongLine]:
        """The same for a block that may hold a line that is too long."""
        start = end = 0
        for line in data.split(self._ending)[:-1]:
            if len(line) > LINE_LIMIT:
                if end > start:
                    yield self._split(data[start:end])
                yield LongLine(self._beginning(line), self._offset + end, len(line))
                start = end + len(line) + 1
            end += len(line) + 1
        if end > start:
            yield self._split(data[start:end])

    def _skip(self, tail: bytes) -> tuple[LongLine, bytes]:
        """Read on to the end of the line without keeping it. Gives the line and what follows it in the last block."""
        beginning, length, rest = self._beginning(tail), len(tail), b""
        while data := self._handle.read(BLOCK):
            cut = data.find(self._ending)
            if cut >= 0:
                length, rest = length + cut, data[cut + 1 :]
                break
            length += len(data)
        line = LongLine(beginning, self._offset, length)
        self._offset += length + 1
        return line, rest

    def _split(self, data: bytes) -> list[str]:
        lines = self._text(data).split(self._ending.decode("ascii"))
        lines.pop()
        return lines

    def _beginning(self, line: bytes) -> str:
        return line[: BEGINNING * 4].decode("cp1252" if self._windows else "utf-8", "replace")[:BEGINNING]

    def _text(self, data: bytes) -> str:
        if self._windows:
            return windows_text(data)
        try:
            return data.decode("utf-8")
        except UnicodeDecodeError:
            text, mixed = mixed_text(data.decode("utf-8", "surrogateescape"))
            self.mixed += mixed
            return text

    def notes(self) -> list[str]:
        """What a person should know of how the bytes were read."""
        if not self.mixed:
            return []
        return [f"bytes that are not UTF-8 and were read as Windows-1252: {self.mixed:,}"]
