"""Who holds a network together is told of adult suspects, and of nobody else."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.connectors import connectors
from concerted.networks.sharing import WIDELY
from tests.networks.worlds import Row, World, drawn, person, row

BORN = "1980-01-01"


def suspects(meetings: list[str], *, born: str = BORN, others: tuple[Row, ...] = (), role: str = "suspect") -> World:
    """People of one letter each, and the events at which they were together."""
    names = sorted(set("".join(meetings)))
    parts = [
        row(f"{number}{who}", event=f"e{number}", person=who, role=role)
        for number, those in enumerate(meetings)
        for who in sorted(set(those))
    ]
    return {
        "person": [*(person(who, date_of_birth=born) for who in names), *others],
        "event": [row(f"e{number}") for number in range(len(meetings))],
        "person_in_event": parts,
    }


def told(world: World) -> list[tuple[str, int, int]]:
    """Each connector by their record, with how many they are linked with and what they part."""
    of = drawn(world)
    return [(of.key(one["node"]).record_id, one["linked"], one["parted"]) for one in connectors(of).to_pylist()]


def test_who_alone_holds_two_groups_together_comes_first() -> None:
    assert told(suspects(["ab", "bc", "cd", "bd"])) == [("b", 3, 2), ("c", 2, 0), ("d", 2, 0), ("a", 1, 0)]


def test_a_child_a_victim_or_one_of_unknown_age_is_not_measured_and_holds_nothing_together() -> None:
    assert told(suspects(["ab", "bc"], born="2012-01-01")) == []
    assert told(suspects(["ab", "bc"], role="named")) == []
    world = suspects(["ab", "bc"])
    for role in ("victim", "suspect"):
        once = row("more", event="e0", person="b", role=role)
        found = told({**world, "person_in_event": [*world["person_in_event"], once]})
        assert [one[0] for one in found] == (["a", "c"] if role == "victim" else ["b", "a", "c"])
    young = [person(one, **({} if one == "b" else {"date_of_birth": BORN})) for one in "abc"]
    assert told({**world, "person": young}) == [("a", 0, 0), ("c", 0, 0)]


def test_a_shared_place_or_telephone_links_and_what_many_share_does_not() -> None:
    world = suspects(["a", "b"])
    housed = [{**one, "address": "1 Any St"} for one in world["person"]]
    assert told({**world, "person": housed}) == [("a", 1, 0), ("b", 1, 0)]
    pupils = [person(f"p{number}", address="1 Any St") for number in range(WIDELY)]
    assert told({**world, "person": [*housed, *pupils]}) == [("a", 0, 0), ("b", 0, 0)]


def test_two_events_at_one_place_hold_people_together() -> None:
    world = suspects(["a", "b", "bc"])
    placed = [{**one, "address": "9 Park Rd"} if one["record_id"] in ("e0", "e1") else one for one in world["event"]]
    assert told({**world, "event": placed})[0] == ("b", 1, 1)


def reached(meetings: list[str], without: str) -> int:
    """Pairs that hang together when one is gone, by joining whoever met until nothing changes."""
    groups = [set(those) - {without} for those in meetings]
    joined = True
    while joined:
        joined = False
        for one, other in combinations(groups, 2):
            if one and other and one & other:
                one |= other
                other.clear()
                joined = True
    return sum(len(group) * (len(group) - 1) // 2 for group in groups)


_MEETINGS = st.lists(st.text("abcdefgh", min_size=1, max_size=3), min_size=1, max_size=7)


@settings(max_examples=settings().max_examples // 4)
@given(_MEETINGS)
def test_what_somebody_parts_is_what_falls_apart_without_them(meetings: list[str]) -> None:
    for who, linked, parted in told(suspects(meetings)):
        met = {other for those in meetings if who in those for other in those} - {who}
        component = _component(meetings, who)
        assert linked == len(met)
        assert parted == reached(meetings, "") - reached(meetings, who) - (len(component) - 1)


def _component(meetings: list[str], who: str) -> set[str]:
    group = {who}
    while True:
        more = group.union(*(set(those) for those in meetings if group & set(those)))
        if more == group:
            return group
        group = more
