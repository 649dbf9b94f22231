"""The people whom a row of a file names, for the draft of a profile: which columns are of whom."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from concerted.extracts.fields import PERSON
from concerted.extracts.profile_counted import counted_field
from concerted.extracts.profile_fill import PartPlan, fill, fitting
from concerted.extracts.profile_kinds import OF_PLACES
from concerted.extracts.profile_marks import NAMES, Marked, person_fields
from concerted.extracts.profile_words import kind_names

_MEASURE: Final = frozenset({"date_of_birth", "year_of_birth", "sex", "nhs_number", "upn", "pnc_id", "aliases"})
_OF_THE_RECORD: Final = frozenset(
    {"role", "recorded_on", "classification", "handling", "source_evaluation", "information_assessment"}
)  # fields of a person that say more of what happened, when something did
_PERSON_NAME: Final = "person"


@dataclass(slots=True)
class Named:
    """Somebody whom the row names, with the columns said of them. mark: as in the names of the columns; "" for none."""

    mark: str = ""
    word: str = ""
    columns: list[Marked] = field(default_factory=list)

    @property
    def told(self) -> Mapping[str, Any]:
        """The part in an event and what the person is to the child of the row, where the mark says it."""
        known: Mapping[str, Any] = kind_names()["people"].get(self.word, {})
        return known

    @property
    def is_of_the_row(self) -> bool:
        """It is whom the row is about."""
        return not self.mark or self.word in kind_names()["whose_is_the_row"]

    def fields(self) -> set[str]:
        """The fields of a person that the columns may make."""
        return {name for one in self.columns for name, _ in fitting(PERSON, one)}


def people_of(columns: Sequence[Marked]) -> list[Named]:
    """Everybody whom a row names; whom it is about comes first. Columns without a mark are of that one."""
    groups: dict[str, Named] = {}
    for one in columns:
        if one.of == PERSON:
            groups.setdefault(one.mark, Named(one.mark, one.word)).columns.append(one)
    bare = Named("", "", [one for one in columns if not one.of and _is_of_a_person(one)])
    people = [one for one in groups.values() if one.fields()]
    if _is_somebody(bare) and not _is_a_place(bare, columns):
        return [bare, *_apart(people, bare)]
    with_names = [one for one in people if one.fields() & (NAMES | _MEASURE)]
    if len(with_names) == 1:
        with_names[0].columns += bare.columns
        return [*with_names, *(one for one in people if one is not with_names[0])]
    return sorted(people, key=lambda one: not one.is_of_the_row) if with_names else []


def _is_of_a_person(one: Marked) -> bool:
    named = [name for name, _, weak in person_fields(one.words) if not weak]
    found = [name for name, _ in fitting(PERSON, one)] or named
    return (bool(found) and found[0] not in _OF_THE_RECORD) or counted_field(one.column) is not None


def _is_somebody(bare: Named) -> bool:
    fields = bare.fields()
    return bool(fields & NAMES) or len(fields & _MEASURE) > 1


def _is_a_place(bare: Named, columns: Iterable[Marked]) -> bool:
    """A column called `name` beside one of kinds of place is the place's name."""
    fields = bare.fields()
    placed = any(name == "location_type" for one in columns for name, _ in fitting("location", one))
    return placed and fields & NAMES == {"full_name"} and not fields & _MEASURE and bool(fields & OF_PLACES)


def _apart(people: Iterable[Named], bare: Named) -> list[Named]:
    """Those who are somebody else. `Client phone` beside an unmarked name is of the same person."""
    apart = []
    for one in people:
        if one.is_of_the_row and not one.fields() & NAMES:
            bare.columns += one.columns
        else:
            apart.append(one)
    return apart


def part_of(named: Named, questions: list[str], *, alone: bool) -> PartPlan:
    """The record of that person. alone: nothing else happened in the row, so all that a person may have is theirs."""
    mark = f"{_PERSON_NAME} {named.mark}" if named.mark.isdigit() else named.mark
    part = PartPlan(mark.replace(" ", "-") or _PERSON_NAME, PERSON)
    kept = [one for one in named.columns if alone or _is_of_a_person(one)]
    counted = [one for one in kept if counted_field(one.column)]
    fill(part, [one for one in kept if one not in counted], questions)
    for one in counted:
        found = counted_field(one.column)
        if found and found[0] not in part.fields:
            part.fields[found[0]] = [one.column]
    return part
