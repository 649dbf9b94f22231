"""Cells of several values: sets, of which the first is the one that stands for them."""

import numpy as np
import pytest

from concerted.linkage.standard.coded import Coded
from concerted.linkage.standard.sets import district, members, postcode_columns


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("b; a", ("a", "b")),
        ("a;a ;", ("a",)),
        (" a ", ("a",)),
        (" ; ", None),
        (" ", None),
    ],
)
def test_the_values_of_a_cell_are_a_set(text: str, found: tuple[str, ...] | None) -> None:
    assert members(text) == found


@pytest.mark.parametrize(
    ("text", "postcode", "postcodes", "districts"),
    [
        ("QQ1 1CC", "QQ11CC", ["QQ11CC"], ["QQ1"]),
        ("qq1 1cc", "QQ11CC", ["QQ11CC"], ["QQ1"]),
        ("QQ21 1CC; qq1 1cc", "QQ211CC", ["QQ11CC", "QQ211CC"], ["QQ1", "QQ21"]),
        ("QQ1 1CC; QQ1 1CC; QQ1 2CC", "QQ11CC", ["QQ11CC", "QQ12CC"], ["QQ1"]),
        ("2119; QQ1 1CC", "2119", ["2119", "QQ11CC"], ["QQ1"]),
        ("2119", "2119", ["2119"], None),
        ("-", None, None, None),
        ("-; -", None, None, None),
    ],
)
def test_a_postcode_field_holds_a_history(
    text: str, postcode: str | None, postcodes: list[str] | None, districts: list[str] | None
) -> None:
    made = {
        name: column.to_pylist()[0] for name, column in postcode_columns(Coded(np.zeros(1, np.int32), [text])).items()
    }
    assert (made["postcode"], made["postcodes"], made["districts"]) == (postcode, postcodes, districts)
    assert made["district"] == (district(postcode) if postcode else None)
