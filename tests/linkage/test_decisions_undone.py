"""Which decision counts: the last on its pair that was not undone, and none that was superseded in so many words."""

from dataclasses import replace

from concerted.common.ids import RecordKey
from concerted.linkage import Decision
from concerted.linkage.decisions import UNDONE, current

A, B, C = (RecordKey("force", name) for name in "abc")


def decision(number: int, word: str, *, supersedes: int = 0, undoes: int = 0) -> Decision:
    return Decision(A, B, word, "Ann", "2026-03-01", "seen", number, supersedes, undoes)


def counting(*made: Decision) -> list[int]:
    return [one.number for one in current(made).values()]


def test_the_last_counts() -> None:
    assert counting(decision(1, "same"), decision(2, "different")) == [2]


def test_one_that_is_undone_counts_no_more() -> None:
    assert counting(decision(1, "same"), decision(2, UNDONE, undoes=1)) == []


def test_an_earlier_one_counts_again_when_the_later_is_undone() -> None:
    assert counting(decision(1, "same"), decision(2, "different"), decision(3, UNDONE, undoes=2)) == [1]


def test_a_later_one_counts_when_an_earlier_is_undone() -> None:
    assert counting(decision(1, "same"), decision(2, UNDONE, undoes=1), decision(3, "different")) == [3]
    assert counting(decision(1, "same"), decision(2, "different"), decision(3, UNDONE, undoes=1)) == [2]


def test_what_was_superseded_in_so_many_words_does_not_come_back() -> None:
    made = [decision(1, "same"), decision(2, "unsure"), decision(3, "different", supersedes=2)]
    assert counting(*made) == [3]
    assert counting(*made, decision(4, UNDONE, undoes=3)) == []
    assert counting(*made, decision(4, UNDONE, undoes=3), decision(5, "same")) == [5]


def test_other_pairs_are_left_alone() -> None:
    other = replace(decision(2, "same"), left=B, right=C)
    assert counting(decision(1, "same"), other, decision(3, UNDONE, undoes=1)) == [2]


def test_decisions_without_numbers_are_as_they_were_given() -> None:
    """As a file holds them."""
    assert [one.decision for one in current([decision(0, "same"), decision(0, "different")]).values()] == ["different"]
