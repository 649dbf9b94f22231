"""The files of a result folder that others read: written from the store, and at any time again."""

import json
from collections.abc import Iterator, Sequence
from typing import Any, Final

from concerted.common.folders import write_whole
from concerted.common.spreadsheet_columns import write_columns
from concerted.common.spreadsheets import write_rows
from concerted.desk.results import release
from concerted.desk.store import FAIRNESS, FOUND, NETWORKS, THINGS, Store

ENTITIES: Final = ("record_id", "source", "entity_id")
MENTIONS: Final = ("record_id", "source", "record_kind", "field", "value", "entity_id", "how", "reason")
LINKS: Final = (
    *("left_source", "left_id", "right_source", "right_id"),
    *("weight", "probability", "band", "reasons", "against", "splink_weight"),
)
PLACES: Final = {"weight": 6, "probability": 9, "splink_weight": 6}  # after the point
ROWS: Final = 50_000  # that are written at a time
REVIEW: Final = (*LINKS, "what_it_would_change", "group", "sample")


def reached(point: str) -> None:
    """Stands before every write, and does nothing: tests put a fault here. point: what comes next."""


def write_tables(store: Store) -> None:
    """entities.csv, links.csv, review.csv and model.json."""
    write_entities(store)
    write_links(store)
    write_review(store)
    write_model(store)


def write_entities(store: Store) -> None:
    """One line for each record, with the entity that it is of."""
    reached("entities.csv")
    rows = store.run("select record_id, source, entity from member order by number")
    write_columns(store.folder / "entities.csv", ENTITIES, _in_parts(rows))


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


def write_links(store: Store) -> None:
    """Joined pairs and pairs to review, strongest first. Weights in bits, to six places."""
    reached("links.csv")
    write_columns(store.folder / "links.csv", LINKS, _links(store, "", "true", "number"))


def write_review(store: Store) -> None:
    """Pairs to review and joined links worth a look, most telling first."""
    reached("review.csv")
    more = ", what_it_would_change, review_group, sample"
    write_columns(store.folder / "review.csv", REVIEW, _links(store, more, "place is not null", "place"))


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


def _links(store: Store, more: str, where: str, order: str) -> Iterator[list[list[str | None]]]:
    rows = store.run(f"select {', '.join(LINKS)}{more} from link where {where} order by {order}")
    for columns in _in_parts(rows):
        yield [_written(name, column) for name, column in zip(REVIEW, columns, strict=False)]


def _in_parts(rows: Any) -> Iterator[list[Any]]:
    """The rows of a query as columns, so many of them at a time."""
    while part := rows.fetchmany(ROWS):
        yield list(zip(*part, strict=True))


def _written(name: str, column: Sequence[Any]) -> list[str | None]:
    """A column of links as it is written."""
    places = PLACES.get(name)
    return list(column) if places is None else [repr(round(value, places)) for value in column]
