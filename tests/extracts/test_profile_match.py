"""Several profiles in one run: each file has one, and a doubt is an error that names both."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.extracts.profile import Profile
from concerted.extracts.profile_match import match_profiles
from tests.extracts.profile_texts import sound, with_fields


def profile(name: str, *globs: str) -> Profile:
    """A profile for the files of these names."""
    files = f"files: [{', '.join(repr(glob) for glob in globs)}]\n" if globs else ""
    return sound(with_fields("given_name: a", after=files).replace("profile: example", f"profile: {name}"))


FORCE, COUNCIL = profile("force", "force-*.csv"), profile("council", "council-*.csv", "children.csv")


def test_each_file_finds_its_profile_in_the_order_of_the_files() -> None:
    files = [Path("in/children.csv"), Path("in/force-1.csv"), Path("in/council-2.csv")]

    found = match_profiles(files, [FORCE, COUNCIL])

    assert [(file.name, one.id) for file, one in found] == [
        ("children.csv", "council"),
        ("force-1.csv", "force"),
        ("council-2.csv", "council"),
    ]


def test_one_profile_without_files_takes_all() -> None:
    alone = profile("alone")

    assert match_profiles([Path("a.csv"), Path("b.parquet")], [alone]) == [
        (Path("a.csv"), alone),
        (Path("b.parquet"), alone),
    ]


def test_one_profile_with_files_takes_only_those() -> None:
    with pytest.raises(UsedWronglyError, match=r"a.csv: no profile says that it is for this file"):
        match_profiles([Path("a.csv")], [FORCE])


def test_two_profiles_for_one_file_is_an_error_naming_both() -> None:
    with pytest.raises(UsedWronglyError, match=r"force-1.csv: profiles force and all both say that it is theirs"):
        match_profiles([Path("in/force-1.csv")], [FORCE, profile("all", "*.csv")])


def test_one_of_several_without_files_is_an_error() -> None:
    with pytest.raises(UsedWronglyError, match="profile alone does not say which files it is for"):
        match_profiles([Path("force-1.csv")], [FORCE, profile("alone")])


def test_two_profiles_of_one_name_is_an_error() -> None:
    with pytest.raises(UsedWronglyError, match="two profiles are called force"):
        match_profiles([Path("force-1.csv")], [FORCE, profile("force", "x.csv")])


def test_no_profile_at_all_is_an_error() -> None:
    with pytest.raises(UsedWronglyError, match="no profile is given"):
        match_profiles([Path("force-1.csv")], [])


def test_the_folder_of_a_file_does_not_count() -> None:
    assert match_profiles([Path("force-9.csv/children.csv")], [FORCE, COUNCIL])[0][1] is COUNCIL
