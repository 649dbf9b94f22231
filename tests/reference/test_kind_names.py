"""The names by which columns call the fields of records of every kind, and the words that mark them."""

from concerted.extracts.fields import DATE_FIELDS, KIND_FIELDS, STANDARD_FIELDS
from concerted.extracts.protected import judge_name
from concerted.reference.codes import code_list
from concerted.reference.loader import load_table

TABLE = load_table("kind_names").data


def test_every_field_named_is_one_of_its_kind() -> None:
    assert [
        (kind, name) for kind, fields in TABLE["kinds"].items() for name in fields if name not in KIND_FIELDS[kind]
    ] == []
    assert set(TABLE["any"]) == set.intersection(*(set(fields) for fields in KIND_FIELDS.values()))
    assert set(TABLE["while"]) <= DATE_FIELDS


def test_a_name_stands_once_under_a_field_and_is_never_protected() -> None:
    groups = [TABLE["any"], TABLE["while"], *TABLE["kinds"].values()]
    lists = [names for fields in groups for names in fields.values()]

    assert [names for names in lists if len(names) != len(set(names))] == []
    assert [name for names in lists for name in names if judge_name(name).verdict == "refused"] == []


def test_what_a_word_says_is_on_its_list() -> None:
    types, roles, relations = (set(code_list(name).codes) for name in ("event_types", "roles", "relations"))

    assert {said for said in TABLE["events"].values() if said} <= types
    assert set(TABLE["roles_in"]) <= types
    assert set(TABLE["roles_in"].values()) <= roles
    assert {said["role"] for said in TABLE["people"].values() if "role" in said} <= roles
    assert {said["relation"] for said in TABLE["people"].values() if "relation" in said} <= relations


def test_no_word_makes_somebody_a_suspect_but_a_word_for_one() -> None:
    """An offender or an accused is a legal state that the list of roles does not have: that is asked."""
    assert {word for word, said in TABLE["people"].items() if said.get("role") == "suspect"} == {"suspect", "susp"}
    assert {word for word, code in TABLE["codes"]["roles"].items() if code == "suspect"} == {"S", "SUS"}


def test_marks_are_of_kinds_and_those_of_the_row_are_of_people() -> None:
    assert set(TABLE["things"]) <= set(KIND_FIELDS)
    assert set(TABLE["whose_is_the_row"]) <= set(TABLE["people"])
    assert set(TABLE["workers"]) & set(TABLE["people"]) == set()


def test_names_that_say_little_are_of_fields_whose_values_can_be_tried() -> None:
    weak = {
        name
        for fields in (TABLE["any"], TABLE["while"], *TABLE["kinds"].values())
        for name, names in fields.items()
        if any(one.endswith("*") for one in names)
    }

    assert {name for name in weak if STANDARD_FIELDS[name].value_type.name == "text"} == set()
