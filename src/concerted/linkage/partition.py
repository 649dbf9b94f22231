"""From links to sets of records held to be one person: every merge judged on all the pairs between the two sets.

The partition is a function of the pairs, the decisions and the thresholds alone: ties go by the records' order, and
nothing is remembered from an earlier run. Order of force: `different` decided for any two records keeps their sets
apart; `same` decided joins whatever the weights say; two different values of what one person has only one of (an NHS
number) keep sets apart; then the evidence, strongest link first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers
from concerted.linkage.components import components

Pairs = list[tuple[int, int]]
Link = tuple[int, int, float]  # two record numbers and a weight in bits
Claims = Mapping[int, Mapping[str, str]]  # record -> kind -> value: one person has one value of each kind

LIMIT: Final = 12.0  # bits: no single pair counts for or against a merge by more
ABSENT: Final = -3.0  # bits: what a pair that shares no evidence at all counts for


def differing(one: Mapping[str, set[str]], other: Mapping[str, set[str]]) -> list[str]:
    """The kinds of which two sets claim different values. Where a decision has joined two values already, a set that
    holds one of them fits."""
    both = sorted(one.keys() & other.keys())
    return [kind for kind in both if not (one[kind] <= other[kind] or other[kind] <= one[kind])]


class Partition:
    """Sets of the records 0 to `records` - 1 that can only be merged, each with its links to other sets."""

    def __init__(
        self,
        records: int,
        links: Iterable[Link],
        apart: Iterable[tuple[int, int]] = (),
        claims: Claims | None = None,
    ) -> None:
        """links: every scored pair. apart: pairs whose sets may never become one. claims: what only one value of may
        stand in a set, such as an NHS number."""
        self._parent = list(range(records))
        self._size = [1] * records
        self._between: dict[int, dict[int, tuple[float, int]]] = {}  # set -> other set -> (sum of weights, pairs)
        self._apart: dict[int, set[int]] = {}
        self._claimed = {
            record: {kind: {value} for kind, value in claimed.items()} for record, claimed in (claims or {}).items()
        }
        for left, right, weight in links:
            counted = (max(-LIMIT, min(LIMIT, weight)), 1)
            self._between.setdefault(left, {})[right] = self._between.setdefault(right, {})[left] = counted
        for left, right in apart:
            self._apart.setdefault(left, set()).add(right)
            self._apart.setdefault(right, set()).add(left)

    def find(self, record: int) -> int:
        """The set that a record is in, named by one of its records."""
        parent = self._parent
        while parent[record] != record:
            parent[record] = parent[parent[record]]
            record = parent[record]
        return record

    def forbidden(self, left: int, right: int) -> bool:
        """Whether a decision keeps the sets of these records apart."""
        return self.find(right) in {self.find(other) for other in self._apart.get(self.find(left), ())}

    def conflicting(self, left: int, right: int) -> bool:
        """Whether these sets claim different values of what one person has only one of."""
        one, other = (self._claimed.get(self.find(record), {}) for record in (left, right))
        return bool(differing(one, other))

    def mean(self, left: int, right: int) -> float:
        """The mean weight over all pairs between two different sets, in bits."""
        one, other = self.find(left), self.find(right)
        total, pairs = self._between.get(one, {}).get(other, (0.0, 0))
        everything = self._size[one] * self._size[other]
        return (total + ABSENT * (everything - pairs)) / everything

    def merge(self, left: int, right: int) -> None:
        """Make the sets of these records one."""
        kept, gone = self.find(left), self.find(right)
        if kept == gone:
            return
        if len(self._between.get(kept, ())) < len(self._between.get(gone, ())):
            kept, gone = gone, kept
        self._parent[gone] = kept
        self._size[kept] += self._size[gone]
        self._apart.setdefault(kept, set()).update(self._apart.pop(gone, ()))
        claimed = self._claimed.setdefault(kept, {})
        for kind, values in self._claimed.pop(gone, {}).items():
            claimed.setdefault(kind, set()).update(values)
        self._move_links(gone, kept)

    def _move_links(self, gone: int, kept: int) -> None:
        ours = self._between.setdefault(kept, {})
        ours.pop(gone, None)
        for other, (total, pairs) in self._between.pop(gone, {}).items():
            if other == kept:
                continue
            del self._between[other][gone]
            had, count = ours.get(other, (0.0, 0))
            ours[other] = self._between[other][kept] = (had + total, count + pairs)

    def firsts(self) -> list[int]:
        """For each record, the first record of its set."""
        first: dict[int, int] = {}
        return [first.setdefault(self.find(record), record) for record in range(len(self._parent))]


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
) -> tuple[Numbers, list[tuple[int, int]]]:
    """For each record the first record of its set, and the `same` pairs that a `different` pair made impossible.

    join: bits from which a link may start a merge. set_mean: bits below which two sets stay apart though a link joins
    them. apart: pairs decided different. claims: as for Partition; a `same` decision outranks them. Where `same`
    decisions would connect a pair decided different, those that come last in order are suspended and returned.

    Records that no chain of links at or above `join` or decisions connects never come to be compared. Where a chain
    connects records of which every pair is weighed, none of them below `set_mean`, and nothing keeps any two apart,
    every merge would be made, so it is one set without trying them.
    """
    decided = np.array(same, np.int32).reshape(-1, 2)
    strong = links.weight >= join
    group = components(
        records, np.append(links.left[strong], decided[:, 0]), np.append(links.right[strong], decided[:, 1])
    )
    inside = group[links.left] == group[links.right]
    links = Links(*(column[inside] for column in links))
    contested = _contested(group, links, set_mean, apart, claims or {})
    entity = group.copy()
    suspended: list[tuple[int, int]] = []
    for members, held, same_here, apart_here in _each_contested(group, links, contested, same, apart):
        claimed = {at: claims[one] for at, one in enumerate(members) if one in claims} if claims else {}
        sets, late = _decided(len(members), held, join, set_mean, same_here, apart_here, claimed)
        entity[members] = np.array(members, np.int32)[sets]
        suspended += [(members[one], members[other]) for one, other in late]
    return entity, sorted(suspended)


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
    for record, claimed in claims.items():
        for kind, value in claimed.items():
            if held.setdefault((int(group[record]), kind), value) != value:
                contested[group[record]] = True
    return contested & (size > 1)


def _each_contested(
    group: Numbers,
    links: Links,
    contested: NDArray[np.bool_],
    same: Sequence[tuple[int, int]],
    apart: Sequence[tuple[int, int]],
) -> Iterator[tuple[list[int], list[Link], Pairs, Pairs]]:
    """Each contested group: its records, and its links and decisions by their places among them."""
    decided: dict[int, tuple[Pairs, Pairs]] = {}
    for which, pairs in enumerate((same, apart)):
        for one, other in pairs:
            if group[one] == group[other]:
                decided.setdefault(int(group[one]), ([], []))[which].append((one, other))
    records = np.flatnonzero(contested[group])
    records = records[np.argsort(group[records], kind="stable")]
    rows = np.flatnonzero(contested[group[links.left]])
    rows = rows[np.argsort(group[links.left[rows]], kind="stable")]
    firsts = np.flatnonzero(contested)
    if not len(firsts):
        return
    members = np.split(records, np.searchsorted(group[records], firsts[1:]))
    held = np.split(rows, np.searchsorted(group[links.left[rows]], firsts[1:]))
    for first, those, at in zip(firsts.tolist(), members, held, strict=True):
        place = {record: number for number, record in enumerate(those.tolist())}
        columns = (links.left[at].tolist(), links.right[at].tolist(), links.weight[at].tolist())
        local = [(place[one], place[other], weight) for one, other, weight in zip(*columns, strict=True)]
        here = [[(place[one], place[other]) for one, other in pairs] for pairs in decided.get(first, ((), ()))]
        yield list(place), local, here[0], here[1]


def _decided(
    records: int, links: list[Link], join: float, set_mean: float, same: Pairs, apart: Pairs, claims: Claims
) -> tuple[list[int], Pairs]:
    """The sets of one group, merge by merge: for each record the first of its set, and the decisions suspended."""
    sets = Partition(records, links, apart, claims)
    suspended = []
    for left, right in sorted(same):
        if sets.forbidden(left, right):
            suspended.append((left, right))
        else:
            sets.merge(left, right)
    waiting = sorted((link for link in links if link[2] >= join), key=lambda link: (-link[2], link[0], link[1]))
    while waiting:
        left_over = [link for link in waiting if not _tried(sets, link, set_mean)]
        if len(left_over) == len(waiting):
            break
        waiting = left_over
    return sets.firsts(), suspended


def _tried(sets: Partition, link: Link, set_mean: float) -> bool:
    """Whether nothing is left to do for this link: its sets are one, are made one, or must stay apart for good."""
    left, right, _ = link
    if sets.find(left) == sets.find(right) or sets.forbidden(left, right) or sets.conflicting(left, right):
        return True
    if sets.mean(left, right) < set_mean:
        return False
    sets.merge(left, right)
    return True
