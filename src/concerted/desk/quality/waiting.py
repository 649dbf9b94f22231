"""What is in quarantine now, counted once over for every number of the page, with the first items behind each."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal, NamedTuple

from concerted.common.ids import RecordKey
from concerted.desk import deliveries, ended
from concerted.desk.deliveries import Delivery
from concerted.desk.mended_values import part_of
from concerted.desk.quality.mapped import source_of
from concerted.desk.store import Store
from concerted.extracts.aside import required_field
from concerted.extracts.fields import Kind

EACH: Final = 200  # items listed behind one number
ANY: Final = "…"  # stands for the text of a cell, and for figures, in which reasons of one form differ
_FIGURES: Final = re.compile(r"\d+")
_CELL: Final = re.compile(r"""(?<!the list )(?P<quote>['"]).*(?P=quote)|(?<=there is no month )\D.*""", re.DOTALL)
"""Where a reason says again what stands in the cell: "not a sex: 'x' is none ...", "there is no month Floreal"."""


class Red(NamedTuple):
    """One number of what is in quarantine: values of a field; rows for want of a required field; a reason.

    of: the kind of record; of a reason, "row" or "value". name: the field, or the form of the reason.
    """

    what: Literal["field", "required", "reason"]
    source: str
    of: str
    name: str


@dataclass(slots=True)
class Items:
    """What is behind a number. ids: of the first, at most EACH. reasons: the different ones, as `told` has them,
    at most EACH."""

    count: int = 0
    ids: list[int] = field(default_factory=list)
    reasons: dict[str, None] = field(default_factory=dict)

    def add(self, number: int, reason: str) -> None:
        """Count one more."""
        self.count += 1
        if len(self.ids) < EACH:
            self.ids.append(number)
        if len(self.reasons) < EACH:
            self.reasons.setdefault(reason)


@dataclass(slots=True)
class Waiting:
    """All that is in quarantine. records: by kind and field, then by agency, the ids of records with a value there."""

    numbers: defaultdict[Red, Items] = field(default_factory=lambda: defaultdict(Items))
    records: defaultdict[tuple[Kind, str], defaultdict[str, set[str]]] = field(
        default_factory=lambda: defaultdict(lambda: defaultdict(set))
    )

    def count(self, red: Red) -> int:
        """How many are behind a number."""
        return self.numbers[red].count if red in self.numbers else 0


class _Row(NamedTuple):
    id: int
    delivery: int
    kind: Literal["row", "value"]
    source: str | None
    record_id: str | None
    field: str | None
    reason: str


def waiting(store: Store) -> Waiting:
    """Reads the quarantine once, item by item."""
    came = {delivery.number: delivery for delivery in deliveries.all_of(store)}
    found = Waiting()
    rows = store.run(
        "select id, delivery, kind, source, record_id, field, reason from quarantine "
        "where state not in ('replayed', 'superseded') order by delivery, row, id"
    )
    restricted = ended.restricted(store)
    for row in map(_Row._make, rows):
        delivery, key = came[row.delivery], RecordKey(row.source or "", row.record_id or "")
        if restricted and ended.is_restricted(key, restricted):
            continue
        for red in _numbers(row, delivery):
            found.numbers[red].add(row.id, told(row.reason))
            if red.what == "field":
                kind = _kind(row, delivery)
                found.records[kind, red.name][red.source].add(row.record_id or "")
    return found


def told(reason: str) -> str:
    """A reason without the text of the cell: the page shows that beside it, or not at all where it may be protected."""
    return _CELL.sub(ANY, reason)


def form(reason: str) -> str:
    """The same without its figures: "its record id stands already in row …"."""
    return _FIGURES.sub(ANY, told(reason))


def _numbers(row: _Row, delivery: Delivery) -> Iterator[Red]:
    source = row.source or source_of(delivery.profile, delivery.file)
    yield Red("reason", source, row.kind, form(row.reason))
    if row.kind == "value" and row.field:
        yield Red("field", source, _kind(row, delivery), row.field)
    elif row.kind == "row" and (wanted := required_field(row.reason)):
        part, name = wanted
        yield Red("required", source, delivery.profile.kind_of(part), name)


def _kind(row: _Row, delivery: Delivery) -> Kind:
    return delivery.profile.kind_of(part_of(row.record_id or "", delivery.profile))
