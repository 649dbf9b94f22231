"""The picture of a folder, written down beside the store for questions when the first is asked.

It stands under the name of the result that it was made of. A command that changes the folder makes another result, in
a folder that takes this one's place; who has the old one open reads on in it.
"""

import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow.parquet as pq

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import decisions, deliveries, results
from concerted.desk.current import record_files
from concerted.desk.store import MATCH, Store
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
    keys = [key for path in record_files(store) for key in _keys(path)]
    rows = store.run("select source, record_id, entity, permanent_id, arrival from member").fetchall()
    of = {RecordKey(*row[:2]): row[2:] for row in map(tuple, rows)}
    entity, permanent, arrival = zip(*map(of.__getitem__, keys), strict=True) if keys else ((),) * 3
    place = {key: at for at, key in enumerate(keys)}
    named = {place[key] for pair in current(decisions.all_of(store)) for key in pair if key in place}
    return Picture(
        results.release(store)[0],
        entity,
        permanent,
        arrival,
        _joined(store, place),
        sorted(named),
        deliveries.unique_sources(store),
    )


def _keys(path: Path) -> Iterator[RecordKey]:
    table = pq.read_table(path, columns=["source", "record_id"])
    return map(RecordKey, table["source"].to_pylist(), table["record_id"].to_pylist())


def _joined(store: Store, place: Mapping[RecordKey, int]) -> Pairs:
    """The links, as they were kept, by the places of their records. The lower of a pair comes first."""
    of = {number: place[key] for key, number in results.numbers(store).items()}
    rows = store.run("select one, other from link where band = 'join'")
    pairs = np.array([(of[one], of[other]) for one, other in rows], np.int32)
    return as_one(*np.sort(pairs.reshape(-1, 2), axis=1).T)
