"""The names by which columns call the standard fields."""

from collections import Counter

from concerted.extracts.fields import PERSON_FIELDS
from concerted.reference.loader import load_table
from concerted.values.text import fold

TABLE = load_table("field_names").data


def squeezed(name: str) -> str:
    """As names are compared."""
    return fold(name).replace(" ", "")


def test_every_standard_field_has_names_and_no_other_has() -> None:
    assert list(TABLE["fields"]) == list(PERSON_FIELDS)[: len(TABLE["fields"])]
    assert all(TABLE["fields"].values())


def test_a_name_stands_for_one_field() -> None:
    counts = Counter(squeezed(name) for names in TABLE["fields"].values() for name in set(map(squeezed, names)))

    assert [name for name, count in counts.items() if count > 1] == []


def test_a_field_is_called_by_its_own_name_first() -> None:
    assert all(squeezed(names[0]) == squeezed(field) for field, names in TABLE["fields"].items())


def test_no_protected_column_is_among_them() -> None:
    from concerted.extracts.protected import judge_name

    names = [name for names in TABLE["fields"].values() for name in names] + TABLE["other"]

    assert [name for name in names if judge_name(name).verdict == "refused"] == []
