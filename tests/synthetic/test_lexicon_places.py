"""Places, bodies and things of the invented region: enough of each, none twice, none that exists."""

import re
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.synthetic.lexicon import load, plain
from tests.synthetic.words import repeated

LEXICON = load()
ADMITTED: dict[str, list[str]] = {
    name: list(dict.fromkeys(LEXICON.makes) if name == "makes" else getattr(LEXICON, name))
    for name in (
        *("towns", "street_stems", "street_types", "place_stems", "forces", "councils", "health", "charities"),
        *("occupations", "colours", "makes", "models", "street_names"),
    )
}


def in_words(*names: str) -> set[str]:
    """The plain words of names, in small letters."""
    return {word for name in names for word in re.findall(r"[a-z]+", plain(name).lower())}


# The words by which the 43 territorial forces of England and Wales are told apart.
REAL_FORCES = in_words(
    "avon bedfordshire cambridgeshire cheshire city cleveland cornwall cumbria derbyshire devon dorset durham "
    "dyfed essex gloucestershire gwent hampshire hertfordshire humberside kent lancashire leicestershire "
    "lincolnshire london manchester mercia merseyside metropolitan midlands norfolk northamptonshire "
    "northumbria nottinghamshire powys somerset staffordshire suffolk surrey sussex thames wales warwickshire "
    "wiltshire yorkshire "
)
REAL_COUNTIES = in_words(
    "berkshire buckinghamshire cumberland herefordshire huntingdonshire middlesex northumberland oxfordshire "
    "rutland shropshire westmorland worcestershire aberdeenshire angus argyll ayrshire fife lanarkshire "
    "lothian anglesey antrim armagh ceredigion clwyd fermanagh flintshire glamorgan pembrokeshire tyrone "
)
REAL_TOWNS = in_words(
    "rotherham rochdale oxford telford bradford huddersfield oldham keighley halifax derby bristol newcastle "
    "birmingham leeds liverpool sheffield york leicester coventry hull stoke plymouth wolverhampton "
    "southampton portsmouth sunderland brighton cardiff swansea belfast glasgow edinburgh luton blackpool "
    "blackburn burnley preston bolton wigan barnsley doncaster wakefield grimsby scarborough middlesbrough "
    "aylesbury banbury peterborough ipswich norwich exeter truro gloucester worcester hereford shrewsbury "
    "stafford crewe chester carlisle barrow kendal penrith "
)
REAL_MAKERS = in_words(
    "audi bmw citroen dacia fiat ford honda hyundai jaguar kia lexus mazda mercedes mini mitsubishi nissan "
    "peugeot renault rover seat skoda subaru suzuki tesla toyota vauxhall volkswagen volvo iveco daf scania "
    "cupra alfa porsche bentley lotus morgan saab daewoo isuzu "
)


@pytest.mark.parametrize("name", ADMITTED)
def test_no_word_stands_twice(name: str) -> None:
    assert repeated(word.lower() for word in ADMITTED[name]) == []


@pytest.mark.parametrize("name", ADMITTED)
def test_words_are_plain_words(name: str) -> None:
    assert [word for word in ADMITTED[name] if not re.fullmatch(r"[A-Z][A-Za-z]*(?:[ '-][A-Za-z]+)*", word)] == []


def test_there_are_enough_of_each() -> None:
    least = {"towns": 40, "street_stems": 120, "street_types": 20, "forces": 12, "councils": 24, "health": 12}
    least |= {"charities": 16, "street_names": 80, "occupations": 50, "colours": 12, "makes": 10, "models": 30}

    assert {name: len(ADMITTED[name]) for name, count in least.items() if len(ADMITTED[name]) < count} == {}


def test_no_invented_name_stands_under_two_kinds() -> None:
    kinds = {name: {word.lower() for word in words} for name, words in ADMITTED.items() if name != "street_names"}
    kinds["makes and models"] = kinds.pop("makes") | kinds.pop("models")

    assert {(one, other): both for one, other in combinations(kinds, 2) if (both := kinds[one] & kinds[other])} == {}


def test_a_model_has_one_maker() -> None:
    assert len(LEXICON.makes) == len(LEXICON.models)
    assert repeated(LEXICON.models) == []
    assert not set(LEXICON.makes) & set(LEXICON.models)


def test_no_force_council_or_other_body_is_real() -> None:
    bodies = [*LEXICON.forces, *LEXICON.councils, *LEXICON.health, *LEXICON.charities]
    words = in_words(*bodies) - {"city"}  # many a council is a city's

    assert words & {*REAL_FORCES, *REAL_COUNTIES, *REAL_TOWNS} == set()
    assert "city" not in in_words(*LEXICON.forces)


def test_no_town_street_or_maker_is_real() -> None:
    places = [*LEXICON.towns, *LEXICON.street_stems, *LEXICON.place_stems]

    assert in_words(*places) & {*REAL_FORCES, *REAL_COUNTIES, *REAL_TOWNS} == set()
    assert in_words(*LEXICON.makes) & REAL_MAKERS == set()


def test_bodies_lie_in_the_region() -> None:
    known = {word for town in LEXICON.towns for word in town.split()}
    of_towns = [body for body in LEXICON.councils if "County" not in body]

    assert [body for body in of_towns if not set(body.split()) & known] == []


def test_organisations_are_a_stem_and_a_plain_word() -> None:
    made = LEXICON.organisations
    stems_of = {kind: {name.split()[0] for name in names} for kind, names in made.items()}

    assert set(made) == {
        *("school", "youth_club", "sports_team", "takeaway", "taxi_firm", "hotel", "care_home", "park", "station")
    }
    assert all(len(names) >= 100 and repeated(names) == [] for names in made.values())
    assert all(stems <= set(LEXICON.place_stems) for stems in stems_of.values())
    assert [pair for pair in combinations(stems_of, 2) if stems_of[pair[0]] & stems_of[pair[1]]] == []


@given(st.integers(0, 4_000), st.integers(0, 2**32))
def test_names_of_places_are_as_many_as_asked_and_all_different(count: int, seed: int) -> None:
    made = LEXICON.place_names(count, np.random.default_rng(seed)).tolist()

    assert len(made) == len(set(made)) == count
    assert all(len(name.split()) == 1 for name in made[: len(LEXICON.place_stems)])


def test_more_names_than_there_can_be() -> None:
    few = len(LEXICON.place_stems)

    with pytest.raises(ValueError, match="more than"):
        LEXICON.place_names(few * few + 1, np.random.default_rng(0))
