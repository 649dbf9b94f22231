"""What people mended, read again: rows and values, each by the profile of its extract."""

from collections import defaultdict
from datetime import date

from concerted.desk import deliveries, quarantine, scores
from concerted.desk.current import gather
from concerted.desk.deliveries import Delivery
from concerted.desk.mended_rows import RowsAgain
from concerted.desk.mended_values import ValuesAgain
from concerted.desk.quarantine import Item
from concerted.desk.store import RECORDS, TRUTH, Store


def read_again(store: Store) -> tuple[int, int]:
    """Read again everything that is mended. Gives how many items are read now, and how many are faulty still."""
    items = quarantine.items(store, states=["mended"])
    by_delivery: defaultdict[int, list[Item]] = defaultdict(list)
    for item in items:
        by_delivery[item.delivery].append(item)
    came = {delivery.number: delivery for delivery in deliveries.all_of(store)}
    for number, mended in sorted(by_delivery.items()):
        rows = [item for item in mended if item.kind == "row"]
        if rows:
            _rows(store, came[number], rows)
        values = [item for item in mended if item.kind == "value"]
        for again in ValuesAgain.of(store, came[number], values):
            again.read(_next(store), date.fromisoformat(store.get("as_of")))
    gather(store)
    still = sum(quarantine.item(store, item.id).state == "waiting" for item in items)
    return len(items) - still, still


def _rows(store: Store, delivery: Delivery, rows: list[Item]) -> None:
    truth = store.folder / RECORDS / "truth.parquet"
    wanted = truth if (store.folder / TRUTH).exists() and delivery.profile.truth else None
    RowsAgain(store, delivery, rows).read(_next(store), date.fromisoformat(store.get("as_of")), wanted)
    if wanted:
        scores.add_truth(store.folder / TRUTH, [wanted])
        wanted.unlink()


def _next(store: Store) -> int:
    """The number of the next delivery."""
    return deliveries.next_number(store)
