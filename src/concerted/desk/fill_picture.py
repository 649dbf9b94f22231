"""What the picture of several agencies shows that none of them sees alone, for the report page."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.common.words import counted
from concerted.desk.current import record_files
from concerted.desk.report.data import AgencyHeld, EventsSeen, Picture, ThingsSeen
from concerted.desk.results import entities
from concerted.desk.store import Store
from concerted.extracts.fields import KINDS, Kind

_TITLES: Final = {
    "location": "Places", "telephone": "Telephones", "vehicle": "Vehicles", "account": "Accounts and e-mail addresses",
}  # fmt: skip

Sources = Mapping[str, set[str]]  # of each entity the agencies that hold a record of it


def fill(store: Store) -> Picture | None:
    """The picture's part of the page; None where people alone were joined."""
    if not store.get("things"):
        return None
    people = entities(store)
    sources: defaultdict[str, set[str]] = defaultdict(set)
    for key, entity in people.items():
        sources[entity].add(key.source)
    things = tuple(_things(store))
    events = tuple(_events(store, people, sources))
    return Picture(
        tuple(_agencies(store, people, sources)), things, events, tuple(_only_joined(sources, things, events))
    )


def _agencies(store: Store, people: Mapping[RecordKey, str], sources: Sources) -> Iterator[AgencyHeld]:
    counts: dict[Kind, Counter[str]] = {kind: _records(store, kind) for kind in KINDS}
    held: defaultdict[str, set[str]] = defaultdict(set)
    for key, entity in people.items():
        held[key.source].add(entity)
    for source in dict.fromkeys(name for kind in KINDS for name in counts[kind]):
        others = sum(count[source] for kind, count in counts.items() if kind not in {"person", "event"})
        yield AgencyHeld(
            source=source,
            records=counts["person"][source],
            people=len(held[source]),
            shared=sum(len(sources[entity]) > 1 for entity in held[source]),
            events=counts["event"][source],
            others=others,
        )


def _records(store: Store, kind: Kind) -> Counter[str]:
    found: Counter[str] = Counter()
    for path in record_files(store, kind):
        found.update(pq.read_table(path, columns=["source"])["source"].to_pylist())
    return found


def _things(store: Store) -> Iterator[ThingsSeen]:
    rows = store.run(
        """
        select kind, count(*), sum(mentions), sum(agencies > 1), sum(people > 1) from (
            select t.kind, count(*) as mentions, count(distinct t.source) as agencies,
                count(distinct m.entity) as people
            from thing t left join member m
                on t.record_kind = 'person' and m.source = t.source and m.record_id = t.record_id
            group by t.kind, t.entity)
        group by kind"""
    )
    found = {kind: counts for kind, *counts in rows}
    for kind, title in _TITLES.items():
        if kind in found:
            things, mentions, across, people = found[kind]
            yield ThingsSeen(title, mentions, things, across, people)


def _events(store: Store, people: Mapping[RecordKey, str], sources: Sources) -> Iterator[EventsSeen]:
    """Events by type: how many, with how many people, and of these how many another agency holds too."""
    types = _event_types(store)
    events = Counter(types.values())
    persons: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for path in record_files(store, "person_in_event"):
        table = pq.read_table(path, columns=["source", "event", "person"])
        for row in table.to_pylist():
            entity = people.get(RecordKey(row["source"], row["person"] or ""))
            kind = types.get(RecordKey(row["source"], row["event"] or ""))
            if entity and kind:
                persons[kind].add((entity, row["source"]))
    for kind, count in events.most_common():
        told = persons[kind]
        known = {entity for entity, source in told if sources[entity] - {source}}
        yield EventsSeen(kind, count, len({entity for entity, _ in told}), len(known))


def _event_types(store: Store) -> dict[RecordKey, str]:
    found: dict[RecordKey, str] = {}
    for path in record_files(store, "event"):
        columns = [name for name in ("source", "record_id", "event_type") if name in pq.read_schema(path).names]
        for row in pq.read_table(path, columns=columns).to_pylist():
            found[RecordKey(row["source"], row["record_id"])] = row.get("event_type") or "not said"
    return found


def _only_joined(sources: Sources, things: tuple[ThingsSeen, ...], events: tuple[EventsSeen, ...]) -> Iterator[str]:
    """Sentences on what no agency's own records show."""
    many = Counter(min(len(held), 3) for held in sources.values())
    two = many[2] + many[3]
    if two:
        yield (
            f"{counted(two, 'person is', 'people are')} on the records of two agencies or more, "
            f"{many[3]:,} of them on those of three or more."
        )
    for seen in events:
        if seen.elsewhere and seen.kind in {"missing episode", "intelligence report", "referral", "contact", "crime"}:
            yield (
                f"Of {counted(seen.people, 'person', 'people')} in events of the type {seen.kind}, {seen.elsewhere:,} "
                "are on another agency's records too."
            )
    for thing in things:
        if thing.across:
            yield f"{thing.title}: {thing.across:,} are on the records of two agencies or more."
