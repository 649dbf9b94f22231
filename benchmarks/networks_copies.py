"""A scope of many events, shaped as an invented region is: copies of its records beside each other.

Each copy is of people, places and things of its own, a week earlier than the one before it; the agencies are the same
in all. Were the days the same, every child would be missing together with its own copies.
"""

from typing import Any, Final

import pyarrow as pa
import pyarrow.compute as pc

from concerted.extracts.fields import KIND_FIELDS, Kind
from concerted.networks import Records

EARLIER: Final = 7  # days that each copy is earlier
_WORDS: Final = ("found_where",)  # what is compared with what places are called
_DAYS: Final = ("from", "to")


def copies(of: Records, events: int) -> Records:
    """As many copies of a region's records as have so many events or more."""
    many = -(-events // of.tables["event"].num_rows)
    earlier = [EARLIER * copy for copy in range(many)]
    tables = {kind: _copied(table, _names(kind), earlier) for kind, table in of.tables.items()}
    entities = None if of.entities is None else _copied(of.entities, ("record_id", "entity"), earlier)
    things = None if of.things is None else _copied(of.things, ("record_id", "entity", "value"), earlier)
    return Records(tables, entities, things)


def _names(kind: Kind) -> tuple[str, ...]:
    """The columns that name something of the copy itself."""
    return ("record_id", *(name for name, field in KIND_FIELDS[kind].items() if field.reference), *_WORDS)


def _copied(table: pa.Table, names: tuple[str, ...], earlier: list[int]) -> pa.Table:
    return pa.concat_tables([_one(table, names, f"{copy:02} ", days) for copy, days in enumerate(earlier)])


def _one(table: pa.Table, names: tuple[str, ...], copy: str, days: int) -> pa.Table:
    for at, name in enumerate(table.column_names):
        if name in names:
            table = table.set_column(at, name, _named(table[name], copy))
        elif name in _DAYS:
            table = table.set_column(at, name, _moved(table[name], days))
    return table


def _named(column: Any, copy: str) -> Any:
    return pc.binary_join_element_wise(copy, column.cast(pa.string()), "")


def _moved(column: Any, days: int) -> Any:
    """Whole days, so many earlier; other dates as they are."""
    column = column.cast(pa.string())
    whole = pc.match_substring_regex(column, r"^\d{4}-\d\d-\d\d$")
    day = pc.if_else(whole, column, None).cast(pa.date32()).cast(pa.int32())
    return pc.coalesce(pc.subtract(day, pa.scalar(days, pa.int32())).cast(pa.date32()).cast(pa.string()), column)
