"""What one delivery put into a picture that grows: its records, their keys, and the pairs that it changed."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.linkage import hashes, keys
from concerted.linkage.candidates import Pairs
from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.folding import identified
from concerted.linkage.hashes import Hashes
from concerted.linkage.keys import Family
from concerted.linkage.standard import OTHER
from concerted.linkage.standing import keyed
from concerted.linkage.standing.columns import Rows
from concerted.linkage.standing.keyed import Keyed, OfPiece

Bits = NDArray[np.float64]
REFINED_BY: Final = ("year", "birthday", "district")
# Two keys beside those of the families: of what records must share to be folded, and of the record itself.
FOLDED_BY: Final = ("source", "given", "family", "dob", *ONE_A_PERSON, "local_id")
FOLDING, ITSELF = 126, 127
SIDES: Final = ("left", "right")
_NOBODY: Final = np.empty(0, np.int32)
GONE: Final = float("nan")  # the weight of a pair that is not there any more


class Looked(Protocol):
    """Where keys and pairs are looked up."""

    @property
    def found(self) -> Keyed: ...
    @property
    def pairs(self) -> Pairs: ...
    @property
    def weights(self) -> Bits: ...


@dataclass(frozen=True, eq=False)
class Layer:
    """table: standardised records. found: their keys. refining: what keys are refined by, a number a record. pairs,
    weights: pairs that came, changed or went (GONE) with this delivery, both ways round and in order, by the records'
    numbers among all."""

    table: pa.Table
    found: Keyed
    refining: dict[str, Hashes]
    pairs: Pairs
    weights: Bits
    read: Rows | None = None

    @cached_property
    def rows(self) -> Rows:
        """Its records, a value at a time."""
        return self.read or Rows(self.table)

    @classmethod
    def of(cls, table: pa.Table, others: Sequence[str], begin: int) -> "Layer":
        """The layer of these records, the first of which has the number `begin`; as yet without pairs."""
        coded = Coded(table)
        found = keys_of(coded, others)
        refining = {name: _pieces(coded)(name) for name in REFINED_BY}
        holders = found.holders + np.int32(begin)
        return cls(table, Keyed(found.keys, holders), refining, np.empty(0, np.int64), np.empty(0))


def families(others: Sequence[str]) -> tuple[Family, ...]:
    """The families, in the order that their keys say."""
    return (*keys.FAMILIES, *keys.others(tuple(others)))


def keys_of(coded: Coded, others: Sequence[str]) -> Keyed:
    """Every key of these records, in order; holders are their places."""
    pieces = _pieces(coded)
    found = [keyed.keyed(one, place, pieces) for place, one in enumerate(families(others))]
    found += [_folding(coded, pieces), _one_each(itself(*(pieces(name) for name in ("source", "record_id"))))]
    return Keyed(*(np.concatenate(part) for part in zip(*found, strict=True)))


def itself(source: Hashes, record_id: Hashes) -> Hashes:
    """The keys of records of these names."""
    return _placed(hashes.with_another(source, record_id), ITSELF)


def keys_of_themselves(names: Sequence[RecordKey]) -> Hashes:
    """The same, each once, in order."""
    parts = (pa.array([name[at] for name in names], pa.string()) for at in (0, 1))
    return np.unique(itself(*map(hashes.of_texts, parts)))


def of_families(found: Keyed, others: Sequence[str]) -> list[tuple[Family, Keyed]]:
    """The keys of each family."""
    known = families(others)
    ends = np.searchsorted(found.keys, np.arange(len(known) + 1, dtype=np.uint64) << np.uint64(keyed.FAMILY_AT))
    parts = zip(known, ends[:-1].tolist(), ends[1:].tolist(), strict=True)
    return [(one, Keyed(found.keys[at:end], found.holders[at:end])) for one, at, end in parts if at < end]


def that_fold(found: Keyed) -> Hashes:
    """Those of the keys that records must share to be folded."""
    begin, end = np.searchsorted(found.keys, [np.uint64(place << keyed.FAMILY_AT) for place in (FOLDING, ITSELF)])
    return found.keys[begin:end]


def _folding(coded: Coded, pieces: OfPiece) -> Keyed:
    made = np.zeros(len(pieces("source")), np.uint64)
    for piece in FOLDED_BY:
        made = hashes.with_another(made, pieces(piece))
    can = np.flatnonzero(identified(coded))
    found = _one_each(_placed(made[can], FOLDING))
    return Keyed(found.keys, can[found.holders].astype(np.int32))


def _placed(made: Hashes, place: int) -> Hashes:
    return made & np.uint64(keyed.BELOW) | np.uint64(place << keyed.FAMILY_AT)


def _one_each(made: Hashes) -> Keyed:
    """Of each record one key, in order."""
    order = np.argsort(made, kind="stable").astype(np.int32)
    return Keyed(made[order], order)


def _pieces(coded: Coded) -> OfPiece:
    """The hashes of the pieces of these records, each worked out once."""
    known: dict[str, Hashes] = {}

    def of(piece: str) -> Hashes:
        if piece not in known:
            known[piece] = _hashed(coded, piece)
        return known[piece]

    return of


def _hashed(coded: Coded, piece: str) -> Hashes:
    name, _, length = piece.partition(":")
    column = coded[name]
    if not len(column.texts):
        return hashes.of_numbers(column.numbers)
    texts: Any = pa.array(column.texts, pa.string())
    if length:
        texts = pc.utf8_slice_codeunits(texts, 0, int(length))
    return hashes.of_texts(texts)[column.numbers]


def slices(begins: NDArray[Any], ends: NDArray[Any]) -> NDArray[np.intp]:
    """The places in all of these slices, one slice after the other."""
    sizes = ends - begins
    return np.repeat(begins - (np.cumsum(sizes) - sizes), sizes) + np.arange(sizes.sum())


def holders_of(layers: Sequence[Looked], asked: Hashes) -> Keyed:
    """Every record that holds one of these keys, which are in order and each once; by key, then by record."""
    found_keys, found = [np.empty(0, np.uint64)], [np.empty(0, np.int32)]
    for layer in layers:
        begins, ends = (np.searchsorted(layer.found.keys, asked, side) for side in SIDES)
        found_keys.append(np.repeat(asked, ends - begins))
        found.append(layer.found.holders[slices(begins, ends)])
    made, holders = np.concatenate(found_keys), np.concatenate(found)
    if len(layers) > 1:
        order = np.argsort(made, kind="stable")
        made, holders = made[order], holders[order]
    return Keyed(made, holders)


def holders_of_each(layers: Sequence[Looked], asked: Hashes) -> list[Numbers]:
    """For each of these keys every record that holds it, in order; quick where they are few and their holders many."""
    found: list[list[Numbers]] = [[] for _ in asked]
    for layer in layers:
        begins, ends = (layer.found.keys.searchsorted(asked, side).tolist() for side in SIDES)
        for held, begin, end in zip(found, begins, ends, strict=True):
            if begin < end:
                held.append(layer.found.holders[begin:end])
    return [held[0] if len(held) == 1 else np.concatenate([_NOBODY, *held]) for held in found]


def pairs_of(layers: Sequence[Looked], records: Numbers) -> tuple[Pairs, Bits]:
    """The pairs of these records with any other that are there, each with that of the records first that was asked for,
    in order. records: in order, each once."""
    begins_at = records.astype(np.int64) << 32
    found, weights = [np.empty(0, np.int64)], [np.empty(0)]
    for layer in layers:
        begins, ends = (np.searchsorted(layer.pairs, at) for at in (begins_at, begins_at + (1 << 32)))
        rows = slices(begins, ends)
        found.append(layer.pairs[rows])
        weights.append(layer.weights[rows])
    return _latest(np.concatenate(found), np.concatenate(weights))


def _latest(pairs: Pairs, weights: Bits) -> tuple[Pairs, Bits]:
    """Of each pair what was said of it last, but for those that are gone."""
    order = np.argsort(pairs, kind="stable")
    pairs, weights = pairs[order], weights[order]
    last = np.append(pairs[1:] != pairs[:-1], True)[: len(pairs)] & ~np.isnan(weights)
    return pairs[last], weights[last]


def both_ways(pairs: Pairs, weights: Bits) -> tuple[Pairs, Bits]:
    """Pairs (the lower record first) both ways round, in order."""
    round_about = pairs >> 32 | (pairs & 0xFFFFFFFF) << 32
    every, of_each = np.append(pairs, round_about), np.append(weights, weights)
    order = np.argsort(every, kind="stable")
    return every[order], of_each[order]


def refining_of(layers: Sequence[Layer], begins: Sequence[int], name: str, records: Numbers) -> Hashes:
    """What keys of these records, which are in order, are refined by. begins: the numbers of the layers' first."""
    parts = [layer.refining[name][rows] for layer, rows in _of_each(layers, begins, records)]
    return parts[0] if len(parts) == 1 else np.concatenate([np.empty(0, np.uint64), *parts])


def rows_of(layers: Sequence[Layer], begins: Sequence[int], records: Numbers) -> pa.Table:
    """The standardised rows of these records, which are in order; texts are plain. begins: as above."""
    none = _plain(layers[0].table.slice(0, 0))
    parts = [_plain(layer.table.take(pa.array(rows))) for layer, rows in _of_each(layers, begins, records)]
    table = pa.concat_tables([none, *parts], promote_options="default")
    return table.set_column(table.column_names.index("n"), "n", pa.array(np.arange(len(records), dtype=np.int32)))


def _of_each(layers: Sequence[Layer], begins: Sequence[int], records: Numbers) -> Iterator[tuple[Layer, Numbers]]:
    """Each layer that any of these records, which are in order, lies in, and their rows there."""
    at = 0
    while at < len(records):
        layer = bisect_right(begins, records[at], hi=len(layers)) - 1
        end = bisect_left(records, begins[layer + 1], lo=at)
        yield layers[layer], records[at:end] - begins[layer] if begins[layer] else records[at:end]
        at = end


def _plain(table: pa.Table) -> pa.Table:
    columns = {name: table[name] for name in table.column_names}
    return pa.table(
        {
            name: one.cast(one.type.value_type) if pa.types.is_dictionary(one.type) else one
            for name, one in columns.items()
        }
    )


def others_of(table: pa.Table) -> list[str]:
    """The columns of the profiles' own naming."""
    return [name for name in table.column_names if name.startswith(OTHER)]
