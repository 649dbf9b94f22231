"""The children-in-need census of a council (XML) as a table: a row for each episode of each child.

The document streams: of a file of any size one child is in memory. Nothing of a DOCTYPE is ever read, so no entity can
grow, and no file or address can be named in one.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, Final, NoReturn
from xml.parsers import expat

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.readers.shape import Chunk

_CHILD: Final = ("Message", "Children", "Child")
_EPISODE: Final = "CINdetails"
_PIECE: Final = 256 * 1024  # bytes read at a time
_ROWS: Final = 5_000  # of a chunk
_DEEPEST: Final = 30
_LONGEST: Final = 1_000_000  # characters of one text
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
_PATHS: Final = tuple(_OF_THE_CHILD.values())
_KNOWN: Final = {path for paths in _PATHS for path in paths}
_KNOWN_EPISODE: Final = set(_OF_THE_EPISODE.values())

Texts = dict[str, list[str]]  # the texts that stand at a path, in their order


class CensusTable:
    """An open census. `row_id` is the council's number of the child, a stroke and the number of the episode, and empty
    where the child has no number. Rows are numbered from 1; what stands several times is joined by "; "."""

    twice: frozenset[str] = frozenset()

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
            columns = list(zip(*rows, strict=True))
            yield Chunk(list(range(row, row + len(rows))), [list(column) for column in columns])
            row += len(rows)

    def _rows(self) -> Iterator[list[list[str | None]]]:
        try:
            while piece := self._handle.read(_PIECE):
                self._reading.feed(piece)
                if len(self._reading.rows) >= _ROWS:
                    yield self._reading.take()
            self._reading.feed(b"", last=True)
        except expat.ExpatError as error:
            raise self._damaged(error) from None
        except (LookupError, ValueError) as error:
            raise UsedWronglyError(
                "the census cannot be read", where=self._place, why=str(error), mend="have it written in UTF-8"
            ) from None
        except _HostileError as found:
            raise UsedWronglyError(
                "the file is not read", where=self._place, why=str(found), mend="have the census written again"
            ) from None
        if not self._reading.is_census:
            raise UsedWronglyError(
                "the file is not a children-in-need census",
                where=self._place,
                why=f"its outermost element is {self._reading.root or 'missing'} and holds no Children",
                mend="check which file this is; other XML cannot be read yet",
            )
        if self._reading.rows:
            yield self._reading.take()

    def _damaged(self, error: expat.ExpatError) -> UsedWronglyError:
        what = expat.ErrorString(error.code)
        cut = what in {"no element found", "unclosed token", "unclosed CDATA section"}
        return UsedWronglyError(
            "the file ends in the middle" if cut else "the file is not sound XML",
            where=self._place,
            why=f"line {error.lineno}: {what}",
            mend="fetch the extract again; nothing of this file was taken",
        )


class _HostileError(Exception):
    """The document holds what no census holds; the message says what, as a clause."""


class _Reading:
    """What a parser has met so far. rows: of whole children."""

    def __init__(self) -> None:
        self.rows: list[list[str | None]] = []
        self.root, self.is_census = "", False
        self._path: list[str] = []
        self._text: list[str] = []
        self._length = self._stray = 0
        self._unknown: dict[str, int] = {}
        self._child: Texts = {}
        self._episodes: list[Texts] = []
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters
        self._parser.StartDoctypeDeclHandler = _refuse_doctype

    def feed(self, piece: bytes, *, last: bool = False) -> None:
        """Read on."""
        self._parser.Parse(piece, last)

    def take(self) -> list[list[str | None]]:
        """The rows so far, which are not kept."""
        rows, self.rows = self.rows, []
        return rows

    def notes(self) -> list[str]:
        """Elements that the table has no column for, and text where there should be none."""
        found = [f"{name} stands in it and is not read: {count:,}" for name, count in sorted(self._unknown.items())]
        if self._stray:
            found.append(f"text outside of any element: {self._stray:,}")
        return found

    def _start(self, name: str, _: dict[str, str]) -> None:
        self._path.append(name.rpartition(":")[2])
        if len(self._path) > _DEEPEST:
            raise _HostileError(f"it holds elements inside elements more than {_DEEPEST} deep")
        self.root = self.root or self._path[0]
        self.is_census = self.is_census or tuple(self._path) == _CHILD[:2]
        self._drop_text()
        if tuple(self._path) == _CHILD:
            self._child, self._episodes = {}, []
        elif self._is_episode() and len(self._path) == len(_CHILD) + 1:
            self._episodes.append({})

    def _is_episode(self) -> bool:
        return tuple(self._path[: len(_CHILD)]) == _CHILD and self._path[len(_CHILD) : len(_CHILD) + 1] == [_EPISODE]

    def _characters(self, text: str) -> None:
        self._length += len(text)
        if self._length > _LONGEST:
            raise _HostileError(f"one text in it is longer than {_LONGEST:,} characters")
        self._text.append(text)

    def _drop_text(self) -> None:
        """Text before another element begins, which should be blanks alone."""
        self._stray += bool("".join(self._text).strip())
        self._text, self._length = [], 0

    def _end(self, _: str) -> None:
        text = "".join(self._text).strip()
        inside = self._path[len(_CHILD) :]
        if text and tuple(self._path[: len(_CHILD)]) == _CHILD and inside:
            self._put(inside, text)
        self._text, self._length = [], 0
        if tuple(self._path) == _CHILD:
            self._finish()
        self._path.pop()

    def _put(self, inside: list[str], text: str) -> None:
        episode = inside[0] == _EPISODE
        path = "/".join(inside[1:] if episode else inside)
        if path not in (_KNOWN_EPISODE if episode else _KNOWN):
            self._unknown[inside[-1]] = self._unknown.get(inside[-1], 0) + 1
            return
        (self._episodes[-1] if episode else self._child).setdefault(path, []).append(text)

    def _finish(self) -> None:
        """A row for each episode; one without for a child that has none."""
        told = [_joined([text for path in paths for text in self._child.get(path, ())]) for paths in _PATHS]
        local = told[0]
        for number, episode in enumerate(self._episodes or [{}], 1):
            row_id = f"{local}/{number}" if local else None
            details = [_joined(episode.get(path, [])) for path in _OF_THE_EPISODE.values()]
            self.rows.append([row_id, *told, *details])


def _joined(texts: list[str]) -> str | None:
    return _SEVERAL.join(dict.fromkeys(texts)) or None


def _refuse_doctype(*_: object) -> NoReturn:
    raise _HostileError("it holds a DOCTYPE, which no census has and which can make a file grow without end")
