"""Training a release on a folder's own records, when they are enough to say how often each level occurs.

u of a level whose agreement has a rarity is the chance of two equal values, worked out from how many records hold each;
u of any other is counted over pairs taken at random. m comes from expectation and maximisation over the proposed pairs,
each of which is of one person, of two people of one household, or of strangers; the start release counts as so many
pairs, so that a level that is seldom met keeps nearly what it had. One that was not met keeps it wholly, and is
listed in the release. How often two people of one household stand at a level is not trained: few files say enough of
households. The same records give the same release, in whatever order they stand: pairs are drawn by what their records
hold, by a fixed seed, and every figure is rounded.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.common.errors import UsedWronglyError
from concerted.linkage.candidates import Pairs, apart, each_once
from concerted.linkage.coded import Coded
from concerted.linkage.compare import LEAST_SHARE, Comparer, Levels
from concerted.linkage.conditions import Same, columns_of
from concerted.linkage.contents import Contents, contents
from concerted.linkage.frequencies import Bits
from concerted.linkage.labels import NO_LABELS, Labels
from concerted.linkage.levels import Comparison, Level
from concerted.linkage.release import Release
from concerted.linkage.sample import drawn, random_pairs

ENOUGH: Final = 2_000  # records from which training is tried
RANDOM_PAIRS: Final = 500_000
TRAINING_PAIRS: Final = 300_000  # the most that are looked at
FEWEST_PAIRS: Final = 500  # of one person that must be among them
AS_MANY_AS: Final = 200  # pairs that the start release counts for
LEAST_PAIRS: Final = 0.5  # of one person, that must be expected at a level for it to have been met
KEPT: Final = "not met in training: the shipped figures stand"
ROUNDS: Final = 16
KNOWN: Final = 1e6  # bits that a label speaks for one person, or against
_KEPT: Final = "identifiers, telephones, e-mail and what people of one household share"

Shares = dict[str, NDArray[np.float64]]


class NotTrainedError(Exception):
    """Why the records cannot train a release, as a clause; the shipped release is used then."""


def train(comparer: Comparer, start: Release, proposed: Pairs) -> Release:
    """A release like `start`, with the figures of its trained comparisons estimated from these records.

    Raises NotTrainedError when too few pairs are of one person, or what comes out is no evidence.
    """
    if not any(comparison.trained for comparison in comparer.comparisons):
        raise NotTrainedError("no field that can be trained has values")
    held = contents(comparer.coded, [one for one in comparer.comparisons if one.trained])
    before = {one.name: one for one in comparer.comparisons}
    comparer = Comparer(comparer.coded, _with_chances(comparer, held), comparer.frequencies)
    found = _with_shares(comparer, proposed, held)
    trained = {one.name: _checked(_as_before(before[one.name], one, pairs)) for one, pairs in found}
    unseen = {one.name: _unseen(one, pairs) for one, pairs in found}
    return replace(
        start,
        name="trained",
        trained=True,
        training=f"Trained on {comparer.coded.records:,} records; {_KEPT} keep the shipped figures.",
        comparisons=tuple(
            _carried(one, trained[one.name], comparer.coded) if one.name in trained else one
            for one in start.comparisons
        ),
        unseen={
            f"{one.title}: {words}": KEPT
            for one in start.comparisons
            if one.trained
            for words in unseen.get(one.name, [level.words for level in one.levels])
        },
    )


def taught(comparer: Comparer, parent: Release, proposed: Pairs, labels: Labels) -> Release:
    """The child of a release: m estimated anew with the labels known, and `join` still to be chosen by them.

    Labels say nothing of strangers, so u stays. Where too few pairs are of one person to say how often they stand at
    each level, m stays too, and `join` alone learns.
    """
    same, held = int(labels.same.sum()), contents(comparer.coded, [one for one in comparer.comparisons if one.trained])
    learnt = f"Then taught by {len(labels.pairs):,} decided pairs: {same:,} the same, {len(labels.pairs) - same:,} not."
    before = {one.name: one for one in comparer.comparisons}
    try:
        found = _with_shares(comparer, proposed, held, labels)
        shares = {one.name: _checked(_as_before(before[one.name], one, pairs)) for one, pairs in found}
    except NotTrainedError as reason:
        shares, learnt = {}, f"{learnt} The weight from which links join alone: {reason}."
    return replace(
        parent,
        name=f"{parent.name}, taught",
        training=f"{parent.training} {learnt}",
        comparisons=tuple(
            _carried(one, shares[one.name], comparer.coded) if one.name in shares else one for one in parent.comparisons
        ),
        prior=None,
        kin_prior=None,
        join_from="",
        parent=parent.id,
    )


def _unseen(comparison: Comparison, pairs: NDArray[np.float64]) -> list[str]:
    """The levels at which hardly a pair of one person is expected to have stood, in words."""
    return [level.words for level, at in zip(comparison.levels, pairs, strict=True) if at < LEAST_PAIRS]


def _as_before(start: Comparison, trained: Comparison, pairs: NDArray[np.float64]) -> Comparison:
    """The trained comparison, with the figures of the start at the levels that were not met."""
    met = pairs >= LEAST_PAIRS
    kept = sum(level.m for level, one in zip(start.levels, met, strict=True) if not one)
    found = sum(level.m for level, one in zip(trained.levels, met, strict=True) if one)
    levels = zip(start.levels, trained.levels, met, strict=True)
    return replace(
        trained,
        levels=tuple(
            replace(after, m=_figure(after.m * (1 - kept) / found)) if one else before for before, after, one in levels
        ),
    )


def _carried(start: Comparison, trained: Comparison, coded: Coded) -> Comparison:
    """The start's comparison with the trained figures.

    A level whose columns are empty here could not be met, and its pairs stood at the next one: it keeps its u, and of
    m as much of what was found there as it has at the start, so that the release serves where the columns are filled.
    """
    levels: list[Level] = []
    waiting: list[Level] = []
    for before, after in zip(start.levels, trained.levels, strict=True):
        waiting.append(before)
        if before.when is None or any(map(coded.has, columns_of(before.when))):
            *unmet, met = waiting
            scale = after.m / sum(level.m for level in waiting)
            levels += [replace(level, m=_figure(level.m * scale)) for level in unmet]
            levels.append(replace(met, m=_figure(met.m * scale), u=after.u))
            waiting = []
    return replace(start, levels=tuple(levels))


def _with_chances(comparer: Comparer, held: Contents) -> list[Comparison]:
    """The comparisons with u of those that are trained estimated."""
    levels = comparer.levels(*random_pairs(held, RANDOM_PAIRS))
    return [_with_chance(comparer, one, levels[one.name]) if one.trained else one for one in comparer.comparisons]


def _with_chance(comparer: Comparer, comparison: Comparison, level: NDArray[np.int8]) -> Comparison:
    start = np.array([one.u for one in comparison.levels])
    met = np.bincount(level[level >= 0], minlength=len(start))
    counted = met + AS_MANY_AS * start
    unmet = np.minimum(start, 1 / max(met.sum(), 1))  # none of so many pairs says no more than that
    shares = np.where(met > 0, counted / counted.sum(), unmet)
    chances = [
        comparer.frequencies.chance(one.rarity) if _is_equal(one) else share
        for one, share in zip(comparison.levels, shares, strict=True)
    ]
    pairs = zip(comparison.levels, chances, strict=True)
    return replace(comparison, levels=tuple(replace(one, u=_figure(share)) for one, share in pairs))


def _is_equal(level: Level) -> bool:
    """Whether the level is plain agreement, so that its chance can be worked out."""
    return bool(level.rarity) and level.when == Same(level.rarity)


def _with_shares(
    comparer: Comparer, proposed: Pairs, held: Contents, labels: Labels = NO_LABELS
) -> list[tuple[Comparison, NDArray[np.float64]]]:
    """The trained comparisons with m estimated from the proposed pairs and from the labels, of which it is known; and
    how many pairs of one person are expected to have stood at each of their levels."""
    sample = each_once(np.append(drawn(proposed, held, TRAINING_PAIRS), labels.pairs))
    known = KNOWN * labels.of_each(sample)
    compared = comparer.compare(*apart(sample))
    records = comparer.coded.records
    everything = max(records * (records - 1) / 2 * len(sample) / max(len(proposed), 1), 1.0)
    m = {one.name: np.array([level.m for level in one.levels]) for one in comparer.comparisons}
    kin = {one.name: np.array([level.kin for level in one.levels]) for one in comparer.comparisons}
    rest = compared.splink + compared.tokens - _bits(m, compared.levels)  # what strangers' agreement takes
    start = m
    for_kin = _bits(kin, compared.levels) + rest
    of_one, shares = np.zeros(len(sample)), np.full(2, 1 / max(records, 2))
    for _ in range(ROUNDS):
        of_one, of_kin = _shared_out(_bits(m, compared.levels) + rest + known, for_kin, shares)
        shares = np.array([of_one.sum(), of_kin.sum()]) / everything
        m = _counted(comparer.comparisons, compared.levels, of_one, start)
    if of_one.sum() < FEWEST_PAIRS:
        raise NotTrainedError(
            f"hardly any pairs are of one person: {of_one.sum():,.0f} of {len(sample):,} that were looked at"
        )
    trained = [one for one in comparer.comparisons if one.trained]
    return [(_with(one, m[one.name]), _met(one, compared.levels, of_one)) for one in trained]


def _shared_out(one: Bits, kin: Bits, shares: NDArray[np.float64]) -> tuple[Bits, Bits]:
    """For each pair the probability that it is of one person, and that it is of one household."""
    starts = np.log2(np.maximum(shares, LEAST_SHARE**2))
    one, kin = one + starts[0], kin + starts[1]
    total = np.logaddexp2(np.logaddexp2(0.0, one), kin)  # in bits: the odds themselves can be too large a number
    return np.exp2(one - total), np.exp2(kin - total)


def _bits(shares: Shares, levels: Levels) -> Bits:
    each = [np.append(np.log2(share), 0.0)[levels[name]] for name, share in shares.items()]
    return np.asarray(np.sum(each, axis=0))


def _counted(comparisons: Sequence[Comparison], levels: Levels, weights: Bits, start: Shares) -> Shares:
    """How often each level occurs, by pairs counted with these weights."""
    found = dict(start)
    for one in comparisons:
        if one.trained:
            counted = _met(one, levels, weights) + AS_MANY_AS * start[one.name] / start[one.name].sum()
            found[one.name] = counted / counted.sum()
    return found


def _met(comparison: Comparison, levels: Levels, weights: Bits) -> NDArray[np.float64]:
    """How many pairs, counted with these weights, stand at each level."""
    return np.bincount(levels[comparison.name] + 1, weights, len(comparison.levels) + 1)[1:].astype(float)


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
