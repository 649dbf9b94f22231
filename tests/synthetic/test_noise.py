"""Equal noise: what is written of people goes wrong as often whatever the origin of their name."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.synthetic.agencies import Agencies
from concerted.synthetic.district import District, district_of
from concerted.synthetic.lexicon import load, plain
from concerted.synthetic.noise import evened, respelled, shortened
from concerted.synthetic.rates import all_rates, rate
from concerted.synthetic.sizes import SIZES
from concerted.synthetic.slips import slipped
from tests.synthetic.conftest import DAY

FEWEST = 150  # records of an origin, so that its share is told to some in a hundred
names = st.text("abcdefghijklmnopqrstuvwxyz' -", min_size=1, max_size=12).map(str.title)


@pytest.fixture(scope="module")
def even(agencies: Agencies) -> District:
    """The first district of a medium region of equal noise, seed 5."""
    return district_of(0, SIZES["medium"], agencies, DAY, evened(load()), 5)


def wrong_by_origin(district: District) -> dict[str, tuple[float, float]]:
    """For each origin of enough records, the shares whose given, and whose family name is not as it is, swaps apart."""
    families, who = district.people.families, district.mentions.person
    found = {}
    for at, origin in enumerate(load().origins):
        here = np.flatnonzero((families.origin[who] == at) & np.array([bool(name) for name in district.typed.family]))
        if len(here) >= FEWEST:
            pairs = [
                (district.typed.given[row], plain(families.given[who[row]]), district.typed.family[row], own)
                for row in here.tolist()
                for own in [plain(families.family[who[row]])]
                if not district.people.other_family[who[row]]
            ]
            given, family = (np.mean([row[side] != row[side + 1] for row in pairs]) for side in (0, 2))
            found[origin.name] = (float(given), float(family))
    return found


def test_names_of_every_origin_go_wrong_as_often(even: District) -> None:
    found = wrong_by_origin(even)
    assert len(found) >= 5
    for side in (0, 1):
        shares = [one[side] for one in found.values()]
        assert max(shares) - min(shares) < 0.1, found


def test_with_evidence_they_do_not(district: District) -> None:
    """What `equal` takes away is there without it."""
    families = [one[1] for one in wrong_by_origin(district).values()]
    assert max(families) - min(families) > 0.1, families


def test_names_are_exchanged_as_often_where_the_family_name_comes_first(even: District, district: District) -> None:
    odd = np.array([of.exchanged or of.patronymic for of in load().origins])
    shares = []
    for one in (even, district):
        families, who = one.people.families, one.mentions.person
        rows = np.flatnonzero(odd[families.origin[who]])
        swapped = [plain(families.family[who[row]]) == plain(one.typed.given[row] or "") for row in rows.tolist()]
        shares.append(float(np.mean(swapped)))
    assert shares[0] < 0.02 < shares[1]


def test_no_name_holds_a_letter_that_some_record_system_does_not_know(even: District) -> None:
    typed = even.typed
    written = {name for column in (typed.given, typed.middle, typed.family, typed.also) for name in column if name}
    assert all(name.isascii() for name in written)


def test_everything_but_names_is_as_with_evidence(even: District, district: District) -> None:
    for name in ("born", "sex", "line", "town", "nhs", "upn", "birthplace"):
        assert getattr(even.typed, name).tolist() == getattr(district.typed, name).tolist()


@given(names)
def test_a_respelling_differs_by_one_letter_beyond_the_first(name: str) -> None:
    for other in respelled(name):
        assert other != name
        assert other[0] == name[0]
        assert abs(len(other) - len(name)) <= 1
    assert bool(respelled(name)) == any(letter.isalpha() for letter in name[1:])


@pytest.mark.parametrize(
    ("name", "short"), [("Mohammed Ali", "Moha"), ("Catherine", "Cathe"), ("Li", "Lili"), ("Ali", "Aliali")]
)
def test_every_given_name_has_a_short_form(name: str, short: str) -> None:
    assert shortened(name) == short
    assert evened(load()).nicknames.get(name) == (short,)
    assert evened(load()).variants.get("Li") == ("Ly",)


def test_names_of_two_letters_and_of_two_words_slip_as_often_as_others() -> None:
    texts = np.array(["Ng", "De La Cruz", "Smithson"] * 2_000, object)
    made = slipped(texts, np.ones(len(texts), bool), np.random.default_rng(1), equal=True)
    changed = [np.mean([a != b for a, b in zip(made[at::3], texts[at::3], strict=True)]) for at in range(3)]
    assert min(changed) > 0.9
    kept = slipped(texts, np.ones(len(texts), bool), np.random.default_rng(1))
    assert set(kept[0::3]) == {"Ng"}


def test_what_equal_noise_comes_to_is_what_the_rates_come_to_over_all(district: District) -> None:
    """The figures of the file are those of a region as evidence has it."""
    words, families = load(), district.people.families
    spelled = np.mean([name in words.variants for names in (families.given, families.family) for name in names])
    short = np.mean([name in words.nicknames for name in families.given])
    assert rate("equal_spelled_otherwise") == pytest.approx(rate("spelled_otherwise") * spelled, rel=0.1)
    assert rate("equal_has_a_short_name") == pytest.approx(rate("has_a_short_name") * short, rel=0.05)
    assert {name for name in all_rates() if name.startswith("equal_")} == {
        *("equal_has_a_short_name", "equal_spelled_otherwise", "equal_names_exchanged")
    }
