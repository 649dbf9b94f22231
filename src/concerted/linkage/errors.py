"""How often links are false, and true pairs missed, as far as the weights of a run can tell.

A weight is the log odds that a pair is of one person. So the pairs themselves say how many of the joined links to
expect false, and how many of the pairs left apart to expect true. Decided pairs count as they were decided. The
interval is Wilson's, 95 in 100, with as many findings as the links are worth if those of one entity are right or wrong
together (Kish, Survey Sampling, 1965). What is not in it: whether the model is right; pairs that no key proposed; and
pairs that weigh so little that only their weight was kept.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers
from concerted.linkage.frequencies import Bits
from concerted.linkage.intervals import wilson

OWN_WEIGHTS: Final = "the model's own weights"


@dataclass(frozen=True, slots=True)
class Rate:
    """A share with its interval. estimate: None of nothing, and then the interval is 0 to 1."""

    estimate: float | None
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Errors:
    """false_links: of the joined links, those of two people. missed_links: of the compared pairs of one person, those
    whose records are in two entities. source: what tells it."""

    false_links: Rate
    missed_links: Rate
    source: str = OWN_WEIGHTS

    def to_dict(self) -> dict[str, Any]:
        """For machines."""
        rates = {name: asdict(getattr(self, name)) for name in ("false_links", "missed_links")}
        return {**rates, "from": self.source}


def errors(right: Bits, joined: NDArray[np.bool_], one: Numbers, other: Numbers) -> Errors:
    """The rates over these pairs. right: the probability that each is of one person. joined: whether it is a link. one,
    other: the entities of its records."""
    missed = np.where(one == other, 0.0, right)
    return Errors(_rate(1 - right[joined], np.ones(int(joined.sum())), one[joined]), _rate(missed, right, one))


def _rate(part: Bits, whole: Bits, cluster: Numbers) -> Rate:
    """The share `part` of `whole`, in sums over all pairs; those of one cluster are one finding."""
    together = np.bincount(cluster, whole) if len(cluster) else np.zeros(1)
    total = float(together.sum())
    if not total:
        return Rate(None, 0.0, 1.0)
    share = min(1.0, float(part.sum()) / total)
    return Rate(_figure(share), *map(_figure, wilson(share, min(total, total**2 / float((together**2).sum())))))


def _figure(share: float) -> float:
    return float(f"{share:.4g}")
