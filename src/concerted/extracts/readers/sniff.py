"""What a file is by its first bytes: its kind, its encoding, what stands between its columns."""

import csv
import json
from dataclasses import dataclass
from typing import Final, Literal

HEAD: Final = 64 * 1024  # bytes looked at

Kind = Literal["csv", "tsv", "xlsx", "json", "jsonl", "parquet", "cin-census"]
ZIP: Final = "a workbook (XLSX) or another ZIP file"

_MAGIC: Final = (
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", "an empty ZIP file"),
    (b"\xd0\xcf\x11\xe0", "an old Excel or Word file (XLS, DOC), or one with a password"),
    (b"PAR1", "a Parquet file"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a Rich Text document"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ", "a compressed file (xz)"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd)"),
    (b"7z\xbc\xaf", "a compressed file (7-Zip)"),
    (b"Rar!", "a compressed file (RAR)"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"ARROW1", "an Arrow (Feather) file"),
    (b"\x89PNG", "an image (PNG)"),
    (b"\xff\xd8\xff", "an image (JPEG)"),
    (b"GIF8", "an image (GIF)"),
    (b"\xff\xfe\x00\x00", "text in UTF-32"),
    (b"\x00\x00\xfe\xff", "text in UTF-32"),
)
_MENDS: Final = {
    "a workbook": "give it the ending .xlsx, or .zip if it is one; a ZIP inside a ZIP is unpacked first",
    "an old Excel": "open it and save it as .xlsx, without a password",
    "a Parquet": "give it the ending .parquet, or write file: {format: parquet} in the profile",
    "a PDF": "ask its owner for the table itself, as CSV",
    "a compressed file (gzip)": "give it the ending .gz after its own, such as people.csv.gz",
    "a compressed": "unpack it first; a ZIP and a .gz are read as they are",
    "a web page": "it may be a sign-in or error page that was saved by mistake: fetch the extract again",
    "an XML": "a children-in-need census is read with the ending .xml, or with file: {format: cin-census}",
    "JSON, one array": "give it the ending .json, or write file: {format: json} in the profile",
    "a JSON object": "give it the ending .json, or write file: {format: json} in the profile",
    "JSON Lines": "give it the ending .jsonl, or write file: {format: jsonl} in the profile",
    "text in UTF-32": "save it as UTF-8",
    "binary data": "ask its owner for the table itself, as CSV; if it is UTF-16, write file: {encoding: utf-16}",
    "plain text": "give it the ending .csv, or write file: {format: csv} in the profile",
}
# Control characters that no text has many of; those left out end lines and cells.
_CONTROLS: Final = bytes({*range(32), 127} - set(b"\t\n\v\f\r\x1a\x1b"))
_TELLING: Final = 512  # bytes, from which their share tells binary data
_BINARY_SHARE: Final = 0.08  # of random bytes it is a tenth
_DELIMITERS: Final = (",", "\t", ";", "|")


@dataclass(frozen=True, slots=True)
class Encoding:
    """How the bytes are text. mark: how many bytes at the beginning only say so."""

    name: Literal["utf-8", "windows-1252", "utf-16-le", "utf-16-be"]
    mark: int = 0

    @property
    def width(self) -> int:
        """Bytes of a plain letter."""
        return 2 if self.name.startswith("utf-16") else 1


_MARKS: Final = (
    (b"\xef\xbb\xbf", Encoding("utf-8", 3)),
    (b"\xff\xfe", Encoding("utf-16-le", 2)),
    (b"\xfe\xff", Encoding("utf-16-be", 2)),
)


def seems_to_be(head: bytes, said: str | None = None) -> str | None:
    """The kind of a file that is not a table in plain text, in words; None for plain text. said: its encoding."""
    for magic, words in _MAGIC:
        if head.startswith(magic):
            return words
    start = _plain(head).lstrip()[:200].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body", b"<table")):
        return "a web page (HTML)"
    if start.startswith(b"<?xml") or (start.startswith(b"<") and b">" in start):
        return "an XML file"
    if start.startswith(b"[") and start[1:].lstrip().startswith((b"{", b"[")):
        return "JSON, one array"
    if start.startswith((b'{"', b"{}")) or (start.startswith(b"{") and start[1:].lstrip().startswith(b'"')):
        return "JSON Lines" if _is_an_object_a_line(_plain(head)) else "a JSON object"
    return "binary data" if _is_binary(head, said) else None


def _is_an_object_a_line(head: bytes) -> bool:
    """Whether the first line is a whole object, and another follows it or no list stands in it."""
    first, _, rest = head.lstrip().partition(b"\n")
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return rest.lstrip().startswith(b"{") or b"[" not in first


def _is_binary(head: bytes, said: str | None) -> bool:
    """A disk's fault can leave a hole in a table: it is still one when its first line is text."""
    if len(head) < _TELLING or encoding_of(head, said).width > 1 or is_utf16(head):
        return False
    first = head.partition(line_ending(head))[0]
    return _controls(first) > 0 and _controls(head) > _BINARY_SHARE * len(head)


def _controls(data: bytes) -> int:
    return len(data) - len(data.translate(None, _CONTROLS))


def _plain(head: bytes) -> bytes:
    """Without a mark, and of UTF-16 the plain letters."""
    encoding = encoding_of(head, None)
    return head[encoding.mark :].replace(b"\x00", b"") if encoding.width > 1 else head[encoding.mark :]


def mend_for(words: str) -> str:
    """What to do with a file that seems to be this."""
    found = (mend for beginning, mend in _MENDS.items() if words.startswith(beginning))
    return next(found, "ask its owner for the table itself, as CSV")


def encoding_of(head: bytes, said: str | None) -> Encoding:
    """The encoding: by the mark at the beginning if there is one, else as the profile says, else found out."""
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    if said == "windows-1252":
        return Encoding("windows-1252")
    order = _order_without_mark(head)
    if said == "utf-16":
        return Encoding(order or "utf-16-le")
    return Encoding(order if order and said is None else "utf-8")


def _order_without_mark(head: bytes) -> Literal["utf-16-le", "utf-16-be"] | None:
    """UTF-16 of mostly plain letters has a zero in every second byte."""
    even, odd = head[0::2].count(0), head[1::2].count(0)
    most = len(head) // 2 * 0.6
    if odd > most and even * 10 < odd:
        return "utf-16-le"
    if even > most and odd * 10 < even:
        return "utf-16-be"
    return None


def is_utf16(head: bytes) -> bool:
    """Whether it looks like UTF-16 without a mark."""
    return _order_without_mark(head) is not None


def line_ending(head: bytes) -> bytes:
    """The byte that ends a line: "\\r" in files from very old programs, else "\\n"."""
    return b"\r" if b"\r" in head and b"\n" not in head else b"\n"


def delimiter_of(header: str) -> str:
    """What stands between the columns, by the header: the mark that gives the most of them; a comma when none does."""
    return max(_DELIMITERS, key=lambda mark: _cells(header, mark))


def _cells(header: str, mark: str) -> int:
    try:
        return len(next(csv.reader([header], delimiter=mark, skipinitialspace=True), []))
    except csv.Error:
        return 0
