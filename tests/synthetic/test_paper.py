"""Rows before they have numbers, and the tables that are made of them."""

from collections import Counter

import numpy as np
import pytest

from concerted.synthetic.circles import Overlay
from concerted.synthetic.circles.paper import Paper, Row, Subject
from concerted.synthetic.circles.written import tables
from concerted.synthetic.columns import there
from concerted.synthetic.district import ROOM, District
from concerted.synthetic.homes import Homes
from concerted.synthetic.lexicon import load
from concerted.synthetic.mentions import File
from concerted.synthetic.region import layouts_of
from tests.synthetic import circles as made
from tests.synthetic.conftest import DAY

OCCASIONS = ("missing", "contacts", "attendances", "sessions")


def rng() -> np.random.Generator:
    """The same each time."""
    return np.random.default_rng(8)


def listed(district: District, file: File) -> tuple[int, str]:
    """Somebody on a list, and their first number there."""
    rows = district.mentions.of(file)
    return int(district.mentions.person[rows[0]]), str(district.reference[rows[0]])


@pytest.mark.parametrize(("key", "file"), [("nominals", File.NOMINALS), ("people", File.PEOPLE)])
def test_who_is_on_a_list_keeps_their_number(district: District, beyond: Homes, key: str, file: File) -> None:
    near, _ = made.both_sides(district, beyond)
    person, reference = listed(district, file)
    paper = Paper(district)
    assert paper.listed(near, key, person, DAY - 1) == reference
    assert paper.rows == []


def test_who_is_on_no_list_is_entered_once_on_each_side(district: District, beyond: Homes) -> None:
    near, far = made.both_sides(district, beyond)
    person = int(np.setdiff1d(np.arange(len(district.people)), district.mentions.person)[0])
    paper = Paper(district)
    first, again = (paper.listed(near, "nominals", person, DAY - day) for day in (9, 5))
    other = paper.listed(far, "nominals", person, DAY - 3)
    assert first is again
    assert first is not other
    assert [(row.key, row.day, row.circle) for row in paper.rows] == [
        ("nominals", DAY - 9, None),
        ("nominals", DAY - 3, None),
    ]
    assert paper.rows[0].agency != paper.rows[1].agency
    assert [subject.person for subject in paper.subjects] == [person, person]


def test_the_list_beyond_the_border_is_the_one_that_the_district_has_there(district: District, beyond: Homes) -> None:
    _, far = made.both_sides(district, beyond)
    person, reference = listed(district, File.NOMINALS_ELSEWHERE)
    assert Paper(district).listed(far, "nominals", person, DAY - 1) == reference


def two_reports(district: District) -> tuple[Paper, Row, Row]:
    """A later report, then an earlier one, and a link to the later."""
    paper, force = Paper(district), district.agencies[File.MISSING]
    child = made.of_age(district, 12, 16, 1)[0]
    late, early = (
        paper.add(force, "missing", DAY - day, {"day": str(DAY - day)}, circle="N0001",
                  parts={"person": Subject(child, File.MISSING, DAY - day, force)})
        for day in (5, 90)
    )  # fmt: skip
    paper.add(force, "found_with", DAY - 5, {"event": late, "person": "17", "role": "found with"}, circle="N0001")
    return paper, late, early


def test_rows_are_numbered_by_day_after_those_that_are_there(district: District) -> None:
    paper, late, early = two_reports(district)
    force = district.agencies[File.MISSING].slug
    found = {key: table for _, key, table, _ in tables(paper, {(force, "missing"): 41}, load(), rng())}
    assert (early.ref, late.ref) == (42, 43)
    assert found["missing"]["ref"].tolist() == ["42", "43"]
    assert found["found_with"]["event"].tolist() == ["43"]
    assert found["found_with"]["ref"].tolist() == [str(district.number * ROOM + 1)]


def test_a_row_says_who_it_is_of(district: District) -> None:
    paper, _, _ = two_reports(district)
    for _, key, table, truth in tables(paper, {}, load(), rng()):
        if key == "missing":
            assert set(truth) == {"person"}
            assert truth["person"].tolist() == [paper.subjects[0].person] * 2
            assert there(table["family"]).any() or there(table["given"]).any()
        else:
            assert truth == {}


def test_every_table_has_the_columns_of_its_file(overlay: Overlay) -> None:
    """Of whatever kind: else the file could not be written."""
    kinds = Counter(key for _, key, _, _ in overlay.tables)
    assert set(kinds) >= {*OCCASIONS, "intelligence", "stops", "stop_people", "found_with", "crimes", "relations"}
    for agency, key, table, truth in overlay.tables:
        layout = layouts_of(agency)[key]
        many = len(table["ref"])
        assert all(len(table[column.field]) == many for column in layout.columns)
        assert len(list(layout.rows(table))) == many
        for ids, who in layout.truths(table, truth):
            assert len(ids) == len(who) == many


def test_an_agency_mostly_writes_what_it_has(overlay: Overlay, district: District) -> None:
    """Of somebody whom it has already; and where it does not, as anybody would write it."""
    known = {
        (district.agencies[File(file)].slug, int(person)): at
        for at, (file, person) in enumerate(zip(district.mentions.file, district.mentions.person, strict=True))
    }
    same = []
    for agency, key, table, truth in overlay.tables:
        if key not in OCCASIONS:
            continue
        for at, person in enumerate(truth["person"].tolist()):
            source = known.get((agency.slug, person))
            if source is not None and table["born"][at] and district.typed.born[source]:
                same.append(table["born"][at] == district.typed.born[source])
    assert len(same) > 200
    assert 0.9 < np.mean(same) < 1


def test_who_has_two_parts_in_a_report_stands_in_both(overlay: Overlay, district: District) -> None:
    for _, key, table, truth in overlay.tables:
        if key == "intelligence":
            second = truth["two"] >= 0
            assert 0.2 < second.mean() < 0.8
            assert (truth["one"] >= 0).all()
            assert (truth["one"] != truth["two"]).all()
            names = table["two_family"][~second]
            assert all(name is None for name in names)


def test_a_file_of_reports_without_a_second_subject_has_its_columns(district: District, beyond: Homes) -> None:
    near, _ = made.both_sides(district, beyond)
    circle = made.circle(district, scattered=True)
    alone = made.notice(circle, "intelligence", children=(), spot=None, phone=None, mark=None)
    paper = made.written(district, near, circle, [alone])
    [(agency, key, table, truth)] = tables(paper, {}, load(), rng())
    assert (key, set(truth)) == ("intelligence", {"one"})
    assert len(list(layouts_of(agency)[key].rows(table))) == 1


def test_nothing_noticed_is_no_table(district: District) -> None:
    assert list(tables(Paper(district), {}, load(), rng())) == []
