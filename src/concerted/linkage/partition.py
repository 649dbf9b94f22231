"""From links to sets of records held to be one person: every merge judged on all the pairs between the two sets.

The partition is a function of the pairs, the decisions and the thresholds alone: ties go by the records' source and
id, never by arrival, and nothing is remembered from an earlier run. Order of force: `different` decided for any two
records keeps their sets apart; `same` decided joins whatever the weights say; two different values of what one person
has only one of (an NHS number) keep sets apart; then the evidence, strongest link first.
"""

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers
from concerted.linkage.components import Limit, Raised, parts
from concerted.linkage.contested import Group, Pairs, Places, groups_to_judge
from concerted.linkage.sums import Sums
from concerted.linkage.suspending import suspended

Claims = Mapping[int, Mapping[str, str]]  # record -> kind -> value: one person has one value of each kind

LIMIT: Final = 12.0  # bits: no single pair counts for or against a merge by more
NO_LIMIT: Final = Limit(2**31, ())
ABSENT: Final = -3.0  # bits: what a pair that shares no evidence at all counts for


def differing(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> list[str]:
    """The kinds of which two sets claim different values. Where a decision has joined two values already, a set that
    holds one of them fits."""
    both = sorted(one.keys() & other.keys())
    return [kind for kind in both if not (one[kind] <= other[kind] or other[kind] <= one[kind])]


class Partition:
    """Sets of the records 0 to `records` - 1 that can only be merged, each with what it weighs against the others.

    of: the set that each record is in, named by one of its records.
    """

    def __init__(self, records: int, sums: Sums, apart: Pairs, claims: Claims) -> None:
        """sums: of every scored pair. apart: pairs whose sets may never become one. claims: what only one value of may
        stand in a set, such as an NHS number."""
        self.of = list(range(records))
        self._members = [[record] for record in range(records)]
        self._sums = sums
        self._apart: dict[int, set[int]] = {}  # set -> the sets that it may not become one with
        self._claimed = {
            record: {kind: {value} for kind, value in claimed.items()} for record, claimed in claims.items()
        }
        for left, right in apart:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def forbidden(self, left: int, right: int) -> bool:
        """Whether a decision keeps the sets of these records apart."""
        return self.of[right] in self._apart.get(self.of[left], ())

    def conflicting(self, left: int, right: int) -> bool:
        """Whether these sets claim different values of what one person has only one of."""
        if not self._claimed:
            return False
        one, other = (self._claimed.get(self.of[record], {}) for record in (left, right))
        return bool(differing(one, other))

    def mean(self, left: int, right: int) -> float:
        """The mean weight over all pairs between two different sets, in bits."""
        one, other = self.of[left], self.of[right]
        pairs = len(self._members[one]) * len(self._members[other])
        return ABSENT + self._sums.between(one, other) / pairs

    def merge(self, left: int, right: int) -> None:
        """Make the sets of these records one."""
        kept, gone = self.of[left], self.of[right]
        if kept == gone:
            return
        if self._burden(kept) < self._burden(gone):
            kept, gone = gone, kept
        for record in self._members[gone]:
            self.of[record] = kept
        self._members[kept] += self._members[gone]
        self._sums.merge(gone, kept)
        for other in self._apart.pop(gone, ()):
            self._apart[other].remove(gone)
            self._apart[other].add(kept)
            self._apart.setdefault(kept, set()).add(other)
        claimed = self._claimed.setdefault(kept, {}) if gone in self._claimed else {}
        for kind, values in self._claimed.pop(gone, {}).items():
            claimed.setdefault(kind, set()).update(values)

    def _burden(self, one: int) -> int:
        """How much there is to move when a set becomes part of another."""
        return len(self._members[one]) + self._sums.others(one)

    def firsts(self) -> list[int]:
        """For each record, the first record of its set."""
        first: dict[int, int] = {}
        return [first.setdefault(one, record) for record, one in enumerate(self.of)]


class Links(NamedTuple):
    """Weighed pairs: left, right (record numbers, left < right), weight (bits), each an array."""

    left: Numbers
    right: Numbers
    weight: NDArray[np.float64]


def partition(
    records: int,
    links: Links,
    *,
    join: float,
    set_mean: float,
    same: Sequence[tuple[int, int]] = (),
    apart: Sequence[tuple[int, int]] = (),
    claims: Claims | None = None,
    places: Places = np.asarray,
    limit: Limit = NO_LIMIT,
) -> tuple[Numbers, list[tuple[int, int]], Raised]:
    """For each record the first record of its set, the `same` pairs that a `different` pair made impossible, and where
    links had to be stronger to start a merge: inside parts over the limit.

    join: bits from which a link may start a merge. set_mean: bits below which two sets stay apart though a link joins
    them. apart: pairs decided different. claims: as for Partition; a `same` decision outranks them. places: by which
    ties go, and not by record numbers, which follow arrival. Where `same` decisions would connect a pair decided
    different, all of them on such a path are suspended and returned (`standing`).

    Records that no chain of links at or above `join` or decisions connects never come to be compared. Where a chain
    connects records of which every pair is weighed, none of them below `set_mean`, and nothing keeps any two apart,
    every merge would be made, so it is one set without trying them.
    """
    decided = np.array(same, np.int32).reshape(-1, 2)
    group, least, raised = parts(links, (decided[:, 0], decided[:, 1]), records, join, limit)
    inside = group[links.left] == group[links.right]
    links = Links(*(column[inside] for column in links))
    counted = np.clip(links.weight, -LIMIT, LIMIT)
    contested = _contested(group, links._replace(weight=counted), set_mean, apart, claims or {})
    entity = group.copy()
    late: list[tuple[int, int]] = []
    for judged in groups_to_judge(group, contested, links, counted - ABSENT, (same, apart), least, places):
        members = judged.members
        claimed = {at: claims[one] for at, one in enumerate(members) if one in claims} if claims else {}
        sets, waits = _decided(judged, set_mean, claimed)
        entity[members] = np.array(members, np.int32)[sets]
        late += [(members[one], members[other]) for one, other in waits]
    return entity, sorted(late), raised


def _contested(
    group: Numbers, links: Links, set_mean: float, apart: Sequence[tuple[int, int]], claims: Claims
) -> NDArray[np.bool_]:
    """For each record that is the first of its group, whether the group has to be judged merge by merge."""
    size = np.bincount(group, minlength=len(group))
    weighed = np.bincount(group[links.left], minlength=len(group))
    contested = weighed < size * (size - 1) // 2
    contested[group[links.left[links.weight < set_mean]]] = True
    for one, other in apart:
        if group[one] == group[other]:
            contested[group[one]] = True
    held: dict[tuple[int, str], str] = {}
    of = group.tolist() if claims else []
    for record, claimed in claims.items():
        for kind, value in claimed.items():
            if held.setdefault((of[record], kind), value) != value:
                contested[of[record]] = True
    return contested & (size > 1)


def _decided(group: Group, set_mean: float, claims: Claims) -> tuple[list[int], Pairs]:
    """The sets of one group, merge by merge: for each record the first of its set, and the decisions suspended."""
    sets = Partition(len(group.members), group.sums, group.apart, claims)
    waits = suspended(group.same, group.apart) if group.same and group.apart else set()
    for left, right in group.same:
        if (left, right) not in waits:
            sets.merge(left, right)
    waiting, before = group.strong, -1
    while len(waiting) != before:
        before = len(waiting)
        waiting = _left_over(sets, waiting, set_mean)
    return sets.firsts(), sorted(waits)


def _left_over(sets: Partition, waiting: Pairs, set_mean: float) -> Pairs:
    """Of the sets that have to stay apart as yet, after every merge that can be made was made, the strongest link
    between each two.

    They are tried again: a set that grows may come nearer, and one in which a decision joins two numbers may come to
    fit what it did not."""
    of, left_over = sets.of, []
    refused: set[tuple[int, int]] = set()  # sets that have to stay apart until one of any is merged
    for link in waiting:
        left, right = link
        both = one, other = of[left], of[right]
        if one == other or both in refused:
            continue
        if sets.mean(left, right) < set_mean or sets.forbidden(left, right) or sets.conflicting(left, right):
            refused.add(both)
            left_over.append(link)
        else:
            sets.merge(left, right)
            refused.clear()
    return left_over
