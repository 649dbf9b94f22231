"""Reading reference tables: closed lists kept as YAML beside this module, each with its source and version."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class Table:
    """One table. source: where its facts are from. version: the date of its last change. data: its content."""

    name: str
    title: str
    source: str
    version: str
    data: dict[str, Any]


@cache
def load_table(name: str) -> Table:
    """The table of that name. It is shared: whoever reads it does not change it."""
    text = (files("concerted.reference") / "tables" / f"{name}.yaml").read_text(encoding="utf-8")
    content = yaml.safe_load(text)
    head = {key: str(content.pop(key)) for key in ("title", "source", "version")}
    return Table(name=name, data=content, **head)


def table_names() -> list[str]:
    """Every table that is shipped, in order of name."""
    folder = files("concerted.reference") / "tables"
    return sorted(entry.name.removesuffix(".yaml") for entry in folder.iterdir() if entry.name.endswith(".yaml"))
