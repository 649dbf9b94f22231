"""Progress shows on a terminal only, and times the steps either way."""

import io

from concerted.common.progress import OnTerminal, Silent, watched


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_nothing_is_written_where_nobody_watches() -> None:
    stream = io.StringIO()
    with watched(stream) as progress:
        progress.step("read", "Reading")
        progress.at(5, 10)
    assert stream.getvalue() == ""
    assert list(progress.seconds) == ["read"]


def test_a_terminal_shows_each_step_and_that_it_is_done() -> None:
    stream = Terminal()
    with watched(stream) as progress:
        assert isinstance(progress, OnTerminal)
        progress.step("read", "Reading")
        progress.step("compare", "Comparing")
    lines = stream.getvalue().split("\n")
    assert "Reading: done in 0.0 s" in lines[0]
    assert "Comparing: done in 0.0 s" in lines[1]


def test_counts_are_drawn_but_not_for_every_row() -> None:
    stream = Terminal()
    progress = OnTerminal(stream)
    progress.step("read", "Reading")
    progress._drawn = 0.0
    for row in range(1000):
        progress.at(row, 1000)
    assert "Reading: 0 of 1,000" in stream.getvalue()
    assert stream.getvalue().count("Reading") < 1000


def test_a_step_taken_twice_adds_up() -> None:
    progress = Silent()
    progress.step("read", "Reading")
    progress.step("compare", "Comparing")
    progress.step("read", "Reading")
    progress.finish()
    progress.finish()
    assert set(progress.seconds) == {"read", "compare"}
    assert all(spent >= 0 for spent in progress.seconds.values())
