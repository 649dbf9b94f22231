"""In what one model release differs from another, in words."""

import math
from collections.abc import Iterator
from typing import Final

from concerted.common.words import counted, listed
from concerted.linkage import Release
from concerted.linkage.levels import Level

TOLD: Final = 5  # levels that are named, those that differ most
FELT: Final = 0.5  # bits: a level that counts for so much more or less is named
_THRESHOLDS: Final = {
    "join": "links begin to join",
    "keep": "a person is asked",
    "set": "two sets may become one",
}


def differences(tried: Release, other: Release) -> list[str]:
    """Of the first against the second, in sentences without their full stop. Empty where they are one."""
    return list(_all(tried, other)) or (["it is the release in force"] if tried.id == other.id else [_counted_anew()])


def _all(tried: Release, other: Release) -> Iterator[str]:
    if tried.parent:
        whose = "the release in force" if tried.parent == other.id else f"release {tried.parent}"
        yield f"it has learnt from people's decisions, from {whose} on"
    if tried.training != other.training:
        yield f"how it was made: {tried.training.rstrip('.')}; the one in force: {other.training.rstrip('.')}"
    for name, words in _THRESHOLDS.items():
        now, then = tried.thresholds[name], other.thresholds[name]
        if now != then:
            yield f"{words} from {now:+g} bits on; in force: {then:+g}"
    if tried.limit != other.limit:
        yield f"groups of more than {tried.size_limit:,} records need stronger links; in force: {other.size_limit:,}"
    yield from _compared(tried, other)
    yield from _levels(tried, other)
    if tried.constraints != other.constraints:
        yield "constraints count for other bits"
    if tried.prior and other.prior and round(math.log2(tried.prior / other.prior), 1):
        pairs, in_force = (round(1 / one.prior) for one in (tried, other) if one.prior)
        yield f"before anything is compared, one pair in {pairs:,} is of one person; in force: one in {in_force:,}"


def _compared(tried: Release, other: Release) -> Iterator[str]:
    here, there = ({one.name: one.title for one in release.comparisons} for release in (tried, other))
    if more := [title for name, title in here.items() if name not in there]:
        yield f"it compares {listed(more)} too"
    if less := [title for name, title in there.items() if name not in here]:
        yield f"it does not compare {listed(less)}"


def _levels(tried: Release, other: Release) -> Iterator[str]:
    """What counts for more or less, the most changed first."""
    before = {(one.name, level.words): level for one in other.comparisons for level in one.levels}
    found = [
        (_bits(level), _bits(before[one.name, level.words]), f"{one.title}: {level.words}")
        for one in tried.comparisons
        for level in one.levels
        if (one.name, level.words) in before
    ]
    felt = sorted((one for one in found if abs(one[0] - one[1]) >= FELT), key=lambda one: -abs(one[0] - one[1]))
    for now, then, words in felt[:TOLD]:
        yield f"{words}, counts for {now:+.1f} bits; in force: {then:+.1f}"
    slight = sum(now != then for now, then, _ in found)
    if slight and not felt:
        yield f"{counted(slight, 'answer')} of a comparison {'counts' if slight == 1 else 'count'} a little otherwise"
    if (more := len(felt) - TOLD) > 0:
        yield f"{counted(more, 'other answer')} of a comparison {'counts' if more == 1 else 'count'} otherwise"


def _bits(level: Level) -> float:
    return math.log2(level.m / level.u)


def _counted_anew() -> str:
    return "how common values are, and how many pairs are of one person, was counted anew on the records of today"
