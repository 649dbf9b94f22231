"""The page on mapping profiles shows profiles that are sound, and says what the code does."""

import re

import pytest

from concerted.extracts.fields import PERSON_FIELDS
from concerted.extracts.profile import DEFAULT_MISSING, FileSettings, Profile
from tests.conftest import ROOT
from tests.extracts.profile_texts import HEAD, sound

PAGE = (ROOT / "docs/mapping-profiles.md").read_text(encoding="utf-8")
SHOWN = re.findall(r"^```yaml\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
WITHOUT_SOURCE = HEAD.replace("source: {constant: force-a}\n", "")


@pytest.mark.parametrize("text", [text for text in SHOWN if not text.startswith("source")])
def test_every_profile_shown_is_sound(text: str) -> None:
    sound(text if text.startswith("profile:") else HEAD + text)


@pytest.mark.parametrize("line", [line for text in SHOWN if text.startswith("source") for line in text.splitlines()])
def test_every_source_shown_is_sound(line: str) -> None:
    sound(f"{WITHOUT_SOURCE}{line}\nfields: {{sex: s}}\n")


def test_every_key_and_field_is_explained() -> None:
    keys = {field.alias or name for name, field in Profile.model_fields.items()} | set(FileSettings.model_fields)

    assert [name for name in {*keys, *PERSON_FIELDS, "other"} if f"`{name}`" not in PAGE] == []


def test_the_texts_that_mean_missing_are_listed() -> None:
    in_words = {"unknown", "not known", "not recorded"}

    assert {text for text in DEFAULT_MISSING if f"`{text}`" not in PAGE and text.lower() not in in_words} == set()
