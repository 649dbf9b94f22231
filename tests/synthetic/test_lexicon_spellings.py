"""Short forms and other spellings: of names that exist, each in one group."""

import pytest

from concerted.synthetic.lexicon import load, plain
from concerted.synthetic.name_lists import table, words_of
from tests.synthetic.words import NAME, family_names, given_names, repeated

LEXICON = load()
BRITISH = LEXICON.origins[0]
GIVEN, FAMILY = given_names(LEXICON), family_names(LEXICON)


def test_short_forms_are_of_names_that_exist() -> None:
    assert sorted(set(LEXICON.nicknames) - GIVEN) == []
    british = set(BRITISH.given.male.words) | set(BRITISH.given.female.words)
    assert len(british & set(LEXICON.nicknames)) >= 150
    assert len(set(LEXICON.nicknames) - british) >= 25


def test_a_short_form_is_another_name_than_the_whole_and_stands_once() -> None:
    assert [given for given, short in LEXICON.nicknames.items() if given in short or repeated(short)] == []
    assert [one for short in LEXICON.nicknames.values() for one in short if not NAME.fullmatch(one)] == []


def test_groups_of_spellings_start_from_a_name_that_exists() -> None:
    content = table("variants")

    assert len(content["given_spellings"]) + len(content["family_spellings"]) >= 60
    assert [group for group in content["given_spellings"] if words_of(group)[0] not in GIVEN] == []
    assert [group for group in content["family_spellings"] if words_of(group)[0] not in FAMILY] == []


@pytest.mark.parametrize("key", ["given_spellings", "family_spellings"])
def test_a_name_stands_in_one_group(key: str) -> None:
    names = [name for group in table("variants")[key] for name in words_of(group)]

    assert repeated(names) == []
    assert [name for name in names if not NAME.fullmatch(name)] == []


def test_every_name_of_a_group_has_all_others() -> None:
    content = table("variants")
    groups = [words_of(group) for group in content["given_spellings"] + content["family_spellings"]]

    for name, others in LEXICON.variants.items():
        assert set(others) == {other for group in groups if name in group for other in group} - {name}
        assert others
        assert repeated(others) == []


@pytest.mark.parametrize(
    ("one", "other"), [("Mohammed", "Muhammad"), ("Yusuf", "Yousef"), ("Oleksandr", "Aleksandr"), ("Stephen", "Steven")]
)
def test_known_spellings(one: str, other: str) -> None:
    assert other in LEXICON.variants[one]


def test_a_given_and_family_name_has_the_spellings_of_both() -> None:
    assert {"Yousef", "Yusuf", "Youssef"} <= set(LEXICON.variants["Yousaf"])
    assert LEXICON.variants["Clarke"] == ("Clark",)
    assert "Smith" not in LEXICON.variants


def test_what_a_name_is_without_accents() -> None:
    assert plain("Łukasz Żółć") == "Lukasz Zolc"
    assert plain("Stankevičienė") == "Stankeviciene"
    assert plain("O'Brien") == "O'Brien"
    assert [name for name in [*GIVEN, *FAMILY] if not plain(name).isascii()] == []
