"""References between records that lead nowhere: a person of an event who is not among the source's people."""

from collections import Counter
from collections.abc import Iterator
from typing import Final

import pyarrow.parquet as pq

from concerted.desk.current import record_files
from concerted.desk.store import Store
from concerted.extracts.fields import KIND_FIELDS, KINDS, Kind

# Of what the record is that a field refers to.
_TARGETS: Final[dict[str, Kind]] = {
    "person": "person",
    "other_person": "person",
    "protected_person": "person",
    "event": "event",
    "location": "location",
    "telephone": "telephone",
    "vehicle": "vehicle",
    "account": "account",
}


def notes(store: Store) -> list[str]:
    """A sentence for each source and field that has any."""
    there: dict[Kind, set[tuple[str, str]]] = {}  # read where anything refers to it
    lost: Counter[tuple[str, str, Kind]] = Counter()
    for kind in KINDS:
        for field, rule in KIND_FIELDS[kind].items():
            if rule.reference:
                target = _TARGETS[field]
                for source, value in _values(store, kind, field):
                    if target not in there:
                        there[target] = set(_values(store, target, "record_id"))
                    lost[(source, field, kind)] += (source, value) not in there[target]
    return [_said(source, field, kind, count) for (source, field, kind), count in sorted(lost.items()) if count]


def _said(source: str, field: str, kind: Kind, count: int) -> str:
    named = "record names" if count == 1 else "records name"
    return f"{source}: {count:,} {named} under `{field}` what is not among its records ({kind.replace('_', ' ')})"


def _values(store: Store, kind: Kind, field: str) -> Iterator[tuple[str, str]]:
    for path in record_files(store, kind):
        if field in pq.read_schema(path).names:
            table = pq.read_table(path, columns=["source", field])
            pairs = zip(table["source"].to_pylist(), table[field].to_pylist(), strict=True)
            yield from ((source, value) for source, value in pairs if value is not None)
