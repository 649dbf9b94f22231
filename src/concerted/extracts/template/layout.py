"""What stands in the template workbook: its sheets and columns, and its words of help, from `layout.yaml` beside."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from concerted.extracts.fields import KIND_FIELDS, FieldRule, Kind
from concerted.extracts.template.choices import choices
from concerted.values import DATE

_DATED = "A day, a month, a year, or about 2009."


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a sheet. rule: how its field is read; None for the first, which names the record. width: in
    characters. example: what somebody might write, of nobody real; empty where there is none."""

    heading: str
    field: str | None
    rule: FieldRule | None
    width: int
    help: str
    example: str

    @property
    def choices(self) -> tuple[str, ...]:
        """What its drop-down offers; empty where it has none."""
        return choices(self.rule.value_type) if self.rule else ()

    @property
    def is_date(self) -> bool:
        """Whether it holds dates."""
        return self.rule is not None and self.rule.value_type is DATE

    @property
    def says(self) -> str:
        """What to write in it, with what holds of every column of its sort."""
        needed = "Needed in every row." if self.field is None else ""
        chosen = "Choose from the list." if self.choices and self.rule and not self.rule.several else ""
        listed = "The sheet Lists has them." if self.choices and not chosen else ""
        return " ".join(filter(None, [self.help, _DATED if self.is_date else "", chosen, listed, needed]))


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a record kind. own: its columns before those that every sheet ends with. left_out: the fields of the
    kind that no column is for, each with the reason."""

    name: str
    kind: Kind
    about: str
    own: tuple[Column, ...]
    marks: tuple[Column, ...]
    left_out: Mapping[str, str]

    @property
    def columns(self) -> tuple[Column, ...]:
        """From the first to the last."""
        return self.own + self.marks


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole workbook. version: the date of its last change. help: topics with what is said of each."""

    version: str
    title: str
    subject: str
    help: tuple[tuple[str, str], ...]
    sheets: tuple[Sheet, ...]

    @property
    def lists(self) -> dict[tuple[str, ...], str]:
        """What the drop-downs offer, each once, with the heading of the first column that offers it."""
        found: dict[tuple[str, ...], str] = {}
        for sheet in self.sheets:
            for column in sheet.columns:
                if column.choices:
                    found.setdefault(column.choices, column.heading)
        return found


@cache
def layout() -> Layout:
    """The layout that is shipped."""
    text = (files("concerted.extracts.template") / "layout.yaml").read_text(encoding="utf-8")
    given = yaml.safe_load(text)
    topics = tuple((one["topic"], one["text"]) for one in given["help"])
    sheets = tuple(_sheet(one, given["marks"]) for one in given["sheets"])
    return Layout(given["version"], given["title"], given["subject"], topics, sheets)


def _sheet(given: Mapping[str, Any], marks: Sequence[Mapping[str, Any]]) -> Sheet:
    """marks: the columns that stand last on every sheet."""
    own, last = (tuple(_columns(given["kind"], columns)) for columns in (given["columns"], marks))
    return Sheet(given["name"], given["kind"], given["about"], own, last, given["left_out"])


def _columns(kind: Kind, given: Sequence[Mapping[str, Any]]) -> Iterator[Column]:
    for one in given:
        field = one.get("field")
        rule = KIND_FIELDS[kind][field] if field else None
        yield Column(one["heading"], field, rule, one["width"], one["help"], one["example"])
