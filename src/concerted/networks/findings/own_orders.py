"""Rules for an agency's own orders: one that a record contradicts, and one whose child is past its age."""

from collections.abc import Iterator
from typing import Any, Final

import numpy as np

from concerted.networks.findings.draft import CHILD, SUBJECT, Draft, World
from concerted.networks.findings.occasions import Codes, Rows
from concerted.networks.findings.reasons import pair_codes
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


def contradicted(world: World, ties: Ties) -> Iterator[Draft]:
    """Occasions that have the subject and the child together while the order is in force."""
    pairs = pair_codes(world.graph, ties.one, ties.other)
    order = np.argsort(pairs, kind="stable")
    pairs = pairs[order]
    for one in orders(world.graph):
        if one["earliest"] == OPEN_START:
            continue
        pair = min(one["subject"], one["child"]) * world.graph.size + max(one["subject"], one["child"])
        begin, end = np.searchsorted(pairs, [pair, pair + 1])
        rows = order[begin:end]
        then = (ties.day[rows] > one["earliest"]) & (ties.day[rows] <= one["latest"])
        rows = rows[then & (ties.event[rows] != one["order"])]
        if len(rows):
            events = ties.take(rows).events() | {one["order"]}
            yield Draft("order-contradicted", _people(one), events, to=one["source"], urgency="breach")


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
