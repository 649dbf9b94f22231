"""What of a district stands in the files that hold people: one table a kind of file, in the region's own words.

A table is a dictionary of columns, side by side. Who makes files of them is `layouts`.
"""

from typing import Final

import numpy as np

from concerted.synthetic.columns import Numbers, Texts, days, texts, texts_of, there, times
from concerted.synthetic.district import District
from concerted.synthetic.homes import lines
from concerted.synthetic.mentions import File
from concerted.synthetic.numbers import registrations
from concerted.synthetic.rates import drawn, rate

Table = dict[str, Texts]
Truth = dict[str, Numbers]
"""For each part of a row that is a person ("" when the row is one), the person; -1 for nobody."""

PERSON: Final = (
    *("given", "middle", "family", "also", "born", "sex", "line", "town", "postcode", "phone", "nhs", "upn", "pnc"),
    *("ethnicity", "handle", "email", "birthplace"),
)


def listed(district: District, file: File) -> tuple[Table, Truth]:
    """A list of people: nominals of a force, people of a council."""
    rows = by_reference(district, file)
    table = person_columns(district, rows)
    table["ref"] = texts(district.reference[rows])
    table["updated"] = days(district.mentions.day[rows])
    return table, {"": district.mentions.person[rows]}


def occasions(district: District, file: File, rng: np.random.Generator) -> tuple[Table, Truth]:
    """What is written anew each time: a report, a contact, an attendance. One person a row."""
    rows = by_reference(district, file)
    table = person_columns(district, rows)
    table["ref"] = texts(district.reference[rows])
    table["day"] = days(district.mentions.day[rows])
    table["time"] = times(len(rows), rng)
    table |= place_columns(district, rows, file, rng)
    if file in _KIND:
        table["full"] = full_names(table)
        table["worker"] = rng.choice(np.array(["AB", "JM", "KS", "RT", "SN"], object), len(rows))
    return table, {"person": district.mentions.person[rows]}


def missing(district: District, rng: np.random.Generator) -> tuple[Table, Truth]:
    """Missing reports, of which a few are still open."""
    table, truth = occasions(district, File.MISSING, rng)
    began = district.mentions.day[by_reference(district, File.MISSING)]
    ended = began + rng.exponential(rate("missing_days"), len(began)).astype(np.int64)
    table["to"] = days(ended)
    table["to"][ended >= district.as_of] = None
    table["found"] = drawn("found_where", len(began), rng)
    return table, truth


def intelligence(district: District, rng: np.random.Generator) -> tuple[Table, Truth]:
    """Reports with one subject or two: those of one group and day share a report."""
    rows = by_reference(district, File.INTELLIGENCE)
    group = district.gatherings.group[rows]
    order = np.lexsort((district.mentions.day[rows], group))
    rows, group = rows[order], group[order]
    with_next = (
        (group[:-1] == group[1:]) & (group[:-1] >= 0) & (rng.random(len(group) - 1) < rate("two_subjects_of_a_group"))
    )
    second = np.zeros(len(rows), bool)
    for at in np.flatnonzero(with_next).tolist():
        second[at + 1] = not second[at]
    first = np.flatnonzero(~second)
    other = np.where(np.r_[second[1:], False][first], first + 1, -1)
    subjects = {"one": rows[first], "two": np.where(other >= 0, rows[np.maximum(other, 0)], -1)}
    table: Table = {}
    for part, mention in subjects.items():
        table |= {f"{part}_{name}": column for name, column in person_columns(district, mention).items()}
    one = subjects["one"]
    table["ref"] = texts(district.reference[one])
    table["day"] = days(district.mentions.day[one])
    table |= place_columns(district, one, File.INTELLIGENCE, rng)
    table["source"] = drawn("source_evaluations", len(one), rng)
    table["assessment"] = drawn("information_assessments", len(one), rng)
    table["handling"] = drawn("handling_codes", len(one), rng)
    who = {part: np.where(mention >= 0, district.mentions.person[mention], -1) for part, mention in subjects.items()}
    return table, who


def by_reference(district: District, file: File) -> Numbers:
    """The mentions of a kind of file in the order of their references, as a file has them."""
    rows = district.mentions.of(file)
    found: Numbers = rows[np.argsort(district.reference[rows])]
    return found


def person_columns(district: District, rows: Numbers) -> Table:
    """What is written of the persons; nothing where the row is -1."""
    table: Table = {}
    nobody = rows < 0
    for name in PERSON:
        column: Texts = getattr(district.typed, name)[rows]
        column[nobody] = None
        table[name] = column
    return table


_KIND: Final = {File.SESSIONS: "community building", File.SESSIONS_ELSEWHERE: "community building"}


def place_columns(district: District, rows: Numbers, file: File, rng: np.random.Generator) -> Table:
    """Where it was, and a telephone and a vehicle that are named: the group's, else now and then some other."""
    group, count = district.gatherings.group[rows], len(rows)
    groups = district.gatherings.groups
    of_group = group >= 0
    address = np.where(
        rng.random(count) < rate("occasion_has_a_place"), rng.integers(0, len(district.homes), count), -1
    )
    name, kind, phone, mark = (np.empty(count, object) for _ in range(4))
    kind[address >= 0] = _KIND.get(file, "street")
    for at in np.flatnonzero(of_group).tolist():
        found = groups[group[at]]
        name[at], kind[at], address[at] = found.name, found.location, found.address
        phone[at] = found.phone if found.kind in {"taxi firm", "worker's telephone", "care home"} else None
        mark[at] = found.registration if found.kind == "taxi firm" else None
    own = np.flatnonzero(~there(mark) & (rng.random(count) < rate("own_vehicle_named")))
    mark[own] = own_marks(district, district.mentions.person[rows[own]])
    line, town, postcode = lines(district.homes, address)
    return {
        "place": name, "place_kind": kind, "place_line": line, "place_town": town, "place_postcode": postcode,
        "place_phone": phone, "place_mark": mark,
    }  # fmt: skip


def own_marks(district: District, person: Numbers) -> Texts:
    """The registration marks of people's own vehicles."""
    return registrations(district.number * len(district.people) + person)


def full_names(table: Table) -> Texts:
    both = zip(table["given"].tolist(), table["family"].tolist(), strict=True)
    return texts_of([" ".join(filter(None, names)) for names in both])
