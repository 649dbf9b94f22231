"""Records come to a picture that stands, change and go, and decisions with them: what is touched is linked anew.

What is made is what linking all of the records from the beginning would make. Keys that records bring or take along may
propose other pairs than before, also between others; what chains of links and decisions connect with a pair that
came or went is judged anew, by the code of batch, and nothing else is looked at.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs, apart, as_one, each_once, without
from concerted.linkage.coded import Numbers
from concerted.linkage.compare import Comparer
from concerted.linkage.components import components
from concerted.linkage.decisions import Decision, current
from concerted.linkage.held import HeldPair
from concerted.linkage.link import among, record_keys
from concerted.linkage.linked import Linked
from concerted.linkage.standing import layers
from concerted.linkage.standing.growing import NOBODY, Growing, filled, folded_as_said, kept, stood_for, with_pairs
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.layers import GONE, Bits, Layer
from concerted.linkage.standing.proposing import NONE, keys_of, proposed_by
from concerted.linkage.witnesses import Witness

NO_RECORDS: Final = np.empty(0, np.int32)


@dataclass(frozen=True)
class Change:
    """What a delivery changed. gone: records that are there no more. linked: what linking finds among the records that
    were looked at. touched: which of them were judged anew, by their numbers in `linked`; the others are there because
    a link to be reviewed leads to them, and nothing else that is said of them here holds."""

    gone: list[RecordKey]
    linked: Linked
    touched: Numbers

    @property
    def keys(self) -> list[RecordKey]:
        """The records that were judged anew. Whatever was known of their sets and links gives way to what is here."""
        return [self.linked.keys[at] for at in self.touched.tolist()]

    @property
    def sets(self) -> list[list[RecordKey]]:
        """The sets of the records that were judged anew."""
        found: dict[int, list[RecordKey]] = {}
        for at in self.touched.tolist():
            found.setdefault(self.linked.entity[at], []).append(self.linked.keys[at])
        return list(found.values())

    @property
    def links(self) -> pa.Table:
        """Every link to join or to review that one of these records has, as in `Linked.shown`."""
        shown, touched = self.linked.shown, pa.array(self.touched, pa.int32())
        return shown.filter(pc.or_(*(pc.is_in(shown[side], touched) for side in ("left", "right"))))


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
    said = picture.decisions if decisions is None else tuple(decisions)
    step = _Step(picture, come, go, said, picture.witnesses if witnesses is None else tuple(witnesses))
    if step.after.comparisons != picture.comparisons:
        return _anew(step.after, step.gone, held)
    pairs, weights = step.other_pairs()
    layer = with_pairs(step.after.layers[-1], pairs, weights)
    after = replace(step.after, layers=(*step.after.layers[:-1], layer))
    seeds = np.unique(np.concatenate([step.moved, *apart(pairs[step.joins(pairs, weights)]), *step.decided(after)]))
    seeds = seeds[after.compared(seeds)]
    return after, Change(step.gone, *_judged(after, after.connected(seeds), held))


class _Step:
    """From one picture to the next: which records come to be compared, and which are so no more."""

    def __init__(
        self,
        before: Growing,
        table: pa.Table,
        go: Collection[RecordKey],
        decisions: tuple[Decision, ...],
        witnesses: tuple[Witness, ...],
    ) -> None:
        coming = record_keys(table)
        if len(set(coming)) < len(coming):
            raise UsedWronglyError("a record is to come twice", mend="give each record once")
        there = before.numbers({*coming, *go})
        absent = sorted(set(go) - there.keys())
        if absent:
            raise UsedWronglyError(f"there is no record {absent[0]}", mend="name records that are in the picture")
        self.before = before
        self.gone = sorted(set(go) - set(coming))
        self._leaving = np.array(sorted(there.values()), np.int32)
        new = np.arange(before.records, before.records + len(coming), dtype=np.int32)
        others = (*before.others, *(name for name in layers.others_of(table) if name not in before.others))
        layer = Layer.of(table, others, before.records)
        stands_for = np.append(before.stands_for, new)
        stands_for[self._leaving] = NOBODY
        after = replace(
            before,
            decisions=decisions,
            witnesses=witnesses,
            layers=(*before.layers, layer),
            stands_for=stands_for,
            others=others,
        )
        named = {key for pair in current(decisions) for key in pair}
        was_named = {key for pair in current(before.decisions) for key in pair}
        renamed = np.array(sorted(after.numbers(named ^ was_named).values()), np.int32)
        self.told = _told_otherwise(before, after)
        pool = _that_may_fold(after, np.concatenate([new, self._leaving, renamed, self.told]))
        table_of_pool = after.rows(pool)
        near = _of(witnesses, record_keys(table_of_pool))
        folded = folded_as_said(table_of_pool, after.coded(table_of_pool), named, before.unique_sources, near)
        stands_for[pool] = pool[folded.named[folded.of]]
        self.after = replace(after, stands_for=stands_for)
        looked_at = np.union1d(pool, self._leaving)
        self.after = replace(self.after, stood_for=self._stood_for(looked_at))
        was, now = self._as_before()[looked_at] == looked_at, self.after.compared(looked_at)
        self.came, self.went = looked_at[now & ~was], looked_at[was & ~now]
        self.moved = self._moved(looked_at)
        self.after = replace(self.after, filled=self._filled())

    def _stood_for(self, looked_at: Numbers) -> Pairs:
        stay = self.before.stood_for
        stay = stay[~np.isin(apart(stay)[1], looked_at)]
        return np.sort(np.append(stay, stood_for(self.after.stands_for, looked_at)))

    def _moved(self, looked_at: Numbers) -> Numbers:
        """The records that are compared for others than before; or were, and are gone."""
        was, now = self._as_before()[looked_at], self.after.stands_for[looked_at]
        moved = was != now
        found = np.union1d(was[moved], now[moved])
        there: Numbers = found[found != NOBODY]
        return there

    def _filled(self) -> dict[str, int]:
        found = dict(self.before.filled)
        for records, sign in ((self.came, 1), (self.went, -1)):
            if not len(records):
                continue
            for name, many in filled(self.after.coded(self.after.rows(records))).items():
                found[name] = found.get(name, 0) + sign * many
        return found

    def other_pairs(self) -> tuple[Pairs, Bits]:
        """The pairs that came, with their weights, and those that went, with GONE.

        A key with no more holders than its cap, before and after, proposes every pair of them: no two others gain
        or lose by it."""
        before = replace(self.before, layers=self.after.layers, stands_for=self._as_before(), others=self.after.others)
        asked = keys_of(self.after, np.union1d(self.came, self.went))
        held = layers.holders_of(self.after.layers, asked)
        full = layers.fuller_than_cap(held, before.compared(held.holders), self.after.compared(held.holders))
        common, rare = (Keyed(held.keys[some], held.holders[some]) for some in (full, ~full))
        were, are = proposed_by(before, common), proposed_by(self.after, common)
        lost = self._lost(without(were, are))
        of_rare = proposed_by(self.after, rare)
        new = of_rare[np.logical_or(*(np.isin(side, self.came) for side in apart(of_rare)))]
        came, weights = self._weighed(np.union1d(without(are, were), new))
        every = np.concatenate([came, lost])
        order = np.argsort(every)
        return every[order], np.append(weights, np.full(len(lost), GONE))[order]

    def joins(self, pairs: Pairs, weights: Bits) -> NDArray[np.bool_]:
        """Which of the pairs that came or went change more than the links of a record that is judged anew by itself: to
        be reviewed with a record that comes changes no set."""
        with_one_that_came = np.logical_or(*(np.isin(side, self.came) for side in apart(pairs)))
        release = self.after.release
        return np.asarray(np.isnan(weights) | (weights >= np.where(with_one_that_came, release.join, release.keep)))

    def _as_before(self) -> Numbers:
        new = self.after.records - self.before.records
        return np.append(self.before.stands_for, np.full(new, NOBODY))

    def _lost(self, pairs: Pairs) -> Pairs:
        """Those of the pairs, which some keys propose no more, that are there and that no other key proposes; and all
        pairs of records that are compared no more."""
        kept_of = layers.pairs_of(self.before.layers, self.went)[0]
        of_gone = each_once(as_one(*apart(kept_of)))
        still = np.logical_and(*(self.after.compared(side) for side in apart(pairs)))
        there = self._there(pairs[still])
        if not len(there):
            return of_gone
        ends = np.unique(np.concatenate(apart(there)))
        held = layers.holders_of(self.after.layers, keys_of(self.after, ends))
        return np.union1d(of_gone, without(there, proposed_by(self.after, held)))

    def _there(self, pairs: Pairs) -> Pairs:
        """Those of the pairs of which anything is kept."""
        known = layers.pairs_of(self.before.layers, np.unique(apart(pairs)[0]))[0]
        return np.intersect1d(pairs, known)

    def _weighed(self, pairs: Pairs) -> tuple[Pairs, Bits]:
        """Those of the pairs of which more is kept than that they weigh little, in order."""
        pairs = without(pairs, self._there(pairs))
        if not len(pairs):
            return NONE, np.empty(0)
        records, places = np.unique(np.concatenate(apart(pairs)), return_inverse=True)
        coded = self.after.coded(self.after.rows(records))
        comparer = Comparer(
            coded, self.after.release.comparisons, self.after.release.shares(coded), self.after.release.columns
        )
        left, right = places.astype(np.int32).reshape(2, -1)
        found, weights = kept(comparer, self.after.release, as_one(left, right))
        return as_one(*(records[side] for side in apart(found))), weights

    def decided(self, after: Growing) -> tuple[Numbers, ...]:
        """The records of which other decisions stand than before, and for which those are compared of which witnesses
        say otherwise."""
        was, now = (current(one.decisions) for one in (self.before, after))
        other = {pair for pair in was.keys() | now.keys() if was.get(pair) != now.get(pair)}
        numbers = after.numbers(key for pair in other for key in pair)
        return np.array(sorted(numbers.values()), np.int32), after.stands_for[self.told]


def _told_otherwise(before: Growing, after: Growing) -> Numbers:
    """The records that are there of which other witnesses tell than before."""
    if before.witnesses is after.witnesses:
        return NO_RECORDS
    other = {*before.witnesses} ^ {*after.witnesses}
    return np.array(sorted(after.numbers(key for one in other for key in one.members).values()), np.int32)


def _of(witnesses: Sequence[Witness], keys: Sequence[RecordKey]) -> list[Witness]:
    """The witnesses who tell of any of these records."""
    here = set(keys)
    return [one for one in witnesses if not here.isdisjoint(one.members)]


def _that_may_fold(after: Growing, records: Numbers) -> Numbers:
    """Those of the records that are there now which these may be folded with, or were."""
    records = np.unique(records)
    keys = np.unique(layers.that_fold(after.keyed(records)))
    alike = layers.holders_of(after.layers, keys).holders
    found = np.union1d(records, alike)
    there: Numbers = found[after.stands_for[found] != NOBODY]
    return there


def _judged(picture: Growing, records: Numbers, held: Sequence[HeldPair]) -> tuple[Linked, Numbers]:
    """What linking finds among these records, which nothing connects with any other; and which those are. The records
    that links to review lead to stand beside them, and those of which a pair is to be asked about."""
    pairs, weights = layers.pairs_of(picture.layers, records)
    other = (pairs & 0xFFFFFFFF).astype(np.int32)
    inside = np.isin(other, records)
    slight = _slight(picture, records, pairs[inside], weights[inside])
    used = inside | (weights >= picture.release.keep)
    pairs, other = pairs[used], other[used]
    looked_at = np.union1d(records, np.append(other, _held_with(picture, records, held)))
    proposed = each_once(np.append(as_one(*apart(pairs)), slight))
    members = picture.members(looked_at)
    table = picture.rows(members)
    left, right = (np.searchsorted(looked_at, side).astype(np.int32) for side in apart(proposed))
    linked = among(
        table,
        picture.coded(table),
        picture.folded(looked_at, members),
        picture.release,
        as_one(left, right),
        picture.decisions,
        picture.unique_sources,
        held,
        _of(picture.witnesses, record_keys(table)),
    )
    touched = np.flatnonzero(np.isin(picture.stands_for[members], records)).astype(np.int32)
    return linked, touched


def _held_with(picture: Growing, records: Numbers, held: Sequence[HeldPair]) -> Numbers:
    """The records that are compared for those of which a pair with one of these records is to be asked about."""
    number = picture.numbers(key for pair in held for key in pair)
    sides = [[number.get(key, -1) for key in pair] for pair in held]
    there = np.array([pair for pair in sides if min(pair) >= 0], np.int32).reshape(-1, 2)
    stand: Numbers = picture.stands_for[there]
    return stand[np.isin(stand, records).any(axis=1)].ravel()


def _slight(picture: Growing, records: Numbers, pairs: Pairs, weights: Bits) -> Pairs:
    """The pairs of these records that are proposed, where also those count that weigh too little to be kept: decisions
    hold sets together of which not every pair is compared, and so do very many links. pairs: that are kept."""
    few = _among_many(picture, records, pairs[weights >= picture.release.join])
    if not len(few):
        return NONE
    found = proposed_by(picture, layers.holders_of(picture.layers, keys_of(picture, few)))
    return found[np.logical_and(*(np.isin(side, few) for side in apart(found)))]


def _among_many(picture: Growing, records: Numbers, links: Pairs) -> Numbers:
    """Those of the records that hang together with more than the limit, or by decisions."""
    decided = picture.decided[np.isin(apart(picture.decided)[0], records)]
    ends = (np.searchsorted(records, side).astype(np.int32) for side in apart(np.append(links, decided)))
    first = components(len(records), *ends)
    by_decision = np.zeros(len(records), bool)
    by_decision[first[np.searchsorted(records, apart(decided)[0])]] = True
    many = np.bincount(first, minlength=len(records)) > picture.release.size_limit
    found: Numbers = records[(many | by_decision)[first]]
    return found


def _anew(picture: Growing, gone: list[RecordKey], held: Sequence[HeldPair]) -> tuple[Growing, Change]:
    """The picture made from the beginning: a column has its first value, or its last is gone, so that all pairs are
    compared by more than before, or by less."""
    records = np.flatnonzero(picture.stands_for != NOBODY).astype(np.int32)
    after = Growing.begin(
        picture.rows(records), picture.release, picture.decisions, picture.unique_sources, picture.witnesses
    )
    compared = np.flatnonzero(after.stands_for == np.arange(after.records)).astype(np.int32)
    return after, Change(gone, *_judged(after, compared, held))
