"""Of whom or what in a row each column is, by what stands in front of its own name or behind it.

`Mother DOB`, `dob_mother`, `suspect1 forename`, `S1_DOB` and `surname_2` are of one person of the row; `VEH_REG` of a
vehicle; `Location postcode` of a place; `Incident date` of the event.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal

from concerted.extracts.fields import PERSON, Kind
from concerted.extracts.profile_columns import Column, field_by_name
from concerted.extracts.profile_words import called, kind_names, number_apart, refers_to, words_of
from concerted.extracts.protected import judge_name
from concerted.reference.loader import load_table

NAMES: Final = frozenset({"given_name", "family_name", "full_name"})
TELLING: Final = NAMES | {"date_of_birth"}  # a group of columns with one of these is of a person
_NOT_OF_ANOTHER: Final = frozenset(
    {"home", "current", "primary", "main", "legal", "previous", "maiden", "preferred", "other", "last", "first", "full"}
)
Of = Kind | Literal["worker", ""]


@dataclass(frozen=True, slots=True)
class Marked:
    """A column with what it is called (words) once its mark is taken off. mark: `mother`, `suspect 1`, or nothing.

    word: the mark without its number. of: what it marks; `worker` for somebody who works with the people of the row.
    """

    column: Column
    words: tuple[str, ...]
    mark: str = ""
    word: str = ""
    of: Of = ""


def marked(columns: Sequence[Column]) -> list[Marked]:
    """Each column with its mark."""
    known = [_by_words(column) for column in columns]
    found = _by_shared_beginning(known) | _by_number_behind(known)
    return [found.get(one.column.name, one) for one in known]


def _by_words(column: Column) -> Marked:
    words = words_of(column.name)
    plain = Marked(column, words)
    if _is_plain(words) or refers_to(column.name):
        return plain
    if set(words) & set(kind_names()["workers"]):
        return Marked(column, words, of="worker")
    return next(_marks(column, words), plain)


def _is_plain(words: tuple[str, ...]) -> bool:
    """Whether the whole name stands for a field already."""
    strong = [one for one in (*called(PERSON, words), *called("event", words)) if not one.weak]
    return not words or bool(strong)


def _marks(column: Column, words: tuple[str, ...]) -> Iterator[Marked]:
    """Every way to take a known mark off, in front before behind, people before things."""
    for first, rest in _taken_apart(words):
        word = first[0]
        mark = " ".join(first)
        if word in kind_names()["people"] and _is_of_a_person(rest):
            yield Marked(column, rest, mark, word, PERSON)
        for kind, marks in kind_names()["things"].items():
            if word in marks and called(kind, rest):
                yield Marked(column, rest, mark, word, kind)
        if word in kind_names()["events"] and called("event", rest):
            yield Marked(column, rest, "", word, "event")


def _taken_apart(words: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    apart = number_apart(words)
    at = 2 if len(apart) > 1 and apart[1].isdigit() else 1
    if len(apart) > at:
        yield apart[:at], apart[at:]
    behind = (*words[:-1], *number_apart(words[-1:]))
    at = len(behind) - (2 if behind[-1].isdigit() else 1)
    if at > 0:
        yield behind[at:], behind[:at]


def _is_of_a_person(words: tuple[str, ...]) -> bool:
    return bool(person_fields(words)) or judge_name(" ".join(words)).verdict == "refused" or _is_address(words)


def _is_address(words: tuple[str, ...]) -> bool:
    parts = load_table("field_names").data["address_parts"]
    return "".join(words) in {name.replace(" ", "") for names in parts for name in names}


def person_fields(words: tuple[str, ...]) -> list[tuple[str, int, bool]]:
    """The fields of a person that the words may stand for, with rank and whether they say little."""
    found = [(one.field, one.rank, one.weak) for one in called(PERSON, words)]
    stripped = None if found else field_by_name(" ".join(words))
    return [*found, (*stripped, False)] if stripped else found


def _by_shared_beginning(known: Sequence[Marked]) -> dict[str, Marked]:
    """Columns that begin with the same unknown word, when what follows is of a person: S1_SURNAME, S1_DOB."""
    return _grouped(known, lambda words: (words[0], words[1:]) if len(words) > 1 else None, least=1)


def _by_number_behind(known: Sequence[Marked]) -> dict[str, Marked]:
    """Columns that end in a number, when there are several: surname_1, dob_1, surname_2, dob_2."""

    def cut(words: tuple[str, ...]) -> tuple[str, tuple[str, ...]] | None:
        behind = (*words[:-1], *number_apart(words[-1:])) if words else ()
        return (behind[-1], behind[:-1]) if len(behind) > 1 and behind[-1].isdigit() else None

    return _grouped([replace(one, words=words_of(one.column.name)) for one in known], cut, least=2)


_Cut = Callable[[tuple[str, ...]], tuple[str, tuple[str, ...]] | None]


def _grouped(known: Sequence[Marked], cut: _Cut, least: int) -> dict[str, Marked]:
    """Those columns that one mark makes a person of: two fields or more, a name or date of birth among them."""
    groups: dict[str, list[Marked]] = {}
    for one in known:
        parts = None if one.of else cut(one.words)
        if parts and parts[0] not in _NOT_OF_ANOTHER and person_fields(parts[1]) and not _is_a_field(one, least):
            groups.setdefault(parts[0], []).append(Marked(one.column, parts[1], parts[0], parts[0], PERSON))
    sound = [group for group in groups.values() if _is_person(group)]
    return {one.column.name: one for group in sound if len(sound) >= least for one in group}


def _is_a_field(one: Marked, least: int) -> bool:
    """Whether the whole name stands for a field, which a number behind it does not make certain: forename1."""
    return least == 1 and _is_plain(one.words)


def _is_person(group: Sequence[Marked]) -> bool:
    fields = {name for one in group for name, _, _ in person_fields(one.words)}
    return len(fields) > 1 and bool(fields & TELLING)
