"""What to look at twice in a pair, by how its values stand to each other."""

import pytest

from concerted.linkage.comparisons import STANDARD
from concerted.linkage.flags import _BIRTH, _FAMILY, _HOME, _OTHER_GIVEN, _OTHER_SEX, flags

SAME = {"same family name", "same address", "same date of birth", "same sex"}


def _names(stands: set[str], dependence: float = 0.0) -> list[str]:
    return [flag.name for flag in flags(stands, dependence)]


def test_every_word_is_that_of_a_level() -> None:
    known = {level.words for one in STANDARD for level in one.levels}
    assert known >= (_FAMILY | _HOME | _BIRTH | _OTHER_GIVEN | _OTHER_SEX)


@pytest.mark.parametrize("other", ["given names differ", "sex differs"])
def test_twins_share_a_birth_and_a_family_or_home_but_not_all(other: str) -> None:
    assert "twins" in _names(SAME | {other})
    assert "twins" in _names({"same date of birth", "same postcode", other})
    assert "twins" not in _names(SAME)
    assert "twins" not in _names({"same date of birth", other})
    assert "twins" not in _names({"same family name", "dates of birth differ", other})


def test_a_household_by_the_model_or_by_what_is_shared() -> None:
    assert _names(set(), -1.0) == ["household"]
    assert _names(set(), -0.99) == []
    assert _names({"same family name", "given names differ"}) == ["household"]
    assert _names({"same family name", "same given name"}) == []
    assert _names({"given names differ"}) == []
