"""What is in quarantine and arrives again: the same fault is one item, and what a person said of it stays said."""

from collections.abc import Sequence

from concerted.desk.store import Store

# A fault is the same when it stands in the same feed, in the same record or row, with the same text.
_SAME = (
    "o.kind = n.kind and o.raw = n.raw and o.column_name is n.column_name and o.field is n.field "
    "and o.source is n.source and o.record_id is n.record_id"
)
_OLD = (
    "quarantine o join delivery od on od.number = o.delivery "
    "join delivery oo on oo.number = coalesce(od.mends, od.number)"
)


def settle(store: Store, feed: str, numbers: Sequence[int], *, snapshot: bool) -> None:
    """Lay the items of new deliveries of a feed on those that were there.

    A fault that waits moves to its new place; a row that was mended and read stands as it was mended; a value that was
    mended is mended in the same way again. A row that a snapshot no longer shows is superseded.
    """
    marks = ", ".join("?" * len(numbers))
    pairs = store.run(
        f"select n.id, o.id, o.kind, o.state from quarantine n, {_OLD} where n.delivery in ({marks}) "
        f"and oo.feed = ? and o.delivery not in ({marks}) and o.state <> 'superseded' and {_SAME} order by n.id, o.id",
        [*numbers, feed, *numbers],
    ).fetchall()
    met: set[int] = set()
    for new, old, kind, state in {pair[0]: pair for pair in pairs}.values():
        if state != "replayed":
            _met(store, new, old)
            _move(store, new, old)
            met.add(old)
        elif kind == "row":
            _met(store, new, old)
            store.run("delete from quarantine where id = ?", [new])
        else:
            _mend_alike(store, new, old)
    if snapshot:
        _supersede_rows(store, feed, numbers, met)


def _met(store: Store, new: int, old: int) -> None:
    """Keep where the older item stands, and that the new delivery holds it too."""
    place = "delivery, file, sheet, row, reason, mend from quarantine where id = ?"
    store.run(f"insert or ignore into met select id, {place}", [old])
    store.run(f"insert or replace into met select ?, {place}", [old, new])


def _move(store: Store, new: int, old: int) -> None:
    """The older item stands where the new one was found; its number stays."""
    store.run(
        "update quarantine set (delivery, file, sheet, row, reason, mend) = "
        "(select delivery, file, sheet, row, reason, mend from quarantine where id = ?) where id = ?",
        [new, old],
    )
    store.run("delete from quarantine where id = ?", [new])


def _mend_alike(store: Store, new: int, old: int) -> None:
    store.run(
        'update quarantine set (state, mended, who, "when", why) = '
        "(select 'mended', mended, who, \"when\", why from quarantine where id = ?) where id = ?",
        [old, new],
    )


def _supersede_rows(store: Store, feed: str, numbers: Sequence[int], met: set[int]) -> None:
    marks = ", ".join("?" * len(numbers))
    waiting = store.run(
        f"select o.id from {_OLD} where oo.feed = ? and o.delivery not in ({marks}) and o.kind = 'row' "
        "and o.state in ('waiting', 'mended')",
        [feed, *numbers],
    ).fetchall()
    over = [number for (number,) in waiting if number not in met]
    store.run_many(
        "update quarantine set state = 'superseded', over = ? where id = ?", ([numbers[0], number] for number in over)
    )


def supersede(store: Store, feed: str, numbers: Sequence[int], told_anew: Sequence[tuple[str, str]]) -> None:
    """Items of rows that were told anew and are faulty there no more are over. told_anew: source and id of each."""
    marks = ", ".join("?" * len(numbers))
    store.run_many(
        f"update quarantine set state = 'superseded', over = ? where id in (select o.id from {_OLD} where oo.feed = ? "
        f"and o.delivery not in ({marks}) and o.state in ('waiting', 'mended') "
        "and o.source = ? and (o.record_id = ? or o.record_id like ? || '/%'))",
        ([numbers[0], feed, *numbers, source, row, row] for source, row in told_anew),
    )
