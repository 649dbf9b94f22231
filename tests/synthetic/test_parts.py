"""What adults are to the children of a circle, where a force says it and where a council writes it down."""

from collections import Counter

import pytest

from concerted.synthetic.circles.circle import Circle
from concerted.synthetic.circles.notices import Notice
from concerted.synthetic.circles.paper import Row
from concerted.synthetic.district import District
from concerted.synthetic.homes import Homes
from concerted.synthetic.rates import all_rates
from tests.synthetic import circles as made

PARTS: dict[str, str] = all_rates()["part_in_a_life"].value
SAID = {"relative": "parent or carer", "professional": "professional", "work": "professional"}
HELD = {"relative": "relative", "professional": "person in position of trust", "work": "known adult"}
FORCE = [("missing", "found_with", "found with"), ("stop", "stop_people", "named")]


@pytest.fixture
def rows(district: District, beyond: Homes, monkeypatch: pytest.MonkeyPatch) -> made.Written:
    """Rows of one kind of file, of notices that are written many times; everybody who is there is noted."""
    made.rates(monkeypatch, found_with_noted=1, passenger_noted=1)
    here, _ = made.both_sides(district, beyond)

    def written(key: str, of: Circle, *notices: Notice, times: int = 1) -> list[Row]:
        return made.rows(made.written(district, here, of, notices * times), key)

    return written


def near(district: District, kind: str, **other: object) -> Circle:
    """A circle all of whose adults have a part in the children's lives."""
    of = made.circle(district, kind)
    return made.circle(district, kind, near=of.adults, **other)


def test_every_part_is_one_that_can_be_said_and_held() -> None:
    assert set(PARTS.values()) <= set(SAID)
    assert set(PARTS) <= set(all_rates()["ways_of_circles"].value)


@pytest.mark.parametrize("kind", all_rates()["ways_of_circles"].value)
def test_only_who_is_near_has_a_part(district: District, kind: str) -> None:
    of = made.circle(district, kind)
    one, *others = of.adults
    of = made.circle(district, kind, near=(one,))
    assert of.part(one) == PARTS.get(kind)
    assert {of.part(other) for other in others} == {None}


@pytest.mark.parametrize(("what", "key", "otherwise"), FORCE)
@pytest.mark.parametrize("kind", PARTS)
def test_a_force_says_what_somebody_near_is_to_the_child(
    rows: made.Written, district: District, monkeypatch: pytest.MonkeyPatch, kind: str, what: str, key: str,
    otherwise: str,
) -> None:  # fmt: skip
    made.rates(monkeypatch, part_is_said=0.7, part_is_claimed=0)
    of = near(district, kind)
    one = made.notice(of, what, adults=of.adults[:2], children=of.children[:1])
    notes = rows(key, of, one, times=300)
    roles = Counter(row.fields["role"] for row in notes if row.fields["person"] in adults_of(notes, what))
    assert set(roles) == {SAID[PARTS[kind]], otherwise}
    assert roles[SAID[PARTS[kind]]] / roles.total() == pytest.approx(0.7, abs=0.08)


def adults_of(notes: list[Row], what: str) -> list[object]:
    """The entries of the two adults of a notice, who are noted first and second of two or three."""
    each = 3 if what == "stop" else 2
    return [row.fields["person"] for at, row in enumerate(notes[:each]) if at < 2]


@pytest.mark.parametrize(("what", "key", "otherwise"), FORCE)
@pytest.mark.parametrize("share", [0.0, 0.4])
def test_somebody_who_is_not_near_may_claim_to_be_a_relative(
    rows: made.Written, district: District, monkeypatch: pytest.MonkeyPatch, share: float, what: str, key: str,
    otherwise: str,
) -> None:  # fmt: skip
    made.rates(monkeypatch, part_is_said=1, part_is_claimed=share)
    of = made.circle(district, "familial")
    notes = rows(key, of, made.notice(of, what, children=of.children[:1]), times=300)
    adult = notes[0].fields["person"]
    roles = Counter(row.fields["role"] for row in notes if row.fields["person"] is adult)
    assert set(roles) <= {otherwise, "parent or carer"}
    assert roles["parent or carer"] / roles.total() == pytest.approx(share, abs=0.08)


def test_a_child_in_a_stop_is_named_and_no_more(
    rows: made.Written, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.rates(monkeypatch, part_is_said=1, part_is_claimed=1)
    of = near(district, "extended family")
    notes = rows("stop_people", of, made.notice(of, "stop", children=of.children))
    assert [row.fields["role"] for row in notes] == ["parent or carer", "named", "named", "named"]


def test_of_adults_alone_a_stop_says_nothing_of_children(
    rows: made.Written, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.rates(monkeypatch, part_is_said=1, part_is_claimed=1)
    of = near(district, "extended family")
    notes = rows("stop_people", of, made.notice(of, "stop", adults=of.adults, children=()))
    assert [row.fields["role"] for row in notes] == ["named", "named"]


@pytest.mark.parametrize("kind", ["street", *PARTS])
def test_a_relation_is_what_the_council_holds_somebody_to_be(rows: made.Written, district: District, kind: str) -> None:
    of, apart = near(district, kind), made.circle(district, kind)
    [row] = rows("relations", of, made.notice(of, "relation"))
    [other] = rows("relations", apart, made.notice(apart, "relation"))
    assert row.fields["kind"] == HELD.get(PARTS.get(kind, ""), "known adult")
    assert other.fields["kind"] == "known adult"
    assert row.fields["person"] != row.fields["other"]


@pytest.mark.parametrize("kind", PARTS)
def test_a_council_that_hears_of_them_looks_up_relatives_and_those_who_work_with_children(
    rows: made.Written, district: District, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    """Each pair once, whatever else is noticed of it; a workplace is in no list of a council's."""
    made.rates(monkeypatch, part_is_looked_up=1)
    of = near(district, kind)
    both = made.notice(of, "intelligence", adults=of.adults[:2])
    found = rows("relations", of, made.notice(of, "relation"), both, both)
    pairs = Counter((id(row.fields["person"]), id(row.fields["other"])) for row in found)
    looked_up = PARTS[kind] != "work"
    assert len(pairs) == (4 if looked_up else 1)
    assert set(pairs.values()) == {1}
    assert {row.fields["kind"] for row in found} == {HELD[PARTS[kind]]}


def test_nobody_looks_up_who_is_not_near(
    rows: made.Written, district: District, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.rates(monkeypatch, part_is_looked_up=1)
    of = made.circle(district, "familial")
    assert rows("relations", of, made.notice(of, "intelligence")) == []


@pytest.mark.parametrize("share", [0.0, 0.6])
def test_councils_look_up_as_often_as_the_rate_says(
    district: District, beyond: Homes, monkeypatch: pytest.MonkeyPatch, share: float
) -> None:
    made.rates(monkeypatch, part_is_looked_up=share)
    here, _ = made.both_sides(district, beyond)
    of = near(district, "team")
    seen = made.notice(of, "intelligence", adults=of.adults, children=of.children)
    found = sum(len(made.rows(made.written(district, here, of, [seen], seed), "relations")) for seed in range(40))
    assert found / (40 * 12) == pytest.approx(share, abs=0.08)


@pytest.mark.parametrize("network", [False, True])
def test_what_a_harmless_group_does_is_mostly_another_kind_of_crime(
    rows: made.Written, district: District, monkeypatch: pytest.MonkeyPatch, network: bool
) -> None:
    made.rates(monkeypatch, crime_of_another_kind=0.7, crime_categories={"other": 0.0, "rape": 0.5, "grooming": 0.5})
    of = made.circle(district, "extended family", network=network)
    kinds = Counter(row.fields["category"] for row in rows("crimes", of, made.notice(of, "crime"), times=300))
    assert kinds["other"] / 300 == pytest.approx(0 if network else 0.7, abs=0.08)
    assert set(kinds) - {"other"} == {"rape", "grooming"}
