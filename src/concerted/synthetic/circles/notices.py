"""What agencies notice of the evenings of a circle: each a note of its own kind, of some of those who were there."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from concerted.synthetic.circles.circle import Circle, Evening, Spot, Way
from concerted.synthetic.people import People
from concerted.synthetic.rates import all_rates, between, drawn_of, rate

OF_A_CHILD: Final = ("contact", "session", "attendance")
OF_TWO: Final = ("message", "relation", "stop")


@dataclass(frozen=True, slots=True)
class Notice:
    """What one agency noticed. what: of which kind. told: the day it was written, not before `day`. beyond: by whom.

    adults, children: those of the evening that the note names.
    """

    what: str
    day: int
    minute: int
    told: int
    adults: tuple[int, ...]
    children: tuple[int, ...]
    spot: Spot | None = None
    phone: str | None = None
    mark: str | None = None

    @property
    def beyond(self) -> bool:
        """Whether the agencies of the district beyond noticed it."""
        return self.spot is not None and self.spot.beyond


def notices_of(
    circle: Circle, evenings: list[Evening], people: People, as_of: int, rng: np.random.Generator
) -> Iterator[Notice]:
    """Of every kind that the evenings allow, and what was told later: a crime, an order."""
    noticed = [one for evening in evenings for one in _of_an_evening(circle, evening, people, as_of, rng)]
    if len(noticed) < _FEWEST:
        noticed += [one for evening in evenings[:_FEWEST] for one in _noticed(circle, evening, people, as_of, rng)]
    yield from noticed
    if evenings and circle.only in (None, "intelligence"):
        yield from _told_later(circle, evenings, as_of, rng)


def _of_an_evening(
    circle: Circle, evening: Evening, people: People, as_of: int, rng: np.random.Generator
) -> Iterator[Notice]:
    """What each of two agencies may notice of it, and a report of the child who was missing."""
    for _ in range(int(rng.binomial(2, _often("noticed", circle)))):
        yield from _noticed(circle, evening, people, as_of, rng)
    reports = evening.missing is not None and circle.only is None
    if reports and rng.random() < _often("missing_is_reported", circle):
        yield _note("missing", circle, evening, as_of, rng)


def _often(name: str, circle: Circle) -> float:
    return rate(f"{name}_scattered" if circle.scattered else name)


_FEWEST: Final = 2


def _noticed(
    circle: Circle, evening: Evening, people: People, as_of: int, rng: np.random.Generator
) -> Iterator[Notice]:
    allowed = {what: weight for what, weight in circle.noticed_as.items() if _may(what, circle, evening, people)}
    if not allowed:
        return
    yield _note(drawn_of(allowed, rng), circle, evening, as_of, rng)


def _note(what: str, circle: Circle, evening: Evening, as_of: int, rng: np.random.Generator) -> Notice:
    """What is written of an evening in a notice of that kind."""
    told = evening.day if circle.told is None else int(rng.integers(circle.told, as_of))
    one = Notice(
        what, evening.day, evening.minute, told, evening.adults, evening.children, evening.spot, evening.phone,
        evening.mark,
    )  # fmt: skip
    return _alone(one, circle) if circle.scattered else _narrowed(one)


def _may(what: str, circle: Circle, evening: Evening, people: People) -> bool:
    """Whether that could be noticed of this evening."""
    if what in OF_TWO and circle.scattered:
        return False
    if what in OF_A_CHILD and not evening.children:
        return False
    if what == "stop":
        return evening.mark is not None
    if what == "message":
        return evening.phone is not None and any(people.phone[child, 0] >= 0 for child in evening.children)
    return what != "relation" or bool(evening.children and evening.adults)


def _narrowed(notice: Notice) -> Notice:
    """The note names those whom such a note is about."""
    if notice.what in OF_A_CHILD:
        return replace(notice, adults=(), children=notice.children[:1])
    return notice


def _alone(notice: Notice, circle: Circle) -> Notice:
    """The note names one person, and neither place, number nor mark; what one agency alone knows, is known here."""
    child = notice.children[:1] if notice.what in (*OF_A_CHILD, "missing") or not notice.adults else ()
    beyond = Spot(None, "street", -1, beyond=True) if notice.beyond and circle.only is None else None
    return replace(
        notice, adults=() if child else notice.adults[:1], children=child, spot=beyond, phone=None, mark=None
    )


def _told_later(circle: Circle, evenings: list[Evening], as_of: int, rng: np.random.Generator) -> Iterator[Notice]:
    """A crime that somebody told of, and an order, where this kind of circle has any."""
    for what, chances in (("crime", "crime_told_of_a_circle"), ("order", "order_on_a_circle")):
        share: Way = all_rates()[chances].value
        for _ in range(int(rng.poisson(share[circle.kind]))):
            evening = evenings[int(rng.integers(0, len(evenings)))]
            told = _when_told(circle, evening.day, as_of, rng)
            one = Notice(what, evening.day, evening.minute, told, evening.adults, evening.children, evening.spot)
            if what == "crime" or evening.adults:
                yield _alone(one, circle) if circle.scattered else one


def _when_told(circle: Circle, day: int, as_of: int, rng: np.random.Generator) -> int:
    low, high = between("years_until_told")
    told = day + int(rng.uniform(low, high) * 365) if circle.told is None else int(rng.integers(circle.told, as_of))
    return min(told, as_of - 1)
