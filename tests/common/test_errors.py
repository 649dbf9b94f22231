"""Errors say what, where, why and what to do, in one line."""

import pytest

from concerted.common.errors import ConcertedError, FoundWrongError, Place, UsedWronglyError


def test_a_place_reads_as_its_owner_would_say_it() -> None:
    assert str(Place("force.csv", "Sheet 1", 12, "dob")) == "force.csv, sheet Sheet 1, row 12, column dob"
    assert str(Place(row=1)) == "row 1"
    assert str(Place()) == ""


def test_an_error_is_one_line_whatever_it_was_given() -> None:
    error = UsedWronglyError(
        "no such\ncolumn.", where=Place("a.csv", row=3), why="the header\tsays otherwise", mend="name it"
    )
    assert str(error) == "a.csv, row 3: no such column. The header says otherwise. Name it."


def test_what_a_screen_would_obey_is_shown_as_a_mark() -> None:
    error = ConcertedError(
        "no column a\x1b[2J", where=Place(file="\u202evsc.b"), why="there is \ud800", mend="Zoë’s\x00"
    )
    assert str(error) == "\ufffdvsc.b: no column a\ufffd[2J. There is \ufffd. Zoë’s\ufffd."


def test_clauses_that_say_nothing_are_left_out() -> None:
    assert str(ConcertedError("it stopped")) == "it stopped."
    assert str(ConcertedError("it stopped", where=Place(), why=" ")) == "it stopped."


@pytest.mark.parametrize(("kind", "code"), [(UsedWronglyError, 2), (FoundWrongError, 1), (ConcertedError, 2)])
def test_each_kind_has_its_exit_code(kind: type[ConcertedError], code: int) -> None:
    assert kind("x").exit_code == code
