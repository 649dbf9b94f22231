"""The quarantine of a folder without some deliveries: what others held too stands there, what they held alone goes."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from concerted.desk import quarantine
from concerted.desk.deliveries import Delivery
from concerted.desk.erase_rows import ids_of
from concerted.desk.handed_over import Heirs, Told, row_of
from concerted.desk.quarantine import Item
from concerted.desk.rows_told import RowKey
from concerted.desk.store import Store

_THE_SAME: Final = (  # an open item of a later delivery with the same fault
    "select 1 from quarantine o join quarantine n on o.kind = n.kind and o.raw = n.raw "
    "and o.column_name is n.column_name and o.field is n.field and o.source is n.source "
    "and o.record_id is n.record_id where o.id = ? and n.delivery > ? and n.state <> 'superseded'"
)


def take_out(
    store: Store, out: Sequence[Delivery], others: Sequence[Delivery], heirs: Mapping[int, Heirs], told: Told
) -> dict[RowKey, int]:
    """Take the items of these deliveries out, or move them to where they stand too. Gives the rows that were mended and
    which another delivery held as well, with its number: what was made of them stays."""
    files = {one.number: one for one in out}
    gone = sorted(files)
    _forget_places(store, gone)
    stays: dict[RowKey, int] = {}
    for number in gone:
        rows = store.run("select id from quarantine where delivery = ? order by id", [number]).fetchall()
        for item in [quarantine.item(store, one) for (one,) in rows]:
            place = _place_of(store, item) or _with_its_row(item, others, heirs[number])
            if place is None:
                store.run("delete from quarantine where id = ?", [item.id])
                continue
            _move(store, item, place)
            if item.kind == "row" and item.state == "replayed":
                stays.update(dict.fromkeys(_rows(item, files[number]), place["delivery"]))
    _restore(store, gone, others, told)
    return stays


def _forget_places(store: Store, gone: Sequence[int]) -> None:
    store.run_many("delete from met where delivery = ?", ([number] for number in gone))


def _place_of(store: Store, item: Item) -> dict[str, Any] | None:
    """Where it stands in another delivery: last, or first where its mending was read and stood for all that came."""
    order = "asc" if item.state == "replayed" else "desc"
    row = store.run(
        f"select delivery, file, sheet, row, reason, mend from met where item = ? order by delivery {order} limit 1",
        [item.id],
    ).fetchone()
    return dict(zip(("delivery", "file", "sheet", "row", "reason", "mend"), row, strict=True)) if row else None


def _with_its_row(item: Item, others: Sequence[Delivery], heirs: Heirs) -> dict[str, Any] | None:
    """Where the row of a value stands, when it is handed over."""
    row = row_of(item.key, heirs) if item.kind == "value" else None
    if row is None:
        return None
    heir, number = heirs[row]
    other = next(one for one in others if one.number == heir)
    told = {"reason": item.reason, "mend": item.mend}
    return {"delivery": heir, "file": other.file, "sheet": other.sheet, "row": number, **told}


def _move(store: Store, item: Item, place: Mapping[str, Any]) -> None:
    columns = ", ".join(f"{name} = ?" for name in place)
    store.run(f"update quarantine set {columns} where id = ?", [*place.values(), item.id])


def _rows(item: Item, file: Delivery) -> list[RowKey]:
    source = item.source or (item.mended or {}).get(file.profile.source.column or "") or file.feed.partition(":")[2]
    return [(source, one) for one in ids_of(item, file) if one]


def _restore(store: Store, gone: Sequence[int], others: Sequence[Delivery], told: Told) -> None:
    """What one of these superseded waits again, unless a later delivery superseded it too, or holds the same fault."""
    came = {one.number: one for one in others}
    marks = ", ".join("?" * len(gone))
    rows = store.run(f"select id, over from quarantine where over in ({marks})", gone).fetchall()
    for number, over in rows:
        item = quarantine.item(store, number)
        feed = came[item.delivery].feed if item.delivery in came else None
        later = (one for one in others if one.feed == feed and one.number > over)
        heir = next((one.number for one in later if _settles(item, one, told)), None)
        if heir is not None:
            store.run("update quarantine set over = ? where id = ?", [heir, number])
        elif not store.run(_THE_SAME, [number, over]).fetchone():
            store.run(
                "update quarantine set over = null, state = case when mended is null or mended = '{}' then 'waiting' "
                "else 'mended' end where id = ?",
                [number],
            )


def _settles(item: Item, later: Delivery, told: Told) -> bool:
    """Whether a later delivery says what became of an item: a snapshot of every row, any of the values of its rows."""
    if item.kind == "row":
        return later.profile.delivers == "snapshot"
    return row_of(item.key, told.of(later.number)) is not None
