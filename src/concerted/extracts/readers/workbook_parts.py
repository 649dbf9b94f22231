"""The parts of a workbook (XLSX), looked at before anything reads them.

A workbook is a ZIP of XML. The library that reads it makes room for every cell between the first and the last, and ends
the whole program when there is none; and it takes a ZIP at its word. So the parts that are needed are unpacked here
within bounds, what they would come to is worked out, and the library is given a new ZIP of these parts alone.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO, Final
from xml.parsers import expat

import numpy as np
from lxml import etree
from numpy.typing import NDArray

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.readers.packed import refuse_hostile
from concerted.extracts.readers.workbook_extent import CELL, extent, pieces, texts_said

PART_LIMIT: Final = 2**30  # bytes of one part, unpacked: a sheet as long as a sheet can be, of about 17 columns
CELLS: Final = 32_000_000  # between the first cell of a sheet and the last
TEXT_LIMIT: Final = 2 * 2**30  # characters of all cells of a sheet, each text counted as often as it stands there
_NEEDED: Final = ("[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels")
_PERHAPS: Final = ("xl/styles.xml", "xl/sharedStrings.xml")
_WORKBOOK, _RELATIONS, _SHARED = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"
_SLICE: Final = 8 * 2**20
# What a tag holds is looked for up to where it can end at the latest: a tag without an end would take for ever.
_SHARED_CELL: Final = re.compile(rb't="s"[^<>]{0,1000}><v>([0-9]{1,9})</v>')
_COLUMN: Final = re.compile(rb"<(?:\w+:)?col\s[^<>]*>")
_COLUMN_RANGE: Final = re.compile(rb'(min|max)="([0-9]{1,9})"')
_HIDDEN: Final = re.compile(rb'hidden="(?:1|true)"')
_HIDDEN_ROW: Final = re.compile(rb'<(?:\w+:)?row\s[^<>]*?hidden="(?:1|true)"')
_FORMULAS: Final = (re.compile(rb"<f[\s/>]"), re.compile(rb":f[\s/>]"))  # what begins with a letter is found faster
_ERROR: Final = re.compile(rb't="e"')
_ENCODING: Final = re.compile(rb"""encoding\s*=\s*["']([^"']*)""")
_COLS: Final = 1_000  # ranges of columns that are looked at for hidden ones
_LAST_COLUMN: Final = 16_384
_MEND: Final = "ask for the table itself, as CSV"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook as the workbook lists it. part: its place in the ZIP."""

    name: str
    part: str
    visible: bool


@dataclass(frozen=True, slots=True)
class SheetFacts:
    """What the sheet's own XML says that its cells do not. hidden_columns: numbers from 1. formulas, errors: cells."""

    hidden_columns: tuple[int, ...]
    hidden_rows: int
    formulas: int
    errors: int


class Workbook:
    """An open workbook. Raises UsedWronglyError for one that is damaged, hostile or larger than can be held."""

    def __init__(self, handle: BinaryIO, path: Path) -> None:
        self._place, self._path = Place(file=path.name), path
        try:
            self._archive = zipfile.ZipFile(handle)
        except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
            raise self._damaged(str(error)) from None
        self._names = set(self._archive.namelist())
        if not {_WORKBOOK, _RELATIONS} <= self._names:
            what = "the file is not a workbook: it is another kind of ZIP file"
            raise UsedWronglyError(what, where=self._place, mend="unpack it first, or save it as .xlsx")
        refuse_hostile(self._archive, handle.seek(0, io.SEEK_END), path)
        self.sheets = tuple(self._listed())

    def repacked(self, sheet: Sheet) -> tuple[io.BytesIO, SheetFacts, int]:
        """A ZIP of the parts that this sheet needs, what its XML says, and the longest text that it may hold."""
        parts: dict[str, bytes] = {name: self._part(name) for name in (*_NEEDED, *_PERHAPS) if name in self._names}
        data = parts[sheet.part] = self._part(sheet.part)
        lengths = _lengths(parts.get(_SHARED, b""))
        self._refuse_size(data, parts.get(_SHARED, b""), lengths)
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            for name, part in parts.items():
                archive.writestr(name, part)
        made.seek(0)
        return made, _facts(data), int(lengths.max(initial=0))

    def is_empty(self, sheet: Sheet) -> bool:
        """Whether no cell stands in it: a new workbook often comes with sheets that nobody used."""
        return not any(CELL.search(data) for data in self._slices(sheet.part))

    def _listed(self) -> Iterator[Sheet]:
        targets = {one.get("Id"): one.get("Target") or "" for one in self._tree(_RELATIONS)}
        for one in self._tree(_WORKBOOK).iterfind("{*}sheets/{*}sheet"):
            ids = [value for key, value in one.attrib.items() if etree.QName(key).localname == "id"]
            part = _part_of(targets.get(ids[0], "") if ids else "")
            if part in self._names and "/worksheets/" in f"/{part}":  # a sheet of charts holds no rows
                yield Sheet(str(one.get("name")), part, one.get("state", "visible") == "visible")

    def _tree(self, name: str) -> Any:
        try:
            return etree.fromstring(self._part(name), safe_parser())
        except etree.XMLSyntaxError as error:
            raise self._damaged(str(error)) from None

    def _part(self, name: str) -> bytes:
        return b"".join(self._slices(name))

    def _slices(self, name: str) -> Iterator[bytes]:
        """A part, in pieces. Raises UsedWronglyError when it is too long, damaged, or has what no sheet has."""
        size, before = 0, b""
        try:
            with self._archive.open(name) as part:
                while data := part.read(_SLICE):
                    size += len(data)
                    if size > PART_LIMIT:
                        raise self._too_large(f"one part of it unpacks to more than {PART_LIMIT // 2**20:,} MB")
                    self._refuse_strange(data, before[-20:] + data[:20], first=not before)
                    yield data
                    before = data
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, ValueError, NotImplementedError) as error:
            raise self._damaged(str(error)) from None
        except RuntimeError:  # zipfile's word for a password
            raise UsedWronglyError(
                "the workbook is protected by a password", where=self._place, mend="save it without one"
            ) from None
        except (OSError, KeyError) as error:
            raise self._damaged(str(error)) from None

    def _refuse_strange(self, data: bytes, seam: bytes, *, first: bool) -> None:
        """seam: the end of the slice before with the beginning of this one."""
        said = _ENCODING.search(data[:200]) if first else None
        if b"<!DOCTYPE" in data or b"<!DOCTYPE" in seam:
            raise self._hostile("it holds a DOCTYPE, which no workbook has and which can make a file grow without end")
        if b"\x00" in data or (said and said[1].lower() not in {b"utf-8", b"us-ascii"}):
            raise self._hostile("a part of it is not in UTF-8, as every workbook is")

    def _refuse_size(self, data: bytes, shared: bytes, lengths: NDArray[np.int64]) -> None:
        try:
            columns, rows = extent(data)
            texts = texts_said(shared)
        except (expat.ExpatError, ValueError) as error:
            raise self._damaged(str(error)) from None
        if columns * rows > CELLS:
            why = f"its cells lie over {rows:,} rows and {columns:,} columns, and at most {CELLS:,} cells can be held"
            raise self._too_large(why)
        if texts > CELLS:
            raise self._too_large(f"it says that it holds {texts:,} texts, and at most {CELLS:,} cells can be held")
        if lengths.max(initial=0) * columns * rows > TEXT_LIMIT and _text_of(data, lengths) > TEXT_LIMIT:
            raise self._too_large("its texts come to more than can be held")

    def _too_large(self, why: str) -> UsedWronglyError:
        return UsedWronglyError("the workbook is too large", where=self._place, why=why, mend=_MEND)

    def _hostile(self, why: str) -> UsedWronglyError:
        return UsedWronglyError("the workbook is not read", where=self._place, why=why, mend=_MEND)

    def _damaged(self, why: str) -> UsedWronglyError:
        return UsedWronglyError(
            "the workbook is damaged",
            where=self._place,
            why=" ".join(why.split())[:200],
            mend="fetch the extract again; nothing of this file was taken",
        )


def safe_parser() -> etree.XMLParser:
    """Reads XML without entities, DTDs or a network."""
    return etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False)


def _part_of(target: str) -> str:
    """Where a part that the workbook refers to stands in the ZIP."""
    absolute = target.startswith("/")
    return target.lstrip("/") if absolute else str(PurePosixPath("xl") / target)


def _facts(data: bytes) -> SheetFacts:
    head = data[: max(data.find(b"<sheetData"), 0)]
    hidden: set[int] = set()
    for found in islice(_COLUMN.finditer(head), _COLS):
        said = {key: int(number) for key, number in _COLUMN_RANGE.findall(found[0])}
        if len(said) > 1 and _HIDDEN.search(found[0]):
            hidden.update(range(said[b"min"], min(said[b"max"], _LAST_COLUMN) + 1))
    return SheetFacts(
        tuple(sorted(hidden)),
        len(_HIDDEN_ROW.findall(data)) if b"hidden=" in data else 0,
        sum(len(formula.findall(data)) for formula in _FORMULAS),
        len(_ERROR.findall(data)),
    )


def _lengths(shared: bytes) -> NDArray[np.int64]:
    """How long each shared text is at most: the bytes of its XML."""
    ends = [found.end() for found in re.finditer(rb"</(?:\w+:)?si>|<(?:\w+:)?si\s*/>", shared)]
    places = np.array([0, *ends], dtype=np.int64)
    return places[1:] - places[:-1]


def _text_of(data: bytes, lengths: NDArray[np.int64]) -> int:
    """The length of all shared texts of a sheet, each as often as it stands in it."""
    total = 0
    for piece in pieces(data):
        asked = np.array(_SHARED_CELL.findall(piece), dtype="S9").astype(np.int64)
        total += int(lengths[asked[asked < len(lengths)]].sum())
    return total
