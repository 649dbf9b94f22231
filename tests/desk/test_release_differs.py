"""In what one release differs from another, in words."""

from dataclasses import replace
from typing import Final

import pytest

from concerted.desk.release_differs import TOLD, differences
from concerted.linkage import Release
from concerted.linkage.release import by_hand, shipped

BASE: Final = shipped().bound(0.001, 0.0001)


def with_levels(factor: float, comparisons: int = 1) -> Release:
    """The first comparisons with every m so many times what it was."""
    changed = [
        replace(one, levels=tuple(replace(level, m=min(level.m * factor, 1.0)) for level in one.levels))
        for one in BASE.comparisons[:comparisons]
    ]
    return replace(BASE, comparisons=(*changed, *BASE.comparisons[comparisons:]))


@pytest.mark.parametrize(
    ("tried", "said"),
    [
        (BASE, "it is the release in force"),
        (replace(BASE, join=4.0), "links begin to join from +4 bits on; in force: +2.5"),
        (replace(BASE, keep=1.5), "a person is asked from +1.5 bits on; in force: +0"),
        (replace(BASE, set_mean=-1.0), "two sets may become one from -1 bits on; in force: -3"),
        (replace(BASE, size_limit=50), "groups of more than 50 records need stronger links; in force: 300"),
        (BASE.without(["phones"]), "it does not compare Telephone"),
        (
            BASE.bound(0.01, 0.0001),
            "before anything is compared, one pair in 100 is of one person; in force: one in 1,000",
        ),
        (replace(BASE, constraints=BASE.constraints[1:]), "constraints count for other bits"),
        (replace(BASE, parent=BASE.id), "it has learnt from people's decisions, from the release in force on"),
        (replace(BASE, parent="a" * 16), f"it has learnt from people's decisions, from release {'a' * 16} on"),
        (
            replace(BASE, training="By somebody."),
            f"how it was made: By somebody; the one in force: {BASE.training.rstrip('.')}",
        ),
        (
            replace(BASE, names={}),
            "how common values are, and how many pairs are of one person, was counted anew on the records of today",
        ),
    ],
)
def test_each_difference_in_words(tried: Release, said: str) -> None:
    assert differences(tried, BASE) == [said]


def test_what_it_compares_beside() -> None:
    assert differences(BASE, BASE.without(["phones"])) == ["it compares Telephone too"]


def test_levels_that_count_otherwise_are_told_from_half_a_bit_on_the_most_changed_first() -> None:
    first = BASE.comparisons[0]
    slight = f"{len(first.levels)} answers of a comparison count a little otherwise"
    assert differences(with_levels(0.8), BASE) == [slight]
    told = differences(with_levels(0.25), BASE)
    assert all(line.startswith(f"{first.title}: ") and "in force: " in line for line in told[:TOLD])
    assert "counts for" in told[0]
    assert len(told) == TOLD + 1
    assert told[TOLD] == f"{len(first.levels) - TOLD} other answers of a comparison count otherwise"


def test_another_release_of_the_same_shape() -> None:
    told = differences(shipped(), by_hand())
    assert told[0].startswith("how it was made: ")
    assert any("other answers of a comparison count otherwise" in line for line in told)
