"""Rows that were put aside and hold what was erased: such a row goes, or loses what is told of one of its people."""

import json
from collections.abc import Set

from concerted.common.ids import RecordKey
from concerted.desk import deliveries, quarantine
from concerted.desk.deliveries import Delivery
from concerted.desk.feeds import ANY
from concerted.desk.quarantine import Item
from concerted.desk.store import Store
from concerted.extracts.erasures import own_columns, words_of


def forget(store: Store, key: RecordKey) -> int:
    """Take this record out of the rows in quarantine that do not have its very key. Gives how many held it.

    A row that could not be split goes with the id of the record, or of the row that the record is a part of, as it
    cannot be told whose its other cells are. Of a row that could be split a part's own cells are emptied.
    """
    whole, _, part = key.record_id.rpartition("/")
    came = {delivery.number: delivery for delivery in deliveries.all_of(store)}
    held = 0
    for item in quarantine.items(store, kind="row"):
        file = came[came[item.delivery].mends or item.delivery]
        own = own_columns(file.profile).get(part) if whole else None
        ids = ids_of(item, file)
        if not _may_be_of(key.source, item, file):
            continue
        if key.record_id in ids or (own is not None and whole in ids and item.raw_form == "line"):
            store.run("delete from quarantine where id = ?", [item.id])
            held += 1
        elif own is not None and whole in ids:
            _empty(store, item, file, own)
            held += 1
    return held


def ids_of(item: Item, file: Delivery) -> set[str | None]:
    """What may be the id of a row: any word of one that could not be split, else its own and the one it was given."""
    mended = item.mended or {}
    if item.raw_form == "line":
        return {*words_of(item.raw), *(value.strip() for value in mended.values())}
    return {item.record_id, mended.get(file.profile.record_id, "").strip()}


def _may_be_of(source: str, item: Item, file: Delivery) -> bool:
    """Whether a row is this source's, or holds its name where the source is in a column."""
    if item.source:
        return item.source == source
    constant = file.feed.partition(":")[2]
    return source in {*words_of(item.raw), *(item.mended or {}).values()} if constant == ANY else source == constant


def _empty(store: Store, item: Item, file: Delivery, own: Set[str]) -> None:
    """The row without what stands in these columns, as it would be put aside when it arrives again."""
    cells = zip(file.columns, json.loads(item.raw), strict=True)
    raw = json.dumps(["" if name in own else cell for name, cell in cells], ensure_ascii=False)
    given = item.mended and {name: "" if name in own else value for name, value in item.mended.items()}
    mended = None if given is None else json.dumps(given, ensure_ascii=False)
    store.run("update quarantine set raw = ?, mended = ? where id = ?", [raw, mended, item.id])
