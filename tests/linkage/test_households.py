"""What a household shares: two people of one home are not joined by it, and one person's two records there are."""

import random
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage import terms
from concerted.linkage.link import link
from tests.linkage.records import FAMILY, GIVEN, write
from tests.linkage.test_terms import BORN, HOME, Rows, compared


def _dependence(kin: float, odds: float) -> float:
    return float(terms.dependence(compared(kin=kin, telling=1), odds)[0])


bits = st.floats(-400, 5_000)
odds = st.floats(0, 1e6)


@given(bits, odds)
def test_a_household_never_speaks_for_a_pair(kin: float, kin_odds: float) -> None:
    assert -5_100 < _dependence(kin, kin_odds) <= 0


@given(bits, bits, odds, odds)
def test_it_takes_more_the_more_a_household_fits_and_the_more_there_are(
    kin: float, more_kin: float, kin_odds: float, more_odds: float
) -> None:
    assert _dependence(max(kin, more_kin), kin_odds) <= _dependence(min(kin, more_kin), kin_odds)
    assert _dependence(kin, max(kin_odds, more_odds)) <= _dependence(kin, min(kin_odds, more_odds))


@given(bits)
def test_where_nobody_lives_together_it_takes_nothing(kin: float) -> None:
    assert _dependence(kin, 0) == 0


def test_it_takes_what_strangers_and_a_household_come_to_beside_strangers_alone() -> None:
    assert _dependence(10, 2**-10) == pytest.approx(-1)
    assert _dependence(30, 2**-10) == pytest.approx(-20, abs=1e-5)
    assert _dependence(-30, 2**-10) == pytest.approx(0, abs=1e-9)


def _town(households: int = 300) -> Rows:
    """A town of two or three to a home, each of them recorded by two agencies: what the households are learned from."""
    draw = random.Random(20090314)
    rows: Rows = []
    for at in range(households):
        home = {
            "family_name": f"{draw.choice(FAMILY)}{draw.choice(('', 's', 'by', 'ton'))}",
            "address": f"{at} {draw.choice(FAMILY)} Lane",
            "postcode": f"QQ{1 + at % 20} {at % 10}{draw.choice('CIKMOV')}{draw.choice('CIKMOV')}",
            "phone": f"+44770090{at:04}",
        }
        for who in range(draw.choice((2, 3))):
            born = f"{1950 + 5 * who + draw.randrange(55)}-{1 + draw.randrange(12):02}-{1 + draw.randrange(28):02}"
            one = {**home, "given_name": draw.choice(GIVEN) + draw.choice(("", "e", "y")), "date_of_birth": born}
            rows += [{**one, "source": agency, "record_id": f"{at}.{who}"} for agency in ("force", "council")]
    return rows


_LANE: dict[str, str | None] = {
    "family_name": "Penrose",
    "address": "1 Low Lane",
    "postcode": "ZZ7 7CI",
    "phone": "+447700900999",
}


def _at_one_home(folder: Path, one: dict[str, str | None], other: dict[str, str | None]) -> str:
    """The band of these two people of one home, each with the home's name and telephone."""
    last = [{**_LANE, **said, "source": f"agency {at}", "record_id": "x"} for at, said in enumerate((one, other))]
    town = _town()
    made = link([write(folder / "records.parquet", [*town, *last])])
    pair = (len(town), len(town) + 1)
    (band,) = [row["band"] for row in made.pairs.to_pylist() if (row["left"], row["right"]) == pair]
    assert (made.entity[pair[0]] == made.entity[pair[1]]) == (band == "join")
    return str(band)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param(
            {"given_name": "Hana", "date_of_birth": "2009-03-05"},
            {"given_name": "Efosa", "date_of_birth": "2011-11-27"},
            id="brother and sister",
        ),
        pytest.param(
            {"given_name": "Hana", "date_of_birth": "2009-03-05"},
            {"given_name": "Efosa", "date_of_birth": "2009-03-05"},
            id="twins",
        ),
        pytest.param(
            {"given_name": "Hana", "date_of_birth": "2009-03-05", "sex": "female"},
            {"given_name": "Farah", "date_of_birth": "2009-03-05", "sex": "female"},
            id="twin sisters",
        ),
        pytest.param(
            {"given_name": "Idris", "date_of_birth": "1979-03-05"},
            {"given_name": "Idris", "date_of_birth": "2008-11-27"},
            id="father and son of one name",
        ),
        pytest.param({"given_name": "Hana"}, {"given_name": "Efosa"}, id="brother and sister, nobody's birth"),
        pytest.param({"given_name": None}, {"given_name": None}, id="nothing but the home"),
        pytest.param({"given_name": "Hana"}, {"date_of_birth": "2009-03-05"}, id="nothing of one's own to compare"),
    ],
)
def test_two_people_of_one_home_are_not_joined_by_home_telephone_and_family_name(
    tmp_path: Path, one: dict[str, str | None], other: dict[str, str | None]
) -> None:
    assert _at_one_home(tmp_path, one, other) != "join"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ({"given_name": "Hana", "date_of_birth": "2009-03-05"}, {"given_name": "Hana", "date_of_birth": "2009-03-05"}),
        ({"given_name": "Hana", "date_of_birth": "2009-03-05"}, {"given_name": "Hanna", "date_of_birth": "2009-03-05"}),
        ({"given_name": "Hana", "date_of_birth": "2009-03-05"}, {"given_name": "Hana", "date_of_birth": "2009-05-03"}),
        ({"given_name": "Hana", "date_of_birth": "2009-03-05"}, {"given_name": "Hana"}),
    ],
)
def test_one_persons_two_records_of_that_home_are_joined(
    tmp_path: Path, one: dict[str, str | None], other: dict[str, str | None]
) -> None:
    assert _at_one_home(tmp_path, one, other) == "join"


@pytest.mark.parametrize("telling", [HOME, {"phone": "+447700900999"}])
def test_with_one_more_fact_that_is_a_households_they_are_asked_about_at_least(
    tmp_path: Path, telling: dict[str, str | None]
) -> None:
    town = _town()
    two: Rows = [{**BORN, **telling, "source": "census", "record_id": str(at)} for at in range(2)]
    made = link([write(tmp_path / "records.parquet", [*town, *two])])
    (band,) = [row["band"] for row in made.pairs.to_pylist() if row["left"] == len(town)]
    assert band in {"review", "join"}
