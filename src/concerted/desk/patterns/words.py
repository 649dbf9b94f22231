"""What the page of networks says of roles, grades, links and marks."""

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from concerted.common.ids import RecordKey
from concerted.common.words import listed
from concerted.desk.patterns.data import ByThing, FactRow, Item, Link, Tie
from concerted.desk.report.words import day
from concerted.networks import NodeKind
from concerted.networks.findings import Told, taken_back
from concerted.reference.codes import code_list

TIES: Final[dict[Tie, str]] = {
    "event": "Both are named in one record",
    "there": "A record names the person there, or with it",
    "theirs": "A record gives it as theirs, or as where they lived",
    "missing": "Missing at the same times",
    "related": "A record says who they are to each other",
}
"""What each kind of line says, in the order of the key."""

SHAPES: Final[dict[NodeKind, str]] = {
    "person": "Person",
    "unidentified": "Somebody of whom no name is known",
    "location": "Place",
    "telephone": "Telephone",
    "vehicle": "Vehicle",
    "account": "Account or e-mail address",
}
"""What each shape stands for, in the order of the key."""

_THEIRS: Final[dict[NodeKind, str]] = {
    "telephone": "a telephone",
    "vehicle": "a vehicle",
    "account": "an account",
}
CHECK: Final = {
    "breach": "First: a record contradicts an order",
    "missing now": "Soon: a child of it is missing now",
    "date near": "Soon: a date is near or past",
    "when it comes up": "When it comes up",
}
_DAY: Final = re.compile(r"(?<!\d)\d{4}-\d{2}-\d{2}(?!\d)")
_FITS: Final = 16  # characters


def sentence(words: str) -> str:
    """With a capital and a full stop."""
    return f"{words[:1].upper()}{words[1:]}{'' if words.endswith('.') else '.'}"


def role(roles: Sequence[str]) -> str:
    """The roles of one person: "child and person of concern"."""
    return listed(roles)


def grade(short: str) -> str:
    """What a grade says: "2B" as "untested; known indirectly to the source but corroborated"."""
    source = short[:1] if short[:1].isdigit() else ""
    told = (_meaning("source_evaluation", source), _meaning("information_assessment", short.removeprefix(source)))
    return "; ".join(one for one in told if one)


def _meaning(name: str, code: str) -> str:
    known = code_list(name)
    return known.label(code).lower() if code in known.codes else ""


def less(told: Told) -> list[RecordKey | str]:
    """What a pattern no longer rests on: records, and at the end how many that may not be named."""
    return [*told.fewer, *([taken_back(told.unnamed)] if told.unnamed else [])]


def marks(some: Iterable[str]) -> str:
    """Marks as in a sentence; an en rule for none."""
    found = list(some)
    return listed(found) if found else "–"


def by_thing(one: ByThing) -> str:
    """How somebody is in a record that does not name them: "P2 by T1, a telephone of theirs"."""
    what = _THEIRS.get(one.kind, "a thing")
    return f"{one.person} by {one.thing}, {what} of theirs" if one.thing else f"{one.person} by {what} of theirs"


def tie(link: Link) -> str:
    """What a line says, with what its records add."""
    return f"{TIES[link.tie]}: {link.says}" if link.says else TIES[link.tie]


def said(link: Link) -> str:
    """The facts behind a line."""
    if link.records:
        return listed(link.records)
    return "records of their missing episodes" if link.tie == "missing" else "what is recorded of them besides"


def thing(item: Item) -> str:
    """What an item is."""
    return SHAPES[item.kind]


def when(row: FactRow) -> str:
    """All that is known of when it was: "some day in 2025-03", "from 4 May 2025, no end recorded"."""
    return _DAY.sub(lambda found: day(date.fromisoformat(found.group())), str(row.when))


def check(urgency: str) -> str:
    """When to check, and why."""
    return CHECK.get(urgency, sentence(urgency))


def short(label: str) -> str:
    """A name that fits under its mark; the table has it whole."""
    return label if len(label) <= _FITS else f"{label[: _FITS - 1].rstrip()}…"
