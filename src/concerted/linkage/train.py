"""Training a release on a folder's own records, when they are enough to say how often each level occurs.

u of a level whose agreement has a rarity is the chance of two equal values, worked out from how many records hold each;
u of any other is counted over pairs taken at random. m comes from expectation and maximisation over the proposed pairs,
each of which is of one person, of two people of one household, or of strangers; the start release counts as so many
pairs, so that a level that is seldom met keeps what it had. How often two people of one household stand at a level is
not trained: few files say enough of households. Two runs over the same records give the same release: the pairs are
drawn by a fixed seed and every figure is rounded.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.common.errors import UsedWronglyError
from concerted.linkage.candidates import Pairs, apart, drawn
from concerted.linkage.compare import LEAST_SHARE, Comparer, Levels
from concerted.linkage.conditions import Same
from concerted.linkage.frequencies import Bits
from concerted.linkage.levels import Comparison, Level
from concerted.linkage.release import Release

ENOUGH: Final = 5_000  # records from which training is tried
RANDOM_PAIRS: Final = 2_000_000
TRAINING_PAIRS: Final = 500_000  # the most that are looked at
FEWEST_PAIRS: Final = 500  # of one person that must be among them
AS_MANY_AS: Final = 200  # pairs that the start release counts for
ROUNDS: Final = 30
_KEPT: Final = "identifiers, telephones, e-mail and what people of one household share"
_SEED: Final = 20090314

Shares = dict[str, NDArray[np.float64]]


class NotTrainedError(Exception):
    """Why the records cannot train a release, as a clause; the shipped release is used then."""


def train(comparer: Comparer, start: Release, proposed: Pairs) -> Release:
    """A release like `start`, with the figures of its trained comparisons estimated from these records.

    Raises NotTrainedError when too few pairs are of one person, or what comes out is no evidence.
    """
    if not any(comparison.trained for comparison in comparer.comparisons):
        raise NotTrainedError("no field that can be trained has values")
    comparer = Comparer(comparer.coded, _with_chances(comparer))
    trained = {comparison.name: comparison for comparison in map(_checked, _with_shares(comparer, proposed))}
    return replace(
        start,
        name="trained",
        trained=True,
        training=f"Trained on {comparer.coded.records:,} records; {_KEPT} keep the shipped figures.",
        comparisons=tuple(trained.get(comparison.name, comparison) for comparison in start.comparisons),
    )


def _with_chances(comparer: Comparer) -> list[Comparison]:
    """The comparisons with u of those that are trained estimated."""
    draw = np.random.default_rng(_SEED)
    left, right = draw.integers(0, comparer.coded.records, (2, RANDOM_PAIRS)).astype(np.int32)
    levels = comparer.levels(left[left != right], right[left != right])
    return [_with_chance(comparer, one, levels[one.name]) if one.trained else one for one in comparer.comparisons]


def _with_chance(comparer: Comparer, comparison: Comparison, level: NDArray[np.int8]) -> Comparison:
    start = np.array([one.u for one in comparison.levels])
    counted = np.bincount(level[level >= 0], minlength=len(start)) + AS_MANY_AS * start
    shares = counted / counted.sum()
    chances = [
        comparer.frequencies.chance(one.rarity) if _is_equal(one) else share
        for one, share in zip(comparison.levels, shares, strict=True)
    ]
    pairs = zip(comparison.levels, chances, strict=True)
    return replace(comparison, levels=tuple(replace(one, u=_figure(share)) for one, share in pairs))


def _is_equal(level: Level) -> bool:
    """Whether the level is plain agreement, so that its chance can be worked out."""
    return bool(level.rarity) and level.when == Same(level.rarity)


def _with_shares(comparer: Comparer, proposed: Pairs) -> list[Comparison]:
    """The trained comparisons with m and the household's shares estimated from the proposed pairs."""
    sample = proposed[drawn(len(proposed), TRAINING_PAIRS)]
    compared = comparer.compare(*apart(sample))
    records = comparer.coded.records
    everything = records * (records - 1) / 2 * len(sample) / max(len(proposed), 1)
    m = {one.name: np.array([level.m for level in one.levels]) for one in comparer.comparisons}
    kin = {one.name: np.array([level.kin for level in one.levels]) for one in comparer.comparisons}
    rest = compared.splink + compared.tokens - _bits(m, compared.levels)  # what strangers' agreement takes
    start = m
    for_kin = np.exp2(_bits(kin, compared.levels) + rest)
    of_one, shares = np.zeros(len(sample)), np.full(2, 1 / max(records, 2))
    for _ in range(ROUNDS):
        of_one, of_kin = shares[0] * np.exp2(_bits(m, compared.levels) + rest), shares[1] * for_kin
        total = 1 + of_one + of_kin
        of_one, of_kin = of_one / total, of_kin / total
        shares = np.array([of_one.sum(), of_kin.sum()]) / everything
        m = _counted(comparer.comparisons, compared.levels, of_one, start)
    if of_one.sum() < FEWEST_PAIRS:
        raise NotTrainedError(
            f"hardly any pairs are of one person: {of_one.sum():,.0f} of {len(sample):,} that were looked at"
        )
    return [_with(one, m[one.name]) for one in comparer.comparisons if one.trained]


def _bits(shares: Shares, levels: Levels) -> Bits:
    each = [np.append(np.log2(share), 0.0)[levels[name]] for name, share in shares.items()]
    return np.asarray(np.sum(each, axis=0))


def _counted(comparisons: Sequence[Comparison], levels: Levels, weights: Bits, start: Shares) -> Shares:
    """How often each level occurs, by pairs counted with these weights."""
    found = dict(start)
    for one in comparisons:
        if one.trained:
            counted = np.bincount(levels[one.name] + 1, weights, len(one.levels) + 1)[1:]
            counted += AS_MANY_AS * start[one.name] / start[one.name].sum()
            found[one.name] = counted / counted.sum()
    return found


def _with(comparison: Comparison, m: NDArray[np.float64]) -> Comparison:
    levels = zip(comparison.levels, m, strict=True)
    return replace(comparison, levels=tuple(replace(level, m=_figure(share)) for level, share in levels))


def _figure(share: float) -> float:
    return float(f"{max(float(share), LEAST_SHARE):.4g}")


def _checked(comparison: Comparison) -> Comparison:
    """The same comparison, when its best level speaks for one person and its last against."""
    if not any(map(_speaks_for, comparison.levels[:-1])) or _speaks_for(comparison.levels[-1]):
        raise NotTrainedError(f"{comparison.title} did not come out as evidence: the training did not converge")
    return comparison


def _speaks_for(level: Level) -> bool:
    return level.m > level.u


def insist(reason: NotTrainedError) -> UsedWronglyError:
    """The error for someone who asked for training that the records do not bear."""
    return UsedWronglyError(f"no model can be trained on these records: {reason}", mend="use --model default")
