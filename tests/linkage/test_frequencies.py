"""How many hold a value, by hand: the floor, small files, whole names, and agreement by chance."""

from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage import frequencies
from concerted.linkage.coded import Coded
from concerted.linkage.frequencies import FLOOR, WHOLE, Frequencies

SMALL = 0.004  # what two strangers agree by chance


def _frequencies(**columns: list[Any]) -> Frequencies:
    return Frequencies(Coded(pa.table({name: pa.array(values, pa.string()) for name, values in columns.items()})))


def _shares(counts: dict[str, int], u: float, gaps: int = 0) -> dict[str, float]:
    values = [*(value for value, count in counts.items() for _ in range(count)), *[None] * gaps]
    found = np.exp2(_frequencies(given=values).of("given", u))[1:]
    return dict(zip(counts, found.tolist(), strict=True))


def test_a_share_is_of_the_records_that_have_a_value() -> None:
    assert _shares({"umeh": 300, "varga": 100}, 0.5, gaps=600) == pytest.approx({"umeh": 0.75, "varga": 0.25})


def test_in_a_large_file_nothing_is_rarer_than_the_floor_says() -> None:
    found = _shares({"umeh": 9_000, "varga": FLOOR + 1, "rudd": FLOOR, "okonjo": 2, "mott": 1}, u=0.01)
    everyone = 9_000 + 2 * FLOOR + 4
    assert found["varga"] == pytest.approx((FLOOR + 1) / everyone)
    assert found["rudd"] == found["okonjo"] == found["mott"] == pytest.approx(FLOOR / everyone)


def test_in_a_small_file_a_rare_value_is_worth_what_its_level_is() -> None:
    found = _shares({"umeh": 60, "okonjo": 1}, SMALL)
    assert found == pytest.approx({"umeh": 60 / 61, "okonjo": 1 / 61})
    assert _shares({"umeh": 60, "okonjo": 1}, 0.1)["okonjo"] == pytest.approx(0.1)


@given(st.lists(st.integers(1, 60), min_size=1, max_size=6), st.floats(1e-6, 0.5))
def test_a_share_lies_between_what_the_level_says_or_the_floor_and_all(counts: list[int], u: float) -> None:
    found = _shares({f"v{at}": count for at, count in enumerate(counts)}, u)
    for share, count in zip(found.values(), counts, strict=True):
        assert min(u, FLOOR / sum(counts)) * 0.999_999 <= share <= 1.000_001
        assert share * sum(counts) >= count * 0.999_999


def test_a_column_without_a_value_has_no_share_that_counts() -> None:
    found = _frequencies(given=[None, None])
    assert found.of("given", 0.1).tolist() == pytest.approx([np.log2(0.1)])
    assert found.chance("given") == 0


def test_a_share_is_counted_once() -> None:
    found = _frequencies(given=["a", *["b"] * 99])
    assert found.of("given", 0.1) is found.of("given", 0.1)
    assert found.of("given", 0.1).tolist() != found.of("given", 0.2).tolist()
    assert found.of_both_names() is found.of_both_names()


def test_chance_is_how_often_two_records_hold_the_same_value() -> None:
    values = ["a", "a", "b", None]
    equal = [one == other for one, other in product(values[:3], repeat=2)]
    assert _frequencies(given=values).chance("given") == pytest.approx(sum(equal) / 9)


def test_a_full_name_that_many_have_has_their_share_and_any_other_a_populations() -> None:
    names = [*[("hana", "varga")] * 40, *[("hana", "rudd")] * (FLOOR - 1), *[("efosa", "varga")] * FLOOR]
    given, family = ([name[at] for name in names] for at in (0, 1))
    found = np.exp2(_frequencies(given=given, family=family).of_both_names())
    assert found[0] == pytest.approx(40 / len(names))
    assert found[40] == pytest.approx(WHOLE)
    assert found[-1] == pytest.approx(FLOOR / len(names))
    assert len(found) == len(names)


def test_in_a_file_of_millions_the_floor_is_below_what_a_population_says(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequencies, "WHOLE", 0.4)
    names = ["okonjo", *["umeh"] * 99]
    found = _frequencies(given=names, family=names).of_both_names()
    assert np.exp2(found[0]) == pytest.approx(FLOOR / 100)


def test_nobody_has_no_share() -> None:
    found = _frequencies(given=[], family=[])
    assert len(found.of_both_names()) == 0
    assert len(found.of("given", 0.1)) == 1
