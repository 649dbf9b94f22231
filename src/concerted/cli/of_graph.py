"""What the commands share that list something of a folder's graph."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.cli.plain import printable

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    import pyarrow as pa

    from concerted.networks.graph import Graph


def add(
    subparsers: argparse._SubParsersAction[argparse.ArgumentParser],
    verb: str,
    words: str,
    run: Callable[[argparse.Namespace], int],
) -> None:
    """Register a verb that takes a folder and --json."""
    parser = subparsers.add_parser(verb, help=words)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def told(
    args: argparse.Namespace,
    find: Callable[[Graph], pa.Table],
    for_machines: Callable[[Graph, pa.Table], dict[str, Any]],
    for_people: Callable[[Graph, pa.Table], Iterable[str]],
) -> int:
    """0: what is found in the folder's graph was told, also that there is nothing."""
    from concerted.desk.graph import graph_of
    from concerted.desk.store import Store

    with Store.open(args.folder, to_read=True) as store:
        graph = graph_of(store)
    found = find(graph)
    if args.json:
        print(json.dumps(for_machines(graph, found), indent=1, ensure_ascii=False))
    else:
        print("\n".join(map(printable, for_people(graph, found))))
    return 0
