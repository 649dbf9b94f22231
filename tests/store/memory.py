"""A store that is kept nowhere: it shows that the suite asks for nothing that only files can do."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, field, replace
from typing import Any, Self

import pyarrow.parquet as pq

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey, permanent_id
from concerted.extracts import Taken
from concerted.extracts.store import Record
from concerted.linkage import Decision, Linked, Release
from concerted.linkage.store import Link, Member
from concerted.networks.findings import Mark, Told


@dataclass(frozen=True)
class Came:
    """A delivery."""

    number: int
    file: str
    sha256: str
    profile_id: str
    profile_version: int


@dataclass(frozen=True)
class State:
    """All of it; a change makes another."""

    deliveries: tuple[Came, ...] = ()
    records: dict[RecordKey, Record] = field(default_factory=dict)
    gone: frozenset[RecordKey] = frozenset()
    arrivals: dict[RecordKey, int] = field(default_factory=dict)
    last: int = 0
    decisions: tuple[Decision, ...] = ()
    linked: Linked | None = None
    found: tuple[Told, ...] = ()
    marks: tuple[Mark, ...] = ()


class Kept:
    """What is committed, and whether somebody writes."""

    def __init__(self) -> None:
        self.state, self.written_by_somebody = State(), False


class MemoryStore:
    """What one who opened it sees."""

    def __init__(self, kept: Kept) -> None:
        self._kept, self._state = kept, kept.state

    def _becomes(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)

    @contextmanager
    def changing(self) -> Iterator[Self]:
        if self._kept.written_by_somebody:
            raise UsedWronglyError("another is writing")
        self._kept.written_by_somebody = True
        try:
            writer = copy(self)
            writer._state = self._kept.state
            yield writer
            self._kept.state = writer._state
        finally:
            self._kept.written_by_somebody = False

    def deliveries(self) -> tuple[Came, ...]:
        return self._state.deliveries

    def records(self) -> list[Record]:
        return [one for key, one in self._state.records.items() if key not in self._state.gone]

    def deliver(self, taken: Taken, profile_text: str, feed: str) -> int:
        number = len(self._state.deliveries) + 1
        came = Came(number, taken.file, taken.sha256, taken.profile, taken.profile_version)
        read = pq.read_table(taken.records).to_pylist()
        new = {RecordKey(one["source"], one["record_id"]): one for one in read}
        self._becomes(
            deliveries=(*self._state.deliveries, came),
            records={**self._state.records, **new},
            gone=self._state.gone - new.keys(),
        )
        return number

    def let_go(self, key: RecordKey, who: str, why: str) -> None:
        if not who or not why:
            raise UsedWronglyError("who decides it, and why, is not said")
        self._becomes(gone=self._state.gone | {key})

    def members(self) -> list[Member]:
        linked, came = self._state.linked, self._state.arrivals
        if linked is None:
            return []
        ids = [permanent_id(b"s", key, came[key]) for key in linked.keys]
        sets: dict[int, list[int]] = {}
        for at, entity in enumerate(linked.entity):
            sets.setdefault(entity, []).append(at)
        first = {entity: min(held, key=lambda at: came[linked.keys[at]]) for entity, held in sets.items()}
        rows = zip(linked.keys, ids, linked.entity, strict=True)
        return sorted(
            (Member(key, came[key], own, ids[first[of]]) for key, own, of in rows), key=lambda one: one.arrival
        )

    def links(self) -> list[Link]:
        linked = self._state.linked
        names = ("weight", "probability", "band", "reasons", "against")
        return [
            Link(linked.keys[row["left"]], linked.keys[row["right"]], *(row[name] for name in names))
            for row in (linked.shown.to_pylist() if linked else ())
            if linked
        ]

    def link_between(self, left: RecordKey, right: RecordKey) -> Link | None:
        return next((one for one in self.links() if {one.left, one.right} == {left, right}), None)

    def decisions(self) -> tuple[Decision, ...]:
        return self._state.decisions

    def decide(self, made: Decision) -> None:
        made = replace(made, number=len(self._state.decisions) + 1)
        self._becomes(decisions=(*self._state.decisions, made))

    def release(self) -> tuple[Release, str] | None:
        linked = self._state.linked
        return (linked.release, linked.chosen) if linked else None

    def keep(self, linked: Linked) -> None:
        came, last = dict(self._state.arrivals), self._state.last
        for key in linked.keys:
            if key not in came:
                last += 1
                came[key] = last
        kept = {key: came[key] for key in linked.keys}
        self._becomes(linked=linked, arrivals=kept, last=last)

    def findings(self) -> tuple[Told, ...]:
        return self._state.found

    def keep_findings(self, told: Sequence[Told]) -> None:
        self._becomes(found=tuple(told))

    def marks(self) -> tuple[Mark, ...]:
        return self._state.marks

    def mark(self, made: Mark) -> None:
        self._becomes(marks=(*self._state.marks, made))
