"""The quality of a result folder's data, worked out from its records and its quarantine."""

from collections.abc import Iterator
from functools import cached_property
from typing import Final

from concerted.desk import quarantine
from concerted.desk.current import record_files
from concerted.desk.quality.figures import (
    ETHNICITY,
    REASON_FIELD,
    Agency,
    EthnicityFigures,
    FieldFigures,
    KindFigures,
    Quality,
    WaitingFigures,
    by_name,
)
from concerted.desk.quality.mapped import Mapped, mapped
from concerted.desk.quality.missing import grouped
from concerted.desk.quality.rows import mend_of
from concerted.desk.quality.tally import RecordsFile, Tally
from concerted.desk.quality.waiting import Red, Waiting, told, waiting
from concerted.desk.store import Store
from concerted.extracts.fields import KIND_FIELDS, KINDS, PERSON, Kind

APART: Final = frozenset({*ETHNICITY, *map(REASON_FIELD.format, ETHNICITY)})
"""Fields that stand in the table of ethnicity and in no other."""


def quality(store: Store, waits: Waiting | None = None) -> Quality:
    """What the records that count hold and lack. waits: what is in quarantine, when it was read already."""
    count = _Count(store, waits or waiting(store))
    return Quality(
        agencies=tuple(Agency(source, tuple(count.kinds(source))) for source in count.sources),
        ethnicity=tuple(count.ethnicity(source, name) for name in ETHNICITY for source in count.of_people),
        waiting=tuple(_reasons(store, count.waits)),
    )


class _Count:
    """Counts kind by kind and field by field; each column of a file is read once."""

    def __init__(self, store: Store, waits: Waiting) -> None:
        self.waits = waits
        self._mapped = mapped(store)
        self._files = {kind: [RecordsFile(path) for path in record_files(store, kind)] for kind in KINDS}
        self._tallies: dict[tuple[Kind, str], dict[str, Tally]] = {}

    @cached_property
    def sources(self) -> list[str]:
        """Every agency that gave an extract, by name."""
        return sorted({source for source, _ in self._mapped}, key=by_name)

    @property
    def of_people(self) -> list[str]:
        """Those that gave records of people."""
        return [source for source in self.sources if (source, PERSON) in self._mapped]

    def kinds(self, source: str) -> Iterator[KindFigures]:
        """Every kind of record that an agency's profiles give."""
        for kind in KINDS:
            if known := self._mapped.get((source, kind)):
                fields = [name for name in KIND_FIELDS[kind] if name not in APART]
                yield KindFigures(
                    kind=kind,
                    records=self._records(source, kind),
                    fields=tuple(self._figures(source, kind, name) for name in fields if name in known.taken),
                    said=tuple(name for name in fields if name in known.said - known.taken),
                    absent=tuple(name for name in fields if name not in known.taken | known.said),
                )

    def ethnicity(self, source: str, name: str) -> EthnicityFigures:
        """How much is known of one kind of ethnicity."""
        known = self._mapped[source, PERSON]
        return EthnicityFigures(
            source=source,
            field=name,
            records=self._records(source, PERSON),
            figures=self._figures(source, PERSON, name) if name in known.taken | known.said else None,
            reasons_unread=self.waits.count(Red("field", source, PERSON, REASON_FIELD.format(name))),
            left_out=tuple(known.left_out),
        )

    def _records(self, source: str, kind: Kind) -> int:
        return sum(file.records.get(source, 0) for file in self._files[kind])

    def _figures(self, source: str, kind: Kind, name: str) -> FieldFigures:
        tally = self._tally(kind, name).get(source, Tally())
        return FieldFigures(
            field=name,
            records=tally.records,
            recorded=tally.recorded,
            missing=grouped(tally.missing),
            unread=tally.unread,
            values_unread=self.waits.count(Red("field", source, kind, name)),
            required=name in self._of(source, kind).required,
            rows_refused=self.waits.count(Red("required", source, kind, name)),
        )

    def _of(self, source: str, kind: Kind) -> Mapped:
        return self._mapped[source, kind]

    def _tally(self, kind: Kind, name: str) -> dict[str, Tally]:
        """A field in all files of a kind, counted once for all agencies."""
        if (kind, name) not in self._tallies:
            found: dict[str, Tally] = {}
            for file in self._files[kind]:
                for source, tally in file.tally(name, self.waits.records.get((kind, name), {})).items():
                    found.setdefault(source, Tally()).add(tally)
            self._tallies[kind, name] = found
        return self._tallies[kind, name]


def _reasons(store: Store, waits: Waiting) -> Iterator[WaitingFigures]:
    """By agency, most frequent first."""
    reds = [(red, items) for red, items in waits.numbers.items() if red.what == "reason"]
    for red, items in sorted(reds, key=lambda one: (by_name(one[0].source), -one[1].count, one[0])):
        first = quarantine.item(store, items.ids[0])
        alike = told(first.reason) if len(items.reasons) == 1 else red.name
        yield WaitingFigures(red.source, first.kind, alike, mend_of(first), items.count)
