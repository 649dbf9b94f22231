"""Rules about an agency's own records, against a slower telling: record by record, as a person would read them."""

from collections.abc import Iterator
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.findings.own_cases import BESIDE
from tests.networks.findings.worlds import adult, child, crime, found, met, report, scope
from tests.networks.worlds import TODAY, Row, World, row

OLD, YOUNG = ("pat", "quin"), ("cleo", "dee")
SEXUAL = ("rape", "grooming or communication")
SOURCES = ("force-a", "force-b")
DAYS = st.dates(date(2025, 1, 1), date(2025, 12, 28)).map(date.isoformat)
_SOME = settings(max_examples=settings().max_examples // 2)
Told = set[tuple[str, str, tuple[str, ...]]]  # to whom, of which child, by which records

PEOPLE = [make(name, source) for source in SOURCES for make, names in ((adult, OLD), (child, YOUNG)) for name in names]


def told(world: World, rule: str) -> Told:
    """What the rule finds: to whom it is told, the child, the records it rests on."""
    made: Told = set()
    for one in found(world, rule):
        [young] = {key.record_id for key, role in one.people if role == "child"}
        made.add((one.to, young, tuple(sorted(fact.record_id for fact in one.facts))))
    return made


def parts_of(world: World, event: str) -> dict[str, str]:
    """Who had which part in an event."""
    return {one["person"]: one["role"] for one in world.get("person_in_event", ()) if one["event"] == event}


@st.composite
def with_orders(draw: st.DrawFn) -> World:
    """Orders, and what has their two together or apart."""
    rows: list[list[tuple[str, Row]]] = []
    for number in range(draw(st.integers(1, 3))):
        ends = draw(st.sampled_from([{}, {"to": "2025-08-01"}]))
        on = {
            "person": draw(st.sampled_from(("pat", *OLD))),
            "protected_person": draw(st.sampled_from(("cleo", *YOUNG))),
        }
        on |= {"order_type": draw(st.sampled_from(["CAWN", "SHPO"])), "from": draw(DAYS), **ends}
        rows.append([("order", row(f"o{number}", draw(st.sampled_from(SOURCES)), **on))])
    for number in range(draw(st.integers(1, 5))):
        names = draw(st.lists(st.sampled_from([*OLD, *YOUNG]), min_size=2, max_size=4, unique=True))
        day, source = draw(DAYS), draw(st.sampled_from(SOURCES))
        if draw(st.booleans()):
            rows.append(report(f"r{number}", day, " ".join(names), source))
        else:
            roles = {name: draw(st.sampled_from(["named", "professional", "person of concern"])) for name in names}
            rows.append(met(f"a{number}", day, roles, source, event_type="assessment"))
    return scope(PEOPLE, *rows)


def contradictions(world: World) -> Told:
    """Orders one by one, each with every record that names both while it is in force."""
    return {
        (order["source"], order["protected_person"], tuple(sorted([order["record_id"], *_against(world, order)])))
        for order in world["order"]
        if any(_against(world, order))
    }


def _against(world: World, order: Row) -> Iterator[str]:
    for event in world["event"]:
        parts = {who: role for who, role in parts_of(world, event["record_id"]).items() if role != "professional"}
        meeting = event["event_type"] == "assessment" and "person of concern" not in parts.values()
        together = {order["person"], order["protected_person"]} <= set(parts)
        if together and not meeting and order["from"] < event["from"] <= order.get("to", "9999"):
            yield event["record_id"]


@_SOME
@given(with_orders())
def test_every_record_that_contradicts_an_order_is_told_and_no_other(world: World) -> None:
    """Two orders on the same two may be contradicted by the same records: each is told of."""
    assert told(world, "order-contradicted") == contradictions(world)


@_SOME
@given(st.dates(date(2006, 1, 1), date(2012, 12, 28)), st.booleans(), st.sampled_from(["CAWN", "SHPO"]), st.booleans())
def test_a_notice_is_past_its_age_from_four_weeks_before_a_birthday(
    born: date, placed: bool, kind: str, over: bool
) -> None:
    birthday = born.replace(year=born.year + (18 if placed else 16))
    left = (birthday - TODAY).days
    if abs(left - 28) <= 1:
        return  # years are reckoned at 365 days and a quarter
    fields = {"order_type": kind, "person": "pat", "protected_person": "cleo", "from": "2024-01-01"}
    fields |= {"status": "Revoked"} if over else {}
    care = met("p1", "2024-06-01", {"cleo": "child"}, event_type="placement") if placed else []
    people = [adult("pat"), child("cleo", date_of_birth=born.isoformat())]
    wanted = {("force-a", "cleo", ("o1",))} if left < 28 and kind == "CAWN" and not over else set()
    assert told(scope(people, [("order", row("o1", **fields))], care), "order-past-its-age") == wanted


@st.composite
def with_crimes(draw: st.DrawFn) -> World:
    """Crimes of which children are victims or suspects."""
    rows = []
    for number in range(draw(st.integers(2, 6))):
        who, accused = draw(st.sampled_from(YOUNG)), draw(st.booleans())
        category = draw(st.sampled_from([*SEXUAL, "theft"]))
        suspects, victims = (who, "") if accused else (draw(st.sampled_from(OLD)), who)
        source, day = draw(st.sampled_from(SOURCES)), draw(DAYS)
        rows.append(crime(f"c{number}", day, suspects, victims, source, offence_category=category))
    return scope(PEOPLE, *rows)


def accused_victims(world: World) -> Told:
    """Children one by one, each crime of which they are suspected with each of which they are a victim nearby."""
    made: Told = set()
    for who in YOUNG:
        for source in SOURCES:
            records: set[str] = set()
            for one in world["event"]:
                for other in world["event"]:
                    near = abs(date.fromisoformat(one["from"]) - date.fromisoformat(other["from"]))
                    accused = one["source"] == source and parts_of(world, one["record_id"]).get(who) == "suspect"
                    harmed = parts_of(world, other["record_id"]).get(who) == "victim"
                    if accused and harmed and other["offence_category"] in SEXUAL and near <= timedelta(days=BESIDE):
                        records |= {one["record_id"], other["record_id"]}
            if records:
                made.add((source, who, tuple(sorted(records))))
    return made


@_SOME
@given(with_crimes())
def test_every_victim_who_was_accused_meanwhile_is_told_to_who_accused_them(world: World) -> None:
    assert told(world, "victim-recorded-as-suspect") == accused_victims(world)
