"""Counts and probabilities in words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.words import counted, in_every


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.5, "about 50 in 100"),
        (0.9846, "about 98 in 100"),
        (0.999, "about 999 in 1,000"),
        (0.99991, "about 9,999 in 10,000"),
        (0.999999, "more than 9,999 in 10,000"),
        (1.0, "more than 9,999 in 10,000"),
        (0.003, "about 3 in 1,000"),
        (0.0, "fewer than 1 in 10,000"),
    ],
)
def test_a_probability_is_counted_and_never_certain(share: float, said: str) -> None:
    assert in_every(share) == said


@given(st.floats(0, 1))
def test_no_probability_is_all_or_none(share: float) -> None:
    said = in_every(share)
    assert not said.startswith("about 0 ")
    for scale in ("100", "1,000", "10,000"):
        assert said != f"about {scale} in {scale}"


def test_counts_have_their_noun() -> None:
    assert counted(1, "row") == "1 row"
    assert counted(0, "row") == "0 rows"
    assert counted(2_000, "entity", "entities") == "2,000 entities"
    assert counted(1, "entity", "entities") == "1 entity"
