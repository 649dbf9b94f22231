"""`concerted timeline`: what happened when around a person, a place or a network, as far as records say."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.cli.plain import printable
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concerted.networks.graph import Graph
    from concerted.networks.timeline import Entry

MOST = 200  # entries on a terminal; --json has all
SHOWN = 8  # others of one event


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("timeline", help="tell what happened when around a person, a place or a network")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("record", metavar="SOURCE:ID", help="a record, or the id of a person's entity")
    parser.add_argument("--network", action="store_true", help="also of the people who share something with it")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: told. What is not among the records raises UsedWronglyError: 2."""
    from concerted.desk.graph import graph_of, node_named
    from concerted.desk.store import Store
    from concerted.networks.timeline import around, timeline

    with Store.open(args.folder, to_read=True) as store:
        graph = graph_of(store)
        node = node_named(store, graph, args.record)
    members = around(graph, node) if args.network else [node]
    entries = timeline(graph, members)
    if args.json:
        print(json.dumps(timeline_dict(graph, members, entries), indent=1, ensure_ascii=False))
    else:
        print("\n".join(map(printable, timeline_lines(graph, members, entries))))
    return 0


def timeline_dict(graph: Graph, members: Sequence[int], entries: Sequence[Entry]) -> dict[str, Any]:
    """For machines."""
    from concerted.networks import words

    return {
        "of": [words.node_dict(graph, node) for node in members],
        "entries": [
            {
                "kind": one.kind,
                "what": [words.node_dict(graph, node) for node in one.nodes],
                "when": str(one.when),
                **words.span_dict(one.when.plain()),
                "said_by": list(words.row_dicts(graph, one.rows)),
                "with": [words.node_dict(graph, node) for node in _others(one)],
            }
            for one in entries
        ],
        "made_from": words.made_from(graph),
        "caveats": list(words.CAVEATS),
    }


def timeline_lines(graph: Graph, members: Sequence[int], entries: Sequence[Entry]) -> Iterator[str]:
    """For people."""
    from concerted.networks import words

    who = words.node_words(graph, members[0]) if len(members) == 1 else f"{counted(len(members), 'node')} of a network"
    yield f"{who}: {counted(len(entries), 'entry', 'entries')}."
    for one in entries[:MOST]:
        between = " and " if len(one.nodes) > 1 else ""
        yield f"{one.when}  {_kind(one)}{between.join(words.node_words(graph, node) for node in one.nodes)}"
        yield from (f"    {line}" for line in _said(graph, one))
    if len(entries) > MOST:
        yield f"and {counted(len(entries) - MOST, 'more entry', 'more entries')}: --json has all"
    yield words.made_from_words(graph)


def _kind(one: Entry) -> str:
    """Of a link what it says; events, orders and cases say it themselves."""
    return f"{one.kind}: " if len(one.nodes) > 1 else ""


def _said(graph: Graph, one: Entry) -> Iterator[str]:
    from concerted.networks import words

    rows = graph.evidence(one.rows).to_pylist()
    for row in rows[:SHOWN]:
        others = [row[end] for end in ("left", "right") if row[end] not in one.nodes]
        yield "; ".join([*(words.node_words(graph, node) for node in others), words.row_words(row)])
    if len(rows) > SHOWN:
        yield f"and {counted(len(rows) - SHOWN, 'more record')}: --json has all"


def _others(one: Entry) -> list[int]:
    """Who and what else is said to have been there."""
    ends = {int(node) for end in ("left", "right") for node in one.rows[end].to_pylist()}
    return sorted(ends - set(one.nodes))
