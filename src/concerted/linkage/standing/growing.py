"""A picture that grows: its records in layers, how they fold, and the pairs of which anything is kept."""

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs, as_one, propose
from concerted.linkage.coded import PARTS_OF_BIRTH, Coded, Numbers
from concerted.linkage.compare import Comparer
from concerted.linkage.decisions import Decision, current
from concerted.linkage.folding import Folded, fold, listed_once
from concerted.linkage.hashes import Hashes
from concerted.linkage.levels import Comparison
from concerted.linkage.link import of_one_list, record_keys
from concerted.linkage.release import Release
from concerted.linkage.standing import layers
from concerted.linkage.standing.columns import OfPicture
from concerted.linkage.standing.few import Ready
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.known import Known
from concerted.linkage.standing.layers import Bits, Layer, families
from concerted.linkage.standing.runs import NO_LAYERS, Merged, Run
from concerted.linkage.standing.shelved import Kinds
from concerted.linkage.weigh import least_kept, likely
from concerted.linkage.witnesses import Witness, confused

NOBODY: Final = np.int32(-1)  # stands for a record that is gone


@dataclass(frozen=True, eq=False)
class Growing:
    """A picture to which records come and from which they go. Nothing in it is ever changed: a change makes another.

    release: bound. decisions: all, in the order in which they were made. layers: the records by their numbers, those of
    the first layer first. stands_for: for each record the one that is compared for all that hold the same, of the
    lowest id among them; NOBODY of one that is gone. stood_for: those for which another is compared, behind that one in
    the upper half, in order. others: columns of the profiles' own naming. filled: how many of those that are compared
    have a value, by column. witnesses: what third records say.
    """

    release: Release
    unique_sources: frozenset[str]
    decisions: tuple[Decision, ...]
    layers: tuple[Layer, ...]
    stands_for: Numbers
    stood_for: Pairs
    others: tuple[str, ...]
    filled: Mapping[str, int]
    witnesses: tuple[Witness, ...] = ()
    merged: Merged = field(default=NO_LAYERS, repr=False)  # of some of the layers, as a picture before left it
    settled: tuple[tuple[Decision, ...], Pairs] | None = field(
        default=None, repr=False
    )  # `decided` of these, as before
    known: Known = field(default_factory=Known, repr=False)

    @classmethod
    def begin(
        cls,
        table: pa.Table,
        release: Release,
        decisions: Sequence[Decision] = (),
        unique_sources: frozenset[str] = frozenset(),
        witnesses: Sequence[Witness] = (),
    ) -> "Growing":
        """The picture of these records, standardised, with every pair proposed and weighed as `link` does."""
        whole, others = Coded(table), tuple(layers.others_of(table))
        named = {key for pair in current(decisions) for key in pair}
        folded = folded_as_said(table, whole, named, unique_sources, witnesses)
        coded = whole.take(folded.named)
        found = propose(coded, families(others))
        proposed = as_one(found.left, found.right)
        proposed = proposed[~of_one_list(listed_once(coded, unique_sources), proposed)]
        pairs, weights = kept(
            Comparer(coded, release.comparisons, release.shares(coded), release.columns), release, proposed
        )
        left, right = (folded.named[side] for side in (pairs >> 32, pairs & 0xFFFFFFFF))
        layer = with_pairs(Layer.of(table, others, 0), as_one(left, right), weights)
        stands_for = folded.named[folded.of]
        return cls(
            release,
            unique_sources,
            tuple(decisions),
            (layer,),
            stands_for,
            stood_for(stands_for, np.arange(len(stands_for), dtype=np.int32)),
            others,
            filled(coded),
            tuple(witnesses),
        )

    @property
    def records(self) -> int:
        """How many numbers were given; some of their records may be gone."""
        return len(self.stands_for)

    def compared(self, records: Numbers) -> NDArray[np.bool_]:
        """For each of these records whether it is compared: it stands for itself, and maybe for others."""
        return np.asarray(self.stands_for[records] == records)

    def members(self, compared: Numbers) -> Numbers:
        """These records, and all for which they are compared, in order."""
        begins, ends = (np.searchsorted(self.stood_for, (compared.astype(np.int64) + one) << 32) for one in (0, 1))
        others = self.stood_for[layers.slices(begins, ends)] & 0xFFFFFFFF
        return np.sort(np.append(compared, others.astype(np.int32)))

    @cached_property
    def runs(self) -> tuple[Run, ...]:
        """What the layers hold, in few pieces."""
        return self.merged.of(self.layers).runs

    @cached_property
    def begins(self) -> tuple[int, ...]:
        """The number of each layer's first record."""
        return tuple(accumulate((layer.table.num_rows for layer in self.layers), initial=0))

    def record(self, number: int) -> OfPicture:
        """One record, of which nothing is read before it is asked for."""
        at = bisect_right(self.begins, number) - 1
        return OfPicture(self.layers[at].rows, number - self.begins[at])

    @property
    def columns(self) -> frozenset[str]:
        """The columns in which any record that is compared has a value."""
        return frozenset(name for name, many in self.filled.items() if many)

    def told_of(self, keys: Iterable[RecordKey]) -> list[Witness]:
        """The witnesses who tell of any of these records, each once."""
        told = self.known.told(self.witnesses)
        return list(dict.fromkeys(one for key in keys if key in told for one in told[key]))

    def ready(self) -> Ready:
        """What pairs are compared by, one by one."""
        return self.known.ready(self.columns, lambda: self._comparer)

    @property
    def kinds(self) -> Kinds:
        """The kinds of its keys."""
        return self.known.kinds(self.others)

    def holders(self, keys: Hashes) -> Keyed:
        """As `layers.holders_of`."""
        return layers.holders_of(self.runs, keys)

    def pairs_of(self, records: Numbers) -> tuple[Pairs, Bits]:
        """As `layers.pairs_of`."""
        return layers.pairs_of(self.runs, records)

    def refining(self, name: str, records: Numbers) -> Hashes:
        """As `layers.refining_of`."""
        return layers.refining_of(self.layers, self.begins, name, records)

    def every(self, name: str) -> Hashes:
        """The same of all records."""
        return np.concatenate([layer.refining[name] for layer in self.layers])

    def rows(self, records: Numbers) -> pa.Table:
        """The standardised rows of these records, which are in order."""
        return layers.rows_of(self.layers, self.begins, records)

    def keyed(self, records: Numbers) -> Keyed:
        """Every key of these records, which are in order. Those of the last layer have theirs at hand."""
        last = self.layers[-1]
        new = np.searchsorted(records, self.records - last.table.num_rows)
        rows = np.isin(last.found.holders, records[new:])
        found = Keyed(last.found.keys[rows], last.found.holders[rows])
        if not new:
            return found
        older = layers.keys_of(self.coded(self.rows(records[:new])), self.others)
        made, holders = np.append(found.keys, older.keys), np.append(found.holders, records[older.holders])
        order = np.argsort(made, kind="stable")
        return Keyed(made[order], holders[order])

    def coded(self, table: pa.Table) -> Coded:
        """Some of the records as numbers, compared as far as all of them go."""
        return Coded(table, self.columns)

    @cached_property
    def comparisons(self) -> tuple[Comparison, ...]:
        """What is compared, as far as the records go."""
        return self._comparer.comparisons

    @property
    def _comparer(self) -> Comparer:
        coded = self.coded(self.layers[0].table.slice(0, 0))
        return Comparer(coded, self.release.comparisons, self.release.shares(coded), self.release.columns)

    def numbers(self, asked: Iterable[RecordKey]) -> dict[RecordKey, int]:
        """The numbers of those of these records that are there."""
        wanted = set(asked)
        holders = self.holders(layers.keys_of_themselves(sorted(wanted))).holders
        there = np.sort(holders[self.stands_for[holders] != NOBODY])
        names = zip(self.keys(there), there.tolist(), strict=True)
        return {name: number for name, number in names if name in wanted}

    def keys(self, records: Numbers) -> list[RecordKey]:
        """The keys of these records, which are in order."""
        named = (self.record(number) for number in records.tolist())
        return [RecordKey(one["source"], one["record_id"]) for one in named]

    @cached_property
    def decided(self) -> Pairs:
        """The pairs of records that are there of which anything is decided, both ways round, in order."""
        if self.settled and self.settled[0] is self.decisions:
            return self.settled[1]
        now = self.known.standing(self.decisions)
        number = self.numbers(key for pair in now for key in pair)
        pairs = [(number[one], number[two]) for one, two in now if one in number and two in number]
        return np.array(sorted(a << 32 | b for one, two in pairs for a, b in ((one, two), (two, one))), np.int64)

    def connected(self, records: Numbers) -> Numbers:
        """These records, and all that chains of links or of decisions connect them with."""
        found = newest = np.unique(records)
        while len(newest):
            pairs, weights = self.pairs_of(newest)
            linked = (pairs[weights >= self.release.join] & 0xFFFFFFFF).astype(np.int32)
            newest = np.setdiff1d(np.append(linked, self.decided_with(newest)), found)
            found = np.union1d(found, newest)
        return found

    def decided_with(self, records: Numbers) -> Numbers:
        """The records that are named by a decision together with one of these, which are in order."""
        begins, ends = (np.searchsorted(self.decided, (records.astype(np.int64) + one) << 32) for one in (0, 1))
        others: Numbers = (self.decided[layers.slices(begins, ends)] & 0xFFFFFFFF).astype(np.int32)
        return others

    def folded(self, compared: Numbers, members: Numbers) -> Folded:
        """How these members fold, by their places: the compared among them stand for all."""
        kept = np.searchsorted(members, compared).astype(np.int32)
        return Folded(kept, np.searchsorted(compared, self.stands_for[members]).astype(np.int32), kept)


def stood_for(stands_for: Numbers, among: Numbers) -> Pairs:
    """Those of some records for which another is compared, as `Growing` has them."""
    by = stands_for[among]
    at = np.flatnonzero((by != NOBODY) & (by != among))
    return np.sort(by[at].astype(np.int64) << 32 | among[at])


def folded_as_said(
    table: pa.Table,
    coded: Coded,
    named: Collection[RecordKey],
    unique_sources: frozenset[str],
    witnesses: Sequence[Witness],
) -> Folded:
    """How these records fold. named: those of which a decision speaks, which stand for themselves, as do those that a
    witness tells apart."""
    folded = fold(coded, by_themselves(table, named), unique_sources)
    if not witnesses:
        return folded
    keys = record_keys(table)
    parted = {*confused(witnesses, dict(zip(keys, folded.of.tolist(), strict=True)))}
    return fold(coded, by_themselves(table, {*named, *parted}), unique_sources) if parted else folded


def by_themselves(table: pa.Table, named: Iterable[RecordKey]) -> list[int]:
    """The places of the named records."""
    wanted = set(named)
    if not wanted:
        return []
    ids = pc.is_in(table["record_id"].cast(pa.string()), pa.array([key.record_id for key in wanted], pa.string()))
    at = np.flatnonzero(ids.to_numpy())
    some = table.select(["source", "record_id"]).take(pa.array(at))
    keys = record_keys(some)
    return [place for place, key in zip(at.tolist(), keys, strict=True) if key in wanted]


def kept(comparer: Comparer, release: Release, proposed: Pairs) -> tuple[Pairs, Bits]:
    """Those of the proposed pairs of which more is kept than that they weigh little, with their weights."""
    found, _ = likely(comparer, release, proposed)
    assert (found.weight >= least_kept(release)).all()
    return as_one(found.compared.left, found.compared.right), found.weight


def with_pairs(layer: Layer, pairs: Pairs, weights: Bits) -> Layer:
    """The layer with these pairs."""
    return Layer(layer.table, layer.found, layer.refining, *layers.both_ways(pairs, weights), layer.rows)


def filled(coded: Coded) -> dict[str, int]:
    """How many of these records have a value, by column."""
    names = [name for name in (*coded.names, *PARTS_OF_BIRTH) if name != "n"]
    return {name: _many(coded.numbers(name)) for name in names}


def _many(numbers: Numbers) -> int:
    return int(np.count_nonzero(numbers if numbers.ndim == 1 else numbers[:, 0]))
