"""A step of few records, taken one by one: what `many_come` finds with arrays, without what arrays cost."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs
from concerted.linkage.coded import PARTS_OF_BIRTH, Numbers
from concerted.linkage.link import record_keys
from concerted.linkage.standing.columns import OfPicture
from concerted.linkage.standing.growing import NOBODY, Growing, stood_for
from concerted.linkage.standing.layers import others_of
from concerted.linkage.standing.runs import Merged
from concerted.linkage.standing.shelved import identified, key_of_folding, layer_of
from concerted.linkage.standing.step import Step, leaving, stood_for_after

FEW: Final = 8  # records that come or go
_ALIKE: Final = 64  # records that may fold with them
_OF_THE_RECORD: Final = ("n", "source", "record_id")
Pool = Mapping[int, OfPicture]


def step_of_few(before: Growing, table: pa.Table, go: Collection[RecordKey]) -> Step | None:
    """The step that brings the records of this table and takes those. None where that takes more than a look at few:
    there are many, or anything was decided or told of one, or a column has its first value or loses its last."""
    if table.num_rows + len(go) > FEW or not set(others_of(table)) <= set(before.others):
        return None
    coming = record_keys(table)
    leave = leaving(before, coming, go)
    spoken_of = (before.known.named(before.decisions), before.known.told(before.witnesses))
    if any(key in said for said in spoken_of for key in (*coming, *go)):
        return None
    after = _with_layer(before, table, leave)
    pool = _that_may_fold(after, table.num_rows, leave.tolist())
    if len(pool) > _ALIKE:
        return None
    folded = _folded(pool, before)
    stands_for = after.stands_for
    if any(stands_for[number] != stands for number, stands in folded.items()):
        stands_for = stands_for.copy()
        stands_for[[*folded]] = [*folded.values()]
    after = replace(after, stands_for=stands_for)
    looked_at = np.array(sorted({*pool, *leave.tolist()}), np.int32)
    found = Step.of(before, after, sorted(set(go) - set(coming)), looked_at)
    filled = _filled(after, found)
    columns = {name for name, many in filled.items() if many}
    if columns != before.columns:
        return None
    return replace(found, after=replace(after, filled=filled, stood_for=_stood_for(before, after, looked_at)))


def _with_layer(before: Growing, table: pa.Table, leave: Numbers) -> Growing:
    layer = layer_of(table, before.kinds, before.records)
    new = np.arange(before.records, before.records + table.num_rows, dtype=np.int32)
    stands_for = before.known.extended(before.stands_for, new)
    if len(leave):
        stands_for = stands_for.copy()
        stands_for[leave] = NOBODY
    return replace(
        before,
        layers=(*before.layers, layer),
        stands_for=stands_for,
        merged=Merged(before.layers, before.runs),
        settled=(before.decisions, before.decided),
    )


def _that_may_fold(after: Growing, new: int, leave: Iterable[int]) -> Pool:
    """The records that are there now which those that come may be folded with, or those that leave were."""
    coming = range(after.records - new, after.records)
    pool = {number: after.record(number) for number in coming}
    keys = {key_of_folding(record) for record in (*pool.values(), *map(after.record, leave))} - {None}
    alike = after.holders(np.array(sorted(key for key in keys if key is not None), np.uint64)).holders
    there = alike[after.stands_for[alike] != NOBODY].tolist()
    return pool | {number: after.record(number) for number in there}


def _folded(pool: Pool, before: Growing) -> dict[int, int]:
    """For each of these records the one that is compared for it, as `folding.fold` has it."""
    if len(pool) == 1:
        return dict(zip(pool, pool, strict=True))
    named = before.known.named(before.decisions)
    names = sorted({name for record in pool.values() for name in record.rows.names}.difference(_OF_THE_RECORD))
    alike: dict[tuple[object, ...], list[tuple[RecordKey, int]]] = {}
    for number, record in pool.items():
        key = RecordKey(record["source"], record["record_id"])
        alone = key.source in before.unique_sources or key in named or not identified(record)
        says = (number,) if alone else (key.source, *(record.value(name) or None for name in names))
        alike.setdefault(says, []).append((key, number))
    return {number: min(together)[1] for together in alike.values() for _, number in together}


def _stood_for(before: Growing, after: Growing, looked_at: Numbers) -> Pairs:
    """`Growing.stood_for`, which may be long: where none of these is or was stood for by another, it is what it was."""
    old = looked_at[looked_at < before.records]
    if len(stood_for(before.stands_for, old)) or len(stood_for(after.stands_for, looked_at)):
        return stood_for_after(before, after.stands_for, looked_at)
    return before.stood_for


def _filled(after: Growing, step: Step) -> dict[str, int]:
    found = dict(step.before.filled)
    for records, sign in ((step.came, 1), (step.went, -1)):
        for record in map(after.record, records.tolist()):
            for name in (*record.rows.names, *PARTS_OF_BIRTH):
                if name != "n":
                    found[name] = found.get(name, 0) + sign * bool(record.value(name))
    return found
