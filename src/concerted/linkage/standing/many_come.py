"""A step of any number of records, taken with arrays."""

from collections.abc import Collection
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.common.ids import RecordKey
from concerted.linkage.coded import Numbers
from concerted.linkage.decisions import Decision
from concerted.linkage.link import record_keys
from concerted.linkage.standing import layers
from concerted.linkage.standing.growing import NOBODY, Growing, filled, folded_as_said
from concerted.linkage.standing.layers import Layer
from concerted.linkage.standing.runs import Merged
from concerted.linkage.standing.step import Step, leaving, stood_for_after
from concerted.linkage.witnesses import Witness

NO_RECORDS: Final = np.empty(0, np.int32)


def step_of_many(
    before: Growing,
    table: pa.Table,
    go: Collection[RecordKey],
    decisions: tuple[Decision, ...],
    witnesses: tuple[Witness, ...],
) -> Step:
    """The step that brings the records of this table, takes those, and after which these decisions and witnesses are
    all."""
    coming = record_keys(table)
    leave = leaving(before, coming, go)
    after = replace(_with_layer(before, table, leave, decisions), witnesses=witnesses)
    named, was_named = after.known.named(decisions), set(before.known.named(before.decisions))
    renamed = np.array(sorted(after.numbers(named ^ was_named).values()), np.int32)
    new = np.arange(before.records, after.records, dtype=np.int32)
    pool = _that_may_fold(after, np.concatenate([new, leave, renamed, told_otherwise(before, after)]))
    table_of_pool = after.rows(pool)
    near = after.told_of(record_keys(table_of_pool))
    folded = folded_as_said(table_of_pool, after.coded(table_of_pool), named, before.unique_sources, near)
    after.stands_for[pool] = pool[folded.named[folded.of]]
    looked_at = np.union1d(pool, leave)
    after = replace(after, stood_for=stood_for_after(before, after.stands_for, looked_at))
    found = Step.of(before, after, sorted(set(go) - set(coming)), looked_at)
    return replace(found, after=replace(after, filled=_filled(found)))


def told_otherwise(before: Growing, after: Growing) -> Numbers:
    """The records that are there of which other witnesses tell than before."""
    if before.witnesses is after.witnesses:
        return NO_RECORDS
    other = {*before.witnesses} ^ {*after.witnesses}
    return np.array(sorted(after.numbers(key for one in other for key in one.members).values()), np.int32)


def _with_layer(before: Growing, table: pa.Table, leave: Numbers, decisions: tuple[Decision, ...]) -> Growing:
    others = (*before.others, *(name for name in layers.others_of(table) if name not in before.others))
    new = np.arange(before.records, before.records + table.num_rows, dtype=np.int32)
    stands_for = np.append(before.stands_for, new)
    stands_for[leave] = NOBODY
    return replace(
        before,
        decisions=decisions,
        layers=(*before.layers, Layer.of(table, others, before.records)),
        stands_for=stands_for,
        others=others,
        merged=Merged(before.layers, before.runs),
        settled=None,
    )


def _that_may_fold(after: Growing, records: Numbers) -> Numbers:
    """Those of the records that are there now which these may be folded with, or were."""
    records = np.unique(records)
    keys = np.unique(layers.that_fold(after.keyed(records)))
    alike = after.holders(keys).holders
    found = np.union1d(records, alike)
    there: Numbers = found[after.stands_for[found] != NOBODY]
    return there


def _filled(step: Step) -> dict[str, int]:
    found = dict(step.before.filled)
    for records, sign in ((step.came, 1), (step.went, -1)):
        if len(records):
            for name, many in filled(step.after.coded(step.after.rows(records))).items():
                found[name] = found.get(name, 0) + sign * many
    return found
