"""The tables of names are well-formed: folded, each group once, and no group that joins what usage keeps apart."""

import re
from collections import Counter

import pytest

from concerted.reference.loader import load_table
from concerted.values.text import fold

TABLE = load_table("name_groups").data
GIVEN = ("female", "male", "either", "given_and_family")
FAMILY = ("family", "given_and_family")
SECTIONS = (*GIVEN, "family")


def groups(*sections: str) -> list[list[str]]:
    """The groups of these sections, the root first."""
    return [line.split() for section in sections for line in TABLE[section]]


def test_there_are_many_groups() -> None:
    assert sum(len(TABLE[section]) for section in SECTIONS) > 1_500


@pytest.mark.parametrize("section", SECTIONS)
def test_names_are_folded_and_longer_than_a_letter(section: str) -> None:
    assert [name for group in groups(section) for name in group if not re.fullmatch("[a-z]{2,}", name)] == []


@pytest.mark.parametrize("section", SECTIONS)
def test_a_group_has_two_names_or_more_each_once(section: str) -> None:
    assert [group for group in groups(section) if len(group) < 2 or len(set(group)) != len(group)] == []


@pytest.mark.parametrize("section", SECTIONS)
def test_a_root_has_one_group(section: str) -> None:
    roots = Counter(group[0] for group in groups(section))
    assert [root for root, count in roots.items() if count > 1] == []


def test_a_given_name_is_in_few_groups_and_most_are_in_one() -> None:
    counts = Counter(name for group in groups(*GIVEN) for name in group)
    assert max(counts.values()) <= 6
    assert sum(count == 1 for count in counts.values()) > 0.75 * len(counts)


def test_a_family_name_is_in_one_group() -> None:
    counts = Counter(name for group in groups(*FAMILY) for name in group)
    assert [name for name, count in counts.items() if count > 1] == []


def test_the_name_that_heads_a_womans_group_is_in_no_mans_unless_both_bear_it() -> None:
    both = {name for group in groups("either") for name in group}
    for one, other in (("female", "male"), ("male", "female")):
        roots = {group[0] for group in groups(one)} - both
        assert [group for group in groups(other) if roots & set(group)] == []


@pytest.mark.parametrize(
    ("woman", "man"),
    [
        *(("joan", "john"), ("paula", "paul"), ("patricia", "patrick"), ("frances", "francis"), ("denise", "denis")),
        *(("danielle", "daniel"), ("gabrielle", "gabriel"), ("michelle", "michael"), ("josephine", "joseph")),
        *(("jamila", "jamil"), ("amira", "amir"), ("karima", "karim"), ("nabila", "nabil"), ("yasmin", "yasin")),
        *(("simone", "simon"), ("victoria", "victor"), ("georgina", "george"), ("samantha", "samuel")),
    ],
)
def test_no_group_holds_a_womans_name_and_the_mans_like_it(woman: str, man: str) -> None:
    assert [group for group in groups(*GIVEN) if {woman, man} <= set(group)] == []


@pytest.mark.parametrize(
    ("one", "other"),
    [("hassan", "hussain"), ("mahmood", "muhammad"), ("jamal", "jamil"), ("rashid", "rasheeda"), ("salim", "salman")],
)
def test_names_that_only_look_alike_stay_apart(one: str, other: str) -> None:
    assert [group for group in groups(*GIVEN) if {one, other} <= set(group)] == []


def test_an_ending_leads_to_another_that_leads_nowhere() -> None:
    endings = [line.split() for line in TABLE["family_endings"]]
    assert all(len(pair) == 2 for pair in endings)
    assert not {one for one, _ in endings} & {other for _, other in endings}


def test_particles_and_beginnings_are_folded() -> None:
    table = load_table("name_particles").data
    words = [word for key in ("particles", "also_names", "joined", "joined_to_known_names") for word in table[key]]
    assert [word for word in words if fold(word) != word] == []
    assert set(table["also_names"]) <= set(table["particles"])
    assert not set(table["particles"]) & {*table["joined"], *table["joined_to_known_names"]}
    assert all(re.fullmatch("[a-z]/[a-z]", relation) for relation in table["relations"])
