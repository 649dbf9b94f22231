"""Records come to a picture that stands, change and go, and decisions with them: what is touched is linked anew.

What is made is what linking all of the records from the beginning would make. Keys that records bring or take along may
propose other pairs than before, also between others; what chains of links and decisions connect with a pair that
came or went is judged anew, by the code of batch, and nothing else is looked at.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

import numpy as np
import pyarrow as pa

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import apart
from concerted.linkage.coded import Numbers
from concerted.linkage.decisions import Decision, current
from concerted.linkage.held import HeldPair
from concerted.linkage.standing.change import Change
from concerted.linkage.standing.changed import changed_pairs
from concerted.linkage.standing.few_come import step_of_few
from concerted.linkage.standing.few_pairs import FewPairs
from concerted.linkage.standing.growing import NOBODY, Growing, with_pairs
from concerted.linkage.standing.judging import judged
from concerted.linkage.standing.many_come import step_of_many, told_otherwise
from concerted.linkage.witnesses import Witness

__all__ = ["Change", "join"]


def join(
    picture: Growing,
    come: pa.Table | None = None,
    go: Collection[RecordKey] = (),
    decisions: Sequence[Decision] | None = None,
    held: Sequence[HeldPair] = (),
    witnesses: Sequence[Witness] | None = None,
) -> tuple[Growing, Change]:
    """The picture with these records in it and those gone, and what that changed.

    come: standardised; a record that is there already is taken for a new version of it. decisions: all that there are
    now, in the order in which they were made; those that stand if it is not said. held: pairs that the release before
    held together, to be asked about. witnesses: what third records say now; what they said before if it is not said.
    Raises UsedWronglyError for a record that is to come twice, or to go and is not there.
    """
    come = picture.layers[0].table.slice(0, 0) if come is None else come
    said = picture.decisions if decisions is None or tuple(decisions) == picture.decisions else tuple(decisions)
    third = picture.witnesses if witnesses is None or tuple(witnesses) == picture.witnesses else tuple(witnesses)
    same = said is picture.decisions and third is picture.witnesses
    few = step_of_few(picture, come, go) if same else None
    step = few or step_of_many(picture, come, go, said, third)
    if not few and step.after.comparisons != picture.comparisons:
        return _anew(step.after, step.gone, held)
    one_by_one = FewPairs(step.after) if few else None
    pairs, weights = changed_pairs(step, one_by_one)
    layer = with_pairs(step.after.layers[-1], pairs, weights)
    after = replace(step.after, layers=(*step.after.layers[:-1], layer))
    # What a decision alone held together, or kept apart, hangs on the record that it names.
    left = picture.decided_with(step.went)
    seeds = np.unique(
        np.concatenate([step.moved, *apart(pairs[step.joins(pairs, weights)]), left, _decided(picture, after)])
    )
    seeds = seeds[after.compared(seeds)]
    return after, Change(step.gone, *judged(after, after.connected(seeds), held, one_by_one))


def _decided(before: Growing, after: Growing) -> Numbers:
    """The records of which other decisions stand than before, and for which those are compared of which witnesses say
    otherwise."""
    told: Numbers = after.stands_for[told_otherwise(before, after)]
    if before.decisions is after.decisions:
        return told
    was, now = (current(one.decisions) for one in (before, after))
    other = {pair for pair in was.keys() | now.keys() if was.get(pair) != now.get(pair)}
    numbers = after.numbers(key for pair in other for key in pair)
    return np.append(told, np.array(sorted(numbers.values()), np.int32))


def _anew(picture: Growing, gone: list[RecordKey], held: Sequence[HeldPair]) -> tuple[Growing, Change]:
    """The picture made from the beginning: a column has its first value, or its last is gone, so that all pairs are
    compared by more than before, or by less."""
    records = np.flatnonzero(picture.stands_for != NOBODY).astype(np.int32)
    after = Growing.begin(
        picture.rows(records), picture.release, picture.decisions, picture.unique_sources, picture.witnesses
    )
    compared = np.flatnonzero(after.stands_for == np.arange(after.records)).astype(np.int32)
    return after, Change(gone, *judged(after, compared, held))
