"""Rules for an agency's own orders: one that a record contradicts, and one whose child is past its age."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from concerted.networks.findings.draft import CHILD, SUBJECT, Draft, World
from concerted.networks.findings.occasions import CONCERN, Codes, Rows
from concerted.networks.findings.ties import Ties
from concerted.networks.graph import Graph
from concerted.networks.kinds import NODE_KINDS
from concerted.networks.people import is_role
from concerted.networks.spans import OPEN_END, OPEN_START

NOTICE: Final = "CAWN"
SOON: Final = 28  # days
_YEAR: Final = 365.25
_OVER: Final = ("expired", "ended", "revoked", "refused", "discharged")


def orders(graph: Graph) -> list[dict[str, Any]]:
    """Each order that protects somebody: order, subject, child (nodes), source, type, begin and end (days), status."""
    table = graph.tables["order"]
    first = int(graph.first[NODE_KINDS.index("order")])
    on, of = (graph.of_kind(kind) for kind in ("order on", "order protects"))
    subject = dict(zip(on["right"].to_pylist(), on["left"].to_pylist(), strict=True))
    columns = table.select(["source", "order_type", "status", "earliest", "latest"]).to_pylist()
    return [
        {**columns[order - first], "order": order, "child": child, "subject": subject[order]}
        for order, child in zip(of["right"].to_pylist(), of["left"].to_pylist(), strict=True)
        if order in subject
    ]


def contradicted(world: World, _: Ties) -> Iterator[Draft]:
    """Occasions that have the subject and the child together while the order is in force, whoever they are to each
    other: an order may well be on somebody of the family, or of one home."""
    known = [one for one in orders(world.graph) if one["earliest"] != OPEN_START]
    rows = _by_person(world, [one[who] for one in known for who in ("subject", "child")])
    for one in known:
        both = np.intersect1d(world.parts.at[rows[one["subject"]]], world.parts.at[rows[one["child"]]])
        mine = rows[one["subject"]]
        mine = mine[np.isin(world.parts.at[mine], both)]
        day = world.parts.day[mine]
        events = world.parts.at[mine[(day > one["earliest"]) & (day <= one["latest"])]]
        if len(events) and one["subject"] != one["child"]:
            yield Draft(
                "order-contradicted",
                _people(one),
                frozenset({*events.tolist(), one["order"]}),
                to=one["source"],
                urgency="breach",
            )


def _by_person(world: World, who: list[int]) -> dict[int, Rows]:
    """Of each of these the rows of their parts in what may contradict an order: no other order, and no service's own
    meeting, but where somebody has a part of concern in it."""
    parts = world.parts
    meeting = ~world.events.tell(parts.at)
    of_order = np.isin(parts.at, world.graph.all_of("order"))
    there = np.flatnonzero(np.isin(parts.who, who) & ~of_order & (~meeting | _of_concern(world, meeting)))
    there = there[np.argsort(parts.who[there], kind="stable")]
    begin, end = (np.searchsorted(parts.who[there], who, side) for side in ("left", "right"))
    return {one: there[begin[at] : end[at]] for at, one in enumerate(who)}


def _of_concern(world: World, rows: Rows) -> Rows:
    """Which rows are of an occasion in which somebody has a part of concern, among these."""
    parts = world.parts
    found: Rows = rows & np.isin(parts.at, parts.at[rows & (parts.part == CONCERN)])
    return found


def past_their_age(world: World, _: Ties) -> Iterator[Draft]:
    """Warning notices in force whose child is of an age at which they protect no more, or will be soon."""
    placed = _placed(world)
    born = world.graph.tables["person"]["birth_latest"].to_numpy()
    for one in orders(world.graph):
        over = one["latest"] < world.graph.today or (one["status"] or "").casefold() in _OVER
        child = one["child"]
        if one["order_type"] != NOTICE or over or child >= len(born) or born[child] == OPEN_END:
            continue
        ends = int(born[child] + (18 if child in placed else 16) * _YEAR)
        if ends - SOON <= world.graph.today:
            yield Draft("order-past-its-age", _people(one), frozenset([one["order"]]), one["source"], "date near")


def _people(one: dict[str, Any]) -> frozenset[tuple[int, str]]:
    return frozenset({(one["subject"], SUBJECT), (one["child"], CHILD)})


def _placed(world: World) -> set[int]:
    """Who was ever recorded in a placement."""
    return set(world.all_parts.who[placements(world)].tolist())


def placements(world: World) -> Rows:
    """The parts of people in placements."""
    types = world.graph.tables["event"]["event_type"]
    first = int(world.graph.first[NODE_KINDS.index("event")])
    nodes: Codes = first + np.flatnonzero(is_role(types, "placement")) if len(types) else np.zeros(0, np.int64)
    found: Rows = np.flatnonzero(np.isin(world.all_parts.at, nodes))
    return found
