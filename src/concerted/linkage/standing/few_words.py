"""Pairs that were compared one at a time, in words."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.linkage import terms
from concerted.linkage.coded import Numbers
from concerted.linkage.link import Settled
from concerted.linkage.standing.few import Field, Pair
from concerted.linkage.weigh import Weighed, probability
from concerted.linkage.words import LEAST, Strength, in_tenths, level_in_words, parts_of_terms, phrase

Said = tuple[float, str]  # bits, and what they are for


class OneByOne:
    """What `link.Speaks` says. keys: of the records by their places. pairs: of places, compared. fields: all that are
    compared, in order."""

    def __init__(
        self, keys: Sequence[RecordKey], pairs: Mapping[tuple[int, int], Pair], fields: Sequence[Field]
    ) -> None:
        self._keys, self._pairs, self._fields = keys, pairs, fields

    def places(self, records: Numbers) -> Numbers:
        """As `Coded.by_key`."""
        place = {record: at for at, record in enumerate(sorted(records.tolist(), key=self._keys.__getitem__))}
        return np.array([place[record] for record in records.tolist()], np.int32)

    def reasons(self, found: Weighed, band: NDArray[np.str_], settled: Settled) -> pa.Table:
        """As `words.reasons`, where nothing is decided."""
        assert not settled
        order = np.lexsort((found.compared.right, found.compared.left, -found.weight))
        found, band = found.take(order), band[order]
        said = [sorted(one, reverse=True) for one in self._said(found)]
        return pa.table(
            {
                "left": found.compared.left,
                "right": found.compared.right,
                "weight": found.weight,
                "probability": probability(found.weight),
                "band": pa.array(band, pa.string()),
                "reasons": pa.array([_joined(part for part in one if part[0] >= LEAST) for one in said], pa.string()),
                "against": pa.array(
                    [_joined(part for part in reversed(one) if part[0] <= -LEAST) for one in said], pa.string()
                ),
                "splink_weight": found.compared.splink,
            }
        )

    def strengths(self, joined: Weighed) -> list[Strength]:
        """As `words.strengths`."""
        bits: dict[tuple[str, int], list[float]] = defaultdict(list)
        for pair in self._of(joined):
            for part in pair.parts:
                if part.level >= 0:
                    bits[part.field.comparison.name, part.level].append(part.bits)
        return [
            Strength(one.title, level.words, float(np.mean(here)), len(here))
            for one in (field.comparison for field in self._fields)
            for at, level in enumerate(one.levels)
            if (here := bits.get((one.name, at)))
        ]

    def _of(self, found: Weighed) -> Iterator[Pair]:
        sides = (found.compared.left.tolist(), found.compared.right.tolist())
        return (self._pairs[pair] for pair in zip(*sides, strict=True))

    def _said(self, found: Weighed) -> Iterator[list[Said]]:
        """For each pair all that is said of it."""
        named = [(terms.WORDS[term][1], bits.tolist()) for term, bits in parts_of_terms(found)]
        for at, pair in enumerate(self._of(found)):
            of_levels = [
                (part.bits, level_in_words(part.field.comparison, part.level, part.rarity))
                for part in pair.parts
                if part.level >= 0
            ]
            yield of_levels + [(bits[at], words) for words, bits in named]


def _joined(said: Iterator[Said]) -> str:
    return "; ".join(phrase(words, in_tenths(bits) / 10) for bits, words in said)
