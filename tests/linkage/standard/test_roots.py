"""Which group a name belongs to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.standard.roots import begins_a_name, family_root, given_roots, is_family_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("bill", "william"),
        ("muhammad", "mohamed"),
        ("mohd", "mohammed"),
        ("yusuf", "yousuf"),
        ("maxamed", "muhammad"),
        ("kasia", "katarzyna"),
        ("sasha", "oleksandr"),
        ("sasha", "alexandra"),
        ("bex", "rebecca"),
        ("zeynep", "zaynab"),
        ("sukhvinder", "sukhwinder"),
    ],
)
def test_names_of_one_group_share_a_root(one: str, other: str) -> None:
    assert set(given_roots((one,))) & set(given_roots((other,)))


@pytest.mark.parametrize(
    ("one", "other"),
    [("john", "joan"), ("paul", "paula"), ("hassan", "hussain"), ("amina", "aisha"), ("daniel", "danielle")],
)
def test_other_names_share_none(one: str, other: str) -> None:
    assert not set(given_roots((one,))) & set(given_roots((other,)))


@pytest.mark.parametrize("name", ["sam", "alex", "chris"])
def test_a_short_name_may_be_in_several_groups(name: str) -> None:
    roots = given_roots((name,))
    assert len(roots) > 1
    assert len(roots) == len(set(roots))


@pytest.mark.parametrize(("name", "root"), [("ali", "ali"), ("jack", "jack"), ("alex", "alexandra"), ("aly", "ali")])
def test_a_group_of_its_own_comes_first(name: str, root: str) -> None:
    assert given_roots((name,))[0] == root


def test_a_name_in_no_group_is_its_own() -> None:
    assert given_roots(("efosa",)) == ("efosa",)
    assert given_roots(("j",)) == ("j",)
    assert family_root("penhale") == "penhale"


def test_two_words_that_are_one_name_have_that_names_group_first() -> None:
    assert given_roots(("abdul", "rahman")) == ("abdulrahman", "abdul")
    assert given_roots(("abdul", "zz")) == ("abdul",)
    assert begins_a_name("abdul")
    assert not begins_a_name("abdulrahman")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("choudhury", "chaudhry"),
        ("smith", "smythe"),
        ("mcdonald", "macdonald"),
        ("mcdonell", "macdonald"),
        ("mcwrexley", "macwrexley"),
        ("kowalska", "kowalski"),
        ("mazurska", "mazurski"),
        ("ivanova", "ivanov"),
        ("novakova", "novak"),
        ("kazlauskiene", "kazlauskas"),
        ("oneill", "neill"),
        ("dsouza", "desouza"),
        ("mohamud", "mahmood"),
    ],
)
def test_spellings_and_forms_of_a_family_name_share_a_root(one: str, other: str) -> None:
    assert family_root(one) == family_root(other)


@pytest.mark.parametrize("name", ["nova", "reeva", "mcn", "macey", "oska"])
def test_what_only_looks_like_a_form_is_left_alone(name: str) -> None:
    assert family_root(name) == name


def test_a_family_name_of_the_table_is_known() -> None:
    assert is_family_name("oneill")
    assert not is_family_name("openhale")


@given(st.text(st.sampled_from("acdeikmosvwx"), min_size=1, max_size=10))
def test_a_family_root_is_its_own_root(word: str) -> None:
    assert family_root(family_root(word)) == family_root(word)
