"""The published JSON Schema says what the models say, and real profiles fit it."""

import json
from importlib.resources import files
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from concerted.extracts.fields import STANDARD_FIELDS
from concerted.extracts.profile import json_schema
from concerted.extracts.shipped import all_shipped
from tests.extracts.profile_texts import HEAD, SOUND, with_fields

PUBLISHED = files("concerted.extracts") / "profile.schema.json"
PROFILES = all_shipped()


def validator() -> Draft202012Validator:
    """The published schema, ready to use."""
    schema = json.loads(PUBLISHED.read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def fits(text: str) -> bool:
    """Whether an editor that knows the schema would be content. Keys are text in JSON, as in a profile."""
    return validator().is_valid(json.loads(json.dumps(yaml.load(text, Loader=yaml.SafeLoader))))


def test_what_is_published_is_what_the_models_say() -> None:
    written = json.dumps(json_schema(), indent=2, ensure_ascii=False) + "\n"

    assert PUBLISHED.read_text(encoding="utf-8") == written, "write json_schema() to profile.schema.json again"


@pytest.mark.parametrize("name", PROFILES)
def test_real_profiles_fit(name: str) -> None:
    assert fits(PROFILES[name].read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    "text",
    [
        SOUND,
        HEAD + "parts: {child: {given_name: a, other: {x: b}}, mother: {given_name: {column: c}}}\n",
        with_fields("given_name: {columns: [a, b], join: ', '}", "other: [x]", after="drop: {y: not needed}\n"),
        with_fields("sex: {column: s, codes: {1: male, 9: ~}}", after="columns: complete\nmissing: [x, ~]\n"),
    ],
)
def test_every_form_fits(text: str) -> None:
    assert fits(text)


@pytest.mark.parametrize(
    "text",
    [
        HEAD.replace("kind: person", "kind: car") + "fields: {given_name: a}\n",
        with_fields("surname: a"),
        with_fields("given_name: {colum: a}"),
        with_fields("given_name: [a, b]"),
        with_fields("given_name: a", after="colums: complete\n"),
        with_fields("given_name: a", after="columns: all\n"),
        "version: 1\n",
    ],
)
def test_what_is_wrong_in_shape_does_not(text: str) -> None:
    assert not fits(text)


def test_an_editor_can_offer_every_standard_field() -> None:
    schema: dict[str, Any] = json_schema()

    assert set(schema["$defs"]["FieldsForm"]["properties"]) == {*STANDARD_FIELDS, "other", "kind"}
