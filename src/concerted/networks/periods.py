"""When records of each kind say that something was."""

from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from concerted.extracts.fields import Kind
from concerted.networks.keys import Numbers
from concerted.networks.spans import Spans, intervals, lasting, no_later, seen_on, unknown

LASTING: Final = (
    *("missing episode", "away without authorisation", "assessment", "section 47 enquiry", "child protection plan"),
    *("child in need plan", "placement", "school absence"),
)
"""Types of event that go on until an end is recorded. All others are over on the day on which they began."""


def periods(tables: dict[Kind, pa.Table], event_of_part: Numbers) -> dict[Kind, Spans]:
    """Of each kind a stretch of time for each record. event_of_part: of each part in an event the row of the event."""
    when: dict[Kind, Spans] = {kind: _from_to(table) for kind, table in tables.items() if "from" in table.column_names}
    when["person"] = seen_on(tables["person"]["recorded_on"])
    when["location"] = unknown(tables["location"].num_rows)
    when["event"] = _events(tables["event"])
    parts = tables["person_in_event"]
    own = lasting(parts["from"], pc.coalesce(parts["to"], parts["from"]))
    return when | {"person_in_event": own.or_else(when["event"].take(event_of_part))}


def _from_to(table: pa.Table) -> Spans:
    """What has no dates was so on the day on which it was recorded."""
    return lasting(table["from"], table["to"]).or_else(seen_on(table["recorded_on"]))


def _events(table: pa.Table) -> Spans:
    """An event without a date was no later than it was recorded."""
    lasts = pc.is_in(table["event_type"], value_set=pa.array(LASTING))
    ends = pc.if_else(lasts, table["to"], pc.coalesce(table["to"], table["from"]))
    return lasting(table["from"], ends).or_else(no_later(intervals(table["recorded_on"])[1]))
