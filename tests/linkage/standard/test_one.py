"""One record standardised by itself has the columns that it has in a file."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.linkage.standard import other_columns, standardise
from concerted.linkage.standard.one import standardised
from tests.linkage.records import write

NAMES = st.lists(
    st.sampled_from(
        [
            *("Bob", "Robert", "A", "de", "la", "O'Neill", "Mc", "Donald", "Abdul", "Rahman", "Mrs", "van", "Ольга"),
            *("عمر", "Smith-Jones", "St", "John", "3rd", "Mary", "Ann", "s/o", "Al", "Penhale", "ē", "-", "Mohammed"),
        ]
    ),
    max_size=4,
).map(" ".join)
PLACES = st.sampled_from(
    [
        "12 Mill Lane",
        "Flat 2, 7a High St, Aberwold",
        "Rose Cottage, Mill Lane",
        "No Fixed Abode",
        "5",
        "St John St",
        ",",
    ]
)
DATES = st.sampled_from(
    ["2009-03-14", "2009-03", "2009", "1900-01-01", "2001-01-01", "2009-06-01/2009-08-31", "unread", "1988-02-30"]
)
RECORDS = st.fixed_dictionaries(
    {},
    optional={
        **dict.fromkeys(("given_name", "middle_names", "family_name", "full_name"), NAMES),
        "aliases": st.lists(NAMES, max_size=3).map("; ".join),
        "date_of_birth": DATES,
        "year_of_birth": DATES,
        "address": PLACES,
        "town": st.sampled_from(["Aberwold", "COLD Marsham", "--"]),
        "postcode": st.sampled_from(["QQ1 1AA", "qq12ab", "ZZ9", "QQ1 1AA; ZZ9 9ZZ; QQ1 1AA", ";", "-"]),
        "phone": st.sampled_from(["+447700900123", "+447700900123; +447700900001", " ; "]),
        "sex": st.sampled_from(["female", "male"]),
        "nhs_number": st.just("9990000001"),
        "other_Car Colour": st.sampled_from(["Red", "dark  blue", "!"]),
    },
)


def _of_a_file(folder: Path, record: dict[str, str]) -> dict[str, Any]:
    path = write(folder / "one.parquet", [{"source": "force", "record_id": "f1", **record}])
    row: dict[str, Any] = standardise([path]).to_pylist()[0]
    plain = {name: tuple(value) if isinstance(value, list) else value for name, value in row.items()}
    return {name: value for name, value in plain.items() if value}


def _by_itself(folder: Path, record: dict[str, str]) -> dict[str, Any]:
    return standardised({"source": "force", **record}, other_columns([folder / "one.parquet"]))


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(record=RECORDS)
def test_a_record_by_itself_has_the_columns_that_it_has_in_a_file(tmp_path: Path, record: dict[str, str]) -> None:
    in_a_file, by_itself = _of_a_file(tmp_path, record), _by_itself(tmp_path, record)
    left_out = {"n", "record_id", "whole", "alias_words", "native", "dob_doubt", "house"}
    assert by_itself == {name: value for name, value in in_a_file.items() if name not in left_out}


@pytest.mark.parametrize(
    "record", [{}, {"given_name": ""}, {"address": "No Fixed Abode"}, {"date_of_birth": "1900-01-01"}]
)
def test_what_says_nothing_has_no_column(record: dict[str, str]) -> None:
    assert standardised(record) == {}
