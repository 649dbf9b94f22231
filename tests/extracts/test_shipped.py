"""Profiles that are shipped: sound, known by name, and those for practising given to no file unasked."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts import load_profile
from concerted.extracts.profile_match import refuse_twins
from concerted.extracts.shipped import PRACTICE, all_shipped, file_or_shipped, shipped, shipped_profiles

NAMES = tuple(all_shipped())


@pytest.mark.parametrize("name", NAMES)
def test_each_is_sound_and_says_what_it_is_for(name: str) -> None:
    profile = load_profile(shipped(name))

    assert profile.title
    assert profile.files
    assert all(len(reason.split()) > 2 for reason in profile.drop.values())


def test_no_two_have_one_name() -> None:
    refuse_twins([load_profile(path) for path in all_shipped().values()])


def test_those_for_practising_are_not_looked_through() -> None:
    unasked = set(shipped_profiles())

    assert {name for name, path in all_shipped().items() if path not in unasked} == {
        "practice/fake_1000",
        "practice/febrl3",
        "practice/historical_50k",
    }


@pytest.mark.parametrize("name", [name for name in NAMES if not name.startswith(PRACTICE)])
def test_none_that_is_looked_through_is_one_agencys_own(name: str) -> None:
    """A constant would make the records of two councils those of one."""
    assert load_profile(shipped(name)).source.constant is None


def test_a_file_of_ones_own_comes_before_a_shipped_profile_of_its_name(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert file_or_shipped(Path("practice/febrl3")) == shipped("practice/febrl3")
    Path("practice").mkdir()
    Path("practice/febrl3").write_text("mine", encoding="utf-8")

    assert file_or_shipped(Path("practice/febrl3")) == Path("practice/febrl3")
    assert file_or_shipped(Path("nowhere.yaml")) == Path("nowhere.yaml")


def test_a_name_that_none_has_is_refused_with_where_they_are_listed() -> None:
    with pytest.raises(UsedWronglyError) as error:
        shipped("febrl3")
    assert "no profile of that name is shipped" in error.value.what
    assert "concerted profile list" in error.value.mend
