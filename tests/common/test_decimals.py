"""Numbers that are written many at a time read as Python writes them one by one."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.decimals import rounded, written

_NEAR_HALF_WAY = st.builds(
    lambda whole, places, way: math.nextafter((whole + 0.5) / 10.0**places, way),
    st.integers(-(10**9), 10**9),
    st.sampled_from([6, 9]),
    st.sampled_from([-math.inf, 0.0, math.inf]),
)
_NUMBERS = st.floats() | st.floats(-60, 60) | st.floats(0, 1) | st.integers(-99, 99).map(float) | _NEAR_HALF_WAY


@given(numbers=st.lists(_NUMBERS, max_size=20), places=st.sampled_from([0, 1, 6, 9]))
def test_as_python_rounds_and_writes_each(numbers: list[float], places: int) -> None:
    told = written(np.array(numbers, np.float64), places).to_pylist()
    assert told == [repr(round(number, places)) for number in numbers]


@pytest.mark.parametrize(
    ("number", "places", "text"),
    [
        (22.000000178, 6, "22.0"),  # whole once it is rounded
        (-0.0000001, 6, "-0.0"),
        (0.00002, 6, "2e-05"),
        (0.0001, 6, "0.0001"),
        (0.1 + 0.2, 9, "0.3"),
        (2.5, 0, "2.0"),  # half way goes to the even one
        (2.675, 2, "2.67"),  # in binary a hair below half way
        (1e22, 6, "1e+22"),
        (float("inf"), 6, "inf"),
        (float("nan"), 6, "nan"),
    ],
)
def test_what_is_seldom(number: float, places: int, text: str) -> None:
    assert written(np.array([number]), places).to_pylist() == [text]


def test_none_are_none() -> None:
    assert written(np.array([]), 6).to_pylist() == []
    assert rounded(np.array([]), 6).tolist() == []
