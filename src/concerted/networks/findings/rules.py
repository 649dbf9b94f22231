"""The rules, as data that a reviewer can read."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. about: "network", or "own" for what is told to one agency alone. words: what a finding of it says, with
    counts to be filled in. triggers: what must be recorded. absence: what must not be, by these records; empty when it
    has no such term. needs: whose records it takes."""

    id: str
    version: int
    about: str
    title: str
    words: str
    triggers: str
    absence: str
    weakened_by: tuple[str, ...]
    innocent_explanations: tuple[str, ...]
    needs: str


@cache
def rules() -> dict[str, Rule]:
    """Every rule by its id, in the order of the file."""
    return {entry["id"]: _rule(entry) for entry in _content()["rules"]}


def title_of(rule: str) -> str:
    """The title of a rule; the id of one that there no longer is."""
    return rules()[rule].title if rule in rules() else rule


@cache
def urgencies() -> dict[str, str]:
    """The urgencies of a check, the first to be checked first, and what each says."""
    return dict(_content()["urgency"])


@cache
def _content() -> dict[str, Any]:
    text = (files("concerted.networks.findings") / "rules.yaml").read_text(encoding="utf-8")
    content: dict[str, Any] = yaml.safe_load(text)
    return content


def _rule(entry: dict[str, Any]) -> Rule:
    lists = {name: tuple(entry[name]) for name in ("weakened_by", "innocent_explanations")}
    absence = "" if entry["absence"] == "none" else entry["absence"]
    return Rule(**{**entry, **lists, "absence": absence})
