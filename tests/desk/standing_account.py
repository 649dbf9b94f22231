"""A folder told plainly: which records count, what people decided, and what a fresh run over them finds."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from concerted.common.ids import RecordKey, permanent_id
from concerted.linkage import Decision, HeldPair, Linked, Release, Witness, link
from tests.linkage.records import write

Told = tuple[str | None, ...]  # the values of FIELDS
FIELDS: Final = ("given_name", "family_name", "date_of_birth", "phone", "postcode", "nhs_number")
LIST: Final = "list"  # the source that delivers all that it has, and lists nobody twice
Pair = frozenset[RecordKey]


@dataclass
class Account:
    """files: of each file that stands the records that it told, by key. missing, gone: what the last list lacks, and
    what was let go. arrivals: of the records that count. ties: who is related to whom, by the record that says so.
    before: the releases that were in force before this one, with what was held then. held: what the last one parted."""

    secret: bytes
    release: Release
    files: dict[str, dict[RecordKey, Told]] = field(default_factory=dict)
    missing: set[RecordKey] = field(default_factory=set)
    gone: set[RecordKey] = field(default_factory=set)
    decisions: list[Decision] = field(default_factory=list)
    arrivals: dict[RecordKey, int] = field(default_factory=dict)
    last: int = 0
    ties: dict[RecordKey, tuple[RecordKey, RecordKey]] = field(default_factory=dict)
    before: list[tuple[Release, Sequence[HeldPair]]] = field(default_factory=list)
    held: Sequence[HeldPair] = ()

    @property
    def records(self) -> dict[RecordKey, Told]:
        """Those that count, in the order in which they came."""
        found: dict[RecordKey, Told] = {}
        for told in self.files.values():
            found |= told
        return {key: told for key, told in found.items() if key not in self.gone}

    def lost(self, rows: Mapping[RecordKey, Told]) -> set[RecordKey]:
        """What a new list would lack and is not known to be missing."""
        stood = {key for told in self.files.values() for key in told if key.source == LIST}
        return stood - rows.keys() - self.missing - self.gone

    def deliver(self, name: str, rows: Mapping[RecordKey, Told]) -> None:
        """A file comes."""
        if any(key.source == LIST for key in rows):
            self.missing |= self.lost(rows)
        self.files[name] = dict(rows)
        self.missing -= rows.keys()
        self.gone -= rows.keys()

    def approve(self) -> None:
        """What is missing is let go."""
        self.gone |= self.missing
        self.missing = set()

    def drop_record(self, key: RecordKey) -> None:
        """A record is taken back, of whatever kind."""
        self.drop({key})
        self.ties.pop(key, None)

    def drop_file(self, name: str) -> None:
        """A file is taken back."""
        here = {*self.records}
        del self.files[name]
        self.drop(here - {*self.records})

    def drop_source(self, source: str) -> None:
        """A source is taken back."""
        self.drop({key for rows in self.files.values() for key in rows if key.source == source})
        self.ties = {key: pair for key, pair in self.ties.items() if key.source != source}

    def adopt(self, release: Release, joined: Sequence[HeldPair], place: Path) -> None:
        """Another release comes into force. joined: the pairs that the one before joins."""
        self.before.append((self.release, self.held))
        self.release, self.held = release, joined
        entity, number = self.linked(place).entity, {key: at for at, key in enumerate(self.records)}
        self.held = [pair for pair in joined if entity[number[pair[0]]] != entity[number[pair[1]]]]

    def give_back(self) -> None:
        """The one before is in force again."""
        self.release, self.held = self.before.pop()

    def drop(self, gone: set[RecordKey]) -> None:
        """Records are taken back."""
        self.files = {
            name: {key: told for key, told in rows.items() if key not in gone} for name, rows in self.files.items()
        }
        self.missing -= gone
        self.gone -= gone
        self.held = [pair for pair in self.held if not gone & {*pair}]
        self.before = [(one, [pair for pair in held if not gone & {*pair}]) for one, held in self.before]

    def settle(self) -> None:
        """The command is done: new records have arrived, and others are forgotten."""
        here = self.records
        self.arrivals = {key: arrival for key, arrival in self.arrivals.items() if key in here}
        for key in here:
            if key not in self.arrivals:
                self.last += 1
                self.arrivals[key] = self.last

    def linked(self, place: Path) -> Linked:
        """What a fresh run over what counts finds."""
        rows = [
            {**dict(zip(FIELDS, told, strict=True)), "source": key.source, "record_id": key.record_id}
            for key, told in self.records.items()
        ]
        return link(
            [write(place, rows)],
            model=self.release,
            decisions=self.decisions,
            unique_sources=frozenset({LIST}),
            held=self.held,
            witnesses=[Witness("related", key, pair) for key, pair in self.ties.items()],
        )

    def entities(self, linked: Linked) -> dict[RecordKey, str]:
        """The entity of each record, by the permanent id of its earliest."""
        members: dict[int, list[RecordKey]] = {}
        for key, entity in zip(linked.keys, linked.entity, strict=True):
            members.setdefault(entity, []).append(key)
        first = {entity: min(keys, key=self.arrivals.__getitem__) for entity, keys in members.items()}
        ids = {entity: permanent_id(self.secret, key, self.arrivals[key]) for entity, key in first.items()}
        return {key: ids[entity] for key, entity in zip(linked.keys, linked.entity, strict=True)}

    def stands_for(self) -> dict[RecordKey, RecordKey]:
        """For each record the least of those of its source that hold the same: which is shown for all follows from what
        came first in a whole run."""
        first: dict[tuple[str, Told], RecordKey] = {}
        for key, told in sorted(self.records.items()):
            first.setdefault((key.source, told), key)
        return {key: first[key.source, told] for key, told in self.records.items()}
