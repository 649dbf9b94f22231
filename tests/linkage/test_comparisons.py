"""The comparisons: shares that sum, levels that can be met, and the same level whichever record comes first."""

from typing import Any, Final

import numpy as np
import pytest

from concerted.linkage.coded import Coded
from concerted.linkage.compare import level_of_each
from concerted.linkage.comparisons import CROSSED, FAMILY, GIVEN, LOCAL_ID, MIDDLE, STANDARD
from concerted.linkage.dialects.arrays import Pairs
from concerted.linkage.levels import Comparison
from tests.linkage.slips import EVERY, table_of

Fields = dict[str, Any]
_each = pytest.mark.parametrize("comparison", EVERY, ids=lambda comparison: comparison.name)


def level(comparison: Comparison, one: Fields, other: Fields) -> str:
    """The words of the level at which two records stand, either way round; `missing` where nothing can be compared."""
    coded = Coded(table_of([{"source": "force", **one}, {"source": "force", **other}]))
    sides = np.array([0, 1], np.int32), np.array([1, 0], np.int32)
    found, again = level_of_each(comparison, Pairs(coded, *sides)).tolist()
    assert found == again
    return comparison.levels[found].words if found >= 0 else "missing"


@_each
def test_shares_sum_to_one(comparison: Comparison) -> None:
    for share in ("m", "u", "kin"):
        shares = [getattr(level, share) for level in comparison.levels if level.words != CROSSED]
        beside = [getattr(level, share) for level in comparison.levels if level.words == CROSSED]
        assert sum(shares) + sum(beside) == pytest.approx(1, abs=0.005), share
        assert all(0 < one < 1 for one in shares + beside)


@_each
def test_one_level_speaks_for_one_person_and_the_last_against(comparison: Comparison) -> None:
    *others, last = comparison.levels
    assert max(one.m / one.u for one in others) > 1
    assert last.m < last.u
    assert last.when is None
    assert all(one.when for one in others)


@_each
def test_words_and_columns_are_told_apart(comparison: Comparison) -> None:
    assert len({level.words for level in comparison.levels}) == len(comparison.levels)
    assert {level.rarity for level in comparison.levels} - {""} <= comparison.columns
    assert set(comparison.needs) <= comparison.columns


def test_names_are_told_apart() -> None:
    assert len({comparison.name for comparison in EVERY}) == len(EVERY)


def test_identifiers_are_never_trained() -> None:
    untrained = {comparison.name for comparison in EVERY if not comparison.trained}
    assert untrained == {"phones", "emails", "handles", "nhs_number", "upn", "pnc_id", "local_id"}


def _named(given: str | None, family: str | None = None, *others: str, **more: Any) -> Fields:
    words = sorted({*filter(None, (given, family)), *others}) or None
    return {"given": given, "family": family, "words": words, **more}


def _born(date: str | None, year: int | None = None) -> Fields:
    return {"dob": date, "year": int(date[:4]) if date else year}


def _home(address: str | None = None, postcode: str | None = None) -> Fields:
    words, district = address and sorted(address.split()), postcode and postcode[:-3]
    return {"address": address, "address_words": words, "postcode": postcode, "district": district}


GIVEN_PAIRS: Final[dict[str, tuple[Fields, Fields]]] = {
    "same given name": (_named("hana", "varga"), _named("hana", "okonjo")),
    CROSSED: (_named("hana", "varga"), _named("varga", "hana")),
    "given names of one root": (_named("danuta", given_root="dan"), _named("dan", given_root="dan")),
    "given names near": (_named("hanna"), _named("hana")),
    "one given name begins the other": (_named("h"), _named("hana")),
    "given name among the other's names": (_named("zora", "varga"), _named("hana", "varga", "zora")),
    "given names differ": (_named("hana", "varga"), _named("efosa", "varga")),
    "missing": (_named("hana", "varga"), _named(None, "varga")),
}
FAMILY_PAIRS: Final[dict[str, tuple[Fields, Fields]]] = {
    "same family name": (_named("hana", "varga"), _named("efosa", "varga")),
    "family names of one root": (
        _named("hana", "rees mott", family_parts=["rees", "mott"]),
        _named("hana", "mott", family_parts=["mott"]),
    ),
    "family names near": (_named("hana", "wrexley"), _named("hana", "wrexly")),
    "family names differ": (_named("hana", "varga"), _named("hana", "okonjo")),
    "missing": (_named("hana", "varga"), _named("varga", "hana")),
}
MIDDLE_PAIRS: Final[dict[str, tuple[Fields, Fields]]] = {
    "same middle names": ({"middle": "zora"}, {"middle": "zora"}),
    "middle names near, or one begins the other": ({"middle": "z"}, {"middle": "zora"}),
    "middle names differ": ({"middle": "zora"}, {"middle": "farah"}),
    "missing": (_named("zora", middle="farah"), _named("hana", None, "zora", middle="zora")),
}
BIRTH_PAIRS: Final[dict[str, tuple[Fields, Fields]]] = {
    "both said to be born on the same 1 January": (_born("1984-01-01"), _born("1984-01-01")),
    "same date of birth": (_born("1984-03-05"), _born("1984-03-05")),
    "date of birth one digit out, or day and month swapped": (_born("1984-03-05"), _born("1984-05-03")),
    "two of day, month and year of birth the same": (_born("1984-03-05"), _born("1971-03-05")),
    "same year of birth": (_born("1984-03-05"), _born(None, 1984)),
    "born within a year of each other": (_born("1984-03-05"), _born("1985-11-27")),
    "dates of birth differ": (_born("1984-03-05"), _born("1971-11-27")),
    "missing": (_born("1984-03-05"), _born(None)),
}
HOME_PAIRS: Final[dict[str, tuple[Fields, Fields]]] = {
    "same address": (_home("1 low lane", "QQ11CC"), _home("1 low lane", "ZZ99KK")),
    "same postcode": (_home("1 low lane", "QQ11CC"), _home("2 high row", "QQ11CC")),
    "address or postcode nearly the same": (_home("flat 1 low lane dunmere"), _home("1 low lane dunmere")),
    "same postcode district": (_home(postcode="QQ11CC"), _home(postcode="QQ19KK")),
    "address and postcode differ": (_home(postcode="QQ11CC"), _home(postcode="ZZ99KK")),
    "missing": (_home(postcode="QQ11CC"), _home("1 low lane")),
}
LOCAL_ID_PAIRS: Final[dict[str, tuple[Fields, Fields]]] = {
    "same local id, but another date of birth": (
        {"local_id": "8", **_born("1984-03-05")},
        {"local_id": "8", **_born("1984-03-17")},
    ),
    "same local id": ({"local_id": "7", **_born("1984-03-05")}, {"local_id": "7", **_born("1984-05-03")}),
    "local id differs": ({"local_id": "7"}, {"local_id": "8"}),
    "missing": ({"local_id": "7"}, {"local_id": "7", "source": "council"}),
}


def _of_one_column(comparison: Comparison) -> dict[str, tuple[Fields, Fields]]:
    """Examples of a comparison of one column: a text with three levels, one with two, or a list."""
    texts = [("dunmere", "dunmere"), ("dunmere", "dunmeer"), ("dunmere", "eastholt"), ("dunmere", None)]
    lists = [(["a", "b"], ["b", "c"]), (["a"], ["b"]), (["a"], [])]
    values: list[tuple[Any, Any]] = lists if comparison.name in {"phones", "emails", "handles"} else texts
    if values is texts and len(comparison.levels) == 2:
        values = [texts[0], *texts[2:]]
    words = [*(level.words for level in comparison.levels), "missing"]
    column = comparison.name
    return {word: ({column: one}, {column: other}) for word, (one, other) in zip(words, values, strict=True)}


BY_HAND: Final = {
    "given": GIVEN_PAIRS,
    "family": FAMILY_PAIRS,
    "middle": MIDDLE_PAIRS,
    "birth": BIRTH_PAIRS,
    "home": HOME_PAIRS,
    "local_id": LOCAL_ID_PAIRS,
}


@_each
def test_every_level_can_be_met(comparison: Comparison) -> None:
    examples = BY_HAND.get(comparison.name) or _of_one_column(comparison)
    assert list(examples) == [*(level.words for level in comparison.levels), "missing"]
    assert {words: level(comparison, *pair) for words, pair in examples.items()} == {words: words for words in examples}


def test_names_the_other_way_round_are_one_fact_and_count_at_the_given_name() -> None:
    pair = _named("hana", "varga"), _named("varga", "hana")
    assert (level(GIVEN, *pair), level(FAMILY, *pair)) == (CROSSED, "missing")


def test_a_name_twice_is_not_the_other_way_round() -> None:
    pair = _named("mott", "mott"), _named("mott", "mott")
    assert (level(GIVEN, *pair), level(FAMILY, *pair)) == ("same given name", "same family name")


def test_a_given_name_that_is_the_others_middle_name_counts_at_the_given_name() -> None:
    pair = _named("zora", None, middle="farah"), _named("hana", None, "zora", middle="zora")
    assert level(GIVEN, *pair) == "given name among the other's names"
    assert level(MIDDLE, *pair) == "missing"
    assert level(MIDDLE, _named("zora", middle="zora"), _named("zora", middle="zora")) == "same middle names"


@pytest.mark.parametrize(
    ("one", "other", "words"),
    [
        ("1984-03-05", "1984-03-06", "date of birth one digit out, or day and month swapped"),
        ("1984-03-05", "1984-03-15", "date of birth one digit out, or day and month swapped"),
        ("1984-12-31", "1984-12-13", "date of birth one digit out, or day and month swapped"),
        ("1984-03-05", "1984-03-17", "two of day, month and year of birth the same"),
        ("1984-03-03", "1984-03-03", "same date of birth"),
        ("1984-01-01", "1985-01-01", "date of birth one digit out, or day and month swapped"),
        ("1984-12-31", "1985-01-01", "born within a year of each other"),
        ("9999-12-31", "0001-01-01", "dates of birth differ"),
    ],
)
def test_dates_that_are_near(one: str, other: str, words: str) -> None:
    (birth,) = (comparison for comparison in STANDARD if comparison.name == "birth")
    assert level(birth, _born(one), _born(other)) == words


def test_a_home_is_compared_where_either_address_or_postcode_can_be() -> None:
    (home,) = (comparison for comparison in STANDARD if comparison.name == "home")
    assert level(home, _home("1 low lane", "QQ11CC"), _home(None, "QQ11CC")) == "same postcode"
    assert level(home, _home("1 low lane", "QQ11CC"), _home("1 low lane")) == "same address"
    assert level(home, _home(postcode="QQ11CC"), _home(postcode="QQ11CK")) == "address or postcode nearly the same"


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (_born(None), _born(None), True),
        (_born("1984-03-05"), _born(None), True),
        (_born("1984-03-05"), _born(None, 1984), True),
        (_born("1984-03-05"), _born("1984-03-05"), True),
        (_born("1984-03-05"), _born("1994-03-05"), True),
        (_born("1984-03-05"), _born("1984-05-03"), True),
        (_born("1984-03-05"), _born(None, 1985), False),
        (_born(None, 1984), _born(None, 1985), False),
        (_born("1984-03-05"), _born("1984-07-28"), False),
        (_born("1984-03-05"), _born("1991-11-27"), False),
    ],
)
def test_a_local_id_counts_only_with_a_date_of_birth_that_does_not_contradict(
    one: Fields, other: Fields, fits: bool
) -> None:
    expected = "same local id" if fits else "same local id, but another date of birth"
    assert level(LOCAL_ID, {"local_id": "7", **one}, {"local_id": "7", **other}) == expected


def test_a_local_id_with_another_date_of_birth_counts_for_nothing() -> None:
    (found,) = (level for level in LOCAL_ID.levels if "another" in level.words)
    assert found.m == found.u == found.kin


COMMON: Final = {
    "birth": {words for words in BIRTH_PAIRS if words not in {"dates of birth differ", "missing"}},
    "sex": {"same sex"},
    "home": {"same postcode district"},
    "town": {"same town", "town nearly the same"},
    "country": {"same country", "country nearly the same"},
}


def test_what_thousands_share_is_marked_and_nothing_else() -> None:
    marked = {comparison.name: {level.words for level in comparison.levels if level.common} for comparison in EVERY}
    assert {name: words for name, words in marked.items() if words} == COMMON
