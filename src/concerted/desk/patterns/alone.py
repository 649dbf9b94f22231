"""What each agency alone would have seen: the same rules over its own records, and no others."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc

from concerted.common.ids import RecordKey
from concerted.desk.patterns.data import AgencyAlone
from concerted.networks import Records, graph
from concerted.networks.findings import Finding, findings
from concerted.networks.findings.changes import is_of, keys

MOST_AGENCIES: Final = 12
MOST_RECORDS: Final = 500_000  # of all kinds: some ten seconds
_TWO: Final = 2  # people in common by whom two findings of a rule are the same
_People = frozenset[tuple[str, str]]


class Seen(NamedTuple):
    """What a finding is known by: its rule, the entity and role of each of its people, the records it rests on."""

    rule: str
    people: _People
    records: tuple[RecordKey, ...]


def why_not(records: Records) -> str:
    """Why it is not worked out for these records; empty when it is."""
    agencies, count = len(sources(records)), sum(table.num_rows for table in records.tables.values())
    if agencies < 2:
        return "There are no two agencies here."
    if agencies > MOST_AGENCIES:
        return f"It is worked out for {MOST_AGENCIES} agencies at most, and here are {agencies:,}."
    if count > MOST_RECORDS:
        return f"It is worked out for {MOST_RECORDS:,} records at most, and here are {count:,}."
    return ""


def agencies_alone(records: Records, as_of: date, found: Sequence[Finding], shown: int) -> tuple[AgencyAlone, ...]:
    """For each agency. found: all findings, of which the first `shown` stand on the page.

    An agency is taken to know which of its own records are of one person, as the joined picture has it. A pattern is
    its own only where it rests on a record of it: of the same people it may have another, which is not this one.
    """
    entity = _entities(records)
    whole = [_seen(one, entity) for one in found]
    told = []
    for source in sources(records):
        own = findings(graph(only(records, source), as_of))
        mine = [_seen(one, entity) for one in own if not one.to]
        explained = sum(not any(_same(one, other) for other in whole) for one in mine)
        part = [at for at, one in enumerate(found, 1) if source in one.agencies]
        alone = [at for at in part if any(_same(whole[at - 1], other) for other in mine)]
        told.append(AgencyAlone(source, len(part), len(alone), tuple(at for at in alone if at <= shown), explained))
    return tuple(told)


def sources(records: Records) -> list[str]:
    """Whose records these are."""
    tables = [table for table in records.tables.values() if table.num_rows]
    return sorted({name for table in tables for name in table["source"].unique().to_pylist()})


def only(records: Records, source: str) -> Records:
    """The records of one agency, and which of them are of one person or thing."""
    tables = {kind: _own(table, source) for kind, table in records.tables.items()}
    entities, things = (None if one is None else _own(one, source) for one in (records.entities, records.things))
    return Records(tables, entities, things)


def _own(table: pa.Table, source: str) -> pa.Table:
    return table.filter(pc.equal(table["source"], source)) if table.num_rows else table


def _entities(records: Records) -> Mapping[RecordKey, str]:
    rows = [] if records.entities is None else records.entities.to_pylist()
    return {RecordKey(row["source"], row["record_id"]): row["entity"] for row in rows}


def _seen(one: Finding, entity: Mapping[RecordKey, str]) -> Seen:
    return Seen(one.rule, frozenset((entity.get(key, str(key)), role) for key, role in one.people), keys(one))


def _same(one: Seen, other: Seen) -> bool:
    """The same rule, of people two of whom are the same (of one person, that one), by half of the records of either."""
    least = min(_TWO, len(one.people), len(other.people))
    alike = one.rule == other.rule and is_of(one.records, other.records)
    return alike and len(one.people & other.people) >= least > 0
