"""The life of a circle: evenings on which some of it are together, at one of its places or at somebody's home."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

import numpy as np

from concerted.synthetic.circles.circle import Circle, Evening, Phase, Spot
from concerted.synthetic.families import YEAR
from concerted.synthetic.numbers import mobiles, registrations
from concerted.synthetic.people import People
from concerted.synthetic.rates import between, rate

CHILD: Final = (10, 18)  # years: from which age on a child goes out, and when they are none any more
_LATE: Final = 22 * 60  # minutes of the day: from then on most children are at home,
_EARLY: Final = 5 * 60  # until then


def evenings_of(circle: Circle, people: People, first: int, rng: np.random.Generator) -> Iterator[Evening]:
    """Its evenings, in no order. first: the number of the district's first person in the region.

    A child is there only while under 18, so that somebody who has grown up since was a child then; of a harmless group
    those are the children and the adults who are so on the day.
    """
    for _ in range(circle.evenings):
        phase = circle.phases[int(rng.integers(0, len(circle.phases)))]
        day = int(rng.integers(phase.first, phase.last + 1))
        minute = _minute(rng.random() < circle.way["night"], rng)
        there = _there(circle, people, day, minute, rng)
        if there.children or len(there.adults) > 1:
            yield _evening(circle, phase, (day, minute), there, people, first, rng)


class _There(NamedTuple):
    """Who is there. missing: the child among them who is missing, or None."""

    adults: tuple[int, ...]
    children: tuple[int, ...]
    missing: int | None


def _there(circle: Circle, people: People, day: int, minute: int, rng: np.random.Generator) -> _There:
    """Children, late at night where its kind keeps them out; adults, with a child who is missing as its kind is."""
    home = is_late(minute) and rng.random() >= circle.way["late"]
    children = _some(() if home else _young(circle, people, day), rate("more_children_together"), rng)
    missing = children[0] if children and rng.random() < circle.way["away"] else None
    alone = missing is not None and rng.random() >= circle.way["with_missing"]
    return _There(
        () if alone else _some(_grown(circle, people, day), rate("more_adults_together"), rng), children, missing
    )


def is_late(minute: int) -> bool:
    """Whether most children are at home at that minute of the day."""
    return minute >= _LATE or minute < _EARLY


def _young(circle: Circle, people: People, day: int) -> tuple[int, ...]:
    born, (low, high) = people.families.born, CHILD
    members = circle.children if circle.network else (*circle.children, *circle.adults)
    return tuple(one for one in members if low * YEAR <= day - born[one] < high * YEAR)


def _grown(circle: Circle, people: People, day: int) -> tuple[int, ...]:
    born, (_, high) = people.families.born, CHILD
    return tuple(one for one in circle.adults if circle.network or day - born[one] >= high * YEAR)


def _some(of: Sequence[int], more: float, rng: np.random.Generator) -> tuple[int, ...]:
    """One of them, and a few more now and then."""
    many = min(1 + int(rng.poisson(more)), len(of))
    return tuple(of[at] for at in rng.permutation(len(of))[:many].tolist())


def _evening(
    circle: Circle, phase: Phase, when: tuple[int, int], there: _There, people: People, first: int,
    rng: np.random.Generator,
) -> Evening:  # fmt: skip
    """when: day and minute. The first adult is the one whose evening it is."""
    way, host = circle.way, there.adults[0] if there.adults else None
    vehicle, telephone, at_home, own = rng.random(4).tolist()
    spot = phase.spots[int(rng.integers(0, len(phase.spots)))] if phase.spots else None
    if host is not None and at_home < way["at_home"]:
        spot = Spot(None, "other dwelling", int(people.home[host, 0]))
    return Evening(
        day=when[0],
        minute=when[1],
        adults=there.adults,
        children=there.children,
        spot=spot,
        phone=_phone(phase, host, people, own) if telephone < way["telephone"] else None,
        mark=_mark(phase, host, first, own) if vehicle < way["vehicle"] else None,
        missing=there.missing,
    )


def _minute(night: bool, rng: np.random.Generator) -> int:
    """A minute of the day, by night or by day, in steps of five."""
    low, high = between("hours_of_the_night") if night else between("hours_of_the_day")
    return int(rng.integers(int(low * 12), int(high * 12))) * 5 % (24 * 60)


def _phone(phase: Phase, host: int | None, people: People, own: float) -> str | None:
    """One that the circle shares, or the host's own."""
    if phase.phone and (host is None or own < rate("circle_has_its_own")):
        return phase.phone
    return None if host is None else str(mobiles(people.phone[[host], 0])[0])


def _mark(phase: Phase, host: int | None, first: int, own: float) -> str | None:
    if phase.mark and (host is None or own < rate("circle_has_its_own")):
        return phase.mark
    return None if host is None else str(registrations(np.array([first + host]))[0])
