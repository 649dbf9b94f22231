"""Extracts taken into the store beside what stands there: what is new, what supersedes, what is missing.

Nothing that was delivered is changed: a record that is told anew stands in a later file and counts from then on. A row
that arrives as it stands is known by its digest and is not read again, so what a person mended in it stays mended.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from concerted.common.errors import FoundWrongError, Place, UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.common.words import counted
from concerted.desk import again_here, deliveries, ended, quarantine, withdrawals
from concerted.desk.again import read_again
from concerted.desk.current import gather
from concerted.desk.feeds import Compared, FeedRows, connected, feed_of, reading_of
from concerted.desk.given import Extract
from concerted.desk.limits import Limit
from concerted.desk.moved import Moves, elsewhere, moved
from concerted.desk.store import RECORDS, Store
from concerted.extracts import Taken, open_table, take_many
from concerted.extracts.before import Before
from concerted.extracts.fields import KINDS, Kind
from concerted.extracts.taken import beside, rows_beside

EMPTIED_SHARE: Final = 0.5  # of the records that are told otherwise, from which an emptied field is asked about
EMPTIED_LEAST: Final = 20
MISSING_SHARE: Final = 0.02  # of the rows that stood, from which a snapshot is asked about


@dataclass(slots=True)
class Told:
    """What a feed's delivery brought. new, changed: records. unchanged: rows. missing: records put on the withdrawal
    list. moved: by kind, which fields were filled, emptied or changed. profile: the version before, when the profile
    has changed."""

    feed: str
    numbers: list[int]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    moved: dict[Kind, Moves] = field(default_factory=dict)
    profile_before: int | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a delivery is to be taken. missing: how many missing records a person expects. again: an older file is
    meant. emptied: fields that it empties are meant to be. limit: how many rows may go to quarantine."""

    missing: int | None = None
    again: bool = False
    emptied: bool = False
    limit: Limit | None = None
    truth: bool = False


def take_in(
    store: Store, extracts: Sequence[Extract], arrival: Arrival, progress: Silent
) -> tuple[list[Told], list[Taken]]:
    """Read these into the store, whose `as_of` is set. Raises FoundWrongError with a question where a snapshot lacks
    more than 2 in 100 of what stood; the caller's transaction then leaves everything as it was."""
    feeds = [feed_of(one.profile, one.name) for one in extracts]
    _refuse_unsaid(store, extracts, feeds)
    standing = {kind: deliveries.files_of(store, kind) for kind in KINDS}
    first = store.count("delivery") + 1
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
    compared = rows.compare(keys, reading, quarantine.keys_of_rows(store, told.numbers))
    for kind in KINDS:
        new = [path for number in told.numbers if (path := _file(store, number, kind))]
        _refuse_elsewhere(store, told, kind, new)
    if before is not None:
        told.profile_before = before.profile_version if before.profile_text != extract.text else None
        again_here.settle(store, told.feed, told.numbers, snapshot=extract.profile.delivers == "snapshot")
        again_here.supersede(store, told.feed, told.numbers, compared.again)
        if quarantine.items(store, states=["mended"]):
            read_again(store)
        _missing(store, told, extract, compared, standing, rows.count(), arrival)
    for kind in KINDS:
        new = deliveries.files_of_feed(store, told.feed, told.numbers[0], kind)
        count, changed, moves = moved(standing[kind], new)
        if not arrival.emptied:
            _refuse_emptied(extract, kind, changed, moves)
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


def _missing(
    store: Store,
    told: Told,
    extract: Extract,
    compared: Compared,
    standing: dict[Kind, list[Path]],
    rows: int,
    arrival: Arrival,
) -> None:
    """List what the feed no longer holds: whole rows of a snapshot, and parts of rows that are told anew."""
    listed_already = withdrawals.listed_rows(store)
    lost = compared.missing if extract.profile.delivers == "snapshot" else []
    lost = [row for row in lost if row not in listed_already]
    if len(lost) > MISSING_SHARE * rows and arrival.missing != len(lost):
        raise _question(extract, len(lost), rows)
    parts = [part for part in extract.profile.subjects if part is not None]
    spill = store.folder / RECORDS
    here = {kind: deliveries.keys_since(store, told.numbers[0], kind) for kind in KINDS}
    listed = list(_records(standing, lost, parts, spill))
    listed += [(kind, key) for kind, key in _records(standing, compared.again, parts, spill) if key not in here[kind]]
    told.missing = withdrawals.add(store, told.numbers[0], listed)


def _refuse_emptied(extract: Extract, kind: Kind, changed: int, moves: Moves) -> None:
    """Ask before a field is emptied in most records that are told anew: a form has changed, and not the facts."""
    for name, (_, emptied, _) in moves.items():
        if emptied >= EMPTIED_LEAST and emptied > EMPTIED_SHARE * changed:
            what = f"{name} ({kind.replace('_', ' ')}) would be emptied in {emptied:,} of the {changed:,} records"
            raise FoundWrongError(
                f"{what} that it tells otherwise than before: is it written as it was?",
                where=Place(file=extract.name),
                why="nothing was changed",
                mend="`concerted profile try` shows what is refused: mend the profile, or add --emptied if it is meant",
            )


def _question(extract: Extract, lost: int, rows: int) -> FoundWrongError:
    share = 100 * lost / rows
    return FoundWrongError(
        f"{counted(lost, 'row')} of {rows:,} that stood {'is' if lost == 1 else 'are'} not in this snapshot "
        f"({share:.0f} in 100, and up to 2 are put on the withdrawal list): is the file whole?",
        where=Place(file=extract.name),
        why="nothing was changed",
        mend=f"fetch it again; if so many are meant to go, add --missing {lost}, and each still waits for approval",
    )


def _records(
    standing: dict[Kind, list[Path]], keys: Sequence[tuple[str, str]], parts: Sequence[str], spill: Path
) -> Iterator[tuple[Kind, RecordKey]]:
    """The records that stand of these rows, of every kind."""
    if not keys:
        return
    wanted = [(source, one) for source, row in keys for one in (_ids(row, parts))]
    with connected(spill) as connection:
        connection.execute("CREATE TEMP TABLE wanted (source VARCHAR, record_id VARCHAR)")
        connection.executemany("INSERT INTO wanted VALUES (?, ?)", [list(one) for one in wanted])
        for kind, files in standing.items():
            if files:
                found = connection.execute(
                    "SELECT DISTINCT source, record_id FROM read_parquet(?, union_by_name=true) "
                    "SEMI JOIN wanted USING (source, record_id) ORDER BY ALL",
                    [list(map(str, files))],
                ).fetchall()
                yield from ((kind, RecordKey(*one)) for one in found)


def _ids(row: str, parts: Sequence[str]) -> list[str]:
    return [f"{row}/{part}" for part in parts] or [row]


def _there_again(store: Store, told: Told) -> None:
    if not store.count("withdrawal", "state <> 'there again'"):
        return
    for kind in KINDS:
        arrived = deliveries.keys_since(store, told.numbers[0], kind)
        withdrawals.there_again(store, [(kind, key) for key in arrived])


def _plain(told: Told) -> dict[str, Any]:
    names = ("new", "changed", "unchanged", "missing", "moved", "profile_before")
    return json.loads(json.dumps({name: getattr(told, name) for name in names}))  # type: ignore[no-any-return]
