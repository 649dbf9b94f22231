"""Drafts written out as findings: who, which records, in which words."""

import hashlib
from collections.abc import Sequence
from typing import Any, Final

import numpy as np

from concerted.common.ids import RecordKey
from concerted.common.words import counted
from concerted.networks.findings.draft import CHILD, Draft, World
from concerted.networks.findings.facts import facts_of
from concerted.networks.findings.finding import Fact, Finding
from concerted.networks.findings.missing import episode_rows
from concerted.networks.findings.occasions import Rows, event_rows
from concerted.networks.findings.rules import Rule, rules
from concerted.networks.graph import Graph
from concerted.networks.keys import stretch
from concerted.networks.spans import OPEN_END

CORE: Final = 2  # earliest facts by which a finding is known
STILL: Final = 60  # days: who was reported missing longer ago, and no end is recorded, is not taken to be missing now
NOW: Final = "missing now"
USUAL: Final = "when it comes up"


class Writer:
    """Writes drafts of one graph."""

    def __init__(self, world: World, drafts: Sequence[Draft]) -> None:
        """drafts: all that it is to write."""
        events = sorted({event for draft in drafts for event in draft.events})
        people = sorted({node for draft in drafts for node, _ in draft.people})
        self._facts_of = facts_of(world, np.array(events, np.int64))
        self._keys = dict(zip(people, world.graph.keys(np.array(people, np.int32)), strict=True))
        self._searched, self._missing = world.sources, missing_now(world)
        self._records, self._people_of = world.graph.records, _person_records(world.graph)

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
        told = map(self._facts_of.__getitem__, sorted(draft.events))
        return tuple(sorted(told, key=lambda one: (one.date, one.source, one.record_id)))

    def _people(self, draft: Draft) -> tuple[tuple[RecordKey, str], ...]:
        return tuple(sorted((self._shown(node, draft.to), role) for node, role in draft.people))

    def _shown(self, node: int, to: str) -> RecordKey:
        """Under which record somebody is shown: in what one agency is told alone under its own first, if it has one."""
        if to:
            own, rows = self._people_of
            for row in rows[stretch(own, node)].tolist():
                if self._records["source"][row].as_py() == to:
                    return RecordKey(to, self._records["record_id"][row].as_py())
        return self._keys[node]

    def _urgency(self, draft: Draft) -> str:
        return NOW if any(node in self._missing for node, role in draft.people if role == CHILD) else USUAL


def _person_records(graph: Graph) -> tuple[Rows, Rows]:
    """The rows of people's records by the node of the person, and each in its order: the nodes, and the rows."""
    rows = np.array(graph.records_of("person"), np.int64)
    rows = rows[np.argsort(graph.node_of[rows], kind="stable")]
    return graph.node_of[rows], rows


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


def _words(rule: Rule, draft: Draft, facts: Sequence[Fact]) -> str:
    grown = sum(role != CHILD for _, role in draft.people)
    counts: dict[str, Any] = {
        "grown": counted(grown, "person", "people"),
        "children": counted(len(draft.people) - grown, "child", "children"),
        "facts": counted(len(facts), "record"),
        "innocent": counted(draft.innocent, "other"),
    }
    return rule.words.format(**counts)
