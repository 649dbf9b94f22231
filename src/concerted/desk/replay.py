"""Mended rows and values read again, and the result made anew with the same model: nothing is trained here."""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concerted.common.errors import UsedWronglyError
from concerted.common.folders import built_whole
from concerted.common.progress import Silent
from concerted.common.words import counted
from concerted.desk import deliveries, quarantine, references, results
from concerted.desk.again import read_again
from concerted.desk.resolve import linked_anew, write_out
from concerted.desk.store import DATABASE, LOG, RECORDS, TRUTH, Store
from concerted.desk.summary import Summary

_AS_BEFORE: Final = " (when the folder was made; reading again keeps its model)"


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
    for name in (TRUTH, LOG):
        if (folder / name).exists():
            shutil.copy2(folder / name, new / name)


def _replayed(store: Store, progress: Silent) -> Replayed:
    with store.writing():
        progress.step("read", "Reading what was mended")
        read, still = read_again(store)
        model, chosen = results.release(store)
        linked = linked_anew(store, model, progress)
        results.keep(store, linked, results.arrivals(store), int(store.get("arrivals", "0")))
        store.run("update release set chosen = ?", [chosen.removesuffix(_AS_BEFORE) + _AS_BEFORE])
    notes = [*deliveries.notes(store), *references.notes(store), *linked.notes]
    if read:
        notes.append(f"{counted(read, 'row or value', 'rows and values')} that had been mended {_was(read)} read again")
    return Replayed(read, still, write_out(store, notes, progress))


def _was(count: int) -> str:
    return "was" if count == 1 else "were"
