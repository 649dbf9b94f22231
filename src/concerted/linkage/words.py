"""The reasons for a link in words: each field's level, with what it counts for in bits."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.linkage import terms
from concerted.linkage.decisions import Decision
from concerted.linkage.levels import Comparison
from concerted.linkage.release import Release
from concerted.linkage.score import level_of


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


def scored_comparisons(scored: pa.Table, release: Release) -> list[Comparison]:
    """The comparisons of the release that these pairs were scored by."""
    return [comparison for comparison in release.comparisons if f"part_{comparison.name}" in scored.column_names]


def reasons(scored: pa.Table, release: Release, settled: Mapping[tuple[int, int], Decision]) -> pa.Table:
    """These pairs, strongest first, as `left`, `right`, `weight`, `probability`, `band`, `reasons`, `against`."""
    order = pc.sort_indices(scored, sort_keys=[("weight", "descending"), ("left", "ascending"), ("right", "ascending")])
    scored = scored.take(order)
    said = _said(scored, release)
    pairs = zip(scored["left"].to_pylist(), scored["right"].to_pylist(), strict=True)
    decided = [_decision_words(settled.get(pair)) for pair in pairs] if settled else [""] * scored.num_rows
    speaks_for, against = zip(*map(_both_sides, said, decided), strict=True) if said else ((), ())
    kept = scored.select(["left", "right", "weight", "probability", "band"])
    return kept.append_column("reasons", pa.array(speaks_for, pa.string())).append_column(
        "against", pa.array(against, pa.string())
    )


def _both_sides(parts: list[tuple[float, str]], decided: str) -> tuple[str, str]:
    speaks_for = [phrase(words, bits) for bits, words in sorted(parts, reverse=True) if bits >= 0.05]
    against = [phrase(words, bits) for bits, words in sorted(parts) if bits <= -0.05]
    return "; ".join([decided, *speaks_for] if decided else speaks_for), "; ".join(against)


def _decision_words(decision: Decision | None) -> str:
    if decision is None:
        return ""
    return f"decided {decision.decision} by {decision.who} on {decision.when}: {decision.why}"


def _said(scored: pa.Table, release: Release) -> list[list[tuple[float, str]]]:
    """For each pair its parts: bits and words; nothing for what is missing on a side."""
    rows: list[list[tuple[float, str]]] = [[] for _ in range(scored.num_rows)]
    for comparison in scored_comparisons(scored, release):
        levels = scored[f"level_{comparison.name}"].to_pylist()
        parts = scored[f"part_{comparison.name}"].to_pylist()
        for row, number, bits in zip(rows, levels, parts, strict=True):
            level = level_of(comparison, number) if number is not None else None
            if level:
                row.append((bits, level.words))
    for term, (_, words) in terms.WORDS.items():
        for row, bits in zip(rows, scored[f"part_{term}"].to_pylist(), strict=True):
            if bits:
                row.append((bits, words))
    return rows


def strengths(scored: pa.Table, release: Release) -> list[Strength]:
    """What each level counted for over the joined links, in the order of the release."""
    joined = scored.filter(pc.equal(scored["band"], "join"))
    found = []
    for comparison in scored_comparisons(joined, release):
        numbers = joined[f"level_{comparison.name}"].to_numpy(zero_copy_only=False)
        parts = joined[f"part_{comparison.name}"].to_numpy(zero_copy_only=False)
        for number in range(len(comparison.levels) - 1, -1, -1):
            at_level = parts[numbers == number]
            level = level_of(comparison, number)
            if level and len(at_level):
                found.append(Strength(comparison.title, level.words, float(np.mean(at_level)), len(at_level)))
    return found
