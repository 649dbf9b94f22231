"""Reasons in words: each field's level with its bits, for and against, the strongest first."""

import pyarrow as pa
import pytest

from concerted.common.ids import RecordKey
from concerted.linkage.decisions import Decision
from concerted.linkage.release import shipped
from concerted.linkage.terms import HOUSEHOLD, WORDS
from concerted.linkage.words import Strength, phrase, reasons, strengths

RELEASE = shipped()
DECISION = Decision(RecordKey("a", "1"), RecordKey("b", "1"), "same", "R. Reader", "2026-03-02", "one school")


def _scored(*rows: tuple[float, str, int | None, float | None, int | None, float | None, float]) -> pa.Table:
    """weight, band, level and part of sex, level and part of telephone, household; a pair each: 0-1, 0-2 and so on."""
    weight, band, sex, sex_part, phone, phone_part, household = zip(*rows, strict=True)
    return pa.table(
        {
            "left": pa.array([0] * len(rows), pa.int32()),
            "right": pa.array(range(1, len(rows) + 1), pa.int32()),
            "weight": pa.array(weight, pa.float64()),
            "probability": pa.array([0.5] * len(rows)),
            "band": pa.array(band),
            "level_sex": pa.array(sex, pa.int8()),
            "part_sex": pa.array(sex_part, pa.float64()),
            "level_phones": pa.array(phone, pa.int8()),
            "part_phones": pa.array(phone_part, pa.float64()),
            "part_household": pa.array(household, pa.float64()),
            "part_common": pa.array([0.0] * len(rows)),
        }
    )


@pytest.mark.parametrize(("bits", "said"), [(9.44, "same sex (+9.4)"), (-0.96, "same sex (-1.0)")])
def test_a_phrase_says_words_and_bits(bits: float, said: str) -> None:
    assert phrase("same sex", bits) == said


def test_reasons_and_what_is_against_are_told_apart_strongest_first() -> None:
    table = reasons(_scored((8.0, "join", 1, 0.97, 1, 11.1, -3.0)), RELEASE, {})
    assert table.to_pylist() == [
        {
            "left": 0,
            "right": 1,
            "weight": 8.0,
            "probability": 0.5,
            "band": "join",
            "reasons": "same telephone (+11.1); same sex (+1.0)",
            "against": f"{WORDS[HOUSEHOLD][1]} (-3.0)",
        }
    ]


def test_what_is_missing_or_counts_for_nothing_is_not_said() -> None:
    table = reasons(_scored((0.0, "review", -1, 0.0, 0, 0.04, 0.0)), RELEASE, {})
    assert (table["reasons"].to_pylist(), table["against"].to_pylist()) == ([""], [""])


def test_a_pair_that_was_never_scored_has_only_its_decision() -> None:
    table = reasons(_scored((0.0, "join", None, None, None, None, 0.0)), RELEASE, {(0, 1): DECISION})
    assert table["reasons"].to_pylist() == ["decided same by R. Reader on 2026-03-02: one school"]


def test_a_decision_is_said_before_the_evidence() -> None:
    rows = [(8.0, "join", 1, 0.97, -1, 0.0, 0.0), (7.0, "join", 1, 0.97, -1, 0.0, 0.0)]
    table = reasons(_scored(*rows), RELEASE, {(0, 1): DECISION})
    assert table["reasons"].to_pylist() == [
        "decided same by R. Reader on 2026-03-02: one school; same sex (+1.0)",
        "same sex (+1.0)",
    ]


def test_pairs_come_strongest_first_then_in_the_order_of_the_records() -> None:
    rows = [(weight, "join", 1, 1.0, -1, 0.0, 0.0) for weight in (3.0, 9.0, 3.0, 9.0)]
    assert reasons(_scored(*rows), RELEASE, {})["right"].to_pylist() == [2, 4, 1, 3]


def test_no_pair_gives_an_empty_table_of_the_same_columns() -> None:
    empty = _scored((0.0, "join", 1, 1.0, 1, 1.0, 0.0)).slice(0, 0)
    table = reasons(empty, RELEASE, {})
    assert table.num_rows == 0
    assert table.column_names == ["left", "right", "weight", "probability", "band", "reasons", "against"]
    assert strengths(empty, RELEASE) == []


def test_strengths_are_the_mean_over_joined_links() -> None:
    rows = [
        (8.0, "join", 1, 1.0, 1, 10.0, 0.0),
        (8.0, "join", 1, 1.0, 1, 12.0, 0.0),
        (8.0, "join", 0, -4.0, -1, 0.0, 0.0),
        (1.0, "review", 0, -6.0, 1, 99.0, 0.0),
        (0.0, "join", None, None, None, None, 0.0),
    ]
    assert strengths(_scored(*rows), RELEASE) == [
        Strength("Sex", "same sex", 1.0, 2),
        Strength("Sex", "sex differs", -4.0, 1),
        Strength("Telephone", "same telephone", 11.0, 2),
    ]
