"""`concerted path`: how two people, places or things hang together, what says so, and what would end it."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.cli.plain import printable
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from concerted.networks.graph import Graph
    from concerted.networks.paths import Connection, Step
    from concerted.networks.paths import Path as Way

SHOWN = 5  # records that say one step; --json has all


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("path", help="tell how two people hang together, and what would end it")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    for name in ("one", "other"):
        parser.add_argument(name, metavar="SOURCE:ID", help="a record, or the id of a person's entity")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: told, also that no path was found. What is not among the records raises UsedWronglyError: 2."""
    from concerted.desk.graph import graph_of, node_named
    from concerted.desk.store import Store
    from concerted.networks.paths import connection
    from concerted.networks.sharing import widely_shared

    with Store.open(args.folder, to_read=True) as store:
        graph = graph_of(store)
        one, other = (node_named(store, graph, text) for text in (args.one, args.other))
    found = connection(graph, one, other, widely_shared(graph))
    if args.json:
        print(json.dumps(path_dict(graph, one, other, found), indent=1, ensure_ascii=False))
    else:
        print("\n".join(map(printable, path_lines(graph, one, other, found))))
    return 0


def path_dict(graph: Graph, one: int, other: int, found: Connection) -> dict[str, Any]:
    """For machines: `path` and `second`, each with its steps; null where there is none."""
    from concerted.networks import words

    return {
        "from": words.node_dict(graph, one),
        "to": words.node_dict(graph, other),
        "path": _way_dict(graph, found.path),
        "second": _way_dict(graph, found.second),
        "ends_both": _keys(graph, found.breaks),
        "widely_shared": [_shared(graph, node) for node in found.shared],
        "gone_round": [_shared(graph, node) for node in found.passed],
        "longest": found.longest,
        "made_from": words.made_from(graph),
        "caveats": list(words.CAVEATS),
    }


def _way_dict(graph: Graph, way: Way | None) -> dict[str, Any] | None:
    from concerted.networks import words

    if way is None:
        return None
    steps = [
        {
            "from": words.node_dict(graph, step.left),
            "to": words.node_dict(graph, step.right),
            "said_by": list(words.row_dicts(graph, step.rows)),
            "ended_by": _keys(graph, step.breaks),
        }
        for step in way.steps
    ]
    joined = [words.node_dict(graph, node) for node in way.joined]
    return {"steps": steps, "ended_by": _keys(graph, way.breaks), "rests_on_joins_of": joined}


def _shared(graph: Graph, node: int) -> dict[str, Any]:
    import numpy as np

    from concerted.networks import words
    from concerted.networks.sharing import sharing

    [counts] = sharing(graph, np.array([node], np.int32)).to_pylist()
    return words.node_dict(graph, node) | {"people": counts["people"], "uninvolved": counts["uninvolved"]}


def path_lines(graph: Graph, one: int, other: int, found: Connection) -> Iterator[str]:
    """For people."""
    from concerted.networks import words

    ends = f"{words.node_words(graph, one)} and {words.node_words(graph, other)}"
    if found.path is None:
        yield f"No path of up to {found.longest} links between {ends} in these records."
    elif not found.path.steps:
        yield f"Both are records of one: {words.node_words(graph, one)}."
    else:
        yield f"{ends}: {counted(len(found.path.steps), 'link')}."
        yield from _way_lines(graph, found.path)
        yield from _second(graph, found)
    for node in (*found.shared, *found.passed):
        yield _shared_words(graph, node, passed=node in found.passed)
    yield words.made_from_words(graph)


def _way_lines(graph: Graph, way: Way) -> Iterator[str]:
    from concerted.networks import words

    yield f"  {words.node_words(graph, way.steps[0].left)}"
    for step in way.steps:
        yield from (f"      {line}" for line in _said(graph, step))
        yield f"  {words.node_words(graph, step.right)}"
    for node in way.joined:
        who = words.node_words(graph, node)
        yield f"It rests on several records being of one person (`concerted explain` says why): {who}."
    yield f"It ends without any one of: {_some(_keys(graph, way.breaks))}."


def _said(graph: Graph, step: Step) -> Iterator[str]:
    from concerted.networks import words

    rows = graph.evidence(step.rows).to_pylist()
    yield from (words.row_words(row) for row in rows[:SHOWN])
    if len(rows) > SHOWN:
        yield f"and {counted(len(rows) - SHOWN, 'more record')}: --json has all"


def _second(graph: Graph, found: Connection) -> Iterator[str]:
    if found.second is None:
        yield "No second path was found that shares nothing with it between the two."
        return
    yield "A second path, which shares nothing with it between the two:"
    yield from _way_lines(graph, found.second)
    if found.breaks:
        yield f"Both end without any one of: {_some(_keys(graph, found.breaks))}."


def _shared_words(graph: Graph, node: int, *, passed: bool) -> str:
    from concerted.networks import words

    told = _shared(graph, node)
    people = f"{counted(told['people'], 'person', 'people')} share it, {told['uninvolved']:,} of them uninvolved"
    what = "was gone round" if passed else "is on the path, and says little"
    return f"{words.node_words(graph, node)} {what}: {people}."


def _keys(graph: Graph, records: Iterable[int]) -> list[str]:
    import pyarrow as pa

    rows = graph.records.take(pa.array(sorted(records), pa.int64())).to_pylist()
    return [f"{row['source']}:{row['record_id']}" for row in rows]


def _some(keys: list[str]) -> str:
    more = f" and {len(keys) - 2 * SHOWN:,} more" if len(keys) > 2 * SHOWN else ""
    return f"{', '.join(keys[: 2 * SHOWN])}{more}"
