"""The weights of all pairs that matter, and the starts that bind a release to these records."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage import terms, thresholds
from concerted.linkage.candidates import Pairs, apart, each_once, within_groups, without
from concerted.linkage.coded import Numbers
from concerted.linkage.compare import Compared, Comparer, in_chunks, together
from concerted.linkage.components import components, parts
from concerted.linkage.constraints import Constraint
from concerted.linkage.contents import contents
from concerted.linkage.dialects.arrays import Pairs as Looked
from concerted.linkage.frequencies import Bits
from concerted.linkage.labels import NO_LABELS, Labels
from concerted.linkage.partition import Links
from concerted.linkage.release import Release
from concerted.linkage.sample import drawn

SLIGHT: Final = -1.0  # bits: below it nothing but the weight is kept of a pair that joins nothing
SILENT: Final = 1e-6  # bits: evidence that comes to nothing, but for rounding
MOST_LIKELY: Final = 0.1  # the highest share of all pairs that can be of one person, or of one household
ROUNDS: Final = 100
LOOKED_AT: Final = 200_000  # pairs, the most that the starts are estimated from


class Slight(NamedTuple):
    """Proposed pairs that weigh so little that nothing more is kept of them. weight: what they weigh, or the most that
    they could where a part of them was enough to say that it is little."""

    pairs: Pairs
    weight: Bits


NO_SLIGHT: Final = Slight(np.empty(0, np.int64), np.empty(0))


@dataclass(frozen=True, slots=True)
class Weighed:
    """Pairs with what they weigh, in bits. evidence: the sum of the parts and terms; weight: with the start.
    candidate: whether the pair was proposed. slight: those that were proposed beside. rules: the weights of the table
    of constraints."""

    compared: Compared
    dependence: Bits
    common: Bits
    weight: Bits
    candidate: NDArray[np.bool_]
    slight: Slight = NO_SLIGHT
    rules: tuple[Constraint, ...] = ()

    @property
    def constraints(self) -> Bits:
        """What the constraints that hold add."""
        return terms.constraints(self.compared, self.rules)

    @property
    def evidence(self) -> Bits:
        """What speaks for the pair and against, without the start."""
        return self.compared.splink + self.compared.tokens + self.dependence + self.common + self.constraints

    def take(self, rows: NDArray[np.bool_] | NDArray[np.intp]) -> "Weighed":
        """These rows alone."""
        dependence, common, weight = (part[rows] for part in (self.dependence, self.common, self.weight))
        compared, candidate = self.compared.take(rows), self.candidate[rows]
        return Weighed(compared, dependence, common, weight, candidate, self.slight, self.rules)


def joined(parts: Sequence[Weighed]) -> Weighed:
    """All of these pairs, in their order; what is slight beside the first of them."""

    def one(name: str) -> Bits:
        return np.concatenate([getattr(part, name) for part in parts])

    candidate = np.concatenate([part.candidate for part in parts])
    compared = together([part.compared for part in parts])
    of_each = one("dependence"), one("common"), one("weight")
    return Weighed(compared, *of_each, candidate, parts[0].slight, parts[0].rules)


def weigh(
    comparer: Comparer,
    release: Release,
    proposed: Pairs,
    decided: Iterable[tuple[int, int]],
    labels: Labels = NO_LABELS,
    impossible: int = 0,
) -> tuple[Weighed, Release]:
    """Every pair that matters, and the release bound to these records: the proposed and the decided pairs, and what is
    missing inside components. labels: decisions that tell from which weight links join. impossible: how many pairs
    cannot be of one person, since their source lists nobody twice."""
    records = comparer.coded.records
    asked = np.array([left << 32 | right for left, right in decided], np.int64)
    beside = without(each_once(asked), proposed)
    unbound = release.prior is None
    if unbound:
        looked_at = comparer.compare(*apart(_looked_at(comparer, proposed)))
        release = release.bound(*estimate_starts(looked_at, records, len(proposed), impossible))
    of_likely, most = likely(comparer, release, proposed)
    of_decided = weighed(comparer.compare(*apart(beside)), release, candidate=False)
    if unbound:
        release = thresholds.chosen(release, _links([of_likely, of_decided]), records, labels)
    little = most < least_kept(release)
    slight = Slight(proposed[little], most[little])
    missing, needed = to_judge(_links([of_likely, of_decided]), proposed, slight.pairs, asked, records, release)
    of_missing = weighed(comparer.compare(*apart(missing)), release, candidate=False)
    of_needed = weighed(comparer.compare(*apart(slight.pairs[needed])), release, candidate=True)
    slight = Slight(slight.pairs[~needed], slight.weight[~needed])
    return joined([replace(of_likely, slight=slight), of_needed, of_decided, of_missing]), release


def to_judge(
    links: Links, proposed: Pairs, slight: Pairs, asked: Pairs, records: int, release: Release
) -> tuple[Pairs, NDArray[np.bool_]]:
    """The pairs on which merges are judged beside those that are weighed already: what is missing inside components,
    and which of the slight ones are inside those that links or decisions hold together.

    links: of the proposed and the decided pairs, those that are not slight. asked: the decided pairs."""
    nothing = np.empty(0, np.int32)
    group = parts(links, (nothing, nothing), records, release.join, release.limit)[0]
    inside = each_once(within_groups(group.astype(np.int64), release.size_limit))
    missing = without(without(inside, proposed), each_once(asked))
    together, (left, right) = _with_decisions(group, asked), apart(slight)
    return missing, np.asarray(together[left] == together[right])


def likely(comparer: Comparer, release: Release, proposed: Pairs) -> tuple[Weighed, Bits]:
    """Those of the pairs that do not weigh too little to be looked at; and of all what they weigh, or the most that
    they can."""
    assert release.prior is not None
    start, least = prior_weight(release.prior), least_kept(release)

    def of(pairs: Looked) -> tuple[Weighed, Bits]:
        compared, rows, most = comparer.likely(pairs, least - start)
        found = weighed(compared, release, candidate=True)
        most += start
        most[rows] = found.weight
        return found.take(found.weight >= least), most

    parts = in_chunks(of, comparer.coded, *apart(proposed))
    return joined([found for found, _ in parts]), np.concatenate([most for _, most in parts])


def _looked_at(comparer: Comparer, proposed: Pairs) -> Pairs:
    """As many of the pairs as the starts are estimated from, whatever the order of the records."""
    if len(proposed) <= LOOKED_AT:
        return proposed
    return drawn(proposed, contents(comparer.coded, comparer.comparisons), LOOKED_AT)


def least_kept(release: Release) -> float:
    """The weight below which nothing is asked of a pair that joins nothing."""
    return min(SLIGHT, release.keep)


def weighed(compared: Compared, release: Release, *, candidate: bool) -> Weighed:
    """Compared pairs under a release that is bound."""
    assert release.prior is not None
    assert release.kin_prior is not None
    dependence = terms.dependence(compared, release.kin_prior / (1 - release.kin_prior))
    least = min(release.keep, release.join) - prior_weight(max(release.prior, MOST_LIKELY))
    common = terms.common(compared, least)
    without_rules = prior_weight(release.prior) + compared.splink + compared.tokens + dependence + common
    weight = without_rules + terms.constraints(compared, release.weights)
    return Weighed(compared, dependence, common, weight, np.full(len(compared), candidate), rules=release.weights)


def _links(found: Sequence[Weighed]) -> Links:
    left, right = (np.concatenate([getattr(one.compared, side) for one in found]) for side in ("left", "right"))
    return Links(left, right, np.concatenate([one.weight for one in found]))


def _with_decisions(group: Numbers, decided: Pairs) -> Numbers:
    """The groups, those that a decision may join as one: the pairs between them are asked for too."""
    one, other = apart(decided)
    return components(len(group), np.append(np.arange(len(group), dtype=np.int32), one), np.append(group, other))


def prior_weight(prior: float) -> float:
    """A share of all pairs in bits."""
    return math.log2(prior / (1 - prior))


def probability(weight: Bits) -> Bits:
    """The probability that goes with a weight."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(weight, -1000.0, 1000.0))))


def estimate_starts(
    compared: Compared, records: int, proposed: int | None = None, impossible: int = 0
) -> tuple[float, float]:
    """The shares of all pairs that are of one person, and of two people of one household, such that the compared pairs,
    weighed with them, give them back. proposed: of how many pairs these are a sample; of none, if it is not said.
    impossible: pairs that do not count among all.

    Expectation and maximisation over these two numbers; pairs that were never proposed count as strangers, so it errs
    low. Starts from one of each a record and stays between half a pair in all and one in ten.
    """
    share = len(compared) / proposed if proposed and len(compared) else 1.0
    everything = max(records * (records - 1) / 2 - impossible, 1.0) * share
    one, kin = (np.exp2(np.clip(bits, -200, 200)) for bits in (compared.splink + compared.tokens, compared.kin))
    shares = np.full(2, min(MOST_LIKELY, 1.0 / max(records, 2)))
    for _ in range(ROUNDS):
        of_one, of_kin = shares[0] * one, shares[1] * kin
        total = 1 - shares.sum() + of_one + of_kin
        found = np.array([(of_one / total).sum(), (of_kin / total).sum()]) / everything
        new = np.clip(found, 0.5 / everything, MOST_LIKELY)
        if np.abs(new - shares).max() <= 1e-5 * shares.max():
            break
        shares = new
    return float(shares[0]), float(shares[1])
