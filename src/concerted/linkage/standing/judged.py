"""The entities of the records found, each judged as batch judges a set: on every pair with the question."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers
from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.components import components
from concerted.linkage.frequencies import Bits
from concerted.linkage.link import links_of
from concerted.linkage.partition import ABSENT, LIMIT
from concerted.linkage.release import Release
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.few import Few, Pairs
from concerted.linkage.standing.read import Standing
from concerted.linkage.thresholds import calibrated
from concerted.linkage.weigh import SILENT, Weighed, weighed

# Bits: odds of 32 to 1. A link that begins to join is wrong one time in seven, which later records and reviewers mend;
# an answer is acted upon the same night.
ANSWERED: Final = 5.0
NOT_SURE: Final = "a delivery of such a record would join it, but an answer takes odds of 32 to 1"

Scope = NDArray[np.bool_] | None


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """An entity beside the question. members: its records in scope. best: the row of its best pair among the pairs
    that were compared. differing: in words, what each has another of, of which a person has one. beside: in words,
    what else keeps it from joining: another entity, or that it would join and be no answer."""

    members: Numbers
    best: int
    weight: float
    mean: float
    differing: tuple[str, ...]
    band: str
    beside: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """The question beside records of the picture. rows: of each record the place of its pair."""

    question: Question
    pairs: Pairs
    weighed: Weighed
    rows: dict[int, int]


def compared(few: Few, records: Numbers) -> Compared:
    """The question compared with these records, in order."""
    pairs = few.with_records(records)
    found = weighed(pairs.compared, few.question.standing.release, candidate=True)
    return Compared(few.question, pairs, found, {record: at for at, record in enumerate(records.tolist())})


def with_itself(few: Few) -> float:
    """What the question would weigh with a record that says the same, in bits."""
    pair = few.with_itself()
    return float(weighed(pair.compared, few.question.standing.release, candidate=True).weight[0])


def completed(few: Few, records: Numbers, scope: Scope) -> tuple[Compared, list[Numbers]]:
    """The question compared with these records, and with all others of those of their entities that may join; and the
    records of each entity."""
    standing, release = few.question.standing, few.question.standing.release
    found, sets = compared(few, records), list(_sets(standing, records, scope))
    weight = found.weighed.weight
    likely = [
        members
        for members in sets
        if len(members) <= release.size_limit
        and any(weight[found.rows[one]] >= release.join for one in members.tolist() if one in found.rows)
    ]
    every = np.unique(np.concatenate([records, *likely]))
    return (compared(few, every) if len(every) > len(records) else found), sets


def _sets(standing: Standing, records: Numbers, scope: Scope) -> Iterator[Numbers]:
    """The records in scope of each entity that these are of. An entity that only records out of scope hold together is
    several."""
    for entity in np.unique(standing.arrays["entity"][records]).tolist():
        members = standing.members(entity)
        if scope is None or scope[members].all():
            yield members
        else:
            yield from _hanging_together(standing, entity, members[scope[members]], records)


def _hanging_together(standing: Standing, entity: int, members: Numbers, records: Numbers) -> Iterator[Numbers]:
    """The parts of these members that links between them connect, of those parts that any of the records is in."""
    left, right = standing.links(entity)
    inside = np.isin(left, members) & np.isin(right, members)
    order = np.sort(members)
    first = components(
        len(order),
        np.searchsorted(order, left[inside]).astype(np.int32),
        np.searchsorted(order, right[inside]).astype(np.int32),
    )
    wanted = np.isin(order, records)
    for part in np.unique(first[wanted]).tolist():
        yield order[first == part]


def judged(found: Compared, sets: Sequence[Numbers]) -> list[Judged]:
    """The entities, those that may be the person first, strongest first. One at most is the question's: to batch a
    record is of one person, and the strongest link comes first. Of two that are as strong neither is; nor is one of
    which the link joins and is not sure enough for an answer."""
    counted = np.clip(links_of(found.weighed).weight, -LIMIT, LIMIT).tolist()
    weight = found.weighed.weight.tolist()
    made = [_judged(found, weight, counted, members) for members in sets]
    made.sort(
        key=lambda one: (-one.weight, -one.mean, -len(one.members), entity_id(found.question.standing, one.members))
    )
    joining = [one for one in made if one.band == "join"]
    if len(joining) > 1:
        clear = joining[0].weight - joining[1].weight > SILENT
        left_over = joining[1 if clear else 0 :]
        why = "another is nearer, and a record is of one person" if clear else "another is as near"
        made = [replace(one, band="review", beside=why) if one in left_over else one for one in made]
    is_sure = sure(found.question.standing.release, np.array([one.weight for one in made])).tolist()
    made = [
        replace(one, band="review", beside=NOT_SURE) if one.band == "join" and not enough else one
        for one, enough in zip(made, is_sure, strict=True)
    ]
    return sorted(made, key=lambda one: one.band != "join")


def sure(release: Release, weight: Bits) -> NDArray[np.bool_]:
    """Whether links of these weights join and are sure enough to be an answer."""
    return (weight >= release.join) & (calibrated(release, weight) >= ANSWERED)


def _judged(found: Compared, weights: Sequence[float], counted: Sequence[float], members: Numbers) -> Judged:
    release = found.question.standing.release
    rows = [found.rows[one] for one in members.tolist() if one in found.rows]
    best = max(rows, key=weights.__getitem__)
    weight = weights[best]
    mean = ABSENT + sum(counted[row] - ABSENT for row in rows) / len(members)
    differing = _differing(found.question, members) if weight >= release.keep else ()
    joins = weight >= release.join and mean >= release.set_mean and not differing
    band = "join" if joins else "review" if weight >= release.keep else "apart"
    return Judged(members, best, weight, mean, differing, band)


def _differing(question: Question, members: Numbers) -> tuple[str, ...]:
    """What the question and these records have another of, of which a person has only one."""
    standing, found = question.standing, []
    for column, title in ONE_A_PERSON.items():
        if own := question.numbers.get(column):
            values = standing.column(column, members)
            if values.any() and own[0] not in values:
                found.append(title)
    source = question.values.get("source")
    if isinstance(source, str) and source in standing.unique_sources:
        there = standing.column("source", members) == standing.sources.get(source, -1)
        same = standing.column("record_id", members) == question.record_id
        if (there & ~same).any():
            found.append(f"record in {source}")
    return tuple(found)


def entity_id(standing: Standing, members: Numbers) -> str:
    """The permanent id of the earliest of these records."""
    entity = int(standing.arrays["entity"][members[0]])
    if len(members) == len(standing.members(entity)):
        return bytes(standing.arrays["entity_ids"][entity]).decode()
    earliest = members[np.argmin(standing.arrays["arrival"][members])]
    return bytes(standing.arrays["permanent"][earliest]).decode()
