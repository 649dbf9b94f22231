"""From links to sets of records held to be one person: every merge judged on all the pairs between the two sets.

The partition is a function of the pairs, the decisions and the thresholds alone: ties go by the records' order, and
nothing is remembered from an earlier run. Order of force: `different` decided for any two records keeps their sets
apart; `same` decided joins whatever the weights say; two different values of what one person has only one of (an NHS
number) keep sets apart; then the evidence, strongest link first.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

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


def partition(
    records: int,
    links: Sequence[Link],
    *,
    join: float,
    set_mean: float,
    same: Sequence[tuple[int, int]] = (),
    apart: Sequence[tuple[int, int]] = (),
    claims: Claims | None = None,
) -> tuple[list[int], list[tuple[int, int]]]:
    """For each record the first record of its set, and the `same` pairs that a `different` pair made impossible.

    join: bits from which a link may start a merge. set_mean: bits below which two sets stay apart though a link joins
    them. apart: pairs decided different. claims: as for Partition; a `same` decision outranks them. Where `same`
    decisions would connect a pair decided different, those that come last in order are suspended and returned.
    """
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
