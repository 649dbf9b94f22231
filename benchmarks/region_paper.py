"""What a region's agencies wrote, by person as the truth has them: who stands in which event, at which place."""

import csv
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from concerted.common.spreadsheets import read_rows
from concerted.synthetic.agencies import Agency, agencies_of
from concerted.synthetic.layouts import Layout
from concerted.synthetic.lexicon import load
from concerted.synthetic.region import layouts_of
from concerted.synthetic.sizes import SIZES

Row = dict[str, str]
Event = tuple[str, str, str]
"""An agency, a kind of file, and the number of a row."""

LINKS: Final = {"crime_people": "crimes", "stop_people": "stops", "found_with": "missing"}
LISTS: Final = ("nominals", "people")
OF_ONE: Final = ("missing", "contacts", "attendances", "sessions", "intelligence")


@dataclass
class Paper:
    """events, places, phones: the people who stand in or beside each. agencies: that write of each person. concern:
    suspects, those with an order, those named in intelligence or found with somebody missing."""

    events: dict[Event, set[str]] = field(default_factory=lambda: defaultdict(set))
    places: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    phones: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    agencies: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    concern: set[str] = field(default_factory=set)


def paper_of(region: Path, size: str) -> Paper:
    """All of it. Linkage is the truth's, so that nothing is harder for want of a join."""
    whose = {(row["source"], row["record_id"]): row["truth_id"] for row in read_rows(region / "truth" / "people.csv")}
    paper = Paper()
    for agency in agencies_of(SIZES[size], load()).all():
        _agency(region / "extracts", agency, whose, paper)
    return paper


def by_person(things: dict[Any, set[str]]) -> dict[str, list[Any]]:
    """The things that each person stands beside."""
    found: dict[str, list[Any]] = defaultdict(list)
    for thing, people in things.items():
        for person in people:
            found[person].append(thing)
    return found


def _agency(extracts: Path, agency: Agency, whose: dict[tuple[str, str], str], paper: Paper) -> None:
    layouts = layouts_of(agency)
    rows = {key: list(_rows(extracts / agency.slug / layout.file, layout)) for key, layout in layouts.items()}
    where = {key: {row["ref"]: row for row in rows[key]} for key in LINKS.values() if key in rows}
    for key in (*LISTS, *OF_ONE):
        for row in rows.get(key, ()):
            _person_row(agency.slug, key, row, layouts[key], whose, paper)
    for key, of in LINKS.items():
        for row in rows.get(key, ()):
            person, event = whose[agency.slug, row["person"]], row["event"].removesuffix("/episode")
            _note(paper, (agency.slug, of, event), person, where[of][event])
            if row["role"].lower().startswith(("susp", "found")):
                paper.concern.add(person)
    paper.concern |= {whose[agency.slug, row["person"]] for row in rows.get("orders", ())}


def _rows(path: Path, layout: Layout) -> Iterator[Row]:
    """Rows by the region's own words."""
    if not path.is_file():
        return
    names = {column.name: column.field for column in layout.columns}
    with path.open(encoding=layout.encoding, newline="") as handle:
        for row in csv.DictReader(handle):
            fields = {names[name]: value for name, value in row.items()}
            fields["ref"] = next(iter(row.values()))
            yield fields


def _person_row(slug: str, key: str, row: Row, layout: Layout, whose: dict[tuple[str, str], str], paper: Paper) -> None:
    parts = [""] if key in LISTS else ["one", "two"] if key == "intelligence" else [layout.truth["person"]]
    for part in parts:
        person = whose.get((slug, f"{row['ref']}/{part}" if part else row["ref"]))
        if person is None:
            continue
        paper.agencies[person].add(slug)
        number = row.get(f"{part}_phone" if key == "intelligence" else "phone")
        if number:
            paper.phones[number.replace(" ", "")].add(person)
        if key not in LISTS:
            _note(paper, (slug, key, row["ref"]), person, row)
        if key == "intelligence":
            paper.concern.add(person)


def _note(paper: Paper, event: Event, person: str, row: Row) -> None:
    paper.events[event].add(person)
    paper.agencies[person].add(event[0])
    number = row.get("place_phone")
    if number:
        paper.phones[number.replace(" ", "")].add(person)
    line = row.get("place_line") or (
        "" if event[1] in ("missing", "attendances", "sessions", "contacts") else row.get("line")
    )
    place = row.get("place") or line
    if place:
        town = (row.get("place_town") or row.get("town") or "").upper()
        paper.places[f"{place}, {town}"].add(person)
