"""Markings of what Concerted does not hold: a file is refused at its first row with one, whatever its profile says."""

from collections.abc import Sequence
from functools import cache
from typing import Final, NoReturn

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import Profile
from concerted.extracts.readers import Chunk
from concerted.reference.loader import load_table
from concerted.values.text import fold

FIELDS: Final = ("classification", "handling")  # standard fields that hold a marking
_LONGEST: Final = 12  # words: a longer text is prose, in which a word is no marking


class Markings:
    """The columns of one file that hold markings: by their names, or because a profile maps them to such a field."""

    def __init__(self, columns: Sequence[str], profile: Profile, file: str) -> None:
        mapped = {
            column
            for part in profile.subjects.values()
            for name, spec in part.fields.items()
            if name in FIELDS
            for column in spec.columns
        }
        self._file = file
        self._columns = {at: name for at, name in enumerate(columns) if name in mapped or _is_marking(name)}

    def refuse(self, chunk: Chunk) -> None:
        """Raise UsedWronglyError for the first row that is marked as what is not held."""
        for at, name in self._columns.items():
            cells = chunk.columns[at]
            wrong = {text: why for text in set(cells) if text and (why := refused(text))}
            if wrong:
                row, text = next((row, text) for row, text in zip(chunk.rows, cells, strict=True) if text in wrong)
                _refuse(Place(file=self._file, row=row, column=name), wrong[str(text)])


def refused(text: str) -> str | None:
    """Why a record with this marking is not held; None where it may be."""
    words = fold(text).split()
    if len(words) > _LONGEST:
        return None
    spaced = f" {' '.join(words)} "
    return next((why for phrase, why in _phrases().items() if f" {phrase} " in spaced), None)


@cache
def _phrases() -> dict[str, str]:
    """The longer first, so that TOP SECRET is not called SECRET."""
    given: dict[str, str] = load_table("markings").data["refused"]
    return dict(sorted(given.items(), key=lambda pair: -len(pair[0])))


def _is_marking(column: str) -> bool:
    spaced = f" {fold(column)} "
    return any(f" {name} " in spaced for name in load_table("markings").data["columns"])


def _refuse(place: Place, why: str) -> NoReturn:
    raise UsedWronglyError(
        f"a record in it may not be held here: {why}",
        where=place,
        why="Concerted holds nothing above OFFICIAL-SENSITIVE, nothing covert and nothing privileged",
        mend="have the extract written without such records; nothing of it was kept",
    )
