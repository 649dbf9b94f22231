"""The entities of a scope: of any set of whole cells as if there were no others, from links that are computed once.

Weights are computed once over all cells, since each follows from two records and the release. What a scope holds is
then found at reading: all of its entities, or that of one record, by walking the links around it that the scope holds.
Nothing is stored for a scope. It is what `link` gives of the records of these cells alone, with the same release and
with the decisions and witnesses that count there, to the last record.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs, apart, each_once, without
from concerted.linkage.cells import CellOf, numbers_of_cells
from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.compare import Comparer
from concerted.linkage.decisions import Decision
from concerted.linkage.folding import Folded, fold, listed_once
from concerted.linkage.link import as_said, claims_of, of_one_list, pairs_decided, proposed_of, record_keys, settled_of
from concerted.linkage.once import Once, Worth
from concerted.linkage.partition import Claims, Links, partition
from concerted.linkage.release import Release
from concerted.linkage.scoped import Scoped
from concerted.linkage.standard import standardise
from concerted.linkage.weigh import to_judge
from concerted.linkage.witnesses import Witness, judged, told, with_vetoes

KEPT: Final = 32  # scopes, of which what is said in them is kept in mind


class Entities(NamedTuple):
    """The entities of a scope. keys: its records, in the order in which they came. entity: for each of them the place
    of the first record of its entity."""

    keys: list[RecordKey]
    entity: list[int]

    def sets(self) -> list[tuple[RecordKey, ...]]:
        """The records of each entity, the earliest first."""
        found: dict[int, list[RecordKey]] = {}
        for key, first in zip(self.keys, self.entity, strict=True):
            found.setdefault(first, []).append(key)
        return [tuple(members) for members in found.values()]


@dataclass(frozen=True)
class Scopes:
    """Records of several cells with all links between them. `compared` makes it."""

    keys: list[RecordKey]
    cell_of: CellOf
    decisions: Sequence[Decision]
    witnesses: Sequence[Witness]
    _whole: Coded
    _alike: Folded
    _once: Once
    _claims: Claims
    _said: dict[frozenset[str], Scoped] = field(default_factory=dict)

    def partition(self, scope: Collection[str]) -> Entities:
        """The entities of the records of these cells."""
        held, numbers = frozenset(scope), self._numbers_of_cells
        wanted = np.array([cell in held for cell in self._cells], bool)
        records = np.flatnonzero(wanted[numbers]).astype(np.int32)
        return Entities([self.keys[at] for at in records.tolist()], self._entities(records, held).tolist())

    def entity_of(self, record: RecordKey, scope: Collection[str]) -> tuple[RecordKey, ...]:
        """The records of this one's entity in a scope, the earliest first; none where the scope does not hold it, or
        there is no such record: nothing tells the two apart."""
        held, number = frozenset(scope), self._number.get(record)
        if number is None or self.cell_of(record) not in held:
            return ()
        records = self._around(number, held)
        entity = self._entities(records, held)
        members = records[entity == entity[np.searchsorted(records, number)]]
        return tuple(self.keys[at] for at in members.tolist())

    def _around(self, record: int, scope: frozenset[str]) -> Numbers:
        """The records that chains of links and decisions in the scope lead to from one of its own, and those that say
        the same as any of them."""
        said, reached = self._scoped(scope), {int(self._alike.of[record])}
        wanted = np.array([cell in scope for cell in self._cells], bool)
        for place in (order := list(reached)):
            decided = (other for member in self._members(place).tolist() for other in said.beside(member))
            others = {*self._once.beside(place), *(int(self._alike.of[other]) for other in decided)}
            new = [one for one in others - reached if wanted[self._numbers_of_cells[self._alike.kept[one]]]]
            reached.update(new)
            order += new
        return np.sort(np.concatenate([self._members(place) for place in order]))

    def _entities(self, records: Numbers, scope: frozenset[str]) -> Numbers:
        """For each of these records of a scope the place of the first of its entity. records: in order, with all in the
        scope that chains of links or decisions lead to."""
        if not len(records):
            return records
        said, keys = self._scoped(scope), [self.keys[at] for at in records.tolist()]
        decisions, witnesses = said.decisions(records.tolist()), said.witnesses(records.tolist())
        places = np.unique(self._alike.of[records])
        first = np.searchsorted(records, self._alike.kept[places]).astype(np.int32)
        of_first = np.searchsorted(places, self._alike.of[records]).astype(np.int32)
        alike = Folded(first, of_first, np.searchsorted(records, self._alike.named[places]).astype(np.int32))
        folded = as_said(alike, keys, decisions, witnesses)
        settled = settled_of([keys[at] for at in folded.kept.tolist()], decisions)
        links = self._links(places, alike, folded, np.array([one << 32 | two for one, two in settled], np.int64))
        of = dict(zip(keys, folded.of.tolist(), strict=True)) if witnesses else {}
        tells = told(witnesses, self._once.release.witnessed, of)
        own = {int(folded.of[at]): self._claims[one] for at, one in enumerate(records.tolist()) if one in self._claims}
        release, named = self._once.release, records[folded.named]
        entity, _, _ = partition(
            len(folded.kept),
            judged(links, tells),
            join=release.join,
            set_mean=release.set_mean,
            same=pairs_decided(settled, "same"),
            apart=pairs_decided(settled, "different"),
            claims=with_vetoes(own, tells),
            places=lambda some: self._whole.by_key(named[some]),
            limit=release.limit,
        )
        found: Numbers = folded.kept[entity][folded.of]
        return found

    def _links(self, places: Numbers, alike: Folded, folded: Folded, asked: Pairs) -> Links:
        """The links among records that stand for themselves or others. asked: the decided pairs."""
        once, of = self._once, places[alike.of[folded.kept]]

        def worth(pairs: Pairs) -> Worth:
            left, right = apart(pairs)
            return once.of(of[left], of[right])

        proposed = alike.carried(once.among(places), folded)
        known, enough = once.proposed(*(of[side] for side in apart(proposed)))
        decided = without(each_once(asked), proposed)
        of_decided, of_likely, slight = worth(decided), known.take(enough), proposed[~enough]
        weighed = np.append(proposed[enough], decided)
        strong = Links(*apart(weighed), np.append(of_likely.weight, of_decided.weight))
        missing, needed = to_judge(strong, proposed, slight, asked, len(of), once.release)
        rest = np.append(slight[needed], missing)
        counted = np.concatenate([one.counted for one in (of_likely, of_decided, worth(rest))])
        return Links(*apart(np.append(weighed, rest)), counted)

    def _scoped(self, scope: frozenset[str]) -> Scoped:
        if scope not in self._said:
            if len(self._said) >= KEPT:
                self._said.clear()
            self._said[scope] = Scoped(scope, self._number, self.decisions, self.witnesses, self.cell_of)
        return self._said[scope]

    def _members(self, place: int) -> Numbers:
        """The records that one stands for, and itself."""
        order, begins = self._by_place
        return order[begins[place] : begins[place + 1]]

    @cached_property
    def _by_place(self) -> tuple[Numbers, Numbers]:
        many = np.bincount(self._alike.of, minlength=len(self._alike.kept))
        order = np.argsort(self._alike.of, kind="stable").astype(np.int32)
        return order, np.append(0, np.cumsum(many)).astype(np.int32)

    @cached_property
    def _number(self) -> dict[RecordKey, int]:
        return {key: at for at, key in enumerate(self.keys)}

    @cached_property
    def _cells(self) -> list[str]:
        return list(dict.fromkeys(map(self.cell_of, self.keys)))

    @cached_property
    def _numbers_of_cells(self) -> Numbers:
        found = numbers_of_cells(self.keys, self.cell_of)
        return np.zeros(len(self.keys), np.int32) if found is None else found


def compared(
    records: Sequence[Path],
    release: Release,
    cells: CellOf,
    *,
    decisions: Sequence[Decision] = (),
    witnesses: Sequence[Witness] = (),
    unique_sources: frozenset[str] = frozenset(),
) -> Scopes:
    """Compare the records in these Parquet files once, for every scope there can be.

    release: bound, so that a weight follows from two records and it alone. cells: the cell that a record lies in, and a
    witness's record. decisions, witnesses: all there are; which of them count is told by the scope. unique_sources:
    sources that list nobody twice. Raises UsedWronglyError where the release is not bound.
    """
    if release.prior is None or not release.frequencies or not release.columns:
        raise UsedWronglyError(
            f"the release {release.name} is not bound to any records",
            why="how common values are would be counted over all cells, and show what is in those that are not seen",
            mend="give the release of a result: link once, and take `release` of what it gives",
        )
    table = standardise(records)
    keys = record_keys(table)
    whole, in_cell = Coded(table), numbers_of_cells(keys, cells)
    alike = fold(whole, (), unique_sources, in_cell)
    coded = whole.take(alike.kept)
    proposed, _ = proposed_of(coded, table, None if in_cell is None else in_cell[alike.kept])
    proposed = proposed[~of_one_list(listed_once(coded, unique_sources), proposed)]
    comparer = Comparer(coded, release.comparisons, release.shares(coded), release.columns)
    once, claims = Once(comparer, release, proposed), claims_of(table, unique_sources)
    return Scopes(keys, cells, decisions, witnesses, whole, alike, once, claims)
