"""Names for the columns of a file: trimmed, all different, each still to be recognised."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.extracts.readers.headers import refuse_too_many, repeated, unique_names
from concerted.extracts.readers.shape import MAX_COLUMNS

HEADERS = st.lists(st.sampled_from(["a", "b", " a ", "", " ", "a (1)", "(column 2)", "(column 2) (1)"]), max_size=12)


@given(HEADERS)
def test_no_two_names_are_the_same(headers: list[str]) -> None:
    names = unique_names(headers)
    assert len(names) == len(headers)
    assert len(set(names)) == len(names)


@given(HEADERS)
def test_a_header_that_stands_once_keeps_its_name(headers: list[str]) -> None:
    trimmed = [header.strip() for header in headers]
    for header, name in zip(trimmed, unique_names(headers), strict=True):
        if header and trimmed.count(header) == 1:
            assert name == header
        assert name.startswith(header or "(column")


def test_plain_cases() -> None:
    assert unique_names([" id ", "Name", "Name", ""]) == ["id", "Name (1)", "Name (2)", "(column 4)"]
    assert repeated(["Name", " Name", "id", "", ""]) == {"Name"}


def test_ten_thousand_headers_that_are_all_the_same() -> None:
    names = unique_names(["x"] * MAX_COLUMNS)
    assert names[-1] == f"x ({MAX_COLUMNS})"


def test_more_columns_than_can_be_read() -> None:
    refuse_too_many(MAX_COLUMNS, "a.csv")
    with pytest.raises(UsedWronglyError, match=r"^a\.csv: the file has 10,001 columns and at most 10,000"):
        refuse_too_many(MAX_COLUMNS + 1, "a.csv")
