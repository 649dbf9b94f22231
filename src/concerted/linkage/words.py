"""The reasons for a link in words: each field's level, with what it counts for in bits."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.linkage import terms
from concerted.linkage.compare import Comparer
from concerted.linkage.decisions import Decision
from concerted.linkage.frequencies import Bits
from concerted.linkage.weigh import Weighed, probability

LEAST: float = 0.05  # bits, below which a part is not spoken of


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


def _said(comparer: Comparer, weighed: Weighed) -> list[list[tuple[float, str]]]:
    """For each pair its parts: bits and words; nothing for what is missing on a side."""
    rows: list[list[tuple[float, str]]] = [[] for _ in range(len(weighed.compared))]
    for one in comparer.comparisons:
        words = [level.words for level in one.levels]
        levels = weighed.compared.levels[one.name].tolist()
        parts = comparer.part(one, weighed.compared.levels, weighed.compared.left).tolist()
        for row, level, bits in zip(rows, levels, parts, strict=True):
            if level >= 0:
                row.append((bits, words[level]))
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
