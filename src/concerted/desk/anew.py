"""A result folder changed: a copy is, the result is made anew with the same model, and takes the old one's place."""

import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from concerted.common.folders import absolute, built_whole
from concerted.common.progress import Silent
from concerted.desk import (
    deliveries,
    history,
    log,
    references,
    release_tried,
    releases,
    results,
    results_change,
    standing,
)
from concerted.desk.history import By
from concerted.desk.resolve import linked_anew, write_out
from concerted.desk.standing import Grown, WholeError
from concerted.desk.store import LOG, PAIRS, RECORDS, STANDING, TRUTH, Store
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
    *,
    traces: bool = False,
) -> Summary:
    """Apply a change to the folder, whole or not at all. change: is given the store and gives notes. words: the
    command, for the folder's own record. by: for the history of its records. traces: as `relinked` has it."""
    folder = absolute(folder)
    with Store.open(folder) as old, old.writing(), copied(old) as store:  # nobody else changes it meanwhile
        with store.writing():
            notes = list(change(store))
            notes += relinked(old, store, progress, by, traces=traces)
        if words:
            log.add(store, words)
        return write_out(store, notes, progress)


def relinked(
    old: Store, store: Store, progress: Silent, by: By, held: Sequence[HeldPair] | None = None, *, traces: bool = False
) -> list[str]:
    """Link what counts now with the folder's own model, and keep it: what changed since `old`, or everything where that
    cannot be done. held: what the release before it held together, if it is not that of the last adoption. traces:
    whether what records said before may be kept. Gives the notes."""
    held = releases.held(store) if held is None else held
    try:
        progress.step("join", "Joining what has changed")
        found = standing.grown(old, store, held)
    except WholeError as reason:
        progress.step("whole", f"Linking everything again, since {reason}")
        of_linking = _everything(store, progress, by, held)
    else:
        of_linking = _some(store, found, by, traces=traces)
    release_tried.outdate(store)
    store.run("update release set chosen = ?", [_chosen(results.release(store)[1])])
    return [*deliveries.notes(store), *references.notes(store), *of_linking]


def _some(store: Store, found: Grown, by: By, *, traces: bool) -> Sequence[str]:
    """Keep what a change made of what it touches. Gives the notes of linking."""
    moved = results_change.keep_change(store, found.before, found.after, found.change)
    standing.keep(store, found, traces=traces)
    history.note(store, moved.before, by, moved.after)
    return []  # they are said of the whole, once it is looked at


def _everything(store: Store, progress: Silent, by: By, held: Sequence[HeldPair]) -> Sequence[str]:
    """Link all that counts, and keep it. Gives the notes of linking."""
    (model, chosen), before = results.release(store), results.entities(store)
    linked = linked_anew(store, model, progress, held=held)
    results.keep(store, linked, results.arrivals(store), int(store.get("arrivals", "0")))
    store.run("update release set chosen = ?", [chosen])
    standing.keep_anew(store, linked)
    history.note(store, before, by)
    return linked.notes


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
    """The records and what was found of them, which never change and so may share their bytes, and what lies beside
    them."""
    for name in (RECORDS, STANDING):
        if (folder / name).is_dir():
            (new / name).mkdir()
            for path in (folder / name).iterdir():
                _shared(path, new / name / path.name)
    if (folder / PAIRS).exists():
        _shared(folder / PAIRS, new / PAIRS)
    for name in (TRUTH, LOG):
        if (folder / name).exists():
            shutil.copy2(folder / name, new / name)


def _shared(path: Path, new: Path) -> None:
    try:
        os.link(path, new)
    except OSError:
        shutil.copy2(path, new)
