"""Extracts taken into the store beside what stands there: what is new, what supersedes, what is missing.

Nothing that was delivered is changed: a record that is told anew stands in a later file and counts from then on. A row
that arrives as it stands is known by its digest and is not read again, so what a person mended in it stays mended.
"""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.progress import Silent
from concerted.desk import again_here, deliveries, ended, quarantine, rows_told, withdrawals
from concerted.desk.again import read_again
from concerted.desk.current import gather
from concerted.desk.feeds import FeedRows, feed_of, reading_of
from concerted.desk.given import Extract
from concerted.desk.missing import list_missing, refuse_emptied
from concerted.desk.moved import elsewhere, moved
from concerted.desk.store import RECORDS, Store
from concerted.desk.told import Arrival, Told
from concerted.extracts import Taken, open_table, take_many
from concerted.extracts.before import Before
from concerted.extracts.fields import KINDS, Kind
from concerted.extracts.taken import beside, rows_beside, told_beside


def take_in(
    store: Store, extracts: Sequence[Extract], arrival: Arrival, progress: Silent
) -> tuple[list[Told], list[Taken]]:
    """Read these into the store, whose `as_of` is set. Raises FoundWrongError with a question where a snapshot lacks
    more than 2 in 100 of what stood; the caller's transaction then leaves everything as it was."""
    feeds = [feed_of(one.profile, one.name) for one in extracts]
    _refuse_unsaid(store, extracts, feeds)
    standing = {kind: deliveries.files_of(store, kind) for kind in KINDS}
    first = deliveries.next_number(store)
    taken = _read(store, extracts, feeds, first, arrival, progress)
    if first > 1:
        progress.step("stand", "Comparing with what stands")
    by_feed: defaultdict[str, list[int]] = defaultdict(list)
    for number, feed in enumerate(feeds, first):
        by_feed[feed].append(number)
    told = []
    for feed, numbers in by_feed.items():
        given = [extracts[number - first] for number in numbers]
        counts = [taken[number - first].counts for number in numbers]
        one = Told(feed, numbers, unchanged=sum(count.unchanged for count in counts))
        _settle(store, one, given[0], standing, arrival)
        told.append(one)
    if ended.restricted(store) or (first > 1 and any(one.counts.records or sum(one.by_kind.values()) for one in taken)):
        gather(store)
    return told, taken


def _refuse_unsaid(store: Store, extracts: Sequence[Extract], feeds: Sequence[str]) -> None:
    """A second delivery of a feed must say what its files hold."""
    known = {row[0] for row in store.run("select distinct feed from delivery")}
    for extract, feed in zip(extracts, feeds, strict=True):
        if feed in known and extract.profile.delivers is None:
            raise UsedWronglyError(
                f"the profile {extract.profile.id} does not say what its files deliver, and this is not the first",
                where=Place(file=extract.name),
                mend="write delivers: snapshot (all that there is), changes (new and changed records) or additions "
                "(new ones alone) in it",
            )


def _read(
    store: Store, extracts: Sequence[Extract], feeds: Sequence[str], first: int, arrival: Arrival, progress: Silent
) -> list[Taken]:
    numbers = {_key(one.name, one.profile.file.sheet): number for number, one in enumerate(extracts, first)}
    erased = ended.erased(store)
    before = [
        Before(store.secret, FeedRows(store.folder, feed).digests(reading_of(extract.text)), erased)
        for extract, feed in zip(extracts, feeds, strict=True)
    ]
    taken = take_many(
        [(extract.path, extract.profile) for extract in extracts],
        store.folder / RECORDS,
        quarantine.sink(store, lambda one: numbers.get(_key(one.file, one.sheet)) or numbers[one.file, ""]),
        truth=arrival.truth,
        progress=progress,
        as_of=deliveries.as_of(store),
        names=[extract.name for extract in extracts],
        before=before,
    )
    if arrival.limit:
        arrival.limit.refuse_more(store, sum(one.counts.rows for one in taken), first)
    batch = deliveries.last_batch(store) + 1
    for number, (extract, one) in enumerate(zip(extracts, taken, strict=True), first):
        for kind in one.by_kind:
            beside(one.records, kind).rename(deliveries.records_file(store.folder, number, kind))
        rows_beside(one.records).rename(rows_beside(deliveries.records_file(store.folder, number)))
        rows_told.keep(store.folder, number, told_beside(one.records))
        columns = _columns(extract) if one.counts.quarantined else []
        deliveries.add(store, number, one, extract.text, columns, batch=batch, feed=feeds[number - first])
    return taken


def _key(file: str, sheet: str | None) -> tuple[str, str]:
    """A sheet as a profile may name it."""
    return file, (sheet or "").lower()


def _columns(extract: Extract) -> list[str]:
    """The file's columns, so that a person can mend its rows by them."""
    with open_table(extract.path, extract.profile.file) as table:
        return list(table.columns)


def _settle(store: Store, told: Told, extract: Extract, standing: dict[Kind, list[Path]], arrival: Arrival) -> None:
    """Work out what a feed brought, and take over what people did before."""
    rows = FeedRows(store.folder, told.feed)
    keys = [rows_beside(deliveries.records_file(store.folder, number)) for number in told.numbers]
    before = deliveries.last_of_feed(store, told.feed, told.numbers[0])
    reading = reading_of(extract.text)
    snapshot = extract.profile.delivers == "snapshot"
    compared = rows.compare(keys, reading, quarantine.keys_of_rows(store, told.numbers), snapshot=snapshot)
    for kind in KINDS:
        new = [path for number in told.numbers if (path := _file(store, number, kind))]
        _refuse_elsewhere(store, told, kind, new)
    if before is not None:
        told.profile_before = before.profile_version if before.profile_text != extract.text else None
        again_here.settle(store, told.feed, told.numbers, snapshot=snapshot)
        again_here.supersede(store, told.feed, told.numbers, compared.again)
        if quarantine.items(store, states=["mended"]):
            read_again(store)
        list_missing(store, told, extract, compared, standing, rows.count(), arrival)
    for kind in KINDS:
        new = deliveries.files_of_feed(store, told.feed, told.numbers[0], kind)
        count, changed, moves = moved(standing[kind], new)
        if not arrival.emptied:
            refuse_emptied(extract, kind, changed, moves)
        told.new, told.changed = told.new + count, told.changed + changed
        if moves:
            told.moved[kind] = moves
    _there_again(store, told)
    rows.overlay(keys, reading)
    for path in keys:
        path.unlink()
    deliveries.tell(store, told.numbers, _plain(told))


def _file(store: Store, number: int, kind: Kind) -> Path | None:
    path = deliveries.records_file(store.folder, number, kind)
    return path if path.exists() else None


def _refuse_elsewhere(store: Store, told: Told, kind: Kind, new: Sequence[Path]) -> None:
    """Two feeds that tell one record differently: which holds is not for a program to guess."""
    found = elsewhere(deliveries.files_of_others(store, told.feed, told.numbers[0], kind), new)
    if found:
        raise UsedWronglyError(
            f"record {found} is told differently by another profile's files that stand in the folder",
            where=Place(file=deliveries.name_of(store, told.numbers[0])),
            mend="leave out the file that does not hold, or give each a source of its own in its profile",
        )


def _there_again(store: Store, told: Told) -> None:
    if not store.count("withdrawal", "state <> 'there again'"):
        return
    for number in range(told.numbers[0], deliveries.next_number(store)):
        for kind in KINDS:
            path = _file(store, number, kind)
            arrived = deliveries.keys_in([path]) if path else set()
            withdrawals.there_again(store, number, [(kind, key) for key in arrived])


def _plain(told: Told) -> dict[str, Any]:
    names = ("new", "changed", "unchanged", "missing", "moved", "profile_before")
    plain: dict[str, Any] = json.loads(json.dumps({name: getattr(told, name) for name in names}))
    return plain
