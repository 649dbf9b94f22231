"""What the page of networks shows, ready to be written down."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from concerted.common.ids import RecordKey
from concerted.networks import NodeKind
from concerted.networks.findings import Fact, Finding, Rule, Standing, Told
from concerted.networks.timeline import When

PEOPLE: Final[tuple[NodeKind, ...]] = ("person", "unidentified")
Tie = Literal["event", "there", "theirs", "missing", "related"]


@dataclass(frozen=True, slots=True)
class Item:
    """A person or a thing of a pattern. mark: "P3" or "T1", the same on all of the page. key: the record under which it
    is shown. note: what else is recorded of a thing. node: its number in the graph."""

    node: int
    mark: str
    kind: NodeKind
    label: str
    key: RecordKey
    note: str = ""


@dataclass(frozen=True, slots=True)
class Link:
    """A line of a chart. records: the facts that say it, "R2" or "R2 of pattern 4"; empty where no fact does. says: a
    word more."""

    left: Item
    right: Item
    tie: Tie
    records: tuple[str, ...] = ()
    says: str = ""


@dataclass(frozen=True, slots=True)
class Placed:
    """An item where it is drawn. x: per cent of the width. y: pixels down."""

    item: Item
    x: float
    y: float
    concern: bool = False


@dataclass(frozen=True, slots=True)
class Drawn:
    """A link where it is drawn; ends as those of `Placed`. beside: pixels across and down by which it is moved, so that
    no other link of the same two lies under it."""

    link: Link
    x1: float
    y1: float
    x2: float
    y2: float
    beside: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class LinkChart:
    """height, least: pixels; least is the width below which it scrolls. named: whether names stand in it. left_out:
    items beyond the cap."""

    items: tuple[Placed, ...]
    links: tuple[Drawn, ...]
    height: int
    least: int
    named: bool
    left_out: int


@dataclass(frozen=True, slots=True)
class ByThing:
    """Somebody whom a record does not name, but a thing of theirs. person, thing: marks; the thing has none where the
    pattern does not show it."""

    person: str
    kind: NodeKind
    thing: str = ""


@dataclass(frozen=True, slots=True)
class FactRow:
    """A fact. mark: "R1". handling: its code and classification, as words. people: the marks of those of the pattern
    who are named in it. by: those of them of whom it names a thing alone."""

    mark: str
    fact: Fact
    handling: str
    when: When
    people: tuple[str, ...]
    by: tuple[ByThing, ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    """A fact on the timeline. left, width: per cent, of the days in which it may lie. sure: the same of those on which
    it certainly was. y: pixels down to its row."""

    row: FactRow
    left: float
    width: float
    sure: tuple[float, float] | None
    y: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars by the day on which they began. ticks: per cent, and what stands there. undated: facts without a day."""

    bars: tuple[Bar, ...]
    ticks: tuple[tuple[float, str], ...]
    height: int
    undated: int


@dataclass(frozen=True, slots=True)
class Pattern:
    """A finding as the page shows it. people: each with their roles. also: numbers of other patterns on the page that a
    person is in, by mark."""

    number: int
    told: Told
    standing: Standing
    rule: Rule
    people: tuple[tuple[Item, tuple[str, ...]], ...]
    things: tuple[Item, ...]
    facts: tuple[FactRow, ...]
    links: tuple[Link, ...]
    chart: LinkChart | None
    timeline: Timeline | None
    also: Mapping[str, tuple[int, ...]]

    @property
    def finding(self) -> Finding:
        """The finding itself."""
        return self.told.finding


@dataclass(frozen=True, slots=True)
class RuleTold:
    """A rule, how many patterns it found, and how many of them stand whole on the page."""

    rule: Rule
    found: int
    shown: int


@dataclass(frozen=True, slots=True)
class Pair:
    """Two children who were missing at overlapping times. first, last: days as they read."""

    one: Item
    other: Item
    overlapping: int
    surely: int
    at_one_place: int
    in_one_event: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class CoMissing:
    """The latest pairs, and how many there are in all."""

    pairs: tuple[Pair, ...]
    count: int


@dataclass(frozen=True, slots=True)
class AgencyAlone:
    """What one agency's own records would have shown. part: patterns that rest on a record of it. alone: how many of
    these it would have found by itself. numbers: those of them that stand on the page. explained: what it would
    have found that all records together do not show."""

    source: str
    part: int
    alone: int
    numbers: tuple[int, ...]
    explained: int


@dataclass(frozen=True, slots=True)
class About:
    """Of the folder and the run. made_at: as it should read. folder: as commands name it."""

    made_at: str
    made_by: str
    purpose: str
    folder: str


@dataclass(frozen=True, slots=True)
class PatternsPage:
    """The whole page. as_of: as it should read. count: patterns that are not refuted or gone. again: whether the folder
    was looked at before, so that there is a last time. past: refuted or gone. apart: how many patterns are told to
    one agency alone, by agency. alone: None where it was not worked out, and `why_not` says why."""

    about: About
    as_of: str
    searched: tuple[str, ...]
    count: int
    patterns: tuple[Pattern, ...]
    rules: tuple[RuleTold, ...]
    again: bool
    past: Sequence[tuple[Told, Standing]]
    apart: tuple[tuple[str, int], ...]
    together: LinkChart | None
    missing: CoMissing
    alone: tuple[AgencyAlone, ...] | None
    why_not: str
