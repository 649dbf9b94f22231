"""Circles, evenings and notices made by hand, in the first district of a medium region."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
import pytest

from concerted.synthetic.circles.circle import Circle, Evening, Phase, Spot
from concerted.synthetic.circles.desk import Desk
from concerted.synthetic.circles.notices import Notice
from concerted.synthetic.circles.paper import Paper, Row
from concerted.synthetic.circles.sides import Side, sides
from concerted.synthetic.circles.write import write
from concerted.synthetic.district import District
from concerted.synthetic.homes import Homes
from concerted.synthetic.rates import Rate, all_rates
from tests.synthetic.conftest import DAY

SPOT = Spot("Invented Grill", "takeaway", 7)
PHONE, MARK = "07700900123", "QA01AAA"


class Written(Protocol):
    """Rows of one kind of file, of notices of a circle that are written so many times."""

    def __call__(self, key: str, of: Circle, *notices: Notice, times: int = 1) -> list[Row]:
        """key: of the file."""


def of_age(district: District, low: float, high: float, many: int) -> tuple[int, ...]:
    """The first people of these ages, each of a household of its own."""
    age = district.people.families.age(DAY)
    found = np.flatnonzero((age >= low) & (age <= high))
    _, first = np.unique(district.people.families.household[found], return_index=True)
    return tuple(found[first][:many].tolist())


def rates(monkeypatch: pytest.MonkeyPatch, **values: object) -> None:
    """Other rates for one test, so that it holds whatever those of the region are."""
    for name, value in values.items():
        assert name in all_rates()
        monkeypatch.setitem(all_rates(), name, Rate(value, "of a test"))


def way(monkeypatch: pytest.MonkeyPatch, kind: str, **values: float) -> None:
    """Another way of meeting for one kind of circle; what is not said is as the region's rates have it."""
    ways = all_rates()["ways_of_circles"].value
    assert set(values) <= set(ways[kind])
    monkeypatch.setitem(ways, kind, ways[kind] | values)


def circle(district: District, kind: str = "street", **other: Any) -> Circle:
    """Three adults and four children of 14 to 16, who met over the last year at one place."""
    phase = Phase(DAY - 365, DAY - 2, (SPOT,), PHONE, MARK)
    given: dict[str, Any] = {
        "name": "N0000", "adults": of_age(district, 30, 50, 3), "children": of_age(district, 14, 16, 4),
        "phases": (phase,), "evenings": 10, "network": True,
    }  # fmt: skip
    return Circle(kind=kind, **(given | other))


def evening(of: Circle, **other: Any) -> Evening:
    """One of a hundred days ago at half past nine, with an adult and two children, one of them missing."""
    given: dict[str, Any] = {
        "day": DAY - 100, "minute": 21 * 60 + 30, "adults": of.adults[:1], "children": of.children[:2], "spot": SPOT,
        "phone": PHONE, "mark": MARK, "missing": of.children[0],
    }  # fmt: skip
    return Evening(**(given | other))


def notice(of: Circle, what: str, **other: Any) -> Notice:
    """What was noticed of that evening, on the day."""
    given: dict[str, Any] = {
        "day": DAY - 100, "minute": 21 * 60 + 30, "told": DAY - 100, "adults": of.adults[:1],
        "children": of.children[:2], "spot": SPOT, "phone": PHONE, "mark": MARK,
    }  # fmt: skip
    return Notice(what, **(given | other))


def both_sides(district: District, beyond: Homes) -> tuple[Side, Side]:
    """This side and the one beyond."""
    return sides(district.homes, beyond, district.agencies)


def written(district: District, side: Side, of: Circle, notices: Sequence[Notice], seed: int = 1) -> Paper:
    """The rows of these notices."""
    paper, rng = Paper(district), np.random.default_rng(seed)
    for one in notices:
        write(Desk(paper, of, one, side, rng))
    return paper


def rows(paper: Paper, key: str) -> list[Row]:
    """Those of one kind of file."""
    return [row for row in paper.rows if row.key == key]
