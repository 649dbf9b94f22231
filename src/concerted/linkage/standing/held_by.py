"""Who holds keys, where it matters: of one that is too common to propose anything no more is read than shows it."""

from collections.abc import Callable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers
from concerted.linkage.hashes import Hashes
from concerted.linkage.standing import keyed, layers
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.layers import Looked

FIRST: Final = 4  # times the cap: holders that are looked at first, to see that there are more than the cap
Holds = NDArray[np.bool_]
Flags = Callable[[Numbers], Sequence[Holds]]
Bounds = list[tuple[NDArray[np.intp], NDArray[np.intp]]]  # of each run where its rows of each key begin and end


def held_by(picture: Growing, asked: Hashes, flags: Flags) -> Keyed:
    """All who hold these keys, which are in order, but for keys of which too many do, in each way in which a holder may
    count, and which are not refined, nor propose neighbours. flags: whether each of some records counts, in each way.
    """
    families = picture.kinds.families
    asked = asked[places_of(asked) < len(families)]
    caps = np.array([family.cap for family in families])[places_of(asked)]
    plain = np.array([not (family.refined or family.strong) for family in families])[places_of(asked)]
    bounds = [(run.found.keys.searchsorted(asked), run.found.keys.searchsorted(asked, "right")) for run in picture.runs]
    first = [(begin, np.minimum(end, begin + FIRST * caps * plain)) for begin, end in bounds]
    key, holders = _read(picture.runs, first)
    many = [np.bincount(key[counts], minlength=len(asked)) > caps for counts in flags(holders)]
    rest = ~(plain & np.logical_and.reduce(many))
    key, holders = _read(picture.runs, [(begin[rest], end[rest]) for begin, end in bounds])
    return Keyed(asked[rest][key], holders)


def places_of(made: Hashes) -> NDArray[np.intp]:
    """The places of the families of keys."""
    return (made >> np.uint64(keyed.FAMILY_AT)).astype(np.intp)


def among(values: Hashes, some: Hashes) -> Holds:
    """Which of the values are among some, which are in order."""
    if not len(some):
        return np.zeros(len(values), bool)
    at = np.minimum(np.searchsorted(some, values), len(some) - 1)
    return np.asarray(some[at] == values)


def _read(runs: Sequence[Looked], bounds: Bounds) -> tuple[NDArray[np.intp], Numbers]:
    """Rows of keys, by their places, and holders, in order."""
    keys, found = [np.empty(0, np.intp)], [np.empty(0, np.int32)]
    for run, (begin, end) in zip(runs, bounds, strict=True):
        keys.append(np.repeat(np.arange(len(begin)), end - begin))
        found.append(run.found.holders[layers.slices(begin, end)])
    key, holders = np.concatenate(keys), np.concatenate(found)
    order = np.argsort(key, kind="stable")
    return key[order], holders[order]
