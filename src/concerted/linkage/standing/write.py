"""A picture written down so that a question can be looked up in it: arrays in files, each in one piece."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.linkage import hashes
from concerted.linkage.candidates import Pairs, apart
from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.conditions import columns_of
from concerted.linkage.folding import fold
from concerted.linkage.hashes import Hashes
from concerted.linkage.keys import Family
from concerted.linkage.release import Release
from concerted.linkage.standard import OTHER, other_columns, standardise
from concerted.linkage.standing import keyed, near, texts

FORM: Final = 1  # of these files
ABOUT: Final = "about.json"
RELEASE: Final = "release.json"
REFINED_BY: Final = ("year", "birthday", "district")
OF_THE_RECORD: Final = ("source", "record_id")


@dataclass(frozen=True, slots=True)
class Picture:
    """What linking made of some records. Record numbers are in the order of the files and the rows in them.

    entity: of each record the id of its entity. permanent: its own. arrival: when it came. joined: the links, left in
    the upper half. by_themselves: records that a decision names. unique_sources: sources that list nobody twice.
    """

    release: Release
    entity: Sequence[str]
    permanent: Sequence[str]
    arrival: Sequence[int]
    joined: Pairs
    by_themselves: Sequence[int] = ()
    unique_sources: frozenset[str] = frozenset()


def write(folder: Path, records: Sequence[Path], picture: Picture) -> None:
    """Write the picture of these records into a folder, which is there and empty."""
    table = standardise(records)
    whole = Coded(table)
    folded = fold(whole, picture.by_themselves, picture.unique_sources)
    save = _saver(folder)
    columns = _Columns(whole.take(folded.kept), _looked_at(table, picture.release))
    save(columns.texts())
    layout = columns.layout()
    save({"rows": columns.rows(layout)})
    save({f"of_{name}": columns.numbers(name) for name in (*REFINED_BY, "source")})
    others = [name for name in table.column_names if name.startswith(OTHER)]
    _write_keys(folder, keyed.families(others), columns)
    save(near.arrays_of(columns.words()))
    save(_entities(picture, folded.kept, folded.of))
    about = {
        "form": FORM,
        "records": len(folded.kept),
        "layout": layout,
        "others": {name: other_columns(records)[name] for name in others},
        "unique_sources": sorted(picture.unique_sources),
    }
    (folder / RELEASE).write_text(picture.release.to_json(), encoding="utf-8")
    (folder / ABOUT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")


def _looked_at(table: pa.Table, release: Release) -> list[str]:
    """The columns that are compared or make keys, and whose records they are."""
    compared = set(OF_THE_RECORD).union(*(one.columns for one in release.comparisons))
    compared |= set().union(*(columns_of(row.when) for row in release.constraints if row.when))
    made = {piece.partition(":")[0] for family in keyed.families() for piece in family.pieces}
    return sorted((compared | made | set(REFINED_BY)) & {*table.column_names, "month", "day", "birthday"})


def _saver(folder: Path) -> Callable[[Mapping[str, NDArray[Any]]], None]:
    def save(arrays: Mapping[str, NDArray[Any]]) -> None:
        for name, array in arrays.items():
            np.save(folder / f"{name}.npy", array)

    return save


class _Columns:
    """The columns of the records, their texts by numbers that are the same in every column."""

    def __init__(self, coded: Coded, names: Iterable[str]) -> None:
        self._coded = coded
        self._names = [name for name in names if coded.has(name)]
        worded = [name for name in self._names if len(coded[name].texts)]
        held = (pa.array(coded[name].texts[1:], pa.string()) for name in worded)
        self._every, numbers = texts.numbered(held)
        self._numbers = {name: np.append(np.int32(0), one) for name, one in zip(worded, numbers, strict=True)}
        self._hashes = hashes.of_texts(self._every)

    def texts(self) -> texts.Arrays:
        """As `Texts` reads them."""
        return texts.arrays_of(self._every)

    def numbers(self, name: str) -> Numbers:
        """The numbers of a column's values."""
        own = self._coded.numbers(name)
        return self._numbers[name][own] if name in self._numbers else own

    def pieces(self, piece: str) -> Hashes:
        """The hashes of a piece of a key."""
        column, _, length = piece.partition(":")
        if column not in self._numbers:
            return hashes.of_numbers(self._coded.numbers(column))
        if not length:
            return self._hashes[self.numbers(column)]
        beginnings = pc.utf8_slice_codeunits(pa.array(self._coded[column].texts, pa.string()), 0, int(length))
        return hashes.of_texts(beginnings)[self._coded.numbers(column)]

    def has(self, piece: str) -> bool:
        """Whether any record has one."""
        return self._coded.has(piece.partition(":")[0])

    def layout(self) -> dict[str, tuple[int, int, bool]]:
        """Where each column stands in a row: its first place, the place after its last, and whether it is a list."""
        widths = [1 if (one := self._coded.numbers(name)).ndim == 1 else one.shape[1] for name in self._names]
        ends = np.cumsum([0, *widths]).tolist()
        return {
            name: (one, other, self._coded[name].is_list)
            for name, (one, other) in zip(self._names, pairwise(ends), strict=True)
        }

    def rows(self, layout: Mapping[str, tuple[int, int, bool]]) -> Numbers:
        """A row of numbers for each record."""
        made = np.zeros((self._coded.records, max((end for _, end, _ in layout.values()), default=0)), np.int32)
        for name, (begin, end, _) in layout.items():
            made[:, begin:end] = self.numbers(name).reshape(len(made), -1)
        return made

    def words(self) -> tuple[NDArray[np.int32], pa.Array]:
        """The numbers of the words of names, and the words."""
        if "words" not in self._numbers:
            return np.empty(0, np.int32), pa.array([], pa.string())
        numbers = self._numbers["words"][1:]
        return numbers, self._every.take(pa.array(numbers))


def _write_keys(folder: Path, families: Sequence[Family], columns: _Columns) -> None:
    found = [
        keyed.keyed(family, place, columns.pieces)
        for place, family in enumerate(families)
        if all(map(columns.has, family.pieces))
    ]
    for name, kind in (("keys", np.uint64), ("holders", np.int32)):
        parts = [getattr(one, name) for one in found]
        np.save(folder / f"{name}.npy", np.concatenate([np.empty(0, kind), *parts]))


def _entities(picture: Picture, kept: Numbers, of: Numbers) -> dict[str, NDArray[Any]]:
    """The entities, and their records and links one after the other."""
    ids, entity = np.unique(np.array(picture.entity, "S")[kept], return_inverse=True)
    members = np.argsort(entity, kind="stable").astype(np.int32)
    left, right = (of[side] for side in apart(picture.joined))
    apart_still = left != right
    left, right = left[apart_still], right[apart_still]
    order = np.argsort(entity[left], kind="stable")
    bounds = np.arange(len(ids) + 1)
    return {
        "entity": entity.astype(np.int32),
        "entity_ids": ids,
        "members": members,
        "member_starts": np.searchsorted(entity[members], bounds),
        "link_left": left[order],
        "link_right": right[order],
        "link_starts": np.searchsorted(entity[left[order]], bounds),
        "permanent": np.array(picture.permanent, "S")[kept],
        "arrival": np.array(picture.arrival, np.int64)[kept],
    }
