"""How each kind of notice is written down: which rows, in whose files, saying what."""

from collections import Counter
from typing import Protocol

import pytest

from concerted.synthetic.circles.circle import Circle, Spot
from concerted.synthetic.circles.desk import clock, iso
from concerted.synthetic.circles.notices import Notice
from concerted.synthetic.circles.paper import Paper, Row
from concerted.synthetic.district import District
from concerted.synthetic.homes import Homes
from concerted.synthetic.mentions import File
from concerted.synthetic.numbers import mobiles
from concerted.synthetic.rates import all_rates
from tests.synthetic import circles as made
from tests.synthetic.conftest import DAY

WHEN = "2025-11-22"  # a hundred days before the region's own today
CLUB = Spot("Invented Youth Club", "community building", 4)


@pytest.fixture
def circle(district: District) -> Circle:
    """A network on the street."""
    return made.circle(district)


class Write(Protocol):
    """Notices to rows."""

    def __call__(self, *notices: Notice, of: Circle | None = None, seed: int = 1) -> Paper:
        """of: the circle that they are of; the fixture's when it is not given."""


@pytest.fixture
def write(district: District, beyond: Homes, circle: Circle) -> Write:
    """Writes notices on this side."""
    near, _ = made.both_sides(district, beyond)
    return lambda *notices, of=None, seed=1: made.written(district, near, of or circle, notices, seed)


def who(paper: Paper, row: Row) -> dict[str, int]:
    """Who is described in a row, by part."""
    return {part: paper.subjects[number].person for part, number in row.parts.items()}


def test_days_and_times_are_as_files_have_them() -> None:
    assert iso(DAY - 100) == WHEN
    assert [clock(minute) for minute in (0, 65, 21 * 60 + 30)] == ["00:00", "01:05", "21:30"]


def test_a_missing_report_is_of_the_child_on_that_evening(write: Write, circle: Circle) -> None:
    paper = write(made.notice(circle, "missing", children=circle.children[:1]))
    [report] = made.rows(paper, "missing")
    assert who(paper, report) == {"person": circle.children[0]}
    assert (report.fields["day"], report.fields["time"], report.circle) == (WHEN, "21:30", "N0000")
    assert str(report.fields["to"]) >= WHEN
    assert report.agency.kind == "police"


def test_who_was_there_is_noted_now_and_then(write: Write, circle: Circle) -> None:
    paper = write(*[made.notice(circle, "missing", children=circle.children[:1])] * 400)
    links, reports = made.rows(paper, "found_with"), made.rows(paper, "missing")
    assert len(links) / len(reports) == pytest.approx(all_rates()["found_with_noted"].value, abs=0.06)
    assert all(row.fields["event"] in reports for row in links)
    assert len({id(row.fields["person"]) for row in links}) == 1  # one adult, one entry in the list


def test_children_who_went_together_are_both_reported_now_and_then(write: Write, circle: Circle) -> None:
    paper = write(*[made.notice(circle, "missing")] * 400)
    children = Counter(who(paper, row)["person"] for row in made.rows(paper, "missing"))
    assert children[circle.children[0]] == 400
    assert children[circle.children[1]] / 400 == pytest.approx(all_rates()["missing_together"].value, abs=0.07)


def test_where_a_child_was_found_is_a_kind_of_place(write: Write, circle: Circle, district: District) -> None:
    spot = Spot(None, "other dwelling", 3)
    found = Counter(
        row.fields["found"] for row in made.rows(write(*[made.notice(circle, "missing", spot=spot)] * 400), "missing")
    )
    assert found.most_common(1)[0][0] == "address of an adult"
    assert set(found) <= {None if name == "nothing" else name for name in all_rates()["found_where"].value}
    kin = made.circle(district, "familial")
    paper = write(*[made.notice(kin, "missing", spot=spot)] * 100, of=kin)
    assert Counter(row.fields["found"] for row in paper.rows if row.key == "missing").most_common(1)[0][0] == (
        "home of a relative"
    )


def test_the_council_hears_of_about_half(write: Write, circle: Circle) -> None:
    paper = write(*[made.notice(circle, "missing", children=circle.children[:1])] * 400)
    episodes = made.rows(paper, "council_missing")
    assert len(episodes) / 400 == pytest.approx(all_rates()["council_knows_missing"].value, abs=0.07)
    assert all(row.agency.kind == "council" for row in episodes)
    assert {(row.fields["offered"], row.fields["accepted"]) for row in episodes} == {("Y", "Y"), ("Y", "N"), ("N", "N")}


def test_a_report_names_an_adult_first_and_somebody_else_often(write: Write, circle: Circle) -> None:
    paper = write(*[made.notice(circle, "intelligence")] * 300)
    reports = made.rows(paper, "intelligence")
    assert {who(paper, row)["one"] for row in reports} == set(circle.adults[:1])
    second = [who(paper, row)["two"] for row in reports if "two" in row.parts]
    assert set(second) == set(circle.children[:2])
    assert len(second) / 300 == pytest.approx(all_rates()["second_subject"].value, abs=0.08)
    one = reports[0].fields
    assert (one["place"], one["place_kind"], one["place_phone"], one["place_mark"]) == (
        *("Invented Grill", "takeaway", made.PHONE, made.MARK),
    )
    assert {row.fields["source"] for row in reports} == {"1", "2", "3"}


def test_a_stop_is_of_the_driver_and_some_of_the_others(write: Write, circle: Circle) -> None:
    paper = write(*[made.notice(circle, "stop")] * 300)
    stops, people = made.rows(paper, "stops"), made.rows(paper, "stop_people")
    assert {row.fields["mark"] for row in stops} == {made.MARK}
    each = Counter(id(row.fields["event"]) for row in people)
    assert set(each) == {id(row) for row in stops}
    assert sum(each.values()) / 300 == pytest.approx(1 + 2 * all_rates()["passenger_noted"].value, abs=0.15)
    places = Counter(row.fields["line"] for row in stops)
    assert max(places.values()) < 10  # on a road, and not where they meet


@pytest.mark.parametrize(("what", "kind"), [("contact", "council"), ("session", "charity"), ("attendance", "health")])
def test_a_note_on_a_child_is_of_its_agency(write: Write, circle: Circle, what: str, kind: str) -> None:
    [row] = write(made.notice(circle, what)).rows
    assert row.agency.kind == kind
    assert row.fields["day"] == WHEN
    assert "place_line" not in row.fields or row.fields["place_line"] is None  # nobody met the child at a takeaway


@pytest.mark.parametrize("what", ["contact", "session"])
def test_a_club_is_where_a_professional_met_the_child(write: Write, circle: Circle, what: str) -> None:
    [row] = write(made.notice(circle, what, spot=CLUB)).rows
    assert (row.fields["place"], row.fields["place_kind"]) == ("Invented Youth Club", "community building")
    assert row.fields["place_line"] is not None


def test_a_council_writes_down_an_offices_number_and_nobody_elses(
    write: Write, circle: Circle, district: District
) -> None:
    office = made.circle(district, "worker's telephone", network=False)
    [ours], [theirs] = (write(made.notice(of, "contact"), of=of).rows for of in (circle, office))
    assert ours.fields["place_phone"] is None
    assert theirs.fields["place_phone"] == made.PHONE


def test_a_message_is_between_the_telephone_and_a_childs_own(write: Write, circle: Circle, district: District) -> None:
    paper = write(*[made.notice(circle, "message")] * 60)
    own = mobiles(district.people.phone[list(circle.children[:1]), 0])[0]
    pairs = {(row.fields["sender"], row.fields["receiver"]) for row in paper.rows}
    assert pairs == {(made.PHONE, own), (own, made.PHONE)}


def test_an_order_ends_and_says_whether_it_is_over(write: Write, circle: Circle) -> None:
    old, new = (write(*[made.notice(circle, "order", told=DAY - days)] * 60) for days in (3_000, 10))
    assert {row.fields["status"] for row in made.rows(old, "orders")} == {"expired"}
    assert {row.fields["status"] for row in made.rows(new, "orders")} == {"in force"}
    for row in made.rows(new, "orders"):
        assert str(row.fields["from"]) < str(row.fields["to"])
        assert row.fields["kind"] in all_rates()["kinds_of_order"].value
    assert {row.fields["protected"] is None for row in made.rows(new, "orders")} == {True, False}


def test_in_a_networks_crime_children_are_victims_and_adults_suspects(write: Write, circle: Circle) -> None:
    paper = write(*[made.notice(circle, "crime", told=DAY - 5)] * 200)
    crimes, parts = made.rows(paper, "crimes"), made.rows(paper, "crime_people")
    assert {row.fields["role"] for row in parts} == {"victim", "suspect"}
    assert sum(row.fields["role"] == "victim" for row in parts) == 2 * len(crimes)
    for row in crimes:
        assert row.fields["from"] == WHEN <= str(row.fields["to"]) <= str(row.fields["recorded"]) == iso(DAY - 5)
        assert (row.fields["status"] == "open") == (row.fields["outcome"] is None)
    closed = made.rows(paper, "closed_cases")
    assert closed
    assert all(str(row.fields["to"]) < iso(DAY) for row in closed)


def test_in_a_groups_crime_anybody_is_anything(write: Write, district: District) -> None:
    club = made.circle(district, "youth club", network=False)
    parts = made.rows(write(*[made.notice(club, "crime")] * 100, of=club), "crime_people")
    roles: dict[int, set[object]] = {}
    for row in parts:
        roles.setdefault(id(row.fields["person"]), set()).add(row.fields["role"])
    assert all(of == {"victim", "suspect", "witness"} for of in roles.values())


def test_beyond_the_border_the_other_agencies_write(district: District, beyond: Homes, circle: Circle) -> None:
    _, far = made.both_sides(district, beyond)
    what = ("missing", "intelligence", "stop", "contact", "session")
    paper = made.written(district, far, circle, [made.notice(circle, one) for one in what])
    here = {district.agencies[file].slug for file in (File.NOMINALS, File.PEOPLE, File.SESSIONS)}
    assert not {row.agency.slug for row in paper.rows} & here
    [report] = made.rows(paper, "intelligence")
    assert report.fields["place_line"] == beyond.line[made.SPOT.address]
