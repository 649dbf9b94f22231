"""The names of columns as words: which field of which kind a name stands for, and of whom or what it is said."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from concerted.extracts.fields import KIND_FIELDS, PERSON, Kind
from concerted.reference.loader import load_table
from concerted.values.text import fold

WEAK: Final = "*"  # behind a name that says little
_CAPITAL: Final = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_NUMBERED: Final = re.compile(r"([a-z]+)([0-9]{1,2})")

Reference = Literal["person", "other_person", "protected_person", "event"]


@dataclass(frozen=True, slots=True)
class Called:
    """A field that a name may stand for. rank: among the names of that field, 0 the most telling. weak: it says little,
    so that the values must fit."""

    field: str
    rank: int
    weak: bool = False


def kind_names() -> Mapping[str, Any]:
    """The reference table of names by kind."""
    return load_table("kind_names").data


def words_of(name: str) -> tuple[str, ...]:
    """Its words in small letters: `Mother DOB`, `mother_dob` and `motherDOB` are mother and dob."""
    return tuple(fold(_CAPITAL.sub(" ", name)).split())


def squeezed(name: str) -> str:
    """Without capitals, blanks and marks, as names are compared."""
    return fold(name).replace(" ", "")


def called(kind: Kind, words: Iterable[str]) -> tuple[Called, ...]:
    """The fields of a kind that a name of these words may stand for, the likeliest first."""
    return _names_by_kind()[kind].get("".join(words), ())


def number_apart(words: tuple[str, ...]) -> tuple[str, ...]:
    """The same with a number that stands at the first word's end as a word of its own: suspect1 dob."""
    found = _NUMBERED.fullmatch(words[0]) if words else None
    return (*found.groups(), *words[1:]) if found else words


@cache
def _names_by_kind() -> dict[Kind, dict[str, tuple[Called, ...]]]:
    return {kind: _names_of(kind) for kind in KIND_FIELDS}


def _names_of(kind: Kind) -> dict[str, tuple[Called, ...]]:
    found: dict[str, list[Called]] = {}
    for field, names in _listed(kind):
        for rank, name in enumerate(names):
            plain = squeezed(name)
            if all(one.field != field for one in found.get(plain, ())):
                found.setdefault(plain, []).append(Called(field, rank, name.endswith(WEAK)))
    return {name: tuple(sorted(some, key=lambda one: one.weak)) for name, some in found.items()}


def _listed(kind: Kind) -> Iterable[tuple[str, list[str]]]:
    """Each field of the kind with its names. Where and by which telephone is called as it is of a person."""
    of_people = load_table("field_names").data["fields"]
    if kind == PERSON:
        yield from of_people.items()
    yield from kind_names()["kinds"].get(kind, {}).items()
    own, rules = kind_names()["kinds"].get(kind, {}), KIND_FIELDS[kind]
    shared = [*kind_names()["while"].items(), *kind_names()["any"].items()]
    shared += [] if kind == PERSON else [(field, of_people[field]) for field in _AS_OF_PEOPLE]
    yield from ((field, names) for field, names in shared if field in rules and field not in own)


_AS_OF_PEOPLE: Final = ("address", "town", "postcode", "country", "phone")


def refers_to(name: str) -> Reference | None:
    """Of which record a column holds the id, by its name: `Nominal Ref` of a person, `crime_no` of an event."""
    words, known = words_of(name), kind_names()["references"]
    nouns = set(words) & {*known["people"], *known["events"]}
    allowed = {word for group in known.values() for word in group}
    if not nouns or not set(words) <= allowed:
        return None
    told = set(words) & set(known["ids"]) or (len(words) > 1 and "nominal" in words) or words == ("nominal",)
    if not told:
        return None
    if set(words) & set(known["protected"]):
        return "protected_person"
    if set(words) & set(known["other"]):
        return "other_person"
    return "person" if nouns & set(known["people"]) else "event"


def looks_like_an_id(name: str) -> bool:
    """A name of several words that ends in id, ref, number and the like; or one of them alone."""
    words = words_of(name)
    return bool(words) and words[-1] in {*kind_names()["references"]["ids"]} - {"code"}
