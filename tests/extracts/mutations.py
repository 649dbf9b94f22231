"""Files of every kind, each spoilt in its own way: case number N is always the same file.

A case takes a small sound file, spoils it once to four times, and packs it where its form is packed. What is spoilt is
a byte, a range of bytes, or something that the kind of file is made of: a number, a tag, an attribute, a part of a
workbook, a field of a ZIP's directory.
"""

import gzip
import io
import random
import re
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Final

from tests.extracts.seeds import SEEDS, Seed, zipped

Spoil = Callable[[random.Random, bytes], bytes]
PACKINGS: Final = ("plain", "zip", "gz")
FORMS: Final = tuple((name, packing) for name in SEEDS for packing in PACKINGS)
_DEAREST: Final = 20_000  # how deep or how often something is repeated at most
_NUMBERS: Final = tuple(
    text.encode()
    for text in (
        *("0", "-1", "1", "16385", "65536", "1048577", str(2**31 - 1), str(2**31), str(2**32 - 1), "9" * 25, "9" * 400),
        *("1e5", "1e308", "1e999", "nan", "-0", "0.1", "٣", "", "31/02/2009", "2958466", "-2958466", "XFD1048576"),
    )
)
_STRANGE: Final = (
    *(b"\x00", b"\x1b[2J", b"\x7f", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\xc2\x85"),
    b"\xe2\x80\xa8",
    *("\u202e".encode(), "\u200b".encode(), "\u2066".encode(), "e\u0301".encode() * 50, "\U000e0041".encode()),
    *(b'"', b"'", b",", b",,,,", b"\t", b"\r", b"\n\n", b"\r\n", b";", b"|", b"\\", b"\\u0000", b"\\ud800", b"\\u202e"),
    *(b"{", b"}", b"[", b"]", b":", b"{}", b"[]", b"null", b"NaN", b"-Infinity", b"true", b'"id":1,', b'{"id":', b"/*"),
    *(b"<", b">", b"&", b"&amp;", b"&#0;", b"&#x202e;", b"&#1234567890;", b"&lol;"),
    *(b"]]>", b"<![CDATA[", b"<!--", b"<?x?>"),
    *(b"<!DOCTYPE x>", b'<!DOCTYPE x [<!ENTITY lol "lol">]>', b"<x/>", b"</x>", b'<x xmlns="y">', b"<c><v>1</v></c>"),
    *(b"=1+1", b"=cmd|' /c calc'!A0", b"@SUM(1)", b"../../x", b"OFFICIAL-SENSITIVE", b"x" * 40_000, b"1,2,3\n" * 500),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    """A spoilt file. number: of the case. seed: the sound file. name, content: its own. how: what was done to it."""

    number: int
    seed: Seed
    packing: str
    name: str
    content: bytes
    how: tuple[str, ...]

    def __str__(self) -> str:
        return f"case {self.number} ({self.name} from {self.seed.name}: {', '.join(self.how)})"


def case_of(number: int) -> Case:
    """The case with this number."""
    name, packing = FORMS[number % len(FORMS)]
    chance, seed = random.Random(f"{name} {packing} {number}"), SEEDS[name]
    how: list[str] = []
    inside = packing == "plain" or chance.random() < 0.6
    content = _spoilt_within(chance, seed, how) if inside else seed.content
    file, content = _packed(packing, seed.file, content, chance, how)
    if not inside:
        content = _often(chance, content, {**_BYTES, **(_DIRECTORY if packing == "zip" else {})}, how)
    return Case(number, seed, packing, file, content, tuple(how))


def _packed(packing: str, file: str, content: bytes, chance: random.Random, how: list[str]) -> tuple[str, bytes]:
    if packing == "gz":
        return f"{file}.gz", gzip.compress(content, mtime=0)
    if packing == "plain":
        return file, content
    parts = {file: content}
    if chance.random() < 0.1:
        name = chance.choice(
            ("../b.csv", "/b.csv", "b\x1b.csv", "\u202eb.csv", "x" * 300, "b/c/d.json", file + ".gz", "")
        )
        how.append(f"beside it {name[:20]!r}")
        parts[name] = content
    return "packed.zip", zipped(parts)


def _spoilt_within(chance: random.Random, seed: Seed, how: list[str]) -> bytes:
    """A workbook is mostly spoilt in its parts: what is done to the ZIP itself is found by its checksums."""
    if seed.kind != "xlsx" or chance.random() < 0.2:
        kinds = {"text": _BYTES | _TEXT, "xml": _BYTES | _TEXT | _TAGS, "xlsx": _BYTES | _DIRECTORY}
        return _often(chance, seed.content, kinds.get(seed.kind, _BYTES | _FOOTER), how)
    with zipfile.ZipFile(io.BytesIO(seed.content)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    part = chance.choice([*parts, *[name for name in parts if "sheet" in name] * 4, "xl/sharedStrings.xml"])
    how.append(part)
    if chance.random() < 0.03:
        del parts[part]
    else:
        parts[part] = _often(chance, parts[part], _BYTES | _TEXT | _TAGS, how)
    return zipped(parts)


def _often(chance: random.Random, content: bytes, spoils: Mapping[str, Spoil], how: list[str]) -> bytes:
    for _ in range(chance.choice((1, 1, 1, 2, 2, 3, 4))):
        name = chance.choice(list(spoils))
        how.append(name)
        content = spoils[name](chance, content)
    return content


def _range(chance: random.Random, content: bytes) -> tuple[int, int]:
    """Where a range begins and ends: mostly a short one."""
    start = chance.randrange(len(content) + 1)
    length = chance.choice((1, 1, 2, 4, 16, 64, 512, len(content)))
    return start, min(start + chance.randint(1, max(length, 1)), len(content))


def _flip(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) or 1)
    return content[:at] + bytes(byte ^ (1 << chance.randrange(8)) for byte in content[at : at + 1]) + content[at + 1 :]


def _overwrite(chance: random.Random, content: bytes) -> bytes:
    start, end = _range(chance, content)
    byte = chance.choice((0, 0x7F, 0x80, 0xFF, chance.randrange(256)))
    return content[:start] + bytes([byte]) * (end - start) + content[end:]


def _insert(chance: random.Random, content: bytes) -> bytes:
    at = chance.randrange(len(content) + 1)
    return content[:at] + chance.randbytes(chance.choice((1, 1, 2, 8, 300))) + content[at:]


def _delete(chance: random.Random, content: bytes) -> bytes:
    start, end = _range(chance, content)
    return content[:start] + content[end:]


def _swap(chance: random.Random, content: bytes) -> bytes:
    (one, two), (three, four) = sorted((_range(chance, content), _range(chance, content)))
    three = max(two, three)
    four = max(three, four)
    return content[:one] + content[three:four] + content[two:three] + content[one:two] + content[four:]


def _double(chance: random.Random, content: bytes) -> bytes:
    start, end = _range(chance, content)
    return content[:end] + content[start:end] * chance.choice((1, 1, 2, 50)) + content[end:]


def _cut(chance: random.Random, content: bytes) -> bytes:
    return content[: chance.randrange(len(content) + 1)]


def _footer(chance: random.Random, content: bytes) -> bytes:
    """The end of a Parquet file says what is in it."""
    size = min(int.from_bytes(content[-8:-4], "little") + 8, len(content))
    return content[:-size] + _flip(chance, content[-size:])


def _one_of(chance: random.Random, pattern: bytes, content: bytes, new: Callable[[bytes], bytes]) -> bytes:
    """One of the places that match the pattern, made new; the same when none does."""
    found = list(re.finditer(pattern, content))
    if not found:
        return content
    one = chance.choice(found)
    return content[: one.start()] + new(one[0]) + content[one.end() :]


def _number(chance: random.Random, content: bytes) -> bytes:
    return _one_of(chance, rb"\d+", content, lambda _: chance.choice(_NUMBERS))


def _word(chance: random.Random, content: bytes) -> bytes:
    words = re.findall(rb"[A-Za-z]{2,}", content) or [b"x"]
    return _one_of(chance, rb"\w+", content, lambda _: chance.choice(words))


def _strange(chance: random.Random, content: bytes) -> bytes:
    return _one_of(chance, rb"\b|[^\w]", content, lambda old: chance.choice((b"", old)) + chance.choice(_STRANGE))


def _deeper(chance: random.Random, content: bytes) -> bytes:
    before, after = chance.choice(((b"[", b"]"), (b'{"a":', b"}"), (b"<a>", b"</a>"), (b"(", b")"), (b'"', b'"')))
    times = chance.choice((2, 9, 40, 900, _DEAREST))
    return _one_of(
        chance, rb'"[^"]*"|>[^<]+<|\w+', content, lambda old: before * times + old + after * chance.choice((times, 0))
    )


def _tag(chance: random.Random, content: bytes) -> bytes:
    times = chance.choice((0, 0, 2, 2, 3, 1000))
    return _one_of(chance, rb"<[^>]*>", content, lambda old: old * times)


def _element(chance: random.Random, content: bytes) -> bytes:
    times = chance.choice((0, 2, 2, 3, 100))
    return _one_of(chance, rb"(?s)<(\w+)[\s>].{0,3000}?</\1>|<\w+[^>]*/>", content, lambda old: old * times)


def _attribute(chance: random.Random, content: bytes) -> bytes:
    def new(old: bytes) -> bytes:
        name = old.partition(b"=")[0]
        return chance.choice(
            (b"", old * 2, name + b'=""', b'%s="%s"' % (name, chance.choice(_NUMBERS)), b" x:y=''" + old)
        )

    return _one_of(chance, rb'\s[\w:]+="[^"]*"', content, new)


def _value(chance: random.Random, content: bytes) -> bytes:
    """An attribute with the value of another."""
    values = re.findall(rb'="[^"]*"', content) or [b'=""']
    return _one_of(chance, rb'="[^"]*"', content, lambda _: chance.choice(values))


def _directory(chance: random.Random, content: bytes) -> bytes:
    """A field of two or four bytes in a header of a ZIP."""
    heads = [found.start() for found in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", content)]
    if not heads:
        return content
    size = chance.choice((2, 4))
    at = chance.choice(heads) + 2 * chance.randrange(2, 23)
    number = chance.choice(
        (0, 1, 2, 8, 9, 12, 14, 0xFFFF, 2**31 - 1, 2**31, 2**32 - 1, len(content), chance.randrange(2**32))
    )
    return content[:at] + number.to_bytes(4, "little")[:size] + content[at + size :]


_BYTES: Final[dict[str, Spoil]] = {
    "flip": _flip,
    "overwrite": _overwrite,
    "insert": _insert,
    "delete": _delete,
    "swap": _swap,
    "double": _double,
    "cut": _cut,
}
_TEXT: Final[dict[str, Spoil]] = {"number": _number, "word": _word, "strange": _strange, "deeper": _deeper}
_TAGS: Final[dict[str, Spoil]] = {"tag": _tag, "element": _element, "attribute": _attribute, "value": _value}
_DIRECTORY: Final[dict[str, Spoil]] = {"directory": _directory, "field": _directory}
_FOOTER: Final[dict[str, Spoil]] = {"footer": _footer, "end": _footer, "last": _footer}
