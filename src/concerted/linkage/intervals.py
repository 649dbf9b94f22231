"""Shares and ratios of shares with their intervals, 95 in 100, where what is counted comes in clusters.

The pairs of one person are missed together, and the pairs of one entity are wrong together: somebody with fifty
records has 1,225 pairs and is one person. Taking each pair for a finding of its own would make every interval far too
narrow. So a share counts as many pairs as they are worth, the effective number, as Rao and Scott do (A simple method
for the analysis of clustered binary data, Biometrics 48, 1992), and never more than there are. How far it varies is
found by leaving out each cluster in turn (the jackknife), so that one person who has most of a group's pairs does not
make it look certain.
"""

import math
from dataclasses import dataclass
from statistics import NormalDist
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

COVERS: Final = 0.95
Z: Final = NormalDist().inv_cdf((1 + COVERS) / 2)
Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Share:
    """count of whole, in pairs and halves of pairs. share: 0 to 1, None of nothing. low, high: its interval.
    effective: how many independent findings the whole is worth."""

    count: float
    whole: float
    share: float | None
    low: float
    high: float
    effective: float

    def to_dict(self) -> dict[str, Any]:
        """For machines."""
        return {"count": self.count, "of": self.whole, "share": self.share, "low": self.low, "high": self.high}


@dataclass(frozen=True, slots=True)
class Ratio:
    """A share by another. value and high are infinite where the other has none; of two that have none it is 1."""

    value: float
    low: float
    high: float

    def to_dict(self) -> dict[str, Any]:
        """For machines: what has no end is null."""
        found = {"ratio": self.value, "low": self.low, "high": self.high}
        return {name: figure if math.isfinite(figure) else None for name, figure in found.items()}


def share_of(part: Floats, whole: Floats) -> Share:
    """The share of clusters together, `part` counted among `whole` in each. Clusters of nothing count for nothing.

    With the score interval (E. B. Wilson, Probable inference, JASA 22, 1927) of its effective number.
    """
    part, whole = part[whole > 0], whole[whole > 0]
    if not len(whole):
        return Share(0.0, 0.0, None, 0.0, 1.0, 0.0)
    count, total = float(part.sum()), float(whole.sum())
    effective = _effective(part, whole, count / total, total)
    return Share(count, total, count / total, *wilson(count / total, effective), effective)


def _effective(part: Floats, whole: Floats, share: float, total: float) -> float:
    """How many independent findings the whole is worth: from 0 up to the whole.

    Where the share is none or all, or there is one cluster, nothing says how far clusters differ; then each counts as
    if all in it were alike (Kish, Survey Sampling, 1965), which is the least that it can be worth.
    """
    spread, clusters = share * (1 - share), len(whole)
    if clusters < 2 or spread <= 0:
        return min(total, total**2 / float((whole**2).sum()))
    without = (part - share * whole) / (total - whole)  # how far the share moves when each is left out
    variance = (clusters - 1) / clusters * float((without**2).sum())
    return total / max(1.0, variance * total / spread)


def wilson(share: float, number: float) -> tuple[float, float]:
    """The score interval of a share of so many; it always holds the share."""
    square = Z**2 / number
    middle = (share + square / 2) / (1 + square)
    half = Z / (1 + square) * math.sqrt(share * (1 - share) / number + square / (4 * number))
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def ratio_of(one: Share, other: Share) -> Ratio | None:
    """How many times the one share is the other. None when either is a share of nothing.

    The interval is that of the logarithm by the delta method (D. Katz and others, Obtaining confidence intervals for
    the risk ratio in cohort studies, Biometrics 34, 1978), with effective numbers. Where a share is none, half a
    finding is added to each for the end that can be told (S. D. Walter, The distribution of Levin's measure, Biometrika
    62, 1975).
    """
    if one.share is None or other.share is None:
        return None
    if not (one.count or other.count):
        return Ratio(1.0, 0.0, math.inf)
    added = 0.0 if one.count and other.count else 0.5
    (left, left_spread), (right, right_spread) = (_log(share, added) for share in (one, other))
    half = Z * math.sqrt(left_spread + right_spread)
    low, high = _exp(left - right - half), _exp(left - right + half)
    if not other.count:
        return Ratio(math.inf, low, math.inf)
    if not one.count:
        return Ratio(0.0, 0.0, high)
    value = one.share / other.share
    return Ratio(value, min(low, value), max(high, value))


def _log(share: Share, added: float) -> tuple[float, float]:
    """The logarithm of a share, and its variance, of which something is left where the share is all."""
    assert share.share is not None
    count, number = share.share * share.effective + added, share.effective + added
    return math.log(count / number), 1 / count - 1 / max(number, count + 0.5)


def _exp(logarithm: float) -> float:
    return math.exp(logarithm) if logarithm < 700 else math.inf  # beyond what a number can hold
