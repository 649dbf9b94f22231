"""The files of a result folder that others read: written from the store, and at any time again."""

import json
from pathlib import Path
from typing import Any, Final

import pyarrow as pa

from concerted.common.folders import write_whole
from concerted.common.spreadsheet_columns import write_columns
from concerted.common.spreadsheets import write_rows
from concerted.desk.columns import Columns
from concerted.desk.results import release
from concerted.desk.store import FAIRNESS, FOUND, NETWORKS, THINGS, Store

ENTITIES: Final = ("record_id", "source", "entity_id")
MENTIONS: Final = ("record_id", "source", "record_kind", "field", "value", "entity_id", "how", "reason")
LINKS: Final = (
    *("left_source", "left_id", "right_source", "right_id"),
    *("weight", "probability", "band", "reasons", "against", "splink_weight"),
)
PLACES: Final = {"weight": 6, "probability": 9, "splink_weight": 6}  # after the point
_BANDS: Final = pa.array(["review", "join"])
REVIEW: Final = (*LINKS, "what_it_would_change", "group", "sample")


def reached(point: str) -> None:
    """Stands before every write, and does nothing: tests put a fault here. point: what comes next."""


def write_tables(folder: Path, held: Columns) -> None:
    """entities.csv and links.csv. held: what the folder's store holds, which is not asked again."""
    write_entities(folder, held)
    write_links(folder, held)


def write_entities(folder: Path, held: Columns) -> None:
    """One line for each record, with the entity that it is of."""
    reached("entities.csv")
    columns = [held.members[name].combine_chunks() for name in ("record_id", "source", "entity")]
    write_columns(folder / "entities.csv", ENTITIES, columns)


def write_things(store: Store) -> None:
    """A list for each kind of thing: every mention of one, with the thing that it is of and why."""
    for kind, name in THINGS.items():
        reached(name)
        rows = store.run(
            "select record_id, source, record_kind, field, value, entity, how, reason from thing where kind = ? "
            "order by number",
            [kind],
        )
        write_rows(store.folder / name, MENTIONS, rows)


def write_links(folder: Path, held: Columns) -> None:
    """Joined pairs and pairs to review, strongest first. Weights in bits, to six places."""
    reached("links.csv")
    write_columns(folder / "links.csv", LINKS, _links(held, held.links))


def write_review(folder: Path, held: Columns) -> None:
    """Pairs to review and joined links worth a look, most telling first."""
    reached("review.csv")
    asked = [one.combine_chunks() for one in held.asked.columns[1:]]
    columns = [*_links(held, held.links.take(held.asked["link"])), *asked]
    write_columns(folder / "review.csv", REVIEW, columns)


def write_model(store: Store) -> None:
    """The model release."""
    reached("model.json")
    write_whole(store.folder / "model.json", release(store)[0].to_json() + "\n")


def write_findings(store: Store, told: list[dict[str, object]]) -> None:
    """The patterns to check, first to check first."""
    reached(FOUND)
    write_whole(store.folder / FOUND, json.dumps(told, indent=1, ensure_ascii=False) + "\n")


def write_networks(store: Store, page: str) -> None:
    """The page of networks."""
    reached(NETWORKS)
    write_whole(store.folder / NETWORKS, page)


def write_summary(store: Store, summary: dict[str, object]) -> None:
    """The summary, kept in the store too."""
    reached("summary.json")
    text = json.dumps(summary, indent=1, ensure_ascii=False)
    store.put("summary", text)
    write_whole(store.folder / "summary.json", text + "\n")


def write_report(store: Store, page: str) -> None:
    """The report page."""
    reached("report.html")
    write_whole(store.folder / "report.html", page)


def write_quality(store: Store, page: str) -> None:
    """The data-quality page."""
    reached("quality.html")
    write_whole(store.folder / "quality.html", page)


def write_fairness(store: Store, page: str) -> None:
    """The page on fairness."""
    reached(FAIRNESS)
    write_whole(store.folder / FAIRNESS, page)


def _links(held: Columns, links: pa.Table) -> list[Any]:
    """The columns of these links as they are written."""
    keys = [held.members[name].combine_chunks() for name in ("source", "record_id")]
    sides = [
        pa.DictionaryArray.from_arrays(links[side].combine_chunks(), key) for side in ("one", "other") for key in keys
    ]
    numbers = {name: _texts(links[name], places) for name, places in PLACES.items()}
    told = {
        name: pa.DictionaryArray.from_arrays(links[name].combine_chunks(), held.said) for name in ("reasons", "against")
    }
    band = pa.DictionaryArray.from_arrays(links["joined"].combine_chunks(), _BANDS)
    return [*sides, *({**numbers, **told, "band": band}[name] for name in LINKS[4:])]


def _texts(numbers: Any, places: int) -> Any:
    return pa.array([repr(round(number, places)) for number in numbers.to_pylist()], pa.string())
