"""The life of a circle: evenings on which some of it are together, at one of its places or at somebody's home."""

from collections.abc import Iterator, Sequence

import numpy as np

from concerted.synthetic.circles.circle import Circle, Evening, Phase, Spot
from concerted.synthetic.families import YEAR
from concerted.synthetic.numbers import mobiles, registrations
from concerted.synthetic.people import People
from concerted.synthetic.rates import between, rate

_LATE, _EARLY = 22 * 60, 5 * 60  # minutes of the day, between which most children are at home
CHILD: tuple[int, int] = (10, 18)  # years: from which age on a child goes out, and when they are none any more


def evenings_of(circle: Circle, people: People, first: int, rng: np.random.Generator) -> Iterator[Evening]:
    """Its evenings, in no order. first: the number of the district's first person in the region.

    A child is there only while under 18, so that somebody who has grown up since was a child then; of a harmless group
    those are the children and the adults who are so on the day.
    """
    for _ in range(circle.evenings):
        phase = circle.phases[int(rng.integers(0, len(circle.phases)))]
        day = int(rng.integers(phase.first, phase.last + 1))
        minute = _minute(rng.random() < circle.way["night"], rng)
        late = minute >= _LATE or minute < _EARLY
        young = () if late and rng.random() >= circle.way["late"] else _young(circle, people, day)
        children = _some(young, rate("more_children_together"), rng)
        missing = children[0] if children and rng.random() < circle.way["away"] else None
        alone = missing is not None and rng.random() >= circle.way["with_missing"]
        adults = () if alone else _some(_grown(circle, people, day), rate("more_adults_together"), rng)
        if children or len(adults) > 1:
            yield _evening(circle, phase, (day, minute), adults, children, missing, people, first, rng)


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
    circle: Circle, phase: Phase, when: tuple[int, int], adults: tuple[int, ...], children: tuple[int, ...],
    missing: int | None, people: People, first: int, rng: np.random.Generator,
) -> Evening:  # fmt: skip
    way, host = circle.way, adults[0] if adults else None
    vehicle, telephone, at_home, own = rng.random(4).tolist()
    spot = phase.spots[int(rng.integers(0, len(phase.spots)))] if phase.spots else None
    if host is not None and at_home < way["at_home"]:
        spot = Spot(None, "other dwelling", int(people.home[host, 0]))
    return Evening(
        day=when[0],
        minute=when[1],
        adults=adults,
        children=children,
        spot=spot,
        phone=_phone(phase, host, people, own) if telephone < way["telephone"] else None,
        mark=_mark(phase, host, first, own) if vehicle < way["vehicle"] else None,
        missing=missing,
    )


def _minute(night: bool, rng: np.random.Generator) -> int:
    """By night from eight in the evening to four in the morning, by day from three in the afternoon on."""
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
