"""How names are borne: two family names, a father's name, Singh and Kaur, the forms that women bear."""

import numpy as np
import pytest

from concerted.synthetic.lexicon import BySex, Origin, load

NAMED = {origin.name: origin for origin in load().origins}
BRITISH = NAMED["british"]
ORIGINS = pytest.mark.parametrize("origin", NAMED.values(), ids=lambda origin: origin.name)


def test_a_name_in_the_middle_is_borne_by_the_share_of_the_table() -> None:
    middle = NAMED["indian_sikh"].common_middle
    men, women = (list(middle.of(female=female).draw(5_000, np.random.default_rng(1))) for female in (False, True))

    assert set(men) == {"Singh", None}
    assert set(women) == {"Kaur", None}
    assert men.count("Singh") / 5_000 == pytest.approx(0.8, abs=0.03)


@ORIGINS
def test_what_some_bear_has_weights_that_leave_room_for_none(origin: Origin) -> None:
    for some in (origin.common_first, origin.common_middle, origin.own_family):
        for names in (some.male, some.female):
            assert names.words[-1] is None
            assert names.weights.sum() == pytest.approx(1)
            assert (names.weights >= 0).all()


def test_where_a_table_says_nothing_nobody_bears_it() -> None:
    nothing = BRITISH.common_first

    assert isinstance(nothing, BySex)
    assert list(nothing.male.draw(3, np.random.default_rng(0))) == [None, None, None]


def test_which_origins_have_which_convention() -> None:
    def having(what: str) -> set[str]:
        return {name for name, origin in NAMED.items() if getattr(origin, what)}

    assert having("second_family") == {"portuguese"}
    assert having("patronymic") == {"somali", "eritrean_ethiopian"}
    assert having("exchanged") == {"chinese", "vietnamese"} | having("patronymic")
    assert having("feminine") == {"polish", "lithuanian", "roma_slovak", "ukrainian", "indian_sikh"}


def test_patronymics_are_given_names_of_men() -> None:
    somali = NAMED["somali"]
    shared = set(somali.family.words) & set(somali.given.male.words)

    assert len(shared) / len(somali.family.words) > 0.4


@pytest.mark.parametrize(
    ("origin", "man", "woman"),
    [
        ("polish", "Kowalski", "Kowalska"),
        ("polish", "Nowak", "Nowak"),
        ("lithuanian", "Stankevičius", "Stankevičienė"),
        ("lithuanian", "Kairys", "Kairienė"),
        ("roma_slovak", "Horváth", "Horváthová"),
        ("roma_slovak", "Ferko", "Ferková"),
        ("roma_slovak", "Bílý", "Bílá"),
        ("indian_sikh", "Singh", "Kaur"),
        ("indian_sikh", "Gill", "Gill"),
        ("british", "Smith", "Smith"),
    ],
)
def test_the_family_name_as_a_woman_bears_it(origin: str, man: str, woman: str) -> None:
    borne = NAMED[origin].as_borne(np.array([man, man], object), np.array([False, True]))

    assert borne.tolist() == [man, woman]
