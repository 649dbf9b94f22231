"""Every reference table names its source and version, and reads."""

import re

import pytest

from concerted.reference.loader import Table, load_table, table_names


def test_the_tables_that_are_shipped() -> None:
    assert {"field_names", "protected_columns", "protected_lists"} <= set(table_names())


@pytest.mark.parametrize("name", table_names())
def test_each_says_what_it_is_and_where_it_is_from(name: str) -> None:
    table = load_table(name)

    assert table.name == name
    assert table.title
    assert len(table.source) > 20
    assert re.fullmatch(r"\d{4}-\d{2}-\d{2}", table.version)
    assert table.data
    assert not {"title", "source", "version"} & set(table.data)


def test_a_table_is_read_once() -> None:
    assert load_table("field_names") is load_table("field_names")
    assert isinstance(load_table("field_names"), Table)


def test_a_table_that_is_not_there() -> None:
    with pytest.raises(FileNotFoundError):
        load_table("absent")
