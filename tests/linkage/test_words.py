"""Reasons in words: each field's level with its bits, for and against, the strongest first."""

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage.coded import Coded
from concerted.linkage.compare import Compared, Comparer
from concerted.linkage.decisions import Decision
from concerted.linkage.release import shipped
from concerted.linkage.terms import COMMON, DEPENDENCE, TOKENS, WORDS
from concerted.linkage.weigh import Weighed
from concerted.linkage.words import LEAST, _tenths, parts_of_terms, phrase, reasons, strengths, words_of_each
from tests.linkage.records import comparer_of

DECISION = Decision(RecordKey("a", "1"), RecordKey("b", "1"), "same", "R. Reader", "2026-03-02", "one school")
COLUMNS = ["left", "right", "weight", "probability", "band", "reasons", "against", "splink_weight"]
SEXES = ["female", "female", "male", "female", None, "female"]
PHONES = [["a"], ["a"], ["b"], ["b"], ["a"], None]


@pytest.fixture(scope="module")
def comparer() -> Comparer:
    """Six records of which a sex and a telephone are known; the pairs are of the first and each of the others."""
    table = pa.table({"sex": pa.array(SEXES), "phones": pa.array(PHONES, pa.list_(pa.string()))})
    return comparer_of(Coded(table))


SAME_SEX, OTHER_SEX = np.log2(0.98 / 0.5), np.log2(0.02 / 0.5)
SAME_PHONE, OTHER_PHONE = np.log2(0.45 / 2e-4), np.log2(0.55 / (1 - 2e-4))


def _weighed(comparer: Comparer, *rows: tuple[int, float, float, float, float]) -> Weighed:
    """right, weight, tokens, dependence and common; the pairs are 0 and right."""
    right, weight, tokens, dependence, common = zip(*rows, strict=True) if rows else ((),) * 5
    others = np.array(right, np.int32)
    compared = comparer.compare(np.zeros(len(rows), np.int32), others)
    nothing = np.zeros(len(rows))
    said = Compared(
        compared.left,
        compared.right,
        compared.levels,
        nothing + 11.5,
        np.array(tokens, float),
        nothing,
        nothing,
        nothing,
    )
    candidate = np.ones(len(rows), bool)
    return Weighed(said, np.array(dependence, float), np.array(common, float), np.array(weight, float), candidate)


def _plain(right: int, weight: float) -> tuple[int, float, float, float, float]:
    return right, weight, 0.0, 0.0, 0.0


def _said(comparer: Comparer, weighed: Weighed, decided: dict[tuple[int, int], Decision] | None = None) -> pa.Table:
    return reasons(comparer, weighed, np.full(len(weighed.compared), "join"), decided or {})


@pytest.mark.parametrize(("bits", "said"), [(9.44, "same sex (+9.4)"), (-0.96, "same sex (-1.0)")])
def test_a_phrase_says_words_and_bits(bits: float, said: str) -> None:
    assert phrase("same sex", bits) == said


def test_reasons_and_what_is_against_are_told_apart_strongest_first(comparer: Comparer) -> None:
    table = _said(comparer, _weighed(comparer, (1, 8.0, 0.0, -3.0, 0.0)))
    assert table.to_pylist() == [
        {
            "left": 0,
            "right": 1,
            "weight": 8.0,
            "probability": 256 / 257,
            "band": "join",
            "reasons": f"{phrase('same telephone', SAME_PHONE)}; same sex (+1.0)",
            "against": f"{WORDS[DEPENDENCE][1]} (-3.0)",
            "splink_weight": 11.5,
        }
    ]


def test_every_term_is_named_and_the_greatest_against_comes_first(comparer: Comparer) -> None:
    table = _said(comparer, _weighed(comparer, (2, -9.0, -2.0, -1.0, -9.5), (3, -9.5, 0.06, 0.0, 0.0)))
    against, named = table["against"].to_pylist()[0], [WORDS[term][1] for term in (COMMON, TOKENS, DEPENDENCE)]
    told = zip(named, ("-9.5", "-2.0", "-1.0"), strict=True)
    common, tokens, dependence = (f"{words} ({bits})" for words, bits in told)
    sex, phone = phrase("sex differs", OTHER_SEX), phrase("no telephone in common", OTHER_PHONE)
    assert against == "; ".join([common, sex, tokens, dependence, phone])
    assert table["reasons"].to_pylist() == ["", f"same sex (+1.0); {WORDS[TOKENS][1]} (+0.1)"]


def test_terms_come_in_the_order_in_which_they_are_reckoned(comparer: Comparer) -> None:
    found = dict(parts_of_terms(_weighed(comparer, (1, 0.0, 1.0, 2.0, 3.0))))
    assert list(found) == list(WORDS)[:3]
    assert [bits.tolist() for bits in found.values()] == [[1.0], [2.0], [3.0]]


def test_what_is_missing_or_counts_for_nothing_is_not_said(comparer: Comparer) -> None:
    table = _said(comparer, _weighed(comparer, (4, 2.0, 0.04, -0.04, 0.0), _plain(5, 1.0)))
    assert table["reasons"].to_pylist() == [phrase("same telephone", SAME_PHONE), "same sex (+1.0)"]
    assert table["against"].to_pylist() == ["", ""]


def test_a_decision_is_said_before_the_evidence_and_of_its_own_pair_alone(comparer: Comparer) -> None:
    table = _said(comparer, _weighed(comparer, _plain(5, 8.0), _plain(1, 7.0)), {(0, 5): DECISION})
    assert table["reasons"].to_pylist() == [
        "decided same by R. Reader on 2026-03-02: one school; same sex (+1.0)",
        f"{phrase('same telephone', SAME_PHONE)}; same sex (+1.0)",
    ]


def test_a_pair_that_shows_nothing_has_only_its_decision() -> None:
    bare = comparer_of(Coded(pa.table({"n": [0, 1]})), shipped().comparisons)
    table = _said(bare, _weighed(bare, _plain(1, 0.0)), {(0, 1): DECISION})
    assert table["reasons"].to_pylist() == ["decided same by R. Reader on 2026-03-02: one school"]
    assert table["against"].to_pylist() == [""]


def test_pairs_come_strongest_first_then_in_the_order_of_the_records(comparer: Comparer) -> None:
    weighed = _weighed(comparer, *(_plain(right, weight) for right, weight in ((2, 3.0), (4, 9.0), (1, 3.0), (3, 9.0))))
    table = reasons(comparer, weighed, np.array(["review", "join", "apart", "join"]), {})
    assert table["right"].to_pylist() == [3, 4, 1, 2]
    assert table["band"].to_pylist() == ["join", "join", "apart", "review"]


def test_no_pair_gives_an_empty_table_of_the_same_columns(comparer: Comparer) -> None:
    empty = _weighed(comparer)
    table = _said(comparer, empty)
    assert (table.num_rows, table.column_names) == (0, COLUMNS)
    assert strengths(comparer, empty) == []


def test_strengths_are_the_mean_of_each_level_over_the_links_in_the_order_of_the_release(comparer: Comparer) -> None:
    joined = _weighed(comparer, *(_plain(right, 8.0) for right in (1, 2, 3, 4, 5)))
    found = strengths(comparer, joined)
    assert [(one.field, one.level, one.links) for one in found] == [
        ("Sex", "same sex", 3),
        ("Sex", "sex differs", 1),
        ("Telephone", "same telephone", 2),
        ("Telephone", "no telephone in common", 2),
    ]
    assert [one.weight for one in found] == pytest.approx([SAME_SEX, OTHER_SEX, SAME_PHONE, OTHER_PHONE])


def test_what_is_shared_is_called_rare_uncommon_or_common_and_never_counted() -> None:
    names = ["ann"] * 20_000 + ["bea"] * 200 + ["efosa"] * 2 + [f"given{at}" for at in range(100)] * 200
    comparer = comparer_of(Coded(pa.table({"given": names, "sex": ["female"] * len(names)})), shipped().comparisons)
    left, right = (np.array(side, np.int32) for side in ([0, 20_000, 20_200, 0], [1, 20_001, 20_201, 20_000]))
    compared = comparer.compare(left, right)
    given, sex = comparer.comparisons
    said = words_of_each(comparer, given, compared)
    assert said[:3] == [f"same given name, {word}" for word in ("common", "uncommon", "rare")]
    assert said[3] == "given names differ"
    assert set(words_of_each(comparer, sex, compared)) == {"same sex"}


def test_of_a_column_of_the_profiles_own_naming_no_rarity_is_said() -> None:
    table = pa.table({"other_school": ["brae", "brae", "low lane"]})
    comparer = comparer_of(Coded(table), shipped({"other_school": "other_school"}).comparisons)
    compared = comparer.compare(np.zeros(1, np.int32), np.ones(1, np.int32))
    assert words_of_each(comparer, comparer.comparisons[0], compared) == ["same school"]


amounts = st.floats(-60, 60) | st.integers(-600, 600).map(lambda twentieths: twentieths / 20) | st.just(LEAST)


@given(st.lists(amounts, min_size=1))
def test_a_weight_is_rounded_as_a_text_of_it_is(weights: list[float]) -> None:
    spoken = [one for one in weights if abs(one) >= LEAST]
    rounded = _tenths(np.array(spoken, float)).tolist()
    assert [phrase("", tenths / 10) for tenths in rounded] == [phrase("", one) for one in spoken]


terms_of_a_pair = st.tuples(
    st.integers(1, 5), st.just(1.0), *[st.sampled_from([-2.0, -0.04, 0.0, 0.05, 0.97]) | amounts] * 3
)


@given(st.lists(terms_of_a_pair, max_size=8))
def test_reasons_are_those_of_each_pair_put_in_order_by_itself(
    rows: list[tuple[int, float, float, float, float]],
) -> None:
    table = pa.table({"sex": pa.array(SEXES), "phones": pa.array(PHONES, pa.list_(pa.string()))})
    comparer = comparer_of(Coded(table))
    weighed = _weighed(comparer, *sorted(rows, key=lambda row: row[0]))
    parts = [[(float(bits[at]), WORDS[term][1]) for term, bits in parts_of_terms(weighed)] for at in range(len(rows))]
    for one in comparer.comparisons:
        bits = comparer.part(one, weighed.compared.levels, weighed.compared.left)
        for at, words in enumerate(words_of_each(comparer, one, weighed.compared)):
            parts[at].append((float(bits[at]), words))
    found = _said(comparer, weighed)
    for_it = [[phrase(words, bits) for bits, words in sorted(one, reverse=True) if bits >= LEAST] for one in parts]
    against = [[phrase(words, bits) for bits, words in sorted(one) if bits <= -LEAST] for one in parts]
    assert found["reasons"].to_pylist() == list(map("; ".join, for_it))
    assert found["against"].to_pylist() == list(map("; ".join, against))
