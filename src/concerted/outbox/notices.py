"""The closed list of what goes out (`notices.yaml`)."""

from functools import cache
from importlib import resources

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter


class Notice(BaseModel):
    """Words that carry nothing of a case."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    subject: str
    words: str


@cache
def notices() -> dict[str, Notice]:
    """By key."""
    text = resources.files("concerted.outbox").joinpath("notices.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Notice]).validate_python(yaml.safe_load(text))
