"""JSON documents as tables: a list of objects, each object a row, its keys the columns.

The list is the document itself, or stands inside it under a name, which a profile gives as `sheet` where there are
several. The document streams: one object is in memory at a time. It is read twice: first for every key of every
object. Row 1 is the first object.
"""

import codecs
import json
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import FileSettings
from concerted.extracts.readers import sniff
from concerted.extracts.readers.headers import refuse_too_many
from concerted.extracts.readers.json_lines import chunk_of, keys_of
from concerted.extracts.readers.lines import BLOCK, LINE_LIMIT, mixed_text
from concerted.extracts.readers.shape import Chunk

_ROWS: Final = 2_000
_DEEPEST: Final = 6  # objects inside objects in which a list is looked for
_BLANK: Final = " \t\n\r\ufeff"
_AGAIN: Final = "fetch the extract again; nothing of this file was taken"


class JsonDocumentTable:
    """An open JSON document."""

    twice: frozenset[str] = frozenset()

    def __init__(self, handle: BinaryIO, path: Path, settings: FileSettings) -> None:
        self._handle, self._place = handle, Place(file=path.name)
        self._encoding = sniff.encoding_of(handle.read(sniff.HEAD), settings.encoding)
        self._beside: dict[str, None] = {}
        lists = self._lists(path.name)
        self._list = self._chosen(list(lists), settings.sheet)
        self.sheet: str | None = self._list or None
        self.columns = list(lists[self._list])
        self._mixed = 0

    def _lists(self, file: str) -> dict[str, dict[str, None]]:
        """Every list of objects by its name, with the keys of its objects in the order in which they first come."""
        found: dict[str, dict[str, None]] = {}
        for name, text in self._document().rows(""):
            keys = found.setdefault(name, {})
            keys.update(dict.fromkeys(keys_of(text)))
            refuse_too_many(len(keys), file)
        return found

    def _chosen(self, names: list[str], wanted: str | None) -> str:
        if not names:
            mend = 'a document holds a list of objects: [{"id": "1", "name": "..."}]'
            raise UsedWronglyError("the file holds no list of objects", where=self._place, mend=mend)
        near = [name for name in names if wanted is not None and name.lower() == wanted.lower()]
        if wanted is not None and not near:
            raise UsedWronglyError(
                f"the document has no list {wanted}",
                where=self._place,
                mend=f"name one that it has: {', '.join(names[:12]) or 'none'}",
            )
        if wanted is None and len(names) > 1:
            raise UsedWronglyError(
                f"the document holds several lists: {', '.join(names[:12])}",
                where=self._place,
                mend=f"say in the profile which one is read: file: {{sheet: {names[0]}}}",
            )
        return near[0] if near else names[0]

    def _document(self) -> "_Document":
        self._handle.seek(self._encoding.mark)
        return _Document(_Texts(self._handle, self._encoding.name), self._place, self._beside)

    def top(self) -> list[list[str]]:
        """None: the names of the columns stand in every object."""
        return []

    def notes(self) -> list[str]:
        """What a person should know of how the file was read."""
        found = [f"beside the rows stands {name}, which is not read" for name in list(self._beside)[:12]]
        if self._mixed:
            found.append(f"bytes that are not UTF-8 and were read as Windows-1252: {self._mixed:,}")
        return found

    def chunks(self) -> Iterator[Chunk]:
        """Every object of the list."""
        document, texts, row = self._document(), list[str](), 1
        for name, text in document.rows(""):
            if name == self._list:
                texts.append(text)
            if len(texts) == _ROWS:
                yield chunk_of(texts, row, self.columns)
                row, texts = row + len(texts), []
        if texts:
            yield chunk_of(texts, row, self.columns)
        self._mixed = document.mixed


class _Texts:
    """The text of a file, piece by piece. mixed: bytes that were not UTF-8."""

    def __init__(self, handle: BinaryIO, encoding: str) -> None:
        self._handle, self.mixed = handle, 0
        lenient = {"utf-8": "surrogateescape", "windows-1252": "replace"}.get(encoding, "surrogatepass")
        self._decoder = codecs.getincrementaldecoder(encoding)(lenient)

    def more(self) -> str:
        """The next piece; empty at the end."""
        while data := self._handle.read(BLOCK):
            if text := self._decoder.decode(data):
                return self._mended(text)
        try:
            return self._mended(self._decoder.decode(b"", final=True))
        except UnicodeDecodeError:
            return "\ufffd"

    def _mended(self, text: str) -> str:
        text, mixed = mixed_text(text)
        self.mixed += mixed
        return text


class _Document:
    """Walks through a document once."""

    def __init__(self, texts: _Texts, place: Place, beside: dict[str, None]) -> None:
        self._texts, self._place, self._beside = texts, place, beside
        self._text, self._at, self._gone, self._ended = "", 0, 0, False
        self._decoder = json.JSONDecoder(parse_int=str, parse_float=str)

    @property
    def mixed(self) -> int:
        """Bytes so far that were not UTF-8."""
        return self._texts.mixed

    def rows(self, name: str, depth: int = 1) -> Iterator[tuple[str, str]]:
        """The name of its list, and the text, of each object that stands in a list. name: of the value that is next."""
        first = self._next()
        if first == "[":
            yield from self._list(name)
        elif first == "{" and depth <= _DEEPEST:
            yield from self._object(name, depth)
        else:
            self._value()
            self._beside[name or "a value"] = None
        if depth == 1 and self._next():
            more = "give it the ending .jsonl, or write file: {format: jsonl}, if it holds an object a line"
            raise self._fault("something stands after the end of the document", mend=more)

    def _list(self, name: str) -> Iterator[tuple[str, str]]:
        self._at += 1
        rows = 0
        while self._next() != "]":
            is_row = self._next() == "{"
            text = self._value()
            rows += is_row or rows > 0
            if rows:  # what is no object among objects is a row that cannot be read
                yield name, text
            self._comma("]")
        if not rows:
            self._beside[name or "a list"] = None
        self._at += 1

    def _object(self, name: str, depth: int) -> Iterator[tuple[str, str]]:
        self._at += 1
        while self._next() != "}":
            key = self._key()
            yield from self.rows(f"{name}.{key}" if name else key, depth + 1)
            self._comma("}")
        self._at += 1

    def _key(self) -> str:
        if self._next() != '"':
            raise self._fault("a name should stand here")
        key: str = json.loads(self._value())
        if self._next() != ":":
            raise self._fault("a colon should stand here")
        self._at += 1
        return key

    def _comma(self, closing: str) -> None:
        found = self._next()
        if found == ",":
            self._at += 1
            if self._next() == closing:
                raise self._fault("a comma stands before a bracket that closes")
        elif found != closing:
            raise self._fault("a comma or a closing bracket should stand here")

    def _next(self) -> str:
        """The next character that is not blank, which stays; empty at the end."""
        while True:
            while self._at < len(self._text) and self._text[self._at] in _BLANK:
                self._at += 1
            if self._at < len(self._text) or not self._read_on():
                return self._text[self._at : self._at + 1]

    def _read_on(self) -> bool:
        """Take in more text. False at the end."""
        if self._ended:
            return False
        more = self._texts.more()
        self._ended = not more
        self._gone, self._text, self._at = self._gone + self._at, self._text[self._at :] + more, 0
        return not self._ended

    def _value(self) -> str:
        """The text of the next value."""
        wanted = 0
        while True:
            trouble = ""
            try:
                end = self._decoder.raw_decode(self._text, self._at)[1]
            except RecursionError:
                raise self._fault("objects stand inside objects beyond all measure") from None
            except json.JSONDecodeError as error:
                trouble, end = error.msg, len(self._text)
            if end < len(self._text) or (not trouble and self._ended):
                text, self._at = self._text[self._at : end], end
                return text
            wanted = max(2 * wanted, len(self._text) - self._at + 1)
            if not self._read_until(wanted):
                if not trouble:
                    continue
                raise self._damaged(trouble)

    def _read_until(self, wanted: int) -> bool:
        """Have so much text at hand. False when the document has no more."""
        if wanted > 2 * LINE_LIMIT:
            raise self._fault(f"a value is longer than {LINE_LIMIT:,} characters, or cannot be read")
        more = False
        while len(self._text) - self._at < wanted and self._read_on():
            more = True
        return more

    def _damaged(self, trouble: str) -> UsedWronglyError:
        cut = self._at + LINE_LIMIT > len(self._text) and trouble.startswith(("Unterminated", "Expecting"))
        return self._fault(f"the document ends in the middle, or is no JSON ({trouble.lower()})" if cut else trouble)

    def _fault(self, what: str, mend: str = _AGAIN) -> UsedWronglyError:
        if not self._text[self._at :]:
            what = "the document ends in the middle"
        place = f"from character {self._gone + self._at + 1:,} on"
        return UsedWronglyError(
            "the JSON document cannot be read", where=self._place, why=f"{what}, {place}", mend=mend
        )
