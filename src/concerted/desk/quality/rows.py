"""The rows behind each number in quarantine: where they stand, what stands there, why, and what would mend it.

What may be protected is never shown: no value of a field that is only counted, no code near it that a message names,
and of a whole row only the cells that its profile reads into other fields.
"""

import json
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final, Literal

from concerted.desk import deliveries, quarantine
from concerted.desk.deliveries import Delivery
from concerted.desk.quality.figures import by_name
from concerted.desk.quality.waiting import ANY, EACH, Items, Red, Waiting, told
from concerted.desk.quarantine import Item
from concerted.desk.store import Store
from concerted.extracts.aside import required_field
from concerted.extracts.fields import NAME_FIELDS, is_counted
from concerted.extracts.profile import Profile
from concerted.reference.codes import code_list, code_list_names
from concerted.values.text import fold

ON_A_PAGE: Final = 6_000  # rows listed for all numbers together, so that a page opens at once
LEAST: Final = 10  # and for one number, however many there are
TEXT: Final = 120  # characters of one cell
CELLS: Final = 12  # of one row
COMMANDS: Final = 3  # that list the rest, when a number has several reasons
LONG: Final = 8  # letters, from which a label is also looked for inside a text
MEND_PROTECTED: Final = "write it as the list of its codes has it, or why it is missing"


@dataclass(frozen=True, slots=True)
class Shown:
    """One item in quarantine. number: for `concerted quarantine mend`. cells: column and text; none when hidden.

    hidden: why nothing is shown of what stands there; empty when something is.
    """

    number: int
    file: str
    row: int | None
    column: str
    cells: tuple[tuple[str, str], ...]
    hidden: str
    reason: str
    mend: str
    state: quarantine.State


@dataclass(frozen=True, slots=True)
class Listed:
    """The first rows behind a number, and the commands that list them all. anchor: its id on the page. reason: the one
    that all of them have; of several that differ in figures alone, their form; of others, empty."""

    red: Red
    anchor: str
    reason: str
    count: int
    rows: tuple[Shown, ...]
    commands: tuple[str, ...]


def listed(store: Store, waits: Waiting, folder: str) -> dict[Red, Listed]:
    """What is behind every number, agencies by name. folder: the result folder as commands name it."""
    came = {delivery.number: delivery for delivery in deliveries.all_of(store)}
    numbers = sorted(waits.numbers.items(), key=lambda one: (by_name(one[0].source), one[0]))
    each = max(LEAST, min(EACH, ON_A_PAGE // max(1, len(numbers))))
    return {
        red: Listed(
            red=red,
            anchor=f"rows-{at}",
            reason=next(iter(items.reasons)) if len(items.reasons) == 1 else red.name if red.what == "reason" else "",
            count=items.count,
            rows=tuple(
                shown(item, came[item.delivery]) for item in (quarantine.item(store, one) for one in items.ids[:each])
            ),
            commands=tuple(_commands(red, items, folder)),
        )
        for at, (red, items) in enumerate(numbers, 1)
    }


def shown(item: Item, delivery: Delivery) -> Shown:
    """An item without what may be protected. delivery: whose it is."""
    cells, hidden = _cells(item, delivery)
    return Shown(
        number=item.id,
        file=item.file,
        row=item.row,
        column=item.column or "",
        cells=cells,
        hidden=hidden,
        reason=told(item.reason),
        mend=mend_of(item),
        state=item.state,
    )


def mend_of(item: Item) -> str:
    """What would mend it. Messages name codes that are near to what stands there: not those of a protected field."""
    wanted = required_field(item.reason) if item.kind == "row" else (None, item.field)
    return MEND_PROTECTED if wanted and is_counted(wanted[1]) else item.mend


def _commands(red: Red, items: Items, folder: str) -> Iterator[str]:
    """A command for each reason, by its longest part that all share; one for the whole kind when they are too many."""
    kind: Literal["row", "value"] = "row" if red.what == "required" or red.of == "row" else "value"
    base = f"concerted quarantine list {shlex.quote(folder)} --kind {kind}"
    alike = [red.name] if red.what == "reason" and len(items.reasons) > 1 else items.reasons
    reasons = list(dict.fromkeys(max(one.split(ANY), key=len).strip() for one in alike))
    if len(reasons) > COMMANDS or not all(reasons):
        yield base
    else:
        yield from (f"{base} --reason {shlex.quote(reason)}" for reason in reasons)


def _cells(item: Item, delivery: Delivery) -> tuple[tuple[tuple[str, str], ...], str]:
    """What may be shown of an item, or why nothing is."""
    if item.kind == "value":
        if is_counted(item.field):
            return (), "Not shown: a protected field"
        if _may_be_protected(item.field, item.raw):
            return (), "Not shown: it may be protected"
        return ((item.column or "", _short(item.raw)),), ""
    if item.raw_form != "cells":
        return (), "Not shown: the line could not be split into cells"
    cells = tuple(_open_cells(json.loads(item.raw), delivery.columns, open_columns(delivery.profile)))
    return (cells[:CELLS], "") if cells else ((), "Not shown: no cell of it is of a field that may be")


def _open_cells(
    texts: Sequence[str | None], columns: Sequence[str], may_show: dict[str, str]
) -> Iterator[tuple[str, str]]:
    for column, text in zip(columns, texts, strict=False):
        if text and column in may_show and not _may_be_protected(may_show[column], text):
            yield column, _short(text)


def open_columns(profile: Profile) -> dict[str, str]:
    """The columns of an extract that may be shown, each with a field that it fills: those that the profile reads into
    standard fields alone, and none that it also reads into a protected one."""
    fields = [one for part in profile.subjects.values() for one in part.fields.items()]
    closed = {column for name, spec in fields if is_counted(name) for column in spec.columns}
    shown = {column: name for name, spec in fields for column in spec.columns}
    shown[profile.record_id] = "local_id"
    return {column: name for column, name in shown.items() if column not in closed}


def _may_be_protected(field: str | None, text: str) -> bool:
    """Whether a text of another column, as of a row that has slipped, is on an ethnicity list or holds a long label of
    one. Some labels are surnames, and so columns of names are not looked at."""
    plain = fold(text)
    return field not in NAME_FIELDS and (
        plain in _ethnic() or any(one in plain for one in _ethnic() if len(one) >= LONG)
    )


@cache
def _ethnic() -> frozenset[str]:
    lists = [code_list(name) for name in code_list_names() if name.startswith("ethnicity")]
    return frozenset(fold(text) for one in lists for code in one.codes for text in (code, *one.spellings(code)))


def _short(text: str) -> str:
    return text if len(text) <= TEXT else f"{text[:TEXT]} ..."
