"""The withdrawal list of a folder without some deliveries: what was missing from them alone is not missing."""

from collections.abc import Collection, Sequence

from concerted.common.ids import RecordKey
from concerted.desk import deliveries, withdrawals
from concerted.desk.deliveries import Delivery
from concerted.desk.feeds import FeedRows, rows_of
from concerted.desk.handed_over import Told, row_of
from concerted.desk.store import Store
from concerted.extracts.fields import KINDS, Kind


def take_out(
    store: Store, out: Collection[int], gone: Collection[int], others: Sequence[Delivery], told: Told
) -> list[RecordKey]:
    """Take off the list what only these no longer held, and put on it again what only they held again. out: the
    deliveries. gone: these with what was mended of them. Gives the records that were let go and count again."""
    _missing_still(store, gone, others, told)
    return _no_longer_missing(store, out, gone, others, told)


def tidy(store: Store) -> None:
    """Take off the list what no delivery holds any more, and what is on it twice since it was not there again."""
    here = {kind: deliveries.keys_in(deliveries.files_of(store, kind)) for kind in KINDS}
    listed: set[tuple[Kind, RecordKey]] = set()
    for one in withdrawals.all_of(store):
        twice = one.state != "there again" and (one.kind, one.key) in listed
        if one.key not in here[one.kind] or twice:
            store.run("delete from withdrawal where number = ?", [one.number])
        elif one.state != "there again":
            listed.add((one.kind, one.key))


def _no_longer_missing(
    store: Store, out: Collection[int], gone: Collection[int], others: Sequence[Delivery], told: Told
) -> list[RecordKey]:
    """What is on the list must have been told by a delivery that stays, and be missing from a later one that does."""
    left = [one.number for one in deliveries.all_of(store) if one.number not in gone]
    back = []
    for one in withdrawals.all_of(store, ["waiting", "withdrawn", "kept"]):
        first = next((number for number in left if one.key in told.records(number)), None)
        if first is None or (one.delivery not in out and first < one.delivery):
            continue
        feed = store.run("select feed from delivery where number = ?", [one.delivery]).fetchone()[0]
        heir = _missing_from(one.key, feed, max(first, one.delivery), others, told)
        if heir is not None:
            store.run("update withdrawal set delivery = ? where number = ?", [heir, one.number])
            continue
        store.run("delete from withdrawal where number = ?", [one.number])
        if one.state == "withdrawn":
            back.append(one.key)
    return back


def _missing_from(key: RecordKey, feed: str, after: int, others: Sequence[Delivery], told: Told) -> int | None:
    """The first later delivery of the feed that does not hold the record: a snapshot without its row, or one that tells
    its row without it."""
    own = [one for one in others if one.feed == feed]
    for other in (one for one in own if one.number > after):
        row = row_of(key, told.of(other.number))
        if row is None and other.profile.delivers == "snapshot":
            return other.number
        if row is not None:
            digest = told.of(other.number)[row][1]
            alike = [one.number for one in own if told.of(one.number).get(row, (0, b""))[1] == digest]
            if not any(key in told.records(number) for number in alike):
                return other.number
    return None


def _missing_still(store: Store, gone: Collection[int], others: Sequence[Delivery], told: Told) -> None:
    marks = ", ".join("?" * len(gone))
    asked = f"select number, source, record_id, was, again from withdrawal where again in ({marks})"
    for number, source, record_id, was, again in store.run(asked, sorted(gone)).fetchall():
        rows = rows_of(RecordKey(source, record_id))
        later = [one.number for one in others if one.number > again and any(row in told.of(one.number) for row in rows)]
        if later:
            store.run("update withdrawal set again = ? where number = ?", [min(later), number])
            continue
        store.run("update withdrawal set state = was, was = null, again = null where number = ?", [number])
        if was == "withdrawn":
            for feed in dict.fromkeys(one.feed for one in others):
                FeedRows(store.folder, feed).forget(rows)
