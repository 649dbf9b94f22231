"""`concerted export`: the graph of a folder as files for other programs, with grades, handling and caveats."""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from concerted.networks.export import Format, Written
    from concerted.networks.graph import Graph
    from concerted.networks.keys import Numbers

FORMATS = ("graphml", "i2", "json")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("export", help="write the graph as GraphML, lists for i2 or JSON")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("--format", required=True, choices=FORMATS, help="i2: a folder of two lists and what to mind")
    parser.add_argument("--out", required=True, type=Path, metavar="FILE", help="what to write; a folder for i2")
    parser.add_argument("--around", metavar="SOURCE:ID", help="only what lies around this record")
    parser.add_argument("--links", type=int, default=2, metavar="N", help="with --around: so many links away (2)")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: written. What is there already is never overwritten, and what is not among the records is refused: 2."""
    from concerted.desk.graph import graph_of, node_named
    from concerted.desk.store import Store
    from concerted.networks.words import made_from_words

    with Store.open(args.folder, to_read=True) as store:
        graph = graph_of(store)
        around = node_named(store, graph, args.around) if args.around else None
    written = _write(graph, _chosen(graph, around, args.links), args.format, args.out)
    print(f"{args.out}: {counted(written.nodes, 'node')} and {counted(written.links, 'row')} of links.")
    print("What it holds names people: keep it as its handling codes say, and pass it on only for this purpose.")
    print(made_from_words(graph))
    return 0


def _chosen(graph: Graph, around: int | None, links: int) -> Numbers:
    """The nodes to write: all, or those within so many links of one."""
    import numpy as np

    if around is None:
        return np.arange(graph.size, dtype=np.int32)
    return graph.within(around, links)


def _write(graph: Graph, nodes: Numbers, form: Format, out: Path) -> Written:
    from concerted.common.folders import built_whole, new_file
    from concerted.networks.export import WRITERS

    if form != "i2":
        with new_file(out) as path:
            return WRITERS[form](graph, nodes, path)
    if out.exists():
        raise FileExistsError(17, "File exists", str(out))
    with built_whole(out, new=True) as folder:
        return WRITERS[form](graph, nodes, folder)
