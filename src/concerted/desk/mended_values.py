"""Values that a person mended: the record that each belongs to read again from the texts it was given as.

The extract is not kept. A record holds beside every value the text it was given as; a profile that says the same of
these texts as the extract's own says of its columns reads the record again, with the mended text in its place.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from concerted.common.ids import RecordKey
from concerted.desk import deliveries, quarantine
from concerted.desk.current import look_up
from concerted.desk.deliveries import Delivery, records_file
from concerted.desk.quarantine import Item
from concerted.desk.store import Store
from concerted.extracts import Profile, Quarantined, take_mended
from concerted.extracts.fields import Kind
from concerted.extracts.profile import FieldSpec, PartFields

KEY: Final = ("the record's source", "the record's own id")  # columns of the texts that are read again
_AS_GIVEN: Final = "_as_given"
_EVIDENCE: Final = "evidence_"
_OTHER: Final = "other_"


@dataclass(frozen=True, slots=True)
class ValuesAgain:
    """The mended values of one of the people that a row of a delivery holds."""

    store: Store
    delivery: Delivery
    part: str | None
    items: Sequence[Item]

    @classmethod
    def of(cls, store: Store, delivery: Delivery, items: Sequence[Item]) -> Iterator["ValuesAgain"]:
        """Those of each part apart: a profile gives the parts of a row their own fields."""
        by_part: defaultdict[str | None, list[Item]] = defaultdict(list)
        for item in items:
            by_part[part_of(item.record_id or "", delivery.profile)].append(item)
        yield from (cls(store, delivery, part, found) for part, found in by_part.items())

    def read(self, number: int, as_of: date) -> None:
        """Read the records as delivery `number`; they supersede those that were. What is still faulty waits."""
        profile = again(self.delivery.profile, self.part)
        columns = sorted(profile.named_columns)
        records = self._records(profile.kind)
        rows = [(int(row["row"] or 0), _cells(row, columns)) for row in self._mended(records)]
        found: list[Quarantined] = []
        taken = take_mended(
            self.delivery.file,
            profile,
            columns,
            rows,
            records_file(self.store.folder, number),
            found.extend,
            as_of=as_of,
            sheet=self.items[0].sheet,
        )
        batch = deliveries.last_batch(self.store)
        text, mends = self.delivery.profile_text, self.delivery.number
        deliveries.add(self.store, number, taken, text, [], batch=batch, mends=mends)
        self._settle(found)

    def _records(self, kind: Kind) -> dict[RecordKey, dict[str, Any]]:
        files = deliveries.files_of(self.store, kind)
        nobody = {
            item.key: {"source": item.source, "record_id": item.record_id, "row": item.row} for item in self.items
        }
        return nobody | look_up(files, [item.key for item in self.items])  # without a value a part gave no record

    def _mended(self, records: dict[RecordKey, dict[str, Any]]) -> list[dict[str, Any]]:
        """The records with the mended texts in their places."""
        for item in self.items:
            record, place = records[item.key], str(item.field)
            place = place if place.startswith(_OTHER) else f"{place}{_AS_GIVEN}"
            [text] = (item.mended or {}).values()
            record[place] = put_right(record.get(place) or "", item.raw, text)
        return list(records.values())

    def _settle(self, found: Sequence[Quarantined]) -> None:
        rows = {(one.source, one.record_id): one for one in found if one.kind == "row"}
        values = {(one.source, one.record_id, one.field): one for one in found if one.kind == "value"}
        for item in self.items:
            fault = rows.get((item.source, item.record_id)) or values.get((item.source, item.record_id, item.field))
            if fault:
                quarantine.still_waits(self.store, item.id, fault.reason, fault.mend)
            else:
                quarantine.replayed(self.store, item.id)


def put_right(given: str, raw: str, text: str) -> str:
    """The text of a cell with the mended value in the place of the faulty one: all of it, or one of several."""
    parts = [part.strip() for part in given.split(";")]
    if given.strip() != raw.strip() and raw.strip() in parts:
        parts[parts.index(raw.strip())] = text
        return "; ".join(parts)
    return text


def again(profile: Profile, part: str | None) -> Profile:
    """The profile that reads the records of an extract's profile again from their texts as given."""
    subject = profile.subjects[part]
    before = "" if part is None else f"{part}."
    names = (name for name in profile.required if part is None or name.startswith(before))
    shape: dict[str, object] = {
        "profile": profile.id,
        "version": profile.version,
        "kind": profile.kind_of(part),
        "record_id": KEY[1],
        "source": {"column": KEY[0]},
        "fields": _fields(subject),
        "required": [name.removeprefix(before) for name in names],
        "evidence": list(profile.evidence),
        "missing": list(profile.missing),
    }
    return Profile.model_validate(shape)


def _fields(subject: PartFields) -> dict[str, object]:
    made: dict[str, object] = {name: _spec(f"{name}{_AS_GIVEN}", spec) for name, spec in subject.fields.items()}
    if subject.other:
        made["other"] = {name: f"{_OTHER}{name}" for name in subject.other}  # kept as it was read, trimmed
    return made


def _spec(column: str, spec: FieldSpec) -> dict[str, object]:
    if spec.constant is not None:
        return {"constant": spec.constant}
    said: dict[str, object] = {"pattern": spec.pattern, "date": list(spec.date), "codes": spec.codes}
    return {"column": column, **{key: value for key, value in said.items() if value}}


def _cells(record: dict[str, Any], columns: Sequence[str]) -> list[str | None]:
    known = {KEY[0]: record["source"], KEY[1]: record["record_id"]}
    return [known.get(column, record.get(column, record.get(f"{_EVIDENCE}{column}"))) for column in columns]


def part_of(record_id: str, profile: Profile) -> str | None:
    """The part of a row that a record is, by its id; None when its profile gives one record a row."""
    ends = [part for part in profile.subjects if part is not None and record_id.endswith(f"/{part}")]
    return max(ends, key=len, default=None)
