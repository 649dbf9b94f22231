"""The figures of fairness as the page and the command write them."""

import math
from typing import Final

from concerted.linkage.fairness import Each, Fairness, GroupFigures
from concerted.linkage.intervals import Ratio, Share

TOO_FEW: Final = "too few to say"
NOTHING: Final = "nothing to compare"
_ALIKE: Final[dict[Each, str]] = {"pair": "every pair counts alike", "record": "every record counts alike"}
_OF_ALL: Final[dict[Each, tuple[str, str]]] = {
    "pair": ("of true pairs missed", "of joined pairs false"),
    "record": ("of a record's true partners missed", "of those that it is joined to false"),
}
_MOST: Final = 1_000


def percent(share: float | None) -> str:
    """A share to a hundredth of a per cent, never rounded to none or all."""
    if share is None:
        return "no pairs"
    if share in {0, 1}:
        return f"{share:.0%}"
    return f"{min(max(share * 100, 0.01), 99.99):.2f}%"


def pairs(count: float) -> str:
    """A number of pairs, with a half where there is one."""
    return f"{count:,.0f}" if count == int(count) else f"{count:,.1f}"


def times(value: float) -> str:
    """A ratio, to a hundredth; what is beyond telling apart, in words."""
    if value > _MOST:
        return "no limit" if math.isinf(value) else f"over {_MOST:,}"
    return "under 0.01" if 0 < value < 0.005 else f"{value:.2f}"


def interval(one: Share | Ratio) -> str:
    """From the lower to the upper end."""
    if isinstance(one, Ratio):
        return f"{times(one.low)} to {times(one.high)}"
    return f"{percent(one.low)} to {percent(one.high)}"


def share_words(one: Share) -> str:
    """A share with its interval; of nothing, that."""
    return percent(one.share) if one.share is None else f"{percent(one.share)} ({interval(one)})"


def ratio_words(one: Ratio | None) -> str:
    """A ratio with its interval; where the others have none at all, that."""
    if one is None:
        return NOTHING
    value = "the others have none" if math.isinf(one.value) else times(one.value)
    return f"{value} ({interval(one)})"


def of_all(one: Fairness) -> str:
    """The shares of all records together, and what counts alike in them."""
    missed, false = _OF_ALL[one.each]
    true = "no true pairs" if one.missed.share is None else f"{percent(one.missed.share)} {missed}"
    joined = "no joined pairs" if one.false.share is None else f"{percent(one.false.share)} {false}"
    return f"{true}, {joined}; {_ALIKE[one.each]}"


def named(group: GroupFigures) -> str:
    """A group as it is called, in words: `west_african` as "west african"."""
    return group.group.replace("_", " ")
