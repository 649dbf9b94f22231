"""A finding: a pattern to check, with the facts it rests on. It says nothing of guilt, nor of what others hold."""

from dataclasses import asdict, dataclass
from typing import Any

from concerted.common.ids import RecordKey


@dataclass(frozen=True, slots=True)
class Fact:
    """What one record says. grade: evaluation of the source and assessment of the information, "2B"; empty where none
    is recorded. date: the day for which it stands, as text."""

    source: str
    record_id: str
    grade: str
    date: str
    says: str

    @property
    def key(self) -> RecordKey:
        """The record."""
        return RecordKey(self.source, self.record_id)


@dataclass(frozen=True, slots=True)
class Finding:
    """A rule that is met. id: of the rule and the records of its core, its two earliest facts. people: the records
    under which they are shown, each with their role; one person may have two roles. Of what one agency is told alone
    these are its own records, where it has one. agencies: whose records it rests on.
    searched: whose records it was looked for in. to: the agency that it is told to alone; empty where it is for all.
    one_agency_alone: whether the records of one would have made it. urgency: why it is to be checked when."""

    id: str
    rule: str
    version: int
    facts: tuple[Fact, ...]
    people: tuple[tuple[RecordKey, str], ...]
    weakened_by: tuple[str, ...]
    innocent_explanations: tuple[str, ...]
    agencies: tuple[str, ...]
    one_agency_alone: bool
    urgency: str
    words: str
    absence: str
    searched: tuple[str, ...]
    to: str

    def to_dict(self) -> dict[str, Any]:
        """For machines. Of each person there are the source and the record id under which they are shown."""
        made = {**asdict(self), "facts": [asdict(one) for one in self.facts]}
        made["people"] = [{"source": key.source, "record_id": key.record_id, "role": role} for key, role in self.people]
        return made


def from_dict(made: dict[str, Any]) -> Finding:
    """The same back."""
    people = tuple((RecordKey(one["source"], one["record_id"]), one["role"]) for one in made["people"])
    lists = ("weakened_by", "innocent_explanations", "agencies", "searched")
    told = {name: tuple(made[name]) for name in lists}
    facts = tuple(Fact(**one) for one in made["facts"])
    return Finding(**{**made, **told, "facts": facts, "people": people})
