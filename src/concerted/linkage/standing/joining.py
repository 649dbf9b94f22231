"""Records come to a picture that stands, change and go, and decisions with them: what is touched is linked anew.

What is made is what linking all of the records from the beginning would make. Keys that records bring or take along may
propose other pairs than before, also between others; what chains of links and decisions connect with a pair that
came or went is judged anew, by the code of batch, and nothing else is looked at.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import apart
from concerted.linkage.coded import Numbers
from concerted.linkage.decisions import Decision, current
from concerted.linkage.standing.change import Change
from concerted.linkage.standing.changed import changed_pairs
from concerted.linkage.standing.few_come import step_of_few
from concerted.linkage.standing.few_pairs import FewPairs
from concerted.linkage.standing.growing import NOBODY, Growing, with_pairs
from concerted.linkage.standing.judging import judged
from concerted.linkage.standing.many_come import step_of_many

__all__ = ["Change", "join"]
NO_RECORDS: Final = np.empty(0, np.int32)


def join(
    picture: Growing,
    come: pa.Table | None = None,
    go: Collection[RecordKey] = (),
    decisions: Sequence[Decision] | None = None,
) -> tuple[Growing, Change]:
    """The picture with these records in it and those gone, and what that changed.

    come: standardised; a record that is there already is taken for a new version of it. decisions: all that there are
    now, in the order in which they were made; those that stand if it is not said. Raises UsedWronglyError for a record
    that is to come twice, or to go and is not there.
    """
    come = picture.layers[0].table.slice(0, 0) if come is None else come
    said = picture.decisions if decisions is None or tuple(decisions) == picture.decisions else tuple(decisions)
    few = step_of_few(picture, come, go) if said is picture.decisions else None
    step = few or step_of_many(picture, come, go, said)
    if not few and step.after.comparisons != picture.comparisons:
        return _anew(step.after, step.gone)
    one_by_one = FewPairs(step.after) if few else None
    pairs, weights = changed_pairs(step, one_by_one)
    layer = with_pairs(step.after.layers[-1], pairs, weights)
    after = replace(step.after, layers=(*step.after.layers[:-1], layer))
    seeds = np.unique(np.concatenate([step.moved, *apart(pairs[step.joins(pairs, weights)]), _decided(picture, after)]))
    seeds = seeds[after.compared(seeds)]
    return after, Change(step.gone, *judged(after, after.connected(seeds), one_by_one))


def _decided(before: Growing, after: Growing) -> Numbers:
    """The records of which other decisions stand than before."""
    if before.decisions is after.decisions:
        return NO_RECORDS
    was, now = (current(one.decisions) for one in (before, after))
    other = {pair for pair in was.keys() | now.keys() if was.get(pair) != now.get(pair)}
    numbers = after.numbers(key for pair in other for key in pair)
    return np.array(sorted(numbers.values()), np.int32)


def _anew(picture: Growing, gone: list[RecordKey]) -> tuple[Growing, Change]:
    """The picture made from the beginning: a column has its first value, or its last is gone, so that all pairs are
    compared by more than before, or by less."""
    records = np.flatnonzero(picture.stands_for != NOBODY).astype(np.int32)
    after = Growing.begin(picture.rows(records), picture.release, picture.decisions, picture.unique_sources)
    compared = np.flatnonzero(after.stands_for == np.arange(after.records)).astype(np.int32)
    return after, Change(gone, *judged(after, compared))
