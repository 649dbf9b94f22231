"""The keys and pairs of many layers in few runs: one more delivery makes looking up no slower.

The first layer is a run by itself. A later one is put together with those before it that are not much larger, so that
there are about as many runs as the number of deliveries has digits.
"""

from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np

from concerted.linkage.candidates import Pairs
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.layers import Bits, Layer

_GROWS: Final = 8  # times as large as the next a run may be to be put together with it


class Run(NamedTuple):
    """What several layers hold, as a layer holds it: `found` by key and record, `pairs` in order, the latest last."""

    found: Keyed
    pairs: Pairs
    weights: Bits

    @property
    def size(self) -> int:
        """How much there is to write when it is put together with another."""
        return len(self.found.keys) + len(self.pairs)


class Merged(NamedTuple):
    """The runs of these layers."""

    layers: tuple[Layer, ...]
    runs: tuple[Run, ...]

    def of(self, layers: Sequence[Layer]) -> "Merged":
        """Those of these layers, which may be more."""
        known = len(self.layers)
        same = known <= len(layers) and all(map(lambda one, other: one is other, self.layers, layers))
        begun = self if same else NO_LAYERS
        runs = begun.runs
        for layer in layers[len(begun.layers) :]:
            runs = _with(runs, Run(layer.found, layer.pairs, layer.weights))
        return Merged(tuple(layers), runs)


NO_LAYERS: Final = Merged((), ())


def _with(runs: tuple[Run, ...], new: Run) -> tuple[Run, ...]:
    while len(runs) > 1 and runs[-1].size <= _GROWS * new.size:
        new, runs = _together((runs[-1], new)), runs[:-1]
    return (*runs, new)


def _together(runs: Iterable[Run]) -> Run:
    founds, pairs, weights = zip(*runs, strict=True)
    keys, holders = (np.concatenate(part) for part in zip(*founds, strict=True))
    every, of_each = np.concatenate(pairs), np.concatenate(weights)
    by_key, by_pair = np.argsort(keys, kind="stable"), np.argsort(every, kind="stable")
    return Run(Keyed(keys[by_key], holders[by_key]), every[by_pair], of_each[by_pair])
