"""A graph as files for other programs: GraphML, lists for i2 Analyst's Notebook, JSON."""

import json
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, Final, Literal, NamedTuple

from lxml import etree

from concerted.common.spreadsheets import write_rows
from concerted.networks.export_rows import LINK_COLUMNS, NODE_COLUMNS, link_rows, node_rows
from concerted.networks.graph import Graph
from concerted.networks.keys import Numbers
from concerted.networks.words import CAVEATS, made_from

Format = Literal["graphml", "i2", "json"]
ENTITIES, LINKS, READ_ME = "entities.csv", "links.csv", "read-me.txt"
_GRAPHML: Final = "http://graphml.graphdrawing.org/xmlns"


class Written(NamedTuple):
    """How many rows stand in what was written."""

    nodes: int
    links: int


def as_graphml(graph: Graph, nodes: Numbers, path: Path) -> Written:
    """Write one GraphML file, whose links have a direction: from their left end to their right."""
    with etree.xmlfile(str(path), encoding="utf-8") as file:
        file.write_declaration()
        with file.element("graphml", nsmap={None: _GRAPHML}):
            for of, names in (("node", NODE_COLUMNS[1:]), ("edge", LINK_COLUMNS[3:])):
                for name in names:
                    about = {"id": f"{of}.{name}", "for": of, "attr.name": name, "attr.type": "string"}
                    file.write(etree.Element("key", about))
            for name in ("as_of", "made_from", "caveats"):
                about = {"id": f"graph.{name}", "for": "graph", "attr.name": name, "attr.type": "string"}
                file.write(etree.Element("key", about))
            with file.element("graph", id="concerted", edgedefault="directed"):
                _graphml_data(file, "graph", _about(graph))
                written = [
                    _graphml_rows(file, "node", node_rows(graph, nodes)),
                    _graphml_rows(file, "edge", link_rows(graph, nodes)),
                ]
    return Written(*written)


def _graphml_rows(file: Any, of: str, rows: Iterable[dict[str, Any]]) -> int:
    count = 0
    for row in rows:
        ends = {"source": row["from_id"], "target": row["to_id"]} if of == "edge" else {}
        about = {name: _xml(value) for name, value in {"id": row["id"], **ends}.items()}
        with file.element(of, about):
            _graphml_data(file, of, {name: row[name] for name in row if name not in ("id", "from_id", "to_id")})
        count += 1
    return count


def _graphml_data(file: Any, of: str, values: dict[str, Any]) -> None:
    for name, value in values.items():
        if value is not None:
            data = etree.Element("data", key=f"{of}.{name}")
            data.text = _xml(" ".join(value) if isinstance(value, list) else str(value))
            file.write(data)


def _xml(text: str) -> str:
    """Without the characters that XML cannot hold."""
    return "".join(char for char in text if char.isprintable() or char in "\t\n")


def as_lists(graph: Graph, nodes: Numbers, folder: Path) -> Written:
    """Write two lists and what to mind into a folder that is there: entities and links, as i2 Analyst's Notebook and
    spreadsheets import them. No cell of them runs as a formula."""
    (folder / READ_ME).write_text("\n".join(_read_me(graph)) + "\n", encoding="utf-8")
    found = (ENTITIES, NODE_COLUMNS, node_rows(graph, nodes)), (LINKS, LINK_COLUMNS, link_rows(graph, nodes))
    counts = []
    for name, columns, rows in found:
        cells = ([row.get(column) or "" for column in columns] for row in rows)
        counts.append(write_rows(folder / name, columns, cells, mark=True))
    return Written(*counts)


def _read_me(graph: Graph) -> Iterable[str]:
    about = _about(graph)
    yield f"A graph as of {about['as_of']}, made from records of {', '.join(about['made_from'])}."
    yield from CAVEATS
    yield f"{ENTITIES}: import by `id` (identity), `kind` (entity type) and `label`; all other columns are attributes."
    yield f"{LINKS}: a row for each record that says a link, from `from_id` to `to_id`; `kind` is the link type."
    yield "handling C: to be passed on only under the conditions of its owner, who is named under `source`."


def as_json(graph: Graph, nodes: Numbers, path: Path) -> Written:
    """Write one JSON file, a line for each node and link."""
    counts = []
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(_about(graph), ensure_ascii=False, indent=1).removesuffix("\n}"))
        for name, rows in (("nodes", node_rows(graph, nodes)), ("links", link_rows(graph, nodes))):
            file.write(f',\n "{name}": [')
            count = 0
            for row in rows:
                file.write(",\n  " if count else "\n  ")
                file.write(json.dumps(row, ensure_ascii=False))
                count += 1
            file.write("\n ]")
            counts.append(count)
        file.write("\n}\n")
    return Written(*counts)


def _about(graph: Graph) -> dict[str, Any]:
    return {"as_of": str(graph.as_of), "made_from": made_from(graph), "caveats": list(CAVEATS)}


WRITERS: Final[dict[Format, Callable[[Graph, Numbers, Path], Written]]] = {
    "graphml": as_graphml,
    "i2": as_lists,
    "json": as_json,
}
