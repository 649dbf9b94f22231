"""Examples for the report: pairs joined or waiting for review, side by side, with what speaks for and against."""

import math
import re
import shlex
from collections.abc import Mapping, Sequence
from typing import Final

import numpy as np

from concerted.common.ids import RecordKey
from concerted.desk import decisions
from concerted.desk.columns import Columns
from concerted.desk.current import look_up, record_files
from concerted.desk.report.data import Band, Example, FieldShown, LinkShown, Reason, RecordShown
from concerted.desk.report.data import Likeness as Alike
from concerted.desk.results import links
from concerted.desk.store import Store
from concerted.extracts.fields import PERSON_FIELDS, is_counted
from concerted.linkage import Decision, Release
from concerted.linkage.decisions import current
from concerted.linkage.store import Link
from concerted.values import Likeness

EACH: Final = 3  # examples of what was joined, and of what waits
_REASON: Final = re.compile(r"(.*) \(([+-]\d+\.\d)\)", re.DOTALL)
_ALIKE: Final[dict[Likeness, Alike]] = {
    Likeness.SAME: "same",
    Likeness.NEAR: "near",
    Likeness.DIFFERENT: "different",
    Likeness.CANNOT_TELL: "near",  # vague dates that overlap
}


def joined(store: Store, held: Columns) -> list[Link]:
    """Joined pairs to show: the weakest, for it shows where the line is drawn; one from the middle; the strongest.
    Between two sources where there are any."""
    source, sides = held.source, (held.number("one"), held.number("other"))
    rows = np.flatnonzero(held.number("joined"))
    across = rows[source[sides[0][rows]] != source[sides[1][rows]]]
    numbers = held.number("number")[across if len(across) else rows]
    offsets = dict.fromkeys([len(numbers) - 1, len(numbers) // 2, 0][:EACH]) if len(numbers) else {}
    return [link for at in offsets for link in links(store, "number = ?", int(numbers[at]))]


def to_review(store: Store) -> list[Link]:
    """The strongest pair of each of the questions that an answer would tell most about."""
    first = (
        "select min(place) as first from asked join link on link.number = link where band = 'review' "
        "group by review_group order by first limit ?"
    )
    places = [place for (place,) in store.run(first, [EACH])]
    return [link for place in places for link in links(store, "place = ?", place)]


def examples(store: Store, shown: Sequence[Link], release: Release, folder: str) -> tuple[Example, ...]:
    """These pairs with their records."""
    records = look_up(record_files(store), [key for link in shown for key in (link.left, link.right)])
    made = current(decisions.all_of(store))
    return tuple(_example(link, records, release, folder, _decided(link, made)) for link in shown)


def _decided(link: Link, made: Mapping[tuple[RecordKey, RecordKey], Decision]) -> str:
    one = made.get((min(link.left, link.right), max(link.left, link.right)))
    return f"{one.who} decided on {one.when}: {one.decision}. {one.why.rstrip('.')}." if one else ""


def _example(
    link: Link, records: dict[RecordKey, dict[str, str | None]], release: Release, folder: str, decided: str
) -> Example:
    left, right = records[link.left], records[link.right]
    heads = (RecordShown(*link.left), RecordShown(*link.right))
    names = [name for name in left | right if _is_shown(name)]
    fields = [_field(name, left, right) for name in names if left.get(name) or right.get(name)]
    command = shlex.join(["concerted", "explain", folder, str(link.left), str(link.right)])
    return Example(heads, tuple(fields), (_link(link, heads, release, decided),), command, link.change or "")


def _is_shown(name: str) -> bool:
    """What may be protected is never shown beside a joined record."""
    return (name in PERSON_FIELDS and not is_counted(name)) or name.startswith("other_")


def _field(name: str, left: dict[str, str | None], right: dict[str, str | None]) -> FieldShown:
    one, other = left.get(name), right.get(name)
    given = tuple(record.get(f"{name}_as_given") or record.get(name) or None for record in (left, right))
    return FieldShown(name, given, _alike(name, one, other))


def _alike(name: str, one: str | None, other: str | None) -> Alike:
    if not one or not other:
        return "missing"
    rule = PERSON_FIELDS.get(name)
    if rule is None:
        return "same" if one.casefold() == other.casefold() else "different"
    pairs = [(a, b) for a in _several(one, rule.several) for b in _several(other, rule.several)]
    found = {_ALIKE[rule.value_type.compare(a, b)] for a, b in pairs}
    return "same" if "same" in found else "near" if "near" in found else "different"


def _several(text: str, several: bool) -> list[str]:
    return text.split("; ") if several else [text]


def _link(link: Link, heads: tuple[RecordShown, RecordShown], release: Release, decided: str) -> LinkShown:
    band: Band = "joined" if link.band == "join" else "review"
    prior = release.prior or 0.5
    start = math.log2(prior / (1 - prior))
    reasons = tuple(_reasons(link.reasons) + _reasons(link.against))
    return LinkShown(*heads, band, link.weight, link.probability, start, reasons, decided)


def _reasons(text: str) -> list[Reason]:
    """The reasons of a link as its text has them, `same postcode (+9.4); ...`: rounded to a tenth of a bit."""
    found = map(_REASON.fullmatch, text.split("; "))
    return [Reason(match.group(1), float(match.group(2))) for match in found if match]
