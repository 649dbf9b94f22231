"""The picture of a folder, written down beside the store for questions when the first is asked.

It stands under the name of the result that it was made of. A command that changes the folder makes another result, in
a folder that takes this one's place; who has the old one open reads on in it.
"""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.progress import Silent
from concerted.desk import decisions, deliveries, results
from concerted.desk.current import record_files
from concerted.desk.store import MATCH, PAIRS, Store
from concerted.linkage.candidates import Pairs, as_one
from concerted.linkage.decisions import current
from concerted.linkage.standing.read import Standing
from concerted.linkage.standing.write import Picture, write

_TRIES: Final = 3  # in a folder that is replaced while it is read


def standing(folder: Path, progress: Silent | None = None) -> Standing:
    """The picture of this folder, open; it is written first where nobody asked before. Raises UsedWronglyError when the
    folder is no result, or the picture cannot be written there."""
    for _ in range(_TRIES - 1):
        try:
            return _standing(folder, progress or Silent())
        except FileNotFoundError:  # the folder was replaced under our hands
            continue
    return _standing(folder, progress or Silent())


def _standing(folder: Path, progress: Silent) -> Standing:
    with Store.open(folder, to_read=True) as store:
        place = folder / MATCH / store.get(results.PICTURE)
        if not place.is_dir():
            progress.step("prepare", "Preparing the picture for questions, once")
            _write(store, place)
    return Standing.open(place)


def _write(store: Store, place: Path) -> None:
    """Write the picture into its place, whole or not at all; what was written of another result goes."""
    try:
        with _alone(store.folder):
            if place.is_dir():
                return  # another asked at the same time, and was first
            shutil.rmtree(place.parent, ignore_errors=True)
            part = place.parent / f".{uuid.uuid4().hex[:8]}"
            part.mkdir(parents=True)
            write(part, record_files(store), _picture(store))
            part.rename(place)
    except PermissionError as error:
        raise UsedWronglyError(
            "the picture cannot be prepared for questions",
            where=Place(file=store.folder.name),
            why=error.strerror or str(error),
            mend="ask once as somebody who may write in the folder; after that anyone who may read it can ask",
        ) from error


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Nobody else writes a picture for questions in this folder meanwhile."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def _picture(store: Store) -> Picture:
    rows = store.run("select source, record_id, entity, permanent_id, arrival from member order by number").fetchall()
    sources, ids, entity, permanent, arrival = zip(*rows, strict=True) if rows else ((),) * 5
    named = {key for pair in current(decisions.all_of(store)) for key in pair}
    decided = [at for at, key in enumerate(zip(sources, ids, strict=True)) if key in named]
    return Picture(
        results.release(store)[0],
        entity,
        permanent,
        arrival,
        _joined(store.folder),
        decided,
        deliveries.unique_sources(store),
    )


def _joined(folder: Path) -> Pairs:
    """The links, as they were kept."""
    table = pq.read_table(folder / PAIRS, columns=["left", "right", "band"])
    table = table.filter(pc.equal(table["band"], "join"))
    return as_one(*(table[side].to_numpy().astype(np.int32) for side in ("left", "right")))
