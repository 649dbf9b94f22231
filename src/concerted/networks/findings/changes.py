"""What became of findings since the last time: new, stronger, weaker, gone, and by which records."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from concerted.common.ids import RecordKey
from concerted.common.words import counted
from concerted.networks.findings.finding import Fact, Finding
from concerted.networks.findings.rules import title_of

State = Literal["new", "stronger", "weaker", "as before", "gone"]


@dataclass(frozen=True, slots=True)
class Told:
    """A finding and its state. stronger: it rests on records that it did not rest on before. more, fewer: the records
    that did it. unnamed: how many more did, of which nothing may be told. A finding that is gone has no more than its
    rule and the records that it rested on: the people and words that it had may come from one that was taken back."""

    finding: Finding
    state: State
    more: tuple[RecordKey, ...] = ()
    fewer: tuple[RecordKey, ...] = ()
    unnamed: int = 0


def changes(before: Sequence[Finding], now: Sequence[Finding], unnamed: Collection[RecordKey] = ()) -> list[Told]:
    """What is found now, in its order, and after it what is gone. unnamed: records that were taken back or are
    restricted; nothing of them is told but how many they are."""
    left = list(before)
    found = []
    for one in now:
        was = same(one, left)
        if was:
            left.remove(was)
        found.append(_told(one, was, unnamed))
    return found + [_gone(one, unnamed) for one in left]


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


def taken_back(count: int) -> str:
    """So many records that may not be named, as they stand in a list of those that may."""
    are = ("record that was taken back or is restricted", "records that were taken back or are restricted")
    return counted(count, *are)


def _told(one: Finding, was: Finding | None, unnamed: Collection[RecordKey]) -> Told:
    if was is None:
        return Told(one, "new", more=keys(one))
    more, less = tuple(_but(keys(one), keys(was))), tuple(_but(keys(was), keys(one)))
    state: State = "stronger" if more else "weaker" if less else "as before"
    fewer = tuple(_but(less, unnamed))
    return Told(one, state, more, fewer, len(less) - len(fewer))


def _gone(one: Finding, unnamed: Collection[RecordKey]) -> Told:
    left = tuple(_but(keys(one), unnamed))
    facts = tuple(Fact(*key, grade="", date="", says="") for key in left)
    agencies = tuple(sorted({key.source for key in left}))
    bare = replace(one, facts=facts, people=(), agencies=agencies, searched=(), words=title_of(one.rule), absence="")
    return Told(replace(bare, one_agency_alone=False), "gone", (), left, len(one.facts) - len(left))


def _but(some: Sequence[RecordKey], others: Collection[RecordKey]) -> Iterator[RecordKey]:
    return (key for key in some if key not in others)
