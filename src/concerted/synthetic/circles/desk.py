"""Where a notice is being written: of which circle, by whom, and the small words that all notes share."""

from dataclasses import dataclass
from typing import Final

import numpy as np

from concerted.synthetic.circles.circle import Circle, Spot
from concerted.synthetic.circles.notices import Notice
from concerted.synthetic.circles.paper import Paper, Row, Subject
from concerted.synthetic.circles.sides import Side
from concerted.synthetic.homes import lines
from concerted.synthetic.mentions import File
from concerted.synthetic.rates import drawn, rate

Fields = dict[str, str | Row | None]
SETTINGS: Final = ("community building", "sports ground", "school", "care setting")


@dataclass(frozen=True, slots=True)
class Desk:
    """What is being written of which circle, on which side, to which paper."""

    paper: Paper
    circle: Circle
    notice: Notice
    side: Side
    rng: np.random.Generator

    def often(self, name: str) -> bool:
        """As often as the rate of that name says."""
        return bool(self.rng.random() < rate(name))

    def one_of(self, name: str) -> str | None:
        """One of the names of a rate."""
        found: str | None = drawn(name, 1, self.rng)[0]
        return found

    def said_of(self, adult: int, otherwise: str) -> str:
        """What a force writes that an adult is to the children whom it met them with."""
        part = self.circle.part(adult)
        if not self.notice.children or not self.often("part_is_said" if part else "part_is_claimed"):
            return otherwise
        return "parent or carer" if part in ("relative", None) else "professional"

    def row(self, file: File, key: str, fields: Fields, **parts: int) -> Row:
        """A row of the agency that keeps such files. parts: the people it describes."""
        agency, told = self.side.agencies[file], self.notice.told
        subjects = {part: Subject(person, file, told, agency) for part, person in parts.items()}
        return self.paper.add(agency, key, told, fields, circle=self.circle.name, parts=subjects)

    def nominal(self, person: int) -> str | Row:
        """Somebody's entry in the force's list."""
        return self.paper.listed(self.side, "nominals", person, self.notice.told)

    def known(self, person: int) -> str | Row:
        """Somebody's entry in the council's list."""
        return self.paper.listed(self.side, "people", person, self.notice.told)


def iso(day: int) -> str:
    """Days since 1970 as a date."""
    return str(np.datetime64(day, "D"))


def clock(minute: int) -> str:
    """HH:MM."""
    return f"{minute // 60:02d}:{minute % 60:02d}"


def address(side: Side, spot: Spot | None) -> tuple[str | None, str | None, str | None]:
    """Line, town and postcode."""
    at = -1 if spot is None or spot.address < 0 else spot.address
    line, town, postcode = lines(side.homes, np.array([at]))
    return line[0], town[0], postcode[0]


def place_fields(desk: Desk, spot: Spot | None, phone: str | None = None, mark: str | None = None) -> Fields:
    """What `recorded` calls place_…"""
    line, town, postcode = address(desk.side, spot)
    return {
        "place": spot.name if spot else None, "place_kind": spot.kind if spot else None, "place_line": line,
        "place_town": town, "place_postcode": postcode, "place_phone": phone, "place_mark": mark,
    }  # fmt: skip


def setting(desk: Desk) -> Spot | None:
    """Where a professional met the child: a club, a school, a care home; nowhere that a note names otherwise."""
    spot = desk.notice.spot
    return spot if spot is not None and spot.kind in SETTINGS else None
