"""Whom the findings of a run name: entities as the people that they truly are."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows
from concerted.desk.networks_found.findings import FINDINGS, Finding, read_findings
from concerted.desk.networks_found.truth import ADULT, Network, Truth

ENTITIES: Final = "entities.csv"


@dataclass(frozen=True, slots=True)
class Named:
    """A finding. people: those whom it names, each once, an entity of nobody known under its own name. finds: the
    networks that it finds."""

    rule: str
    people: frozenset[str]
    finds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Run:
    """What one result folder found."""

    findings: tuple[Named, ...]

    def found(self) -> set[str]:
        """The networks that any finding finds."""
        return {name for one in self.findings for name in one.finds}


def read_run(folder: Path, truth: Truth) -> Run:
    """The findings and the entities of a result folder, seen by the truth.

    Raises UsedWronglyError when either cannot be read, or a finding names an entity that there is not.
    """
    findings = read_findings(folder)
    people = _people(folder / ENTITIES, truth.person)
    of_network = defaultdict(list)
    for network in truth.networks.values():
        for person in network.roles:
            of_network[person].append(network)
    return Run(tuple(_named(row, one, people, of_network) for row, one in enumerate(findings, start=1)))


def _people(path: Path, person: Mapping[RecordKey, str]) -> dict[str, str]:
    """Entity -> the person of whom it has most records, the first by name of several; its own name when of nobody."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in read_rows(path, ("record_id", "source", "entity_id")):
        who = person.get(RecordKey(row["source"], row["record_id"]))
        counts[row["entity_id"]].update([] if who is None else [who])
    return {
        entity: min(of, key=lambda one: (-of[one], one)) if of else f"entity {entity}" for entity, of in counts.items()
    }


def _named(row: int, one: Finding, people: Mapping[str, str], of_network: Mapping[str, list[Network]]) -> Named:
    for entity in one.people:
        if entity not in people:
            where = Place(FINDINGS, row=row, column="people.entity_id")
            mend = f"give findings and {ENTITIES} of one run"
            raise UsedWronglyError(f"there is no entity {entity!r} in {ENTITIES}", where=where, mend=mend)
    who = frozenset(people[entity] for entity in one.people)
    near = {network.name: network for person in who for network in of_network.get(person, ())}
    return Named(one.rule, who, tuple(sorted(name for name, network in near.items() if finds(who, network))))


def finds(people: Iterable[str], network: Network) -> bool:
    """Whether naming these finds it: two of its adults, or one and a child, and half of those named are of it."""
    named = set(people)
    members = named & set(network.roles)
    adults = sum(network.roles[one] == ADULT for one in members)
    return adults > 0 and len(members) > 1 and 2 * len(members) >= len(named)
