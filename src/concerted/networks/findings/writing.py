"""Drafts written out as findings: who, which records, in which words."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow.compute as pc

from concerted.common.ids import RecordKey
from concerted.common.words import counted, listed
from concerted.networks.findings.draft import CHILD, Draft, World
from concerted.networks.findings.finding import Fact, Finding
from concerted.networks.findings.missing import episode_rows
from concerted.networks.findings.occasions import Rows, event_rows
from concerted.networks.findings.rules import Rule, rules
from concerted.networks.graph import Graph
from concerted.networks.kinds import NODE_KINDS, NodeKind
from concerted.networks.spans import OPEN_END, OPEN_START, day_of

CORE: Final = 2  # earliest facts by which a finding is known
STILL: Final = 60  # days: who was reported missing longer ago, and no end is recorded, is not taken to be missing now
NOW: Final = "missing now"
USUAL: Final = "when it comes up"
_PARTS: Final = (
    ("person of concern", "people of concern"),
    ("child", "children"),
    ("person named", "people named"),
    ("person by a telephone, vehicle or account", "people by a telephone, vehicle or account"),
    ("other", "others"),
)

_DATED: Final[tuple[NodeKind, ...]] = ("event", "order", "case")
_MARKS: Final = ("source", "record_id", "source_evaluation", "information_assessment")


class Writer:
    """Writes drafts of one graph."""

    def __init__(self, world: World) -> None:
        self._world, self._graph = world, world.graph
        self._searched = tuple(sorted(set(world.graph.records["source"].to_pylist())))
        self._missing = missing_now(world)
        self._first = {kind: _first_record(world.graph, kind) for kind in _DATED}
        self._kinds = {kind: _whole(world.graph.tables[kind], f"{kind}_type", "earliest") for kind in _DATED}
        self._marks, self._told = _whole(world.graph.records, *_MARKS), dict[int, Fact]()
        self._people_of = _person_records(world.graph)

    def written(self, draft: Draft, *, alone: bool) -> Finding:
        """One draft. alone: whether the records of one agency would have made it."""
        rule = rules()[draft.rule]
        facts = self._facts(draft)
        agencies = tuple(sorted({one.source for one in facts}))
        told: dict[str, Any] = {"agencies": agencies, "urgency": draft.urgency or self._urgency(draft), "to": draft.to}
        told |= {"words": _words(rule, draft, facts), "people": self._people(draft), "one_agency_alone": alone}
        own = {name: getattr(rule, name) for name in ("weakened_by", "innocent_explanations", "absence", "version")}
        known = id_of(rule.id, facts, draft.to)
        return Finding(id=known, rule=rule.id, facts=facts, searched=self._searched, **own, **told)

    def _facts(self, draft: Draft) -> tuple[Fact, ...]:
        """By day."""
        told = map(self.fact, sorted(draft.events))
        return tuple(sorted(told, key=lambda one: (one.date, one.source, one.record_id)))

    def fact(self, at: int) -> Fact:
        """What an occasion's record says. Asked for once, it is kept: several findings may rest on it."""
        if at not in self._told:
            one = {name: self._marks[name][record_row(self._graph, self._first, at)].as_py() for name in _MARKS}
            grade = f"{one['source_evaluation'] or ''}{one['information_assessment'] or ''}"
            self._told[at] = Fact(one["source"], one["record_id"], grade, *self._said(at))
        return self._told[at]

    def _said(self, at: int) -> tuple[str, str]:
        """The day, what it was, and how many had which part; never a name."""
        parts = self._world.all_parts
        begin, end = np.searchsorted(parts.at, [at, at + 1])
        codes = parts.part[begin:end].tolist()
        told = [counted(codes.count(code), *words) for code, words in enumerate(_PARTS) if code in codes]
        what, known = self._what(at)
        day = day_of(int(parts.day[begin]) if codes else known)
        return day.isoformat() if day else "", f"{what}: {listed(told)}" if told else what

    def _what(self, at: int) -> tuple[str, int]:
        """What it was, and when, if nobody had a part in it."""
        if at >= self._graph.size:
            return "relation", OPEN_START
        kind = self._graph.kind(at)
        columns, row = self._kinds[kind], at - int(self._graph.first[NODE_KINDS.index(kind)])
        return columns[f"{kind}_type"][row].as_py() or kind, columns["earliest"][row].as_py()

    def _people(self, draft: Draft) -> tuple[tuple[RecordKey, str], ...]:
        return tuple(sorted((self._shown(node, draft.to), role) for node, role in draft.people))

    def _shown(self, node: int, to: str) -> RecordKey:
        """Under which record somebody is shown: in what one agency is told alone under its own first, if it has one."""
        if to:
            own, rows = self._people_of
            for row in rows[np.searchsorted(own, node) : np.searchsorted(own, node, "right")].tolist():
                if self._marks["source"][row].as_py() == to:
                    return RecordKey(to, self._marks["record_id"][row].as_py())
        return self._graph.key(node)

    def _urgency(self, draft: Draft) -> str:
        return NOW if any(node in self._missing for node, role in draft.people if role == CHILD) else USUAL


def _person_records(graph: Graph) -> tuple[Rows, Rows]:
    """The rows of people's records by the node of the person, and each in its order: the nodes, and the rows."""
    kinds = pc.equal(graph.records["kind"].cast("string"), "person").to_numpy(zero_copy_only=False)
    rows = np.flatnonzero(kinds)
    rows = rows[np.argsort(graph.node_of[rows], kind="stable")]
    return graph.node_of[rows], rows


def _whole(table: Any, *names: str) -> dict[str, Any]:
    """Columns in one piece, in which a row is found at once."""
    return {name: table[name].combine_chunks() for name in names}


def id_of(rule: str, facts: Sequence[Fact], to: str = "") -> str:
    """The id of a finding: the rule, and letters that stand for the records of its core and whom it is told to."""
    core = "\x1f".join([rule, to, *(str(one.key) for one in facts[:CORE])])
    return f"{rule}-{hashlib.sha256(core.encode()).hexdigest()[:12]}"


def missing_now(world: World) -> set[int]:
    """Children of whom an episode began of late and has no end."""
    rows = episode_rows(world.graph, world.all_parts)
    _, row = event_rows(world.graph, world.all_parts.at[rows])
    events = world.graph.tables["event"]
    if not len(rows):
        return set()
    still = (events["latest"].to_numpy()[row] == OPEN_END) & (world.all_parts.day[rows] >= world.graph.today - STILL)
    return set(world.all_parts.who[rows][still].tolist())


def record_row(graph: Graph, first: Mapping[NodeKind, int], at: int) -> int:
    """The row of an occasion's record among the records."""
    if at >= graph.size:
        return at - graph.size
    kind = graph.kind(at)
    return first[kind] + at - int(graph.first[NODE_KINDS.index(kind)])


def _first_record(graph: Graph, kind: str) -> int:
    """Records stand by kind, and of events, orders and cases each has a node, in the same order."""
    kinds = graph.records["kind"].combine_chunks()
    at = np.flatnonzero(np.array(kinds.dictionary.to_pylist(), object)[kinds.indices.to_numpy()] == kind)
    return int(at[0]) if len(at) else 0


def _words(rule: Rule, draft: Draft, facts: Sequence[Fact]) -> str:
    grown = sum(role != CHILD for _, role in draft.people)
    counts: dict[str, Any] = {
        "grown": counted(grown, "person", "people"),
        "children": counted(len(draft.people) - grown, "child", "children"),
        "facts": counted(len(facts), "record"),
        "innocent": counted(draft.innocent, "other"),
    }
    return rule.words.format(**counts)
