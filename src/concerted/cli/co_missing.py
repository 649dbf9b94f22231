"""`concerted co-missing`: pairs of children who were missing at overlapping times, as far as records say."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING, Any

from concerted.cli import of_graph
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pyarrow as pa

    from concerted.networks.graph import Graph

MOST = 100  # pairs on a terminal; --json has all
_TELLING = "twice or more, or at one place or in one record"
INNOCENT = (
    "Friends stay out together, one home reports all its children at once, and a child who is missing often meets "
    "many by chance. The latest come first, whoever they are."
)


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    of_graph.add(subparsers, "co-missing", "list children who were missing at overlapping times", run)


def run(args: argparse.Namespace) -> int:
    """0: told, also that there are none."""
    from concerted.networks.co_missing import co_missing

    return of_graph.told(args, co_missing, pairs_dict, pairs_lines)


def pairs_dict(graph: Graph, found: pa.Table) -> dict[str, Any]:
    """For machines: every pair, the latest first. first, last: days, null where one is not known."""
    from concerted.networks import words
    from concerted.networks.spans import day_of

    def day(of: int) -> str | None:
        told = day_of(of)
        return str(told) if told else None

    pairs = [
        {
            **row,
            **{name: words.node_dict(graph, row[name]) for name in ("one", "other")},
            **{name: day(row[name]) for name in ("first", "last")},
        }
        for row in found.to_pylist()
    ]
    return {"pairs": pairs, "made_from": words.made_from(graph), "caveats": [*words.CAVEATS, INNOCENT]}


def pairs_lines(graph: Graph, found: pa.Table) -> Iterator[str]:
    """For people."""
    from concerted.networks import words
    from concerted.networks.spans import day_of

    yield f"{counted(found.num_rows, 'pair')} of children whose missing episodes may overlap, {_TELLING}."
    if found.num_rows:
        yield INNOCENT
    for row in found.slice(0, MOST).to_pylist():
        one, other = (words.node_words(graph, row[name]) for name in ("one", "other"))
        first, last = (str(day_of(row[name]) or "a day that is not known") for name in ("first", "last"))
        yield f"{one} and {other}, {first} to {last}:"
        yield f"    {_times(row)}"
    if found.num_rows > MOST:
        yield f"and {counted(found.num_rows - MOST, 'more pair')}: --json has all"
    yield words.made_from_words(graph)


def _times(row: dict[str, int]) -> str:
    """How often, and how surely."""
    told = [f"{counted(row['overlapping'], 'time')} by what records allow, {row['surely']:,} of them surely"]
    told += [f"{row['at_one_place']:,} at one place"] * bool(row["at_one_place"])
    told += [f"{row['in_one_event']:,} in one record"] * bool(row["in_one_event"])
    return "; ".join(told)
