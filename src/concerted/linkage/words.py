"""The reasons for a link in words: each field's level, with what it counts for in bits."""

from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.linkage import terms
from concerted.linkage.coded import Numbers
from concerted.linkage.compare import THREADS, Compared, Comparer
from concerted.linkage.decisions import Decision
from concerted.linkage.frequencies import Bits
from concerted.linkage.levels import Comparison
from concerted.linkage.standard import OTHER
from concerted.linkage.weigh import Weighed, probability

LEAST: Final = 0.05  # bits, below which a part is not spoken of
_SHARES: Final = (1e-3, 1e-2)  # of records: a value that fewer hold is rare, one that more hold is common
_BETWEEN: Final = pa.scalar("; ", pa.string())  # what is said of one pair
_RARITY: Final = ("", ", rare", ", uncommon", ", common")
CHUNK: Final = 65_536  # pairs put in words at once
HALF_WAY: Final = 1e-6  # of a tenth of a bit, within which one is all but half way between two
HALF: Final = 1 << 31  # added to tenths of a bit, so that none is below nothing


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
    chunks = range(0, max(len(compared), 1), CHUNK)
    with ThreadPoolExecutor(THREADS) as pool:
        said = pool.map(
            lambda at: _both_sides(comparer, weighed.take(np.arange(at, min(at + CHUNK, len(compared))))), chunks
        )
        speaks_for, against = (pa.chunked_array(side) for side in zip(*said, strict=True))
    return pa.table(
        {
            "left": compared.left,
            "right": compared.right,
            "weight": weighed.weight,
            "probability": probability(weighed.weight),
            "band": pa.array(band, pa.string()),
            "reasons": _after_decisions(speaks_for, compared, settled),
            "against": against,
            "splink_weight": compared.splink,
        }
    )


def _both_sides(comparer: Comparer, weighed: Weighed) -> tuple[pa.Array, pa.Array]:
    """For each pair what speaks for it and what against, in one text each, strongest first."""
    bits, said, words = _said(comparer, weighed)
    strongest = np.lexsort((-said, -bits), axis=1)  # what counts as much comes the other way round on each side
    bits, said = np.take_along_axis(bits, strongest, axis=1), np.take_along_axis(said, strongest, axis=1)
    speaks_for = _texts(bits, said, words, bits >= LEAST)
    bits, said = bits[:, ::-1], said[:, ::-1]
    return speaks_for, _texts(bits, said, words, bits <= -LEAST)


def _texts(bits: Bits, said: Numbers, words: list[str], spoken: NDArray[np.bool_]) -> pa.Array:
    """For each pair its spoken phrases, joined. Each phrase is made once, however many pairs say it."""
    phrases, which = np.unique(said[spoken].astype(np.int64) << 32 | _tenths(bits[spoken]) + HALF, return_inverse=True)
    made = [phrase(words[one >> 32], ((one & (2 * HALF - 1)) - HALF) / 10) for one in phrases.tolist()]
    ends = np.concatenate([[0], np.cumsum(spoken.sum(axis=1))]).astype(np.int32)
    return pc.binary_join(pa.ListArray.from_arrays(ends, pa.array(made, pa.string()).take(pa.array(which))), _BETWEEN)


def _tenths(bits: Bits) -> NDArray[np.int64]:
    """Rounded to tenths as a text of them is: by what a number is, also where it is all but half way."""
    tenths = np.rint(bits * 10)
    half_way = np.flatnonzero(np.abs(np.abs(bits * 10 - tenths) - 0.5) < HALF_WAY)
    tenths[half_way] = [round(10 * round(one, 1)) for one in bits[half_way].tolist()]
    return tenths.astype(np.int64)


def in_tenths(bits: float) -> int:
    """The same of one."""
    found = round(bits * 10)
    return round(10 * round(bits, 1)) if abs(abs(bits * 10 - found) - 0.5) < HALF_WAY else found


def _after_decisions(
    speaks_for: pa.ChunkedArray, compared: Compared, settled: Mapping[tuple[int, int], Decision]
) -> pa.ChunkedArray:
    """The same, each behind what a person decided of the pair."""
    if not settled:
        return speaks_for
    pairs = zip(compared.left.tolist(), compared.right.tolist(), speaks_for.to_pylist(), strict=True)
    decided = ((settled.get((left, right)), said) for left, right, said in pairs)
    behind = ["; ".join(filter(None, [_decision_words(one), said])) if one else said for one, said in decided]
    return pa.chunked_array([pa.array(behind, pa.string())])


def _decision_words(decision: Decision) -> str:
    return f"decided {decision.decision} by {decision.who} on {decision.when}: {decision.why}"


def parts_of_terms(weighed: Weighed) -> Iterator[tuple[str, Bits]]:
    """Each term's bits, by its name; for `constraints` those of each constraint."""
    yield terms.TOKENS, weighed.compared.tokens
    yield terms.DEPENDENCE, weighed.dependence
    yield terms.COMMON, weighed.common
    yield from terms.of_each_constraint(weighed.compared, weighed.rules)


def words_of_each(comparer: Comparer, comparison: Comparison, compared: Compared) -> list[str]:
    """For each pair the words of its level, and whether the value that it shares is rare, uncommon or common: never how
    many hold it. Nobody knows how common the values of a column of the profile's own naming are in a population, so of
    those it says nothing. Empty where nothing could be compared."""
    said: list[str] = np.array(_vocabulary(comparison), object)[_places(comparer, comparison, compared)].tolist()
    return said


def level_in_words(comparison: Comparison, place: int, rarity: float) -> str:
    """The same of one pair at a level. rarity: the bits that its value's rarity adds."""
    level = comparison.levels[place]
    if not level.rarity or level.common or comparison.name.startswith(OTHER):
        return level.words
    share = level.u / 2**rarity
    return level.words + _RARITY[1 + sum(share >= bound for bound in _SHARES)]


def _vocabulary(comparison: Comparison) -> list[str]:
    """All that can be said of a comparison: each level plain and with each word for how rare a value is, and nothing
    at the end, for -1."""
    return [*(level.words + rarity for level in comparison.levels for rarity in _RARITY), ""]


def _places(comparer: Comparer, comparison: Comparison, compared: Compared) -> Numbers:
    """For each pair the place in that vocabulary of what is said of it."""
    levels = compared.levels[comparison.name]
    places = np.where(levels < 0, -1, levels.astype(np.int32) * len(_RARITY))
    for at, level in enumerate(comparison.levels):
        if level.rarity and not level.common and not comparison.name.startswith(OTHER):
            rows = np.flatnonzero(levels == at)
            numbers = comparer.coded.numbers(level.rarity)[compared.left[rows]]
            shares = np.exp2(comparer.frequencies.of(level.rarity, level.u)[numbers])
            places[rows] += 1 + np.digitize(shares, _SHARES)
    return places


def _said(comparer: Comparer, weighed: Weighed) -> tuple[Bits, Numbers, list[str]]:
    """For each pair (a row) and each of its parts the bits, and the place of its words among all words in order; no
    bits for what is missing on a side."""
    compared, bits, said, words = weighed.compared, [], [], list[str]()
    for one in comparer.comparisons:
        bits.append(comparer.part(one, compared.levels, compared.left))
        known = _vocabulary(one)
        said.append(len(words) + _places(comparer, one, compared) % len(known))
        words += known
    for term, bits_of_each in parts_of_terms(weighed):
        bits.append(bits_of_each)
        said.append(np.full(len(compared), len(words)))
        words.append(terms.WORDS[term][1])
    ordered = sorted(set(words))
    place = np.array([ordered.index(word) for word in words], np.int32)
    return np.stack(bits, axis=1), place[np.stack(said, axis=1)], ordered


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
