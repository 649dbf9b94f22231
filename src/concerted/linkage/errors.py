"""How often links are false, and true pairs missed, as far as the weights of a run can tell.

A weight is the log odds that a pair is of one person, near the threshold as `thresholds` finds it to be worth. So the
pairs themselves say how many of the joined links to expect false, and how many of the pairs left apart to expect true.
Decided pairs count as they were decided. The interval is Wilson's, 95 in 100, with as many findings as give the share
the variance that it has if the links of one record are right or wrong together: a record in the wrong entity makes all
of them wrong. What is not in it: whether the model is right; pairs that no key proposed; and pairs that weigh so little
that only their weight was kept.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers
from concerted.linkage.frequencies import Bits
from concerted.linkage.intervals import wilson

WEIGHTS: Final = "the model's weights, set right near the threshold by what surer links and answers tell"


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
    source: str = WEIGHTS

    def to_dict(self) -> dict[str, Any]:
        """For machines."""
        rates = {name: asdict(getattr(self, name)) for name in ("false_links", "missed_links")}
        return {**rates, "from": self.source}


def errors(
    of_one: Bits, joined: NDArray[np.bool_], together: NDArray[np.bool_], left: Numbers, right: Numbers
) -> Errors:
    """The rates over these pairs of records. of_one: the probability that each is of one person. joined: whether it is
    a link. together: whether its records are in one entity."""
    links = (1 - of_one[joined], np.ones(int(joined.sum())), left[joined], right[joined])
    return Errors(_rate(*links), _rate(np.where(together, 0.0, of_one), of_one, left, right))


def _rate(part: Bits, whole: Bits, left: Numbers, right: Numbers) -> Rate:
    """The share `part` of `whole`, in sums over all pairs, half a pair for each of its records."""
    records = np.concatenate([left, right])
    parts, wholes = (np.bincount(records, np.concatenate([each, each]) / 2) for each in (part, whole))
    total = float(wholes.sum())
    if not total:
        return Rate(None, 0.0, 1.0)
    share = min(1.0, float(parts.sum()) / total)
    variance = float((parts * (wholes - parts)).sum()) / total**2  # of a record: n squared by q (1 - q)
    findings = min(total, share * (1 - share) / variance) if variance > 0 else total
    return Rate(_figure(share), *map(_figure, wilson(share, findings)))


def _figure(share: float) -> float:
    return float(f"{share:.4g}")
