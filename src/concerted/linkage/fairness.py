"""Whether links are missed, or made wrongly, more often for some people than for others.

A pair of records counts for the group of each of its two records, half for each: whole for a group that both are of,
and half for either where they are of two, since a false link between two groups is a fault done to both. So the pairs
of all groups add up to all pairs, and where nothing differs between groups every ratio is 1.

Where every pair counts alike, somebody with two hundred records counts as twenty thousand people with two. So the same
can be told with every record counting alike: of a record's true partners (or of those that it is joined to), the share
that is missed (or false), on average over the records that have any.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

import numpy as np
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.linkage.intervals import Floats, Ratio, Share, ratio_of, share_of

_DIGITS: Final = 9  # beyond which a difference of two sums of shares is nought
LEAST: Final = 100  # true pairs of a group below which its figures are too few to say anything
Each = Literal["pair", "record"]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class GroupFigures:
    """One group. records: of it. true_pairs: pairs of records of one person. missed: of its true pairs, those not in
    one entity. false: of the pairs of it that are in one entity, those of two people. missed_ratio, false_ratio: by
    that of all others, None when there are none, or no such pairs. few: fewer true pairs than `Fairness.least`, so that
    the figures say nothing."""

    group: str
    records: int
    true_pairs: float
    missed: Share
    false: Share
    missed_ratio: Ratio | None
    false_ratio: Ratio | None
    few: bool

    def to_dict(self) -> dict[str, Any]:
        """For machines. Of too few there are counts of pairs and no figures."""
        counts = {"group": self.group, "records": self.records, "true_pairs": self.true_pairs, "few": self.few}
        if self.few:
            return counts
        ratios = {"missed_ratio": self.missed_ratio, "false_ratio": self.false_ratio}
        found = {name: ratio.to_dict() if ratio else None for name, ratio in ratios.items()}
        return {**counts, "missed": self.missed.to_dict(), "false": self.false.to_dict(), **found}


@dataclass(frozen=True, slots=True)
class Fairness:
    """The groups of one attribute, in order of their names. records: that have an entity, a truth and a group; the
    others are left out. missed, false: of all of them together. each: what counts alike."""

    attribute: str
    each: Each
    records: int
    left_out: int
    least: int
    missed: Share
    false: Share
    groups: tuple[GroupFigures, ...]

    def to_dict(self) -> dict[str, Any]:
        """For machines."""
        return {
            "attribute": self.attribute, "each": self.each, "records": self.records,
            "left_out": self.left_out, "least": self.least,
            "missed": self.missed.to_dict(), "false": self.false.to_dict(),
            "groups": [group.to_dict() for group in self.groups],
        }  # fmt: skip


def fairness(
    attribute: str,
    entity: Mapping[RecordKey, str],
    truth: Mapping[RecordKey, str],
    group: Mapping[RecordKey, str],
    least: int = LEAST,
    each: Each = "pair",
) -> Fairness:
    """Each group's missed and false links. entity, truth, group: of a record its entity, its person, its group. each:
    what counts alike.

    Records that lack one of the three, or whose group is empty, are left out, and pairs with them.
    """
    keys = [key for key in truth if key in entity and group.get(key)]
    names = sorted({group[key] for key in keys})
    numbers = {name: number for number, name in enumerate(names)}
    of_group = np.array([numbers[group[key]] for key in keys], np.int64)
    left_out = sum(key in entity for key in truth) - len(keys)
    return figures(
        attribute, _numbers([entity[key] for key in keys]), _numbers([truth[key] for key in keys]), of_group, names,
        least=least, left_out=left_out, each=each,
    )  # fmt: skip


def figures(
    attribute: str,
    entity: Numbers,
    person: Numbers,
    group: Numbers,
    names: Sequence[str],
    *,
    least: int = LEAST,
    left_out: int = 0,
    each: Each = "pair",
) -> Fairness:
    """The same on arrays, a number a record: of its entity, of its person, and of its group, whose name is in `names`.

    Sorts arrays and looks at no pair, so that a million records take a second or two.
    """
    entity, person = _dense(entity), _dense(person)
    cell = _dense(entity * (int(person.max(initial=0)) + 1) + person)
    missed, all_missed = _shares(person, cell, group, len(names), each)
    false, all_false = _shares(entity, cell, group, len(names), each)
    records = np.bincount(group, minlength=len(names)).tolist()
    pairs = np.bincount(group, (np.bincount(person)[person] - 1) / 2, minlength=len(names)).tolist()
    found = []
    for name, count, true, (one, others), (wrong, other) in zip(names, records, pairs, missed, false, strict=True):
        ratios = ratio_of(one, others), ratio_of(wrong, other)
        found.append(GroupFigures(name, count, true, one, wrong, *ratios, few=true < least))
    return Fairness(attribute, each, len(group), left_out, least, all_missed, all_false, tuple(found))


def _dense(numbers: Numbers) -> Numbers:
    """The same, numbered from 0 on without a gap."""
    return np.unique(numbers, return_inverse=True)[1].astype(np.int64)


def _numbers(names: list[str]) -> Numbers:
    """A number for each name, the same for the same."""
    found = {name: number for number, name in enumerate(dict.fromkeys(names))}
    return np.array([found[name] for name in names], np.int64)


def _shares(
    cluster: Numbers, cell: Numbers, group: Numbers, groups: int, each: Each
) -> tuple[list[tuple[Share, Share]], Share]:
    """For each group its own share and that of all others; and the share of all.

    cluster: of each record, the person, or the entity, whose pairs are looked at. cell: the number of those that are of
    one person and of one entity; a pair within a cell is right, and the part that is counted is the pairs beyond it.
    """
    size, alike = np.bincount(cluster), np.bincount(cell)
    whole_of, part_of = (size[cluster] - 1) / 2, (size[cluster] - alike[cell]) / 2
    if each == "record":
        part_of /= np.maximum(whole_of, 0.5)  # of a record's share of pairs, the part: who has no pair has no part
        whole_of = np.minimum(whole_of * 2, 1.0)
    whole, part = _totals(cluster, whole_of), _totals(cluster, part_of)
    found = []
    order, ends = np.argsort(group, kind="stable"), np.cumsum(np.bincount(group, minlength=groups))
    for number in range(groups):
        here = order[ends[number - 1] if number else 0 : ends[number]]
        own, at = np.unique(cluster[here], return_inverse=True)
        own_whole, own_part = _totals(at, whole_of[here]), _totals(at, part_of[here])
        others_whole, others_part = whole.copy(), part.copy()
        others_whole[own] -= own_whole
        others_part[own] = np.round(others_part[own] - own_part, _DIGITS)
        found.append((share_of(own_part, own_whole), share_of(others_part, others_whole)))
    return found, share_of(part, whole)


def _totals(at: Numbers, values: Floats) -> Floats:
    """The sum of the values of each number."""
    return np.bincount(at, values).astype(np.float64)
