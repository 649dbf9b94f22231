"""How those who look after children write a notice down: a child missing, a contact, a session, an attendance."""

from itertools import product
from typing import Final

from concerted.synthetic.circles.desk import Desk, Fields, clock, iso, place_fields, setting
from concerted.synthetic.mentions import File
from concerted.synthetic.rates import rate

KIN: Final = ("extended family", "familial")
OFFICES: Final = ("taxi firm", "care home", "worker's telephone")  # whose number a council writes beside a contact
_KINDS: Final = {"relative": "relative", "professional": "person in position of trust"}  # of relation, by part
_FOUND: Final = {
    "other dwelling": "address of an adult", "street": "street", "park": "street", "transport": "station",
    "takeaway": "town centre", "hotel": "town centre", "licensed premises": "town centre", "taxi office": "town centre",
}  # fmt: skip


def missing(desk: Desk) -> None:
    """A report for the child, sometimes for another who went along; and who was there when a child was found."""
    for turn, child in enumerate(desk.notice.children):
        if turn == 0 or desk.often("missing_together"):
            _episode(desk, child)


def _episode(desk: Desk, child: int) -> None:
    notice = desk.notice
    last = min(notice.told + int(desk.rng.exponential(rate("missing_days"))), desk.paper.district.as_of - 1)
    fields: Fields = {"day": iso(notice.told), "time": clock(notice.minute), "to": iso(last), "found": _found(desk)}
    report = desk.row(File.MISSING, "missing", fields, person=child)
    for adult in notice.adults:
        if desk.often("found_with_noted"):
            told: Fields = {"event": report, "person": desk.nominal(adult), "role": desk.said_of(adult, "found with")}
            desk.row(File.NOMINALS, "found_with", told)
    if desk.often("council_knows_missing"):
        _council_episode(desk, child, last)


def _found(desk: Desk) -> str | None:
    kind = desk.notice.spot.kind if desk.notice.spot else ""
    if kind not in _FOUND or not desk.often("found_place_noted"):
        return desk.one_of("found_where")
    return "home of a relative" if kind == "other dwelling" and desk.circle.kind in KIN else _FOUND[kind]


def _council_episode(desk: Desk, child: int, last: int) -> None:
    offered = desk.often("return_interview_offered")
    accepted = offered and desk.often("return_interview_accepted")
    fields: Fields = {
        "person": desk.known(child), "from": iso(desk.notice.told), "to": iso(last), "offered": "NY"[offered],
        "accepted": "NY"[accepted],
    }  # fmt: skip
    desk.row(File.PEOPLE, "council_missing", fields)


def contact(desk: Desk) -> None:
    phone = desk.notice.phone if desk.circle.kind in OFFICES else None
    fields: Fields = {"day": iso(desk.notice.told), "time": clock(desk.notice.minute)}
    fields |= place_fields(desk, setting(desk), phone)
    desk.row(File.CONTACTS, "contacts", fields, person=desk.notice.children[0])


def session(desk: Desk) -> None:
    fields: Fields = {"day": iso(desk.notice.told), "worker": str(desk.rng.choice(["AB", "JM", "KS", "RT", "SN"]))}
    fields |= place_fields(desk, setting(desk))
    desk.row(File.SESSIONS, "sessions", fields, person=desk.notice.children[0])


def attendance(desk: Desk) -> None:
    fields: Fields = {"day": iso(desk.notice.told), "time": clock(desk.notice.minute)}
    desk.row(File.ATTENDANCES, "attendances", fields, person=desk.notice.children[0])


def relation(desk: Desk) -> None:
    """What the council holds an adult to be to a child."""
    _relation(desk, desk.notice.children[0], desk.notice.adults[0])


def looked_up(desk: Desk) -> None:
    """What the council writes down of those whom it hears are together, where they are something to each other."""
    near = [adult for adult in desk.notice.adults if desk.circle.part(adult) in _KINDS]
    for pair in product(desk.notice.children, near):
        if pair not in desk.paper.related and desk.often("part_is_looked_up"):
            _relation(desk, *pair)


def _relation(desk: Desk, child: int, adult: int) -> None:
    kind = _KINDS.get(desk.circle.part(adult) or "", "known adult")
    fields: Fields = {"person": desk.known(child), "other": desk.known(adult), "kind": kind}
    desk.row(File.PEOPLE, "relations", fields)
    desk.paper.related.add((child, adult))
