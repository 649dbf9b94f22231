"""The children-in-need census of a council (XML) as a table: a row for each episode of each child.

The document streams: of a file of any size one child is in memory. A document with a DOCTYPE is refused, and no entity
is ever replaced, so none can grow, and no file or address can be named in one.
"""

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final

from lxml import etree

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.readers.shape import Chunk

_MESSAGE, _CHILDREN = "Message", "Children"
_EPISODE: Final = "CINdetails"
_PIECE: Final = 256 * 1024  # bytes read at a time
_ROWS: Final = 5_000  # of a chunk
_DEEPEST: Final = 30
_BETWEEN: Final = 16 * 2**20  # bytes from the end of one child to the end of the next
_SEVERAL: Final = "; "

# Columns of the table, each with where its value stands inside the child, or inside the episode.
_OF_THE_CHILD: Final = {
    "child": ("ChildIdentifiers/LAchildID",),
    "UPN": ("ChildIdentifiers/UPN",),
    "FormerUPN": ("ChildIdentifiers/FormerUPN",),
    "UPNunknown": ("ChildIdentifiers/UPNunknown",),
    "PersonBirthDate": ("ChildIdentifiers/PersonBirthDate",),
    "ExpectedPersonBirthDate": ("ChildIdentifiers/ExpectedPersonBirthDate",),
    "Sex": ("ChildIdentifiers/Sex", "ChildIdentifiers/GenderCurrent"),  # the second until 2022
    "PersonDeathDate": ("ChildIdentifiers/PersonDeathDate",),
    "Ethnicity": ("ChildCharacteristics/Ethnicity",),
    "Disability": ("ChildCharacteristics/Disabilities/Disability",),
}
_OF_THE_EPISODE: Final = {
    "CINreferralDate": "CINreferralDate",
    "ReferralSource": "ReferralSource",
    "PrimaryNeedCode": "PrimaryNeedCode",
    "CINclosureDate": "CINclosureDate",
    "ReasonForClosure": "ReasonForClosure",
    "DateOfInitialCPC": "DateOfInitialCPC",
    "AssessmentActualStartDate": "Assessments/AssessmentActualStartDate",
    "AssessmentAuthorisationDate": "Assessments/AssessmentAuthorisationDate",
    "AssessmentFactors": "Assessments/FactorsIdentifiedAtAssessment/AssessmentFactors",
    "CINPlanStartDate": "CINPlanDates/CINPlanStartDate",
    "CINPlanEndDate": "CINPlanDates/CINPlanEndDate",
    "S47ActualStartDate": "Section47/S47ActualStartDate",
    "InitialCPCtarget": "Section47/InitialCPCtarget",
    "S47DateOfInitialCPC": "Section47/DateOfInitialCPC",
    "ICPCnotRequired": "Section47/ICPCnotRequired",
    "ReferralNFA": "ReferralNFA",
    "CPPstartDate": "ChildProtectionPlans/CPPstartDate",
    "CPPendDate": "ChildProtectionPlans/CPPendDate",
    "InitialCategoryOfAbuse": "ChildProtectionPlans/InitialCategoryOfAbuse",
    "LatestCategoryOfAbuse": "ChildProtectionPlans/LatestCategoryOfAbuse",
    "NumberOfPreviousCPP": "ChildProtectionPlans/NumberOfPreviousCPP",
}
COLUMNS: Final = ("row_id", *_OF_THE_CHILD, *_OF_THE_EPISODE)
Places = dict[str, int]  # of a column among those of a child or of an episode, by the path at which its value stands
Row = list[str | None]

_CHILD_PLACES: Final[Places] = {path: at for at, paths in enumerate(_OF_THE_CHILD.values()) for path in paths}
_EPISODE_PLACES: Final[Places] = {path: at for at, path in enumerate(_OF_THE_EPISODE.values())}


class CensusTable:
    """An open census. `row_id` is the council's number of the child, a stroke and the number of the episode, and empty
    where the child has no number. Rows are numbered from 1; what stands several times is joined by "; "."""

    twice: frozenset[str] = frozenset()
    sheet: str | None = None

    def __init__(self, handle: BinaryIO, path: Path) -> None:
        self.columns = list(COLUMNS)
        self._handle, self._place = handle, Place(file=path.name)
        self._reading = _Reading()

    def top(self) -> list[list[str]]:
        """None: the columns are the census's own."""
        return []

    def notes(self) -> list[str]:
        """What a person should know of how the file was read."""
        return self._reading.notes()

    def chunks(self) -> Iterator[Chunk]:
        """Every episode of every child. Raises UsedWronglyError when the document is damaged or hostile."""
        row = 1
        for rows in self._rows():
            yield Chunk(list(range(row, row + len(rows))), list(zip(*rows, strict=True)))
            row += len(rows)

    def _rows(self) -> Iterator[list[Row]]:
        reading = self._reading
        try:
            while piece := self._handle.read(_PIECE):
                reading.feed(piece)
                if len(reading.rows) >= _ROWS:
                    yield reading.take()
            reading.close()
        except etree.XMLSyntaxError as error:
            raise self._damaged(error) from None
        except _HostileError as found:
            raise UsedWronglyError(
                "the file is not read", where=self._place, why=str(found), mend="have the census written again"
            ) from None
        if not reading.is_census:
            raise UsedWronglyError(
                "the file is not a children-in-need census",
                where=self._place,
                why=f"its outermost element is {reading.root or 'missing'} and holds no Children",
                mend="check which file this is; other XML cannot be read yet",
            )
        if reading.rows:
            yield reading.take()

    def _damaged(self, error: etree.XMLSyntaxError) -> UsedWronglyError:
        why = str(error.msg or "it holds nothing")
        if "ncoding" in why or "UTF-8" in why:
            return UsedWronglyError(
                "the census cannot be read", where=self._place, why=why, mend="have it written in UTF-8"
            )
        cut = why.startswith(("Premature end", "Couldn't find end", "Document is empty", "StartTag: invalid", "EndTag"))
        return UsedWronglyError(
            "the file ends in the middle" if cut else "the file is not sound XML",
            where=self._place,
            why=" ".join(why.split())[:200],
            mend="fetch the extract again; nothing of this file was taken",
        )


class _HostileError(Exception):
    """The document holds what no census holds; the message says what, as a clause."""


class _Reading:
    """What a parser has met so far. rows: of whole children."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.root, self.is_census = "", False
        self._stray = self._since = 0
        self._unknown: dict[str, int] = {}
        self._parser = etree.XMLPullParser(
            events=("end",),
            tag=("{*}Child", "{*}Children"),
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_blank_text=True,
            remove_comments=True,
            remove_pis=True,
        )

    def feed(self, piece: bytes) -> None:
        """Read on."""
        self._parser.feed(piece)
        self._since += len(piece)
        for _, found in self._parser.read_events():
            self._since = 0
            self._look_at(found)
        if self._since > _BETWEEN:
            raise _HostileError(f"{_BETWEEN // 2**20} MB of it hold no whole child")

    def close(self) -> None:
        """The document is over."""
        root = self._parser.close()
        self._look_over(root)
        self._stray += sum((len(one) > 0 and _is_text(one.text)) + _is_text(one.tail) for one in root.iter())

    def take(self) -> list[Row]:
        """The rows so far, which are not kept."""
        rows, self.rows = self.rows, []
        return rows

    def notes(self) -> list[str]:
        """Elements that the table has no column for, and text where there should be none."""
        found = [f"{name} stands in it and is not read: {count:,}" for name, count in sorted(self._unknown.items())]
        if self._stray:
            found.append(f"text outside of any element: {self._stray:,}")
        return found

    def _look_over(self, root: Any) -> None:
        """The document's own name, and whether it is a census."""
        if root.getroottree().docinfo.internalDTD is not None:
            raise _HostileError("it holds a DOCTYPE, which no census has and which can make a file grow without end")
        self.root = _name(root)
        self.is_census = self.is_census or (self.root == _MESSAGE and any(_name(one) == _CHILDREN for one in root))

    def _look_at(self, found: Any) -> None:
        parent = found.getparent()
        if _name(found) != "Child" or parent is None or _name(parent) != _CHILDREN:
            return
        if not self.is_census:
            self._look_over(found.getroottree().getroot())
        self._child(found)
        found.clear(keep_tail=True)
        while (before := found.getprevious()) is not None:
            self._stray += _is_text(before.tail)
            parent.remove(before)

    def _child(self, child: Any) -> None:
        """A row for each episode; one without for a child that has none."""
        told: Row = [None] * len(_OF_THE_CHILD)
        episodes: list[Row] = []
        self._stray += _is_text(child.text)
        for section in child:
            self._stray += _is_text(section.tail)
            if _local(section.tag) == _EPISODE:
                episodes.append([None] * len(_OF_THE_EPISODE))
                self._gather(section, "", episodes[-1], _EPISODE_PLACES)
            else:
                self._gather(section, f"{_local(section.tag)}/", told, _CHILD_PLACES)
        without: Row = [None] * len(_OF_THE_EPISODE)
        for number, episode in enumerate(episodes or [without], 1):
            row_id = f"{told[0]}/{number}" if told[0] else None
            self.rows.append([row_id, *told, *episode])

    def _gather(self, holder: Any, path: str, row: Row, places: Places, depth: int = 1) -> None:
        """Put the texts of what stands in an element, and in the elements inside it, into their places."""
        if depth > _DEEPEST:
            raise _HostileError(f"it holds elements inside elements more than {_DEEPEST} deep")
        self._stray += _is_text(holder.text)
        for one in holder:
            name = path + _local(one.tag)
            if len(one):
                self._gather(one, f"{name}/", row, places, depth + 1)
            elif text := (one.text or "").strip():
                at = places.get(name)
                if at is None:
                    self._unknown[_local(one.tag)] = self._unknown.get(_local(one.tag), 0) + 1
                else:
                    row[at] = text if row[at] is None else _joined(row[at] or "", text)
            self._stray += _is_text(one.tail)


def _name(element: Any) -> str:
    return _local(element.tag)


@lru_cache(1_000)
def _local(tag: object) -> str:
    """A name without its namespace. An entity that was not replaced has none."""
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def _is_text(text: str | None) -> bool:
    return text is not None and not text.isspace()


def _joined(texts: str, text: str) -> str:
    """Each text once."""
    return texts if text in texts.split(_SEVERAL) else f"{texts}{_SEVERAL}{text}"
