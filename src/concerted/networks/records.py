"""What a scope holds, as the graph reads it: tables of text, in an order of their own."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

import pyarrow as pa

from concerted.extracts.fields import Kind

MARKS: Final = ("source_evaluation", "information_assessment", "handling", "classification")
_WHILE: Final = ("from", "to")
_KEY: Final = ("source", "record_id")
# The fields that the graph reads, of each kind. What is protected is in none, so that it cannot come in; a test holds
# it against the fields that are only counted.
READ: Final[dict[Kind, tuple[str, ...]]] = {
    "person": (
        *("given_name", "family_name", "full_name", "aliases", "date_of_birth", "year_of_birth"),
        *("nhs_number", "upn", "pnc_id", "occupation", "organisation", "role", "care_status", "legal_status"),
        *("home_authority", "host_authority", "school"),
    ),
    "location": ("name", "location_type"),
    "telephone": ("person", *_WHILE),
    "vehicle": ("person", *_WHILE),
    "account": ("person", *_WHILE),
    "event": (
        *("event_type", "reference", *_WHILE, "from_time", "to_time", "location", "place", "town", "location_type"),
        *("offence_code", "offence_category", "assessment_factors", "found_where", "found_with", "outcome", "status"),
    ),
    "person_in_event": ("event", "person", "role", *_WHILE),
    "relation": ("person", "relation", "other_person", "location", "telephone", "vehicle", "account", *_WHILE),
    "order": ("order_type", "reference", "person", "protected_person", *_WHILE, "status"),
    "case": ("case_type", "reference", "person", "event", *_WHILE, "outcome", "status"),
}
COLUMNS: Final[dict[Kind, tuple[str, ...]]] = {
    kind: (*_KEY, *fields, "recorded_on", *MARKS) for kind, fields in READ.items()
}
"""Every column that the graph reads, of each kind."""

ENTITIES: Final = (*_KEY, "entity")
THINGS: Final = ("kind", *_KEY, "record_kind", "field", "value", "entity", "how")


@dataclass(frozen=True, slots=True)
class Records:
    """The records of a scope that count.

    tables: of each kind its records, a row each, with `source`, `record_id` and standard fields as text; what is not
    there is taken as empty, what the graph does not read is left out. entities: for each person record (`source`,
    `record_id`) the `entity` that it is of. things: each mention of a place, telephone, vehicle or account, with the
    columns of THINGS; `how` is "near" where it is held to be the thing by a near key. What entities and things are
    called says nothing: only which rows share one.
    """

    tables: Mapping[Kind, pa.Table] = field(default_factory=dict)
    entities: pa.Table | None = None
    things: pa.Table | None = None

    def of(self, kind: Kind) -> pa.Table:
        """The records of a kind with the columns that are read, sorted by source and record id."""
        return _sorted(self.tables.get(kind), COLUMNS[kind], _KEY)

    def person_entities(self) -> pa.Table:
        """ENTITIES, sorted by source and record id."""
        return _sorted(self.entities, ENTITIES, _KEY)

    def mentions(self) -> pa.Table:
        """THINGS, sorted by record, field and value."""
        return _sorted(self.things, THINGS, (*_KEY, "record_kind", "field", "value"))


def _sorted(table: pa.Table | None, columns: tuple[str, ...], by: tuple[str, ...]) -> pa.Table:
    """These columns of a table as text, sorted, so that the order in which rows came says nothing."""
    table = pa.table({name: pa.array([], pa.string()) for name in columns}) if table is None else table
    nothing = pa.nulls(table.num_rows, pa.string())
    keys = dict.fromkeys(by, nothing)
    made = pa.table(keys | {name: table[name].cast(pa.string()) for name in columns if name in table.column_names})
    if made.num_rows:
        made = made.sort_by([(name, "ascending") for name in by])
    made = made.combine_chunks()
    return pa.table({name: made[name] if name in made.column_names else nothing for name in columns})
