"""A question compared with few records, one by one: what `Comparer` says of many, without what arrays cost."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import log2
from typing import Any, Final, NamedTuple

import numpy as np

from concerted.linkage.coded import Numbers
from concerted.linkage.compare import MISSING, Compared
from concerted.linkage.comparisons import CROSSED, FAMILY, GIVEN, MIDDLE
from concerted.linkage.constraints import Constraint
from concerted.linkage.dialects.one_pair import Holds, Seen, Side, holds
from concerted.linkage.levels import Comparison
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.few_names import Name, Shares, beyond_one_by_one
from concerted.linkage.standing.read import Layout, Standing

_NONE: Final[frozenset[int]] = frozenset()


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


def ready(standing: Standing) -> Ready:
    """The picture's comparisons and constraints made ready, once."""
    comparer = standing.comparer
    fields = tuple(_field(one, standing) for one in comparer.comparisons)
    places = {one.name: [level.words for level in one.levels] for one in comparer.comparisons}
    rules = tuple(
        Rule(
            row,
            tuple((name, frozenset(map(places[name].index, words))) for name, words in row.at),
            holds(row.when, standing.has),
        )
        for row in comparer.constraints
        if row.when
    )
    return Ready(fields, rules)


def _field(one: Comparison, standing: Standing) -> Field:
    asked = tuple(holds(level.when, standing.has) if level.when else None for level in one.levels)
    bits = tuple((log2(level.m / level.u), log2(level.kin / level.u)) for level in one.levels)
    words = [level.words for level in one.levels]
    best = max((at for at, when in enumerate(asked) if when), key=lambda at: bits[at][0])
    crossed = words.index(CROSSED) if CROSSED in words else -1
    return Field(one, holds(one.missing, standing.has), asked, bits, best, crossed)


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


class Few:
    """Compares one question."""

    def __init__(self, question: Question) -> None:
        standing = question.standing
        self.question, self._standing = question, standing
        self._shares = Shares(standing.release, question.text)
        self._own: Side = _Question(question.numbers, standing.layout)
        self._seen = Seen(question.text, {})
        said = question.numbers.keys()
        self._fields = [one for one in standing.ready.fields if any(name in said for name in one.comparison.needs)]
        self._place = {one.comparison.name: at for at, one in enumerate(self._fields)}
        rules = [one for one in standing.ready.rules if all(name in self._place for name, _ in one.at)]
        self._rules = [(one, [(self._place[name], places) for name, places in one.at]) for one in rules]
        self._names = [name for name in (GIVEN.name, FAMILY.name, MIDDLE.name) if name in self._place]
        self._known: dict[int, tuple[list[Part], Side]] = {}

    def with_records(self, records: Numbers) -> Pairs:
        """The question beside these records of the picture."""
        new = [record for record in records.tolist() if record not in self._known]
        for record, row in zip(new, self._standing.arrays["rows"][new].tolist(), strict=True):
            other = _Record(row, self._standing.layout)
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

    def _sums(self, parts: Sequence[Part], other: Side) -> tuple[float, float, float, float, float]:
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


class _Record(dict[str, Any]):
    """A record of the picture: a column is taken out of its row when it is first looked at."""

    __slots__ = ("_layout", "_row")

    def __init__(self, row: list[int], layout: Layout) -> None:
        self._row, self._layout = row, layout

    def __missing__(self, name: str) -> Any:
        begin, end, is_list = self._layout[name]
        row = self._row
        value: Any = (frozenset(filter(None, row[begin:end])) if row[begin] else _NONE) if is_list else row[begin]
        self[name] = value
        return value


class _Question(dict[str, Any]):
    """The question in the same form."""

    def __init__(self, numbers: dict[str, list[int]], layout: Layout) -> None:
        super().__init__(
            {name: frozenset(of) if layout[name][2] else of[0] for name, of in numbers.items() if name in layout}
        )
        self._layout = layout

    def __missing__(self, name: str) -> Any:
        return _NONE if self._layout[name][2] else 0
