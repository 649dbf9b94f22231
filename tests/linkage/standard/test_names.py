"""The words of one field of names: no titles, one apostrophe or another, particles and initials told from names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.standard.names import NameField, Word, split_full, telling, typed


def words(text: str, field: NameField = "full") -> tuple[str, ...]:
    """The words of a field, whatever they are."""
    return tuple(word.text for word in typed(text, field) or ())


def kinds(text: str, field: NameField) -> str:
    """The first letter of each word's kind: name, initial, particle."""
    return "".join(word.kind[0] for word in typed(text, field) or ())


def split(text: str) -> tuple[str, str]:
    """A full name as given and family names."""
    given_names, family = split_full(typed(text, "full") or ())
    return " ".join(word.text for word in given_names), " ".join(word.text for word in family)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Mrs Bryony Penhale", ("bryony", "penhale")),
        ("Dr. Efosa Umeh Jr.", ("efosa", "umeh")),
        ("Idris Wrexley, 3rd Earl of Dunmere", ("idris", "wrexley", "dunmere")),
        ("Rees-Mott", ("rees", "mott")),
        ("  Hana   Varga ", ("hana", "varga")),
        ("Юлия Ковач", ("yuliya", "kovach")),
        ("Ольга", ("olga",)),
        ("Jürgen Szałai", ("jurgen", "szalai")),
        ("Mr", ()),
        ("3rd", ()),
        ("", ()),
        ("...", ()),
    ],
)
def test_words_leave_out_titles_ranks_and_marks(text: str, found: tuple[str, ...]) -> None:
    assert words(text) == found


@pytest.mark.parametrize("apostrophe", ["'", "’", "‘", "ʼ", "ʻ", "`", "´", "′", "＇"])
@pytest.mark.parametrize("field", ["given", "family", "full"])
def test_a_name_with_an_apostrophe_is_one_word_whichever_key_was_struck(apostrophe: str, field: NameField) -> None:
    assert words(f"O{apostrophe}Farrow", field) == ("ofarrow",)


@pytest.mark.parametrize("name", ["Dean", "Prince", "Major", "Bishop", "Earl", "Duke"])
@pytest.mark.parametrize("field", ["given", "family", "full"])
def test_a_title_that_is_all_there_is_is_a_name(name: str, field: NameField) -> None:
    assert typed(name, field) == (Word(name.lower(), "name"),)


@pytest.mark.parametrize(
    ("text", "field", "found"),
    [
        ("van der Berg", "family", "ppn"),
        ("al-Hassan", "family", "pn"),
        ("Di Marco", "family", "pn"),
        ("Le Blanc", "family", "pn"),
        ("Le", "family", "n"),
        ("Nguyen Le", "family", "nn"),
        ("Al", "given", "n"),
        ("Van Anh", "given", "nn"),
        ("Le Thi Lan", "full", "nnn"),
        ("Ahmed bin Saeed al Mansouri", "full", "npnpn"),
        ("Owain ap Rhys", "full", "npn"),
        ("Nest ferch Rhys", "full", "npn"),
        ("محمد بن علي", "full", "npn"),
        ("de", "family", "n"),
        ("J.", "given", "i"),
        ("J. R.", "given", "ii"),
        ("Sarah J", "given", "ni"),
    ],
)
def test_each_word_is_typed(text: str, field: NameField, found: str) -> None:
    assert kinds(text, field) == found


@pytest.mark.parametrize("relation", ["s/o", "S/O", "d/o", "w/o", "a/l", "a/p"])
def test_words_for_son_of_and_the_like_are_no_initials(relation: str) -> None:
    assert words(f"Amrik Gill {relation} Baldev Gill") == ("amrik", "gill", "baldev", "gill")


def test_a_stroke_that_says_nothing_of_the_kind_parts_words() -> None:
    assert words("Hana/Hanna") == ("hana", "hanna")


@pytest.mark.parametrize(
    ("text", "field", "found"),
    [
        ("Mc Donald", "family", ("mcdonald",)),
        ("Mac Donald", "family", ("macdonald",)),
        ("Fitz Gerald", "family", ("fitzgerald",)),
        ("O Neill", "family", ("oneill",)),
        ("Ó Néill", "family", ("oneill",)),
        ("D Souza", "family", ("dsouza",)),
        ("O Penhale", "family", ("openhale",)),
        ("Anna O Neill", "full", ("anna", "oneill")),
        ("Anna O Penhale", "full", ("anna", "o", "penhale")),
        ("Anna Mc Donald", "full", ("anna", "mcdonald")),
        ("Mac Rudd", "full", ("mac", "rudd")),
        ("Mac O", "family", ("mac", "o")),
        ("O Hana", "given", ("o", "hana")),
    ],
)
def test_beginnings_are_joined_to_what_they_begin(text: str, field: NameField, found: tuple[str, ...]) -> None:
    assert words(text, field) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ms Hana Quarshie Varga", ("hana quarshie", "varga")),
        ("Hana van der Berg", ("hana", "van der berg")),
        ("Van Berg", ("van", "berg")),
        ("De Berg", ("de", "berg")),
        ("Danuta", ("danuta", "")),
        ("Ahmed bin Saeed al Mansouri", ("ahmed bin saeed", "al mansouri")),
    ],
)
def test_a_full_name_ends_in_the_family_name_with_its_particles(text: str, found: tuple[str, str]) -> None:
    assert split(text) == found


def test_no_particle_is_telling() -> None:
    assert telling(typed("van der Berg", "family") or ()) == ("berg",)
    assert telling((Word("de", "particle"),)) is None


def test_scripts_are_compared_in_plain_letters() -> None:
    assert all(word.isascii() for word in words("محمد 王 Ольга"))


@given(st.text(max_size=20), st.sampled_from(["given", "family", "full"]))
def test_any_text_gives_folded_words(text: str, field: NameField) -> None:
    found = typed(text, field)
    assert found != ()
    for word in found or ():
        assert word.text.isalnum()
        assert word.text == word.text.lower()
        assert word.text.isascii()
    assert found is None or telling(found)
