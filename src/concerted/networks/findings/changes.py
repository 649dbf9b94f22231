"""What became of findings since the last time: new, stronger, weaker, gone, and by which records."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from concerted.common.ids import RecordKey
from concerted.networks.findings.finding import Finding

State = Literal["new", "stronger", "weaker", "as before", "gone"]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding and its state. stronger: it rests on records that it did not rest on before. more, fewer: the records
    that did it. A finding that is gone is as it last was."""

    finding: Finding
    state: State
    more: tuple[RecordKey, ...] = ()
    fewer: tuple[RecordKey, ...] = ()


def changes(before: Sequence[Finding], now: Sequence[Finding]) -> list[Told]:
    """What is found now, in its order, and after it what is gone."""
    left = list(before)
    found = []
    for one in now:
        was = same(one, left)
        if was:
            left.remove(was)
        found.append(_told(one, was))
    return found + [Told(one, "gone", fewer=keys(one)) for one in left]


def same(one: Finding, among: Sequence[Finding]) -> Finding | None:
    """Which of these it is: the one of its id, else of its rule the one that it shares most facts with, if these are
    half or more of the facts of either: an earlier record that comes late gives it another id."""
    by_id = [other for other in among if other.id == one.id]
    alike = [
        other for other in among if other.rule == one.rule and other.to == one.to and is_of(keys(one), keys(other))
    ]
    shared = sorted(alike, key=lambda other: (-len({*keys(one)} & {*keys(other)}), other.id))
    return next(iter(by_id + shared), None)


def is_of(some: Sequence[RecordKey], others: Sequence[RecordKey]) -> bool:
    """Whether half or more of the facts of the one or the other are shared."""
    return bool(some and others) and 2 * len({*some} & {*others}) >= min(len({*some}), len({*others}))


def keys(one: Finding) -> tuple[RecordKey, ...]:
    """The records of its facts."""
    return tuple(fact.key for fact in one.facts)


def _told(one: Finding, was: Finding | None) -> Told:
    if was is None:
        return Told(one, "new", more=keys(one))
    more, fewer = tuple(_but(keys(one), keys(was))), tuple(_but(keys(was), keys(one)))
    state: State = "stronger" if more else "weaker" if fewer else "as before"
    return Told(one, state, more, fewer)


def _but(some: Sequence[RecordKey], others: Sequence[RecordKey]) -> Iterator[RecordKey]:
    return (key for key in some if key not in others)
