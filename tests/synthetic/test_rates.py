"""Drawing by weight."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.synthetic.rates import drawn_of

WEIGHTS = st.dictionaries(st.sampled_from("abcdef"), st.floats(0, 10), min_size=1).filter(
    lambda of: sum(of.values()) > 0.1
)


@given(weights=WEIGHTS, seed=st.integers(0, 99))
@settings(derandomize=True, deadline=None, max_examples=50)
def test_each_name_is_drawn_as_often_as_its_weight_says(weights: dict[str, float], seed: int) -> None:
    rng = np.random.default_rng(seed)
    counts = Counter(drawn_of(weights, rng) for _ in range(800))
    for name, weight in weights.items():
        assert counts[name] / 800 == pytest.approx(weight / sum(weights.values()), abs=0.08)
        assert weight or not counts[name]
