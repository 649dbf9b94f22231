"""A result folder changed: a copy is, the result is made anew with the same model, and takes the old one's place."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from concerted.common.folders import absolute, built_whole
from concerted.common.progress import Silent
from concerted.desk import deliveries, history, log, references, release_tried, releases, results
from concerted.desk.history import By
from concerted.desk.resolve import linked_anew, write_out
from concerted.desk.store import LOG, RECORDS, TRUTH, Store
from concerted.desk.summary import Summary
from concerted.linkage import HeldPair

_NOBODY: Final = By("")
AS_BEFORE: Final = " (when the folder was made; it keeps its model)"


def changed(
    folder: Path,
    change: Callable[[Store], Sequence[str]],
    progress: Silent,
    words: Sequence[str] = (),
    by: By = _NOBODY,
) -> Summary:
    """Apply a change to the folder, whole or not at all. change: is given the store and gives notes. words: the
    command, for the folder's own record. by: for the history of its records."""
    folder = absolute(folder)
    with Store.open(folder) as old, old.writing(), copied(old) as store:  # nobody else changes it meanwhile
        with store.writing():
            notes = list(change(store))
            notes += relinked(store, progress, by)
        if words:
            log.add(store, words)
        return write_out(store, notes, progress)


def relinked(store: Store, progress: Silent, by: By, held: Sequence[HeldPair] | None = None) -> list[str]:
    """Link what counts now with the folder's own model, and keep it. held: what the release before it held together,
    if it is not that of the last adoption. Gives the notes."""
    model, chosen = results.release(store)
    held = releases.held(store) if held is None else held
    linked, before = linked_anew(store, model, progress, held=held), results.entities(store)
    results.keep(store, linked, results.arrivals(store), int(store.get("arrivals", "0")))
    store.run("update release set chosen = ?", [_chosen(chosen)])
    release_tried.outdate(store)
    history.note(store, before, by)
    return [*deliveries.notes(store), *references.notes(store), *linked.notes]


def _chosen(before: str) -> str:
    """Why the release was chosen: when the folder was made, unless it was adopted since."""
    return before if before.startswith(releases.ADOPTED) else before.removesuffix(AS_BEFORE) + AS_BEFORE


@contextmanager
def copied(old: Store) -> Iterator[Store]:
    """A copy of a folder's store and records, open; it takes the folder's place when the block ends well."""
    with built_whole(old.folder) as new:
        _copy(old.folder, new)
        with old.copy_to(new) as store:
            yield store


def _copy(folder: Path, new: Path) -> None:
    """The records, which never change and so may share their bytes, and what lies beside them."""
    (new / RECORDS).mkdir()
    for path in (folder / RECORDS).iterdir():
        try:
            os.link(path, new / RECORDS / path.name)
        except OSError:
            shutil.copy2(path, new / RECORDS / path.name)
    for name in (TRUTH, LOG):
        if (folder / name).exists():
            shutil.copy2(folder / name, new / name)
