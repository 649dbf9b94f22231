"""Mended rows and values read again, and the result made anew with the same model: nothing is trained here."""

import os
import shutil
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from concerted.common.errors import UsedWronglyError
from concerted.common.folders import built_whole
from concerted.common.progress import Silent
from concerted.desk import deliveries, quarantine, results, scores
from concerted.desk.current import gather
from concerted.desk.deliveries import Delivery
from concerted.desk.mended_rows import RowsAgain
from concerted.desk.mended_values import ValuesAgain
from concerted.desk.quarantine import Item
from concerted.desk.resolve import linked_anew, write_out
from concerted.desk.store import DATABASE, RECORDS, TRUTH, Store
from concerted.desk.summary import Summary


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of it. read: items that are no longer in quarantine. still: those that are faulty still."""

    read: int
    still: int
    summary: Summary


def replay(folder: Path, progress: Silent | None = None) -> Replayed:
    """Read again what was mended in this folder, and write the folder anew, whole or not at all."""
    progress = progress or Silent()
    folder = Path(os.path.abspath(folder))  # noqa: PTH100 - a link is not followed
    with Store.open(folder) as old, old.writing():  # nobody mends meanwhile
        if not quarantine.items(old, states=["mended"]):
            raise UsedWronglyError(
                "nothing is mended that was not read again",
                mend="`concerted quarantine list DIR` shows what waits, `concerted quarantine mend DIR ID` mends it",
            )
        with built_whole(folder) as new:
            _copy(folder, new)
            with Store.open(new) as store:
                return _replayed(store, progress)


def _copy(folder: Path, new: Path) -> None:
    """The store, and the records, which never change and so may share their bytes."""
    shutil.copy2(folder / DATABASE, new / DATABASE)
    (new / RECORDS).mkdir()
    for path in (folder / RECORDS).glob("[0-9]*.parquet"):
        try:
            os.link(path, new / RECORDS / path.name)
        except OSError:
            shutil.copy2(path, new / RECORDS / path.name)
    if (folder / TRUTH).exists():
        shutil.copy2(folder / TRUTH, new / TRUTH)


def _replayed(store: Store, progress: Silent) -> Replayed:
    with store.writing():
        progress.step("Reading what was mended")
        items = quarantine.items(store, states=["mended"])
        _read_again(store, items)
        gather(store)
        model, chosen = results.release(store)
        linked = linked_anew(store, model, progress)
        results.keep(store, linked, results.arrivals(store), int(store.get("arrivals", "0")))
        store.run("update release set chosen = ?", [chosen])
    still = sum(quarantine.item(store, one.id).state == "waiting" for one in items)
    said = f"{len(items) - still:,} rows and values that had been mended were read again"
    notes = [*deliveries.notes(store), *linked.notes, said]
    summary = write_out(store, notes, progress)
    return Replayed(len(items) - still, still, summary)


def _read_again(store: Store, items: Iterable[Item]) -> None:
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


def _rows(store: Store, delivery: Delivery, rows: list[Item]) -> None:
    truth = store.folder / RECORDS / "truth.parquet"
    wanted = truth if (store.folder / TRUTH).exists() and delivery.profile.truth else None
    RowsAgain(store, delivery, rows).read(_next(store), date.fromisoformat(store.get("as_of")), wanted)
    if wanted:
        scores.add_truth(store.folder / TRUTH, [wanted])
        wanted.unlink()


def _next(store: Store) -> int:
    """The number of the next delivery."""
    return store.count("delivery") + 1
