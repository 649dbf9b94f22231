"""Groups of records that have to be judged merge by merge, each with its links and decisions."""

from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers
from concerted.linkage.sums import Dense, Sparse, Sums, fit_a_square

Bits = NDArray[np.float64]
Pairs = list[tuple[int, int]]
Places = Callable[[Numbers], Numbers]  # of some records each one's place, whatever the order in which they are given


class Group(NamedTuple):
    """One group. members: its records, in order. sums: of the weights between them. strong: the links that may start a
    merge, strongest first. All pairs name records by their places among the members."""

    members: list[int]
    sums: Sums
    strong: Pairs
    same: Pairs
    apart: Pairs


def groups_to_judge(
    group: Numbers,
    contested: NDArray[np.bool_],
    links: tuple[Numbers, Numbers, Bits],
    counted: Bits,
    decisions: tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]],
    least: Bits,
    places: Places,
) -> Iterator[Group]:
    """Every group whose first record is contested; all are put in order at once, for there are very many small ones.

    group: for each record the first of its group. links: left, right and weight of pairs, all of them inside groups.
    counted: what each link counts for in a sum. decisions: the pairs decided the same, and different. least: for each
    record the bits from which a link of its group may start a merge. places: by which ties go.
    """
    firsts, records = np.flatnonzero(contested), np.flatnonzero(contested[group])
    records = records[np.argsort(group[records], kind="stable")]
    begins = np.searchsorted(group[records], firsts)
    place = np.zeros(len(group), np.int32)
    place[records] = np.arange(len(records)) - begins[np.searchsorted(firsts, group[records])]
    rows = _strongest_first(group, contested, links, least, places)
    of_links = group[links[0][rows]]
    strong = np.bincount(of_links[links[2][rows] >= least[of_links]], minlength=len(group))[firsts].tolist()
    held = _slices(np.searchsorted(of_links, firsts), len(rows))
    sums_of = _sums(place[links[0][rows]], place[links[1][rows]], counted[rows])
    decided, members = _by_group(group, place, decisions), records.tolist()
    for first, those, at, many in zip(firsts.tolist(), _slices(begins, len(records)), held, strong, strict=True):
        sums, starts = sums_of(those.stop - those.start, at, many)
        yield Group(members[those], sums, starts, *decided.get(first, ([], [])))


def _strongest_first(
    group: Numbers,
    contested: NDArray[np.bool_],
    links: tuple[Numbers, Numbers, Bits],
    least: Bits,
    places: Places,
) -> NDArray[np.intp]:
    """The rows of the links of contested groups, group after group; equal weights that may start a merge in the order
    of the places of their two records, the lower first."""
    rows = np.flatnonzero(contested[group[links[0]]])
    rows = rows[np.lexsort((-links[2][rows], group[links[0][rows]]))]
    of, weight = group[links[0][rows]], links[2][rows]
    alike = (of[1:] == of[:-1]) & (weight[1:] == weight[:-1]) & (weight[1:] >= least[of[1:]])
    tied = np.flatnonzero(np.append(alike, False) | np.append(False, alike))
    run = np.cumsum(np.append(True, ~alike)[: len(rows)])[tied]
    place = np.zeros(len(group), np.int32)
    left, right = (side[rows[tied]] for side in links[:2])
    place[left] = place[right] = 1
    records = np.flatnonzero(place).astype(np.int32)
    place[records] = places(records)
    one, other = place[left], place[right]
    rows[tied] = rows[tied][np.lexsort((np.maximum(one, other), np.minimum(one, other), run))]
    return rows


def _sums(left: Numbers, right: Numbers, counted: Bits) -> Callable[[int, slice, int], tuple[Sums, Pairs]]:
    """What makes the sums of so many records from a slice of these links, and the first so many of the links."""
    lefts, rights, weights = left.tolist(), right.tolist(), counted.tolist()

    def of(records: int, at: slice, strong: int) -> tuple[Sums, Pairs]:
        first = slice(at.start, at.start + strong)
        starts = list(zip(lefts[first], rights[first], strict=True))
        if fit_a_square(records, at.stop - at.start):
            return Dense(records, left[at], right[at], counted[at]), starts
        return Sparse(records, zip(lefts[at], rights[at], weights[at], strict=True)), starts

    return of


def _slices(begins: NDArray[np.intp], end: int) -> list[slice]:
    return [slice(one, other) for one, other in pairwise([*begins.tolist(), end])]


def _by_group(
    group: Numbers, place: Numbers, decisions: tuple[Sequence[tuple[int, int]], ...]
) -> dict[int, tuple[Pairs, Pairs]]:
    """By the first record of their group the pairs decided the same and those decided different."""
    decided: dict[int, tuple[Pairs, Pairs]] = {}
    for which, pairs in enumerate(decisions):
        for one, other in pairs:
            if group[one] == group[other]:
                here = decided.setdefault(int(group[one]), ([], []))
                here[which].append((int(place[one]), int(place[other])))
    return decided
