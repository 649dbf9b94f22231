"""What each model holds and how it is treated: one table, `classified.yaml`, which a test compares with the models."""

from functools import cache
from importlib import resources
from typing import Literal

import yaml
from pydantic import BaseModel, ConfigDict, TypeAdapter


class Classified(BaseModel):
    """One model. owner: whose it is. controller: who answers for it in law. access: who may read it, in words. audit:
    what leaves an event. retention: how long it stays. merge: what becomes of it when two people are found to be one.
    erasure: what a lawful erasure does to it."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    owner: str
    controller: Literal["the organisation", "the instance", "nobody: it holds no personal data"]
    access: str
    audit: Literal["reads and writes", "writes", "none: it is the audit", "none: it is technical"]
    retention: str
    merge: str
    erasure: str


@cache
def classified() -> dict[str, Classified]:
    """By `application.Model`."""
    text = resources.files("concerted.web").joinpath("classified.yaml").read_text(encoding="utf-8")
    return TypeAdapter(dict[str, Classified]).validate_python(yaml.safe_load(text))
