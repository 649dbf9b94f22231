"""A record compared with few others, one by one: what `Comparer` says of many, to the bit, without what arrays cost."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

import numpy as np

from concerted.linkage.coded import Numbers
from concerted.linkage.compare import MISSING, Compared, Comparer
from concerted.linkage.comparisons import CROSSED, FAMILY, GIVEN, MIDDLE
from concerted.linkage.constraints import Constraint
from concerted.linkage.dialects.one_pair import Holds, Seen, Side, holds
from concerted.linkage.levels import Comparison
from concerted.linkage.release import Release
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.few_names import Name, Share, Shares, beyond_one_by_one
from concerted.linkage.standing.sides import OfQuestion, OfRecord


class Field(NamedTuple):
    """A comparison made ready. asked: the conditions of its levels, None for anything else. bits: of each level what
    it speaks for one person, and for two of one household, both against strangers, before rarity. best: the place
    of the level that speaks for one person most. crossed: of that of names the other way round, -1 where there is
    none."""

    comparison: Comparison
    missing: Holds
    asked: tuple[Holds | None, ...]
    bits: tuple[tuple[float, float], ...]
    best: int
    crossed: int


class Rule(NamedTuple):
    """A weight of the table of constraints made ready. at: by comparison the places of the levels at which alone it can
    hold."""

    constraint: Constraint
    at: tuple[tuple[str, frozenset[int]], ...]
    when: Holds


class Ready(NamedTuple):
    """What a picture's questions are compared by."""

    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]


@lru_cache(100_000)
def log2(number: float) -> float:
    """As arrays have it: weights of pairs that say as much must be the same however they were come by."""
    return float(np.log2(number))


def ready(comparer: Comparer, has: Callable[[str], bool]) -> Ready:
    """What it compares by made ready, once. has: whether any record has a value in a column."""
    places = {one.name: [level.words for level in one.levels] for one in comparer.comparisons}
    rules = tuple(
        Rule(
            row,
            tuple((name, frozenset(map(places[name].index, words))) for name, words in row.at),
            holds(row.when, has),
        )
        for row in comparer.constraints
        if row.when
    )
    return Ready(tuple(_field(one, has) for one in comparer.comparisons), rules)


def _field(one: Comparison, has: Callable[[str], bool]) -> Field:
    asked = tuple(holds(level.when, has) if level.when else None for level in one.levels)
    bits = tuple((log2(level.m / level.u), log2(level.kin / level.u)) for level in one.levels)
    words = [level.words for level in one.levels]
    best = max((at for at, when in enumerate(asked) if when), key=lambda at: bits[at][0])
    crossed = words.index(CROSSED) if CROSSED in words else -1
    return Field(one, holds(one.missing, has), asked, bits, best, crossed)


class Part(NamedTuple):
    """What one comparison says of a pair. level: its place, -1 where nothing can be compared. rarity: bits that the
    value's rarity adds."""

    field: Field
    level: int
    rarity: float

    @property
    def bits(self) -> float:
        """What it speaks for, in bits."""
        return self.field.bits[self.level][0] + self.rarity if self.level >= 0 else 0.0


@dataclass(frozen=True, slots=True)
class Pairs:
    """The question beside some records, in their order. parts: of each pair, one for each comparison of which the
    question says anything."""

    records: Numbers
    parts: list[list[Part]]
    compared: Compared


Sums = tuple[float, float, float, float, float]  # as `Compared` has them, from `splink` to `common`


class Pair(NamedTuple):
    """Two records compared. parts: one for each comparison of which the first says anything. held: by name, the weights
    of the table of constraints that hold."""

    parts: list[Part]
    sums: Sums
    held: frozenset[str]


class Beside:
    """Compares one record with others."""

    def __init__(
        self,
        ready: Ready,
        release: Release,
        own: Side,
        said: Collection[str],
        seen: Seen,
        shares: dict[Share, float] | None = None,
    ) -> None:
        """own: the record. said: the columns of which it says anything. seen, shares: what was looked at before."""
        self._own, self._seen = own, seen
        self._shares = Shares(release, seen.text, {} if shares is None else shares)
        self._fields = [one for one in ready.fields if any(name in said for name in one.comparison.needs)]
        self._place = {one.comparison.name: at for at, one in enumerate(self._fields)}
        rules = [one for one in ready.rules if all(name in self._place for name, _ in one.at)]
        self._rules = [(one, [(self._place[name], places) for name, places in one.at]) for one in rules]
        self._names = [name for name in (GIVEN.name, FAMILY.name, MIDDLE.name) if name in self._place]

    def of(self, other: Side) -> Pair:
        """The record beside another."""
        parts = self._parts(other)
        held = frozenset(rule.constraint.name for rule, at in self._rules if self._holds(rule, at, parts, other))
        return Pair(parts, self._sums(parts, other), held)

    def _parts(self, other: Side) -> list[Part]:
        return [self._part(field, other) for field in self._fields]

    def _part(self, field: Field, other: Side) -> Part:
        own, seen = self._own, self._seen
        if field.missing(own, other, seen):
            return Part(field, MISSING, 0.0)
        for at, asked in enumerate(field.asked):
            if asked is None or asked(own, other, seen):
                level = field.comparison.levels[at]
                if level.rarity:
                    return Part(field, at, log2(level.u) - self._shares.of(level.rarity, level.u, own))
                return Part(field, at, 0.0)
        return Part(field, MISSING, 0.0)

    def _sums(self, parts: Sequence[Part], other: Side) -> Sums:
        splink = kin = telling = common = 0.0
        for field, level, rarity in parts:
            if level >= 0:
                one, household = field.bits[level]
                splink += one + rarity
                kin += household + rarity
                if one + rarity > 0 and field.comparison.levels[level].common:
                    common += one + rarity
                elif one + rarity > 0:
                    telling += one + rarity
        tokens = self._tokens(parts, other)
        return splink, tokens, kin + tokens, telling + tokens, common

    def _tokens(self, parts: Sequence[Part], other: Side) -> float:
        """What the names' rarity together takes from, or adds to, that of each by itself."""
        named = ((name, parts[self._place[name]]) for name in self._names)
        names = {name: Name(of.field.comparison, of.level, of.rarity, of.field.crossed) for name, of in named}
        return beyond_one_by_one(names, self._shares, (self._own, other))

    def _holds(self, rule: Rule, at: Sequence[tuple[int, frozenset[int]]], parts: Sequence[Part], other: Side) -> bool:
        for place, levels in at:
            if parts[place].level not in levels:
                return False
        return rule.when(self._own, other, self._seen)


class Few(Beside):
    """Compares one question."""

    def __init__(self, question: Question) -> None:
        self.question, self._standing = question, question.standing
        own = OfQuestion(question.numbers, question.standing.layout)
        seen = Seen(question.text, {})
        super().__init__(question.standing.ready, question.standing.release, own, question.numbers.keys(), seen)
        self._known: dict[int, tuple[list[Part], Side]] = {}

    def with_records(self, records: Numbers) -> Pairs:
        """The question beside these records of the picture."""
        new = [record for record in records.tolist() if record not in self._known]
        for record, row in zip(new, self._standing.arrays["rows"][new].tolist(), strict=True):
            other = OfRecord(row, self._standing.layout)
            self._known[record] = self._parts(other), other
        return self._pairs(records, [self._known[record] for record in records.tolist()])

    def with_itself(self) -> Pairs:
        """The question beside a record that says the same."""
        return self._pairs(np.zeros(1, np.int32), [(self._parts(self._own), self._own)])

    def _pairs(self, records: Numbers, pairs: Sequence[tuple[list[Part], Side]]) -> Pairs:
        parts = [of for of, _ in pairs]
        sums = np.array([self._sums(*pair) for pair in pairs]).reshape(-1, 5).T
        levels = {
            one.comparison.name: np.array([of[at].level for of in parts], np.int8)
            for at, one in enumerate(self._fields)
        }
        held = {
            rule.constraint.name: np.array([self._holds(rule, at, *pair) for pair in pairs], bool)
            for rule, at in self._rules
        }
        right = np.arange(1, len(records) + 1, dtype=np.int32)
        return Pairs(records, parts, Compared(np.zeros_like(right), right, levels, *sums, held=held))
