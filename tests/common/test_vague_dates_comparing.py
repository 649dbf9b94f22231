"""Vague dates in three values: sound against every pair of days that the intervals allow."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.vague_dates import Tri, VagueDate, read

START = date(2009, 1, 1)
OPEN = 12  # days beyond the others that stand for an open end


@st.composite
def short_dates(draw: st.DrawFn) -> VagueDate:
    """Intervals within a few days, so that every pair of days can be tried; one end may be open."""
    first, last = sorted((draw(st.integers(0, 6)), draw(st.integers(0, 6))))
    earliest, latest = START + timedelta(days=first), START + timedelta(days=last)
    shape = draw(st.sampled_from(["both", "day", "no beginning", "no end"]))
    if shape == "no beginning":
        return VagueDate(None, latest)
    return VagueDate(earliest, {"both": latest, "day": earliest, "no end": None}[shape])


def _days(vague: VagueDate) -> list[date]:
    first = vague.earliest or START - timedelta(days=OPEN)
    last = vague.latest or START + timedelta(days=OPEN)
    return [first + timedelta(days=step) for step in range((last - first).days + 1)]


def _pairs(left: VagueDate, right: VagueDate) -> Iterator[tuple[date, date]]:
    return ((one, other) for one in _days(left) for other in _days(right))


def _expected(answers: set[bool]) -> Tri:
    return Tri.CANNOT_TELL if len(answers) == 2 else Tri.YES if answers == {True} else Tri.NO


@given(short_dates(), short_dates())
def test_before_says_what_all_pairs_of_days_say(left: VagueDate, right: VagueDate) -> None:
    assert left.before(right) is _expected({one < other for one, other in _pairs(left, right)})


@given(short_dates(), short_dates())
def test_after_says_what_all_pairs_of_days_say(left: VagueDate, right: VagueDate) -> None:
    assert left.after(right) is _expected({one > other for one, other in _pairs(left, right)})


@given(short_dates(), short_dates())
def test_same_says_what_all_pairs_of_days_say(left: VagueDate, right: VagueDate) -> None:
    assert left.same(right) is _expected({one == other for one, other in _pairs(left, right)})


@given(short_dates(), short_dates())
def test_within_says_what_all_days_say(left: VagueDate, right: VagueDate) -> None:
    period = set(_days(right))
    assert left.within(right) is _expected({day in period for day in _days(left)})


@given(short_dates(), short_dates())
def test_overlaps_is_known(left: VagueDate, right: VagueDate) -> None:
    shared = bool(set(_days(left)) & set(_days(right)))
    assert left.overlaps(right) is (Tri.YES if shared else Tri.NO)


@given(short_dates(), short_dates())
def test_the_questions_agree_with_one_another(left: VagueDate, right: VagueDate) -> None:
    assert left.before(right) is right.after(left)
    assert left.same(right) is right.same(left)
    assert left.overlaps(right) is right.overlaps(left)
    assert not (left.before(right) is Tri.YES and right.before(left) is Tri.YES)
    assert (left.overlaps(right) is Tri.NO) is (left.same(right) is Tri.NO)
    if left.before(right) is Tri.YES:
        assert right.before(left) is Tri.NO
        assert left.same(right) is Tri.NO


@given(short_dates())
def test_a_date_beside_itself(vague: VagueDate) -> None:
    known = vague.exact is not None
    assert vague.same(vague) is (Tri.YES if known else Tri.CANNOT_TELL)
    assert vague.before(vague) is (Tri.NO if known else Tri.CANNOT_TELL)
    assert vague.within(vague) is Tri.YES


@given(short_dates(), short_dates(), short_dates())
def test_before_passes_on(first: VagueDate, second: VagueDate, third: VagueDate) -> None:
    if first.before(second) is Tri.YES and second.before(third) is Tri.YES:
        assert first.before(third) is Tri.YES


@given(st.lists(short_dates(), max_size=8))
def test_a_list_is_in_an_order_that_nothing_certain_contradicts(dates: list[VagueDate]) -> None:
    ordered = sorted(dates, key=lambda vague: vague.sort_key)
    for index, later in enumerate(ordered):
        assert all(later.before(earlier) is not Tri.YES for earlier in ordered[:index])


@pytest.mark.parametrize(
    ("left", "question", "right", "answer"),
    [
        ("before 2009", "before", "March 2009", Tri.YES),
        ("2009", "before", "March 2009", Tri.CANNOT_TELL),
        ("March 2009", "before", "before 2009", Tri.NO),
        ("after March 2010", "after", "2010-03-31", Tri.YES),
        ("since 2009", "before", "2008", Tri.NO),
        ("since 2009", "after", "before 2009", Tri.YES),
        ("before 2009", "before", "before 2005", Tri.CANNOT_TELL),
        ("14 March 2009", "same", "2009-03-14", Tri.YES),
        ("March 2009", "same", "March 2009", Tri.CANNOT_TELL),
        ("March 2009", "same", "April 2009", Tri.NO),
        ("March 2009", "within", "2009", Tri.YES),
        ("2009", "within", "March 2009", Tri.CANNOT_TELL),
        ("2009", "within", "since 2000", Tri.YES),
        ("since 2000", "within", "2009", Tri.CANNOT_TELL),
        ("before 2009", "within", "2009", Tri.NO),
        ("summer 2009", "overlaps", "2009-08-31", Tri.YES),
        ("summer 2009", "overlaps", "autumn 2009", Tri.NO),
    ],
)
def test_answers_in_words(left: str, question: str, right: str, answer: Tri) -> None:
    assert getattr(read(left), question)(read(right)) is answer


def test_equal_intervals_are_equal_whatever_the_words() -> None:
    assert read("March 2009") == read("2009-03")
    assert len({read("March 2009"), read("2009-03")}) == 1
    assert str(read("March 2009")) == "March 2009"
    assert str(VagueDate(START, None)) == "2009-01-01/.."


@pytest.mark.parametrize(
    ("earliest", "latest", "text"),
    [
        (date(2009, 3, 14), date(2009, 3, 14), "2009-03-14"),
        (date(2009, 3, 1), date(2009, 3, 31), "2009-03"),
        (date(2009, 1, 1), date(2009, 12, 31), "2009"),
        (date(2009, 1, 1), date(2009, 3, 31), "2009-01-01/2009-03-31"),
        (date(2009, 3, 2), date(2009, 3, 31), "2009-03-02/2009-03-31"),
        (date(2009, 3, 1), date(2009, 12, 31), "2009-03-01/2009-12-31"),
        (date(2009, 1, 1), date(2010, 12, 31), "2009-01-01/2010-12-31"),
        (None, date(2009, 12, 31), "../2009-12-31"),
    ],
)
def test_canonical_text(earliest: date | None, latest: date, text: str) -> None:
    assert VagueDate(earliest, latest).text == text


def test_an_interval_has_an_end_and_runs_forwards() -> None:
    with pytest.raises(UsedWronglyError, match="neither a beginning nor an end"):
        VagueDate(None, None)
    with pytest.raises(UsedWronglyError, match="comes before the beginning"):
        VagueDate(date(2009, 2, 1), date(2009, 1, 1))


def test_exact_is_the_day_when_it_is_known() -> None:
    assert read("14 March 2009").exact == date(2009, 3, 14)
    assert read("March 2009").exact is None
    assert VagueDate(None, START).exact is None


@pytest.mark.parametrize("answer", list(Tri))
def test_an_answer_is_not_taken_for_true_or_false(answer: Tri) -> None:
    with pytest.raises(TypeError, match="three-valued"):
        bool(answer)


def test_three_values_from_two_certainties() -> None:
    assert Tri.of(yes=True, no=False) is Tri.YES
    assert Tri.of(yes=False, no=True) is Tri.NO
    assert Tri.of(yes=False, no=False) is Tri.CANNOT_TELL
