"""`concerted connectors`: adult suspects through whom alone others hang together. Nobody else is ever measured."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from concerted.cli import of_graph
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from concerted.networks.graph import Graph

MOST = 50  # people on a terminal; --json has all
WHOM = (
    "Only adults whom a record has as a suspect are looked at: nobody under 18, of unknown age, or ever recorded as a "
    "victim is in it, nor is a way through them. It says how records hang together, and nothing of what anybody did or "
    "may do."
)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    of_graph.add(subparsers, "connectors", "list adult suspects through whom alone others hang together", run)


def run(args: argparse.Namespace) -> int:
    """0: told, also that there is nobody."""
    from concerted.networks.connectors import connectors

    return of_graph.told(args, connectors, connectors_dict, connectors_lines)


def connectors_dict(graph: Graph, found: pa.Table) -> dict[str, Any]:
    """For machines: every adult suspect. linked: with how many others. parted: pairs that hang together through them
    alone."""
    from concerted.networks import words

    told = [{**words.node_dict(graph, row["node"]), **_counts(row)} for row in found.to_pylist()]
    return {"adult_suspects": told, "made_from": words.made_from(graph), "caveats": [*words.CAVEATS, WHOM]}


def connectors_lines(graph: Graph, found: pa.Table) -> Iterator[str]:
    """For people: those without whom others would not hang together."""
    from concerted.networks import words

    rows = [row for row in found.to_pylist() if row["parted"]]
    yield f"Adult suspects through whom alone others hang together: {len(rows):,} of {found.num_rows:,}."
    yield WHOM
    for row in rows[:MOST]:
        pairs = counted(row["parted"], "pair hangs", "pairs hang")
        with_whom = counted(row["linked"], "other adult suspect")
        yield f"{words.node_words(graph, row['node'])}: linked with {with_whom}; {pairs} together through them alone."
    if len(rows) > MOST:
        yield f"and {counted(len(rows) - MOST, 'more person', 'more people')}: --json has all"
    yield words.made_from_words(graph)


def _counts(row: dict[str, int]) -> dict[str, int]:
    return {name: row[name] for name in ("linked", "parted")}
