"""What people decided of pairs, as training and the choice of thresholds take it: the same, or different."""

from collections.abc import Mapping
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.candidates import Pairs
from concerted.linkage.decisions import Decision

ENOUGH: Final = 200  # decided pairs from which a release learns


class Labels(NamedTuple):
    """Decided pairs. pairs: each once, in order. same: whether each was decided to be of one person."""

    pairs: Pairs
    same: NDArray[np.bool_]

    @property
    def enough(self) -> bool:
        """Whether a release learns from them."""
        return len(self.pairs) >= ENOUGH

    def of_each(self, pairs: Pairs) -> NDArray[np.int8]:
        """For each of these pairs 1 if it was decided the same, -1 if different, 0 if nothing was."""
        if not len(self.pairs):
            return np.zeros(len(pairs), np.int8)
        at = np.minimum(np.searchsorted(self.pairs, pairs), len(self.pairs) - 1)
        said = np.where(self.same[at], 1, -1)
        return np.where(self.pairs[at] == pairs, said, 0).astype(np.int8)


NO_LABELS: Final = Labels(np.empty(0, np.int64), np.empty(0, np.bool_))


def labels_of(settled: Mapping[tuple[int, int], Decision]) -> Labels:
    """The labels among decisions by record numbers, the lower first. One that is unsure is none."""
    said = sorted(
        (one << 32 | two, made.decision == "same")
        for (one, two), made in settled.items()
        if made.decision in ("same", "different")
    )
    return Labels(np.array([pair for pair, _ in said], np.int64), np.array([same for _, same in said], np.bool_))
