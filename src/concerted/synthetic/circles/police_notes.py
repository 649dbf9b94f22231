"""How a force writes a notice down: a report, a stop, that one telephone wrote to another, an order, a crime."""

from concerted.synthetic import numbers
from concerted.synthetic.circles.circle import Spot
from concerted.synthetic.circles.desk import Desk, Fields, address, clock, iso, place_fields
from concerted.synthetic.circles.paper import Row
from concerted.synthetic.events import CLOSED
from concerted.synthetic.mentions import File
from concerted.synthetic.rates import rate

_CRIME_PLACES = {
    "other dwelling": "suspect's home", "street": "street", "hotel": "hotel", "park": "park", "online": "online",
}  # fmt: skip


def intelligence(desk: Desk) -> None:
    """One subject or two: an adult first, where there was one."""
    who = [*desk.notice.adults, *desk.notice.children]
    one = who.pop(0)
    fields: Fields = {
        "day": iso(desk.notice.told), "source": desk.one_of("source_evaluations"),
        "assessment": desk.one_of("information_assessments"), "handling": desk.one_of("handling_codes"),
        **place_fields(desk, desk.notice.spot, desk.notice.phone, desk.notice.mark),
    }  # fmt: skip
    two = {"two": who[int(desk.rng.integers(0, len(who)))]} if who and desk.often("second_subject") else {}
    desk.row(File.INTELLIGENCE, "intelligence", fields, one=one, **two)


def stop(desk: Desk) -> None:
    """A vehicle is stopped: the driver, and most of those in it. Where it is stopped is no place of theirs."""
    homes = desk.side.homes
    line, town, postcode = address(desk.side, Spot(None, "street", int(desk.rng.integers(0, len(homes)))))
    notice = desk.notice
    fields: Fields = {
        "day": iso(notice.told), "time": clock(notice.minute), "mark": notice.mark, "line": line, "town": town,
        "postcode": postcode,
    }  # fmt: skip
    stop = desk.row(File.NOMINALS, "stops", fields)
    for turn, person in enumerate([*notice.adults[:2], *notice.children[:3]]):
        if turn == 0 or desk.often("passenger_noted"):
            role = desk.said_of(person, "named") if person in notice.adults else "named"
            desk.row(File.NOMINALS, "stop_people", {"event": stop, "person": desk.nominal(person), "role": role})


def message(desk: Desk) -> None:
    """From the telephone of the evening to a child's own, or back."""
    own = desk.paper.district.people.phone[list(desk.notice.children), 0]
    pair = [desk.notice.phone, str(numbers.mobiles(own[own >= 0][:1])[0])]
    if desk.rng.random() < 0.5:
        pair.reverse()
    fields: Fields = {"day": iso(desk.notice.told), "time": clock(desk.notice.minute)}
    desk.row(File.NOMINALS, "messages", fields | {"sender": pair[0], "receiver": pair[1]})


def order(desk: Desk) -> None:
    began, years = desk.notice.told, int(desk.rng.choice([1, 2, 5]))
    ends = began + 365 * years
    over = ends < desk.paper.district.as_of
    children = desk.notice.children if desk.often("order_protects_one_child") else ()
    fields: Fields = {
        "person": desk.nominal(desk.notice.adults[0]), "protected": desk.nominal(children[0]) if children else None,
        "from": iso(began), "to": iso(ends), "kind": desk.one_of("kinds_of_order"),
        "status": "expired" if over else "in force",
    }  # fmt: skip
    desk.row(File.NOMINALS, "orders", fields)


def crime(desk: Desk) -> None:
    """What somebody told of, when it was and when it was told; who has what part in it; whether it is closed."""
    notice = desk.notice
    line, town, postcode = address(desk.side, notice.spot if desk.often("crime_has_an_address") else None)
    kind = _CRIME_PLACES.get(notice.spot.kind) if notice.spot else None
    outcome = desk.one_of("crime_outcomes")
    fields: Fields = {
        "recorded": iso(notice.told), "from": iso(notice.day), "to": iso(_last_day(desk)),
        "category": _category(desk), "place_kind": kind,
        "line": line, "town": town, "postcode": postcode, "outcome": outcome, "status": "closed" if outcome else "open",
    }  # fmt: skip
    row = desk.row(File.NOMINALS, "crimes", fields)
    for person, role in _parts(desk):
        desk.row(File.NOMINALS, "crime_people", {"event": row, "person": desk.nominal(person), "role": role})
    if outcome in CLOSED and desk.often("closed_case_reviewed"):
        _closed(desk, row, outcome)


def _category(desk: Desk) -> str | None:
    another = not desk.circle.network and desk.often("crime_of_another_kind")
    return "other" if another else desk.one_of("crime_categories")


def _last_day(desk: Desk) -> int:
    lasted = int(desk.rng.exponential(rate("days_a_crime_lasts"))) if desk.often("crime_lasts") else 0
    return min(desk.notice.day + lasted, desk.notice.told)


def _parts(desk: Desk) -> list[tuple[int, str]]:
    """In a network children are victims and adults suspects, as far as they are known. Elsewhere anybody is either."""
    adults, children = desk.notice.adults, desk.notice.children
    if not desk.circle.network:
        who = [*adults, *children]
        order = [who[at] for at in desk.rng.permutation(len(who)).tolist()]
        return list(zip(order, ("victim", "suspect", "witness"), strict=False))
    suspects = [adult for adult in adults if desk.often("suspect_known")]
    return [(child, "victim") for child in children[:2]] + [(adult, "suspect") for adult in suspects]


def _closed(desk: Desk, crime: Row, outcome: str | None) -> None:
    last = desk.paper.district.as_of - 1
    closed = min(desk.notice.told + 14 + int(desk.rng.exponential(rate("days_until_closed"))), last)
    fields: Fields = {"event": crime, "from": iso(desk.notice.told), "to": iso(closed), "outcome": outcome}
    desk.row(File.NOMINALS, "closed_cases", fields)
