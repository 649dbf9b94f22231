"""The reasons for a link in words: each field's level, with what it counts for in bits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.linkage import terms
from concerted.linkage.compare import Compared, Comparer
from concerted.linkage.decisions import Decision
from concerted.linkage.frequencies import Bits
from concerted.linkage.levels import Comparison
from concerted.linkage.standard import OTHER
from concerted.linkage.weigh import Weighed, probability

LEAST: Final = 0.05  # bits, below which a part is not spoken of
_SHARES: Final = (1e-3, 1e-2)  # of records: a value that fewer hold is rare, one that more hold is common
_RARITY: Final = (", rare", ", uncommon", ", common")


@dataclass(frozen=True, slots=True)
class Strength:
    """What one level of a field counts for. weight: bits, the mean over the joined links that stand at it."""

    field: str
    level: str
    weight: float
    links: int


def phrase(words: str, bits: float) -> str:
    """`same postcode (+9.4)`."""
    return f"{words} ({bits:+.1f})"


def reasons(
    comparer: Comparer, weighed: Weighed, band: NDArray[np.str_], settled: Mapping[tuple[int, int], Decision]
) -> pa.Table:
    """These pairs, strongest first, as `left`, `right`, `weight`, `probability`, `band`, `reasons`, `against`,
    `splink_weight`."""
    compared = weighed.compared
    order = np.lexsort((compared.right, compared.left, -weighed.weight))
    weighed, band = weighed.take(order), band[order]
    compared = weighed.compared
    pairs = zip(compared.left.tolist(), compared.right.tolist(), strict=True)
    decided = [_decision_words(settled.get(pair)) for pair in pairs] if settled else [""] * len(compared)
    said = [_both_sides(row, word) for row, word in zip(_said(comparer, weighed), decided, strict=True)]
    return pa.table(
        {
            "left": compared.left,
            "right": compared.right,
            "weight": weighed.weight,
            "probability": probability(weighed.weight),
            "band": pa.array(band, pa.string()),
            "reasons": pa.array([one for one, _ in said], pa.string()),
            "against": pa.array([other for _, other in said], pa.string()),
            "splink_weight": compared.splink,
        }
    )


def _both_sides(parts: list[tuple[float, str]], decided: str) -> tuple[str, str]:
    speaks_for = [phrase(words, bits) for bits, words in sorted(parts, reverse=True) if bits >= LEAST]
    against = [phrase(words, bits) for bits, words in sorted(parts) if bits <= -LEAST]
    return "; ".join([decided, *speaks_for] if decided else speaks_for), "; ".join(against)


def _decision_words(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return f"decided {decision.decision} by {decision.who} on {decision.when}: {decision.why}"


def parts_of_terms(weighed: Weighed) -> Iterator[tuple[str, Bits]]:
    """Each term's bits, by its name."""
    yield terms.TOKENS, weighed.compared.tokens
    yield terms.DEPENDENCE, weighed.dependence
    yield terms.COMMON, weighed.common


def words_of_each(comparer: Comparer, comparison: Comparison, compared: Compared) -> list[str]:
    """For each pair the words of its level, and whether the value that it shares is rare, uncommon or common: never how
    many hold it. Nobody knows how common the values of a column of the profile's own naming are in a population, so of
    those it says nothing. Empty where nothing could be compared."""
    levels = compared.levels[comparison.name]
    words = np.array([*(level.words for level in comparison.levels), ""], object)[levels]
    for at, level in enumerate(comparison.levels):
        if level.rarity and not level.common and not comparison.name.startswith(OTHER):
            rows = np.flatnonzero(levels == at)
            numbers = comparer.coded.numbers(level.rarity)[compared.left[rows]]
            shares = np.exp2(comparer.frequencies.of(level.rarity, level.u)[numbers])
            words[rows] += np.array(_RARITY, object)[np.digitize(shares, _SHARES)]
    said: list[str] = words.tolist()
    return said


def _said(comparer: Comparer, weighed: Weighed) -> list[list[tuple[float, str]]]:
    """For each pair its parts: bits and words; nothing for what is missing on a side."""
    rows: list[list[tuple[float, str]]] = [[] for _ in range(len(weighed.compared))]
    for one in comparer.comparisons:
        words = words_of_each(comparer, one, weighed.compared)
        parts = comparer.part(one, weighed.compared.levels, weighed.compared.left).tolist()
        for row, said, bits in zip(rows, words, parts, strict=True):
            if said:
                row.append((bits, said))
    for term, bits_of_each in parts_of_terms(weighed):
        words_of_it = terms.WORDS[term][1]
        for at in np.flatnonzero(bits_of_each).tolist():
            rows[at].append((float(bits_of_each[at]), words_of_it))
    return rows


def strengths(comparer: Comparer, joined: Weighed) -> list[Strength]:
    """What each level counts for over the joined links, in the order of the release."""
    found = []
    for one in comparer.comparisons:
        levels = joined.compared.levels[one.name]
        parts = comparer.part(one, joined.compared.levels, joined.compared.left)
        for at, level in enumerate(one.levels):
            here = parts[levels == at]
            if len(here):
                found.append(Strength(one.title, level.words, float(np.mean(here)), len(here)))
    return found
