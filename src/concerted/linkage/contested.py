"""Groups of records that have to be judged merge by merge, each with its links and decisions."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers

Pairs = list[tuple[int, int]]


class Group(NamedTuple):
    """One group. members: its records, in order. left, right, weight: its links, none of them beyond the limit. strong:
    those that may start a merge, strongest first. All links and decisions name records by their places among the
    members."""

    members: list[int]
    left: list[int]
    right: list[int]
    weight: list[float]
    strong: Pairs
    same: Pairs
    apart: Pairs


def groups_to_judge(
    group: Numbers,
    contested: NDArray[np.bool_],
    links: tuple[Numbers, Numbers, NDArray[np.float64]],
    decisions: tuple[Sequence[tuple[int, int]], Sequence[tuple[int, int]]],
    *,
    join: float,
    limit: float,
) -> Iterator[Group]:
    """Every group whose first record is contested; all are put in order at once, for there are very many small ones.

    group: for each record the first of its group. links: left, right and weight of pairs inside groups. decisions: the
    pairs decided the same, and different. join: bits from which a link may start a merge. limit: bits beyond which no
    link counts.
    """
    firsts, records = np.flatnonzero(contested), np.flatnonzero(contested[group])
    records = records[np.argsort(group[records], kind="stable")]
    begins = np.searchsorted(group[records], firsts)
    place = np.zeros(len(group), np.int32)
    place[records] = np.arange(len(records)) - begins[np.searchsorted(firsts, group[records])]
    left, right, weight = _strongest_first(group, contested, links)
    strong = np.bincount(group[left[weight >= join]], minlength=len(group))[firsts].tolist()
    held = _slices(np.searchsorted(group[left], firsts), len(left))
    columns = (place[left].tolist(), place[right].tolist(), np.clip(weight, -limit, limit).tolist())
    decided, members = _by_group(group, place, decisions), records.tolist()
    for first, those, at, many in zip(firsts.tolist(), _slices(begins, len(records)), held, strong, strict=True):
        lefts, rights, weights = (column[at] for column in columns)
        starts = list(zip(lefts[:many], rights[:many], strict=True))
        yield Group(members[those], lefts, rights, weights, starts, *decided.get(first, ([], [])))


def _strongest_first(
    group: Numbers, contested: NDArray[np.bool_], links: tuple[Numbers, Numbers, NDArray[np.float64]]
) -> tuple[Numbers, Numbers, NDArray[np.float64]]:
    """The links of contested groups, group after group; equal weights in the order of the records."""
    rows = contested[group[links[0]]]
    left, right, weight = links[0][rows], links[1][rows], links[2][rows]
    order = np.lexsort((right, left, -weight, group[left]))
    return left[order], right[order], weight[order]


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
