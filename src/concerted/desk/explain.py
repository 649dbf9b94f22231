"""Why two records are held to be one person or not, and why the records of an entity hang together."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import PERMANENT, RecordKey
from concerted.desk import decisions, results, standing
from concerted.desk.current import look_up, record_files
from concerted.desk.results import link_between, links, members, release
from concerted.desk.store import Store
from concerted.desk.witnesses import witnesses
from concerted.linkage import Decision, EntityExplanation, Explanation, explain_entity, explain_pair
from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.decisions import current
from concerted.linkage.explain import explain_two
from concerted.linkage.held import BEFORE
from concerted.linkage.partition import differing
from concerted.linkage.store import Link
from concerted.linkage.witnesses import in_words, told


@dataclass(frozen=True, slots=True)
class PairExplained:
    """A pair. link: what the store holds of it, None when it is neither joined nor to be reviewed.

    together: in one entity, how they hang together in it, also when no link joins them directly; else None.
    decision: what a person decided of it last. differing: what each of their two entities holds another of, of which a
    person has only one. witnessed: what third records say against one person, in words.
    """

    explanation: Explanation
    link: Link | None
    together: EntityExplanation | None
    decision: Decision | None
    differing: list[str]
    witnessed: list[str]

    @property
    def band(self) -> str:
        """join, review or apart."""
        return self.link.band if self.link else "apart"

    @property
    def held_before(self) -> bool:
        """Whether the release before the one in force held it together, and it is asked about for that."""
        return self.link is not None and self.link.reasons.startswith(BEFORE)


@dataclass(frozen=True, slots=True)
class Beside:
    """Another entity that a pair to review would join. link: the strongest such pair. records: of the other entity.
    more: pairs that wait between the two beside this one."""

    link: Link
    entity: str
    records: int
    more: int


@dataclass(frozen=True, slots=True)
class EntityExplained:
    """The entity that a record is of. links: those that join its records, strongest first. beside: what would join it
    to others, the strongest first."""

    record: RecordKey
    entity: str
    explanation: EntityExplanation
    links: list[Link]
    beside: list[Beside]


def named(store: Store, text: str) -> RecordKey:
    """The record that is named by SOURCE:ID, or by its permanent id; an entity has that of its earliest record. Raises
    UsedWronglyError, of one that went as of one that never was."""
    if ":" in text or not PERMANENT.fullmatch(text):
        key = RecordKey.parse(text)
        _entity_of(store, key)
        return key
    found = store.run("select source, record_id from member where permanent_id = ?", [text]).fetchone()
    if found is None:
        raise _absent(text)
    return RecordKey(*found)


def pair(store: Store, left: RecordKey, right: RecordKey) -> PairExplained:
    """Explain two records. Raises UsedWronglyError when one is not there."""
    entity = [_entity_of(store, key) for key in (left, right)]
    if left == right:
        raise UsedWronglyError(f"{left} is named twice", mend="name two records, or one alone")
    explanation = _explained(store, left, right)
    together = None
    if entity[0] == entity[1]:
        held = _joined(store, entity[0])
        together = explain_entity(_weighed(held), members(store, entity[0]), left, right)
    decision = current(decisions.all_of(store)).get((min(left, right), max(left, right)))
    claims = [_claims(store, members(store, one)) for one in entity]
    link, said = link_between(store, left, right), _witnessed(store, left, right)
    return PairExplained(explanation, link, together, decision, differing(*claims), said)


def _explained(store: Store, left: RecordKey, right: RecordKey) -> Explanation:
    """From the two records alone where they are kept as they were compared."""
    if not standing.is_kept(store):
        return explain_pair(record_files(store), release(store)[0], left, right)
    picture = standing.opened_of(store)
    table = picture.rows(np.array(sorted(picture.numbers((left, right)).values()), np.int32))
    return explain_two(table, picture.coded(table), picture.release, left, right)


def _witnessed(store: Store, left: RecordKey, right: RecordKey) -> list[str]:
    """What events and relations say against one person, in words; it is not in the weight."""
    said = told(witnesses(store), release(store)[0].witnessed, {left: 0, right: 1})
    return list(map(in_words, said.get((0, 1), [])))


def _claims(store: Store, keys: Sequence[RecordKey]) -> dict[str, set[str]]:
    """What these records hold of which a person has only one, by what it is called."""
    rows = look_up(record_files(store), keys).values()
    found = {title: {str(row[column]) for row in rows if row.get(column)} for column, title in ONE_A_PERSON.items()}
    return {title: values for title, values in found.items() if values}


def entity_of(store: Store, record: RecordKey) -> EntityExplained:
    """Explain the entity of a record. Raises UsedWronglyError when it is not there."""
    entity = _entity_of(store, record)
    held = _joined(store, entity)
    explanation = explain_entity(_weighed(held), members(store, entity), record)
    return EntityExplained(record, entity, explanation, held, _beside(store, entity))


def _weighed(held: list[Link]) -> list[tuple[RecordKey, RecordKey, float]]:
    return [(one.left, one.right, one.weight) for one in held]


def _entity_of(store: Store, key: RecordKey) -> str:
    entity = results.entity_of(store, key)
    if entity is None:
        raise _absent(str(key))
    return entity


def _absent(name: str) -> UsedWronglyError:
    return UsedWronglyError(f"there is no record {name}", mend="look it up in entities.csv: source, colon, record_id")


_INSIDE: Final = "(select number from member where entity = ?)"


def _joined(store: Store, entity: str) -> list[Link]:
    """The joined links between records of an entity."""
    where = f"band = 'join' and one in {_INSIDE} and other in {_INSIDE}"
    return links(store, where, entity, entity)


def _beside(store: Store, entity: str) -> list[Beside]:
    """The entities that pairs to review would join to this one."""
    inside = f"(one in {_INSIDE}) <> (other in {_INSIDE})"
    waiting: dict[str, list[Link]] = {}
    for link in links(store, f"band = 'review' and ({inside})", entity, entity):
        other = next(one for one in (_entity_of(store, link.left), _entity_of(store, link.right)) if one != entity)
        waiting.setdefault(other, []).append(link)
    return [Beside(held[0], other, len(members(store, other)), len(held) - 1) for other, held in waiting.items()]
