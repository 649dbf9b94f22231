"""What linking found, kept beside the store in layers: a change of the folder is joined to it, and nothing else anew.

Each file has the number of the change that it came with, and is never changed. The store lists them, the first layer
first, as long as they are those of the picture that it holds (`results.renew`).
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from concerted.common.ids import RecordKey
from concerted.desk import coming, decisions, deliveries, results, witnesses
from concerted.desk.current import record_files
from concerted.desk.store import STANDING, Store
from concerted.linkage import HeldPair, Linked
from concerted.linkage.standard import other_columns, standardise
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.joining import Change, join
from concerted.linkage.standing.stored import added, follows, opened, save, with_added
from concerted.linkage.standing.traceless import leaves_traces, traceless

MOST: Final = 8  # layers, above which they are made one: each is looked through for each key


class WholeError(Exception):
    """Why everything has to be linked again, as a clause."""


@dataclass(frozen=True)
class Grown:
    """layers: the files of the picture before. before, after: the picture. change: what it changed."""

    layers: Sequence[str]
    before: Growing
    after: Growing
    change: Change


def grown(old: Store, store: Store, held: Sequence[HeldPair]) -> Grown:
    """The picture of `old` with what became of it in `store`. held: as `link` has them. Raises WholeError."""
    _refuse(old, store)
    gone, come = coming.between(old, store)
    once = deliveries.unique_sources(store)
    _refuse_listed(old, once, gone)
    try:
        before = replace(opened_of(old), unique_sources=once)
    except ValueError as error:
        raise WholeError(f"what is kept of it cannot be read: {error}") from error
    said = before.witnesses if _same_witnesses(old, store) else tuple(witnesses.witnesses(store))
    after, change = join(before, come, gone, decisions.all_of(store), held, said)
    if not follows(before, after):
        raise WholeError("a column has its first value, or has lost its last")
    return Grown(_layers(old), before, after, change)


def keep(store: Store, found: Grown, *, traces: bool) -> None:
    """Keep it, once the store has what it changed. traces: whether what records said that are gone, or were told
    otherwise by this change or an earlier one, may stay in it."""
    number, layers = _number(store), found.layers
    if len(layers) >= MOST or (not traces and leaves_traces(found.after)):
        save(_file(store, number), traceless(found.after))
        layers = []
    else:
        _file(store, number).write_bytes(added(found.before, found.after))
    _list(store, [*layers, number])


def keep_anew(store: Store, linked: Linked) -> None:
    """Keep what linking everything found, once the store has it; or nothing where no change could be joined to it."""
    if not _joinable(linked):
        _list(store, [])
        return
    (store.folder / STANDING).mkdir(exist_ok=True)
    table, number = standardise(record_files(store)), _number(store)
    once, said = deliveries.unique_sources(store), witnesses.witnesses(store)
    picture = Growing.begin(table, linked.release, decisions.all_of(store), once, said)
    save(_file(store, number), picture)
    _list(store, [number])


def forget(store: Store) -> None:
    """Keep nothing of it."""
    _list(store, [])


def is_kept(store: Store) -> bool:
    """Whether the picture is kept."""
    return bool(_layers(store))


def opened_of(store: Store) -> Growing:
    """The picture, which is kept."""
    first, *further = _layers(store)
    made = tuple(decisions.all_of(store))
    picture = opened(_file(store, first), results.release(store)[0], made)
    for number in further:
        picture = with_added(picture, _file(store, number).read_bytes(), made)
    once, said = deliveries.unique_sources(store), tuple(witnesses.witnesses(store))
    return replace(picture, unique_sources=once, witnesses=said)


def _same_witnesses(old: Store, store: Store) -> bool:
    return all(coming.same(record_files(old, kind), record_files(store, kind)) for kind in witnesses.KINDS)


def _joinable(linked: Linked) -> bool:
    bound = linked.release.prior is not None and linked.release.frequencies
    return bool(bound) and bool(linked.keys)


def _refuse(old: Store, store: Store) -> None:
    """Raise WholeError where a change cannot be joined."""
    if not is_kept(old):
        raise WholeError("nothing is kept of how it was linked before")
    if len({str(one.run("select id from release").fetchone()[0]) for one in (old, store)}) > 1:
        raise WholeError("another release is in force")
    if other_columns(record_files(old)) != other_columns(record_files(store)):
        raise WholeError("a column of a profile's own naming has come or gone")


def _refuse_listed(old: Store, once: frozenset[str], gone: Sequence[RecordKey]) -> None:
    """Raise WholeError where a source lists nobody twice now and did not, or did, and has records that stay."""
    out = set(gone)
    for source in sorted(deliveries.unique_sources(old) ^ once):
        rows = old.run("select source, record_id from member where source = ?", [source])
        if any(RecordKey(*row) not in out for row in rows):
            raise WholeError(f"{source} lists nobody twice, and did not, or the other way round")


def _number(store: Store) -> str:
    """That of the change that is made now."""
    return str(store.run("select coalesce(max(number), 0) + 1 from change").fetchone()[0])


def _layers(store: Store) -> list[str]:
    """The files of the layers; none where a person has deleted any."""
    listed = list(json.loads(store.get(results.LAYERS, "[]")))
    return listed if all(_file(store, number).exists() for number in listed) else []


def _list(store: Store, layers: Sequence[str]) -> None:
    """Only these are layers of the picture now."""
    store.put(results.LAYERS, json.dumps(layers))
    wanted = {_file(store, number) for number in layers}
    for path in (store.folder / STANDING).glob("*"):
        if path not in wanted:
            path.unlink()


def _file(store: Store, number: str) -> Path:
    return store.folder / STANDING / f"{number}.arrow"
