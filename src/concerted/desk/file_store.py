"""The file store, as the engines know a store: a result folder behind the protocol of `networks.findings.store`.

It adds nothing to what the modules of the desk do; commands that change a folder go through `anew` and `into`.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import Self

import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import decisions, deliveries, findings, results, withdrawals
from concerted.desk.anew import copied
from concerted.desk.current import gather, record_files
from concerted.desk.deliveries import Delivery
from concerted.desk.resolve import write_out
from concerted.desk.store import PAIRS, Store
from concerted.extracts import Taken
from concerted.extracts.fields import PERSON
from concerted.extracts.store import Record
from concerted.linkage import Decision, Linked, Release
from concerted.linkage.store import Link, Member
from concerted.networks.findings import Mark, Told


class FileStore:
    """An open result folder."""

    def __init__(self, store: Store) -> None:
        self._store = store

    @contextmanager
    def changing(self) -> Iterator[Self]:
        """A copy of the folder, which takes its place with its views written."""
        old = self._store
        with old.writing(), copied(old) as store:
            if (old.folder / PAIRS).exists():
                (store.folder / PAIRS).hardlink_to(old.folder / PAIRS)
            with store.writing():
                yield type(self)(store)
            if store.count("release"):
                write_out(store, [], Silent())

    def deliveries(self) -> list[Delivery]:
        """Every delivery."""
        return deliveries.all_of(self._store)

    def records(self) -> Iterator[Record]:
        """The records that count."""
        for path in record_files(self._store):
            yield from pq.read_table(path).to_pylist()

    def deliver(self, taken: Taken, profile_text: str, feed: str) -> int:
        """Keep what was taken; its file of records is moved into the folder."""
        store = self._store
        number, batch = deliveries.next_number(store), deliveries.last_batch(store) + 1
        taken.records.rename(deliveries.records_file(store.folder, number))
        deliveries.add(store, number, taken, profile_text, [], batch=batch, feed=feed)
        arrived = deliveries.keys_since(store, number, PERSON)
        withdrawals.there_again(store, number, [(PERSON, key) for key in arrived])
        gather(store)
        return number

    def let_go(self, key: RecordKey, who: str, why: str) -> None:
        """List it as missing from the last delivery, and let it go."""
        last = deliveries.next_number(self._store) - 1
        withdrawals.add(self._store, last, [(PERSON, key)])
        found = [one for one in withdrawals.all_of(self._store, ["waiting"]) if one.key == key]
        withdrawals.settle(self._store, found, "withdrawn", who, why)
        gather(self._store)

    def members(self) -> list[Member]:
        """The records in the picture."""
        return results.all_members(self._store)

    def links(self) -> Sequence[Link]:
        """The links."""
        return results.links(self._store)

    def link_between(self, left: RecordKey, right: RecordKey) -> Link | None:
        """The link between two records."""
        return results.link_between(self._store, left, right)

    def decisions(self) -> list[Decision]:
        """Every decision."""
        return decisions.all_of(self._store)

    def decide(self, made: Decision) -> None:
        """Add one."""
        decisions.keep(self._store, [replace(made, number=decisions.next_number(self._store))])

    def release(self) -> tuple[Release, str] | None:
        """The release in force."""
        return results.release(self._store) if self._store.count("release") else None

    def keep(self, linked: Linked) -> None:
        """Keep a result. The pairs of the one before may share their bytes with another folder."""
        store = self._store
        (store.folder / PAIRS).unlink(missing_ok=True)
        results.keep(store, linked, results.arrivals(store), int(store.get("arrivals", "0")))

    def findings(self) -> list[Told]:
        """What was found the last time."""
        return findings.last(self._store)

    def keep_findings(self, told: Sequence[Told]) -> None:
        """Keep this in place of it."""
        findings.put(self._store, told)

    def marks(self) -> list[Mark]:
        """Every mark."""
        return findings.marks(self._store)

    def mark(self, made: Mark) -> None:
        """Add one."""
        findings.add(self._store, made)
