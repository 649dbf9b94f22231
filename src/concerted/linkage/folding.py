"""Records that say the same of the same person, taken as one before anything is counted, proposed or compared.

A source that mentions somebody three hundred times would make the name look common, fill every key with it, and ask for
45,000 comparisons that say one thing. Two records are folded if they are of one source and one cell, hold the same in
every column that may be compared, and hold enough to be one person's: a full name with a full date of birth, or a
number that is one person's. Records of which anything was said by itself (a decision) stand for themselves.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs, apart, as_one, each_once, within_groups
from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.contents import mixed

_OF_THE_RECORD: Final = frozenset({"n", "source", "record_id"})
_WHO: Final = ("given", "family", "dob")
_NUMBERS: Final = (*ONE_A_PERSON, "local_id")
_FIRST: Final = (*_WHO, *_NUMBERS)  # what is looked at first, since few records share all of it


class Folded(NamedTuple):
    """kept: the records that stand for themselves or for others too, in order; the first of those that hold the same.
    of: for each record the place in `kept` of the one that stands for it. named: for each that is kept, the record of
    the lowest id that it stands for, by which ties go: they would else go by which of them came first."""

    kept: Numbers
    of: Numbers
    named: Numbers

    @property
    def others(self) -> tuple[Numbers, Numbers]:
        """Each record that another stands for, after that other."""
        stands_for = self.kept[self.of]
        right = np.flatnonzero(stands_for != np.arange(len(self.of))).astype(np.int32)
        return stands_for[right], right

    def every_pair(self, left: Numbers, right: Numbers) -> tuple[NDArray[np.intp], Numbers, Numbers]:
        """All pairs of records that these pairs, of places in `kept`, stand for: for each the row that stands for it,
        and its two records, the lower first."""
        members, many = np.argsort(self.of, kind="stable").astype(np.int32), np.bincount(self.of)
        begins = np.cumsum(many) - many
        of_right = many[right]
        pairs = many[left] * of_right
        rows = np.repeat(np.arange(len(left)), pairs)
        at = np.arange(len(rows)) - np.repeat(np.cumsum(pairs) - pairs, pairs)
        one = members[begins[left][rows] + at // of_right[rows]]
        other = members[begins[right][rows] + at % of_right[rows]]
        return rows, np.minimum(one, other), np.maximum(one, other)

    def alone(self, by_themselves: Collection[int], keys: Sequence[RecordKey]) -> "Folded":
        """The same, but that these records stand for themselves and for no other. keys: of all records."""
        themselves = np.fromiter(by_themselves, np.int64)
        if not len(themselves):
            return self
        records = np.arange(len(self.of), dtype=np.int32)
        rest = np.ones(len(records), bool)
        rest[themselves] = False
        first = np.full(len(self.kept), len(records), np.int32)
        np.minimum.at(first, self.of[rest], records[rest])
        named = self.named.copy()
        for group in np.unique(self.of[themselves]).tolist():
            left_over = np.flatnonzero((self.of == group) & rest).tolist()
            named[group] = min(left_over, key=keys.__getitem__, default=0)
        stands_for = np.where(rest, first[self.of], records)
        return _folded(stands_for, np.where(rest, named[self.of], records))

    def carried(self, pairs: Pairs, to: "Folded") -> Pairs:
        """These pairs, of places in `kept`, as pairs of places in that of another that folds less; in order. Whom it
        tells apart are pairs too."""
        if len(to.kept) == len(self.kept):
            return pairs
        of = self.of[to.kept]
        _, left, right = Folded(to.kept, of, to.named).every_pair(*apart(pairs))
        return each_once(np.concatenate([as_one(left, right), within_groups(of.astype(np.int64), len(of))]))


def _folded(stands_for: Numbers, named: Numbers) -> Folded:
    """stands_for: for each record the one that stands for it; named: that of the lowest id among those."""
    kept = np.flatnonzero(stands_for == np.arange(len(stands_for))).astype(np.int32)
    place = np.zeros(len(stands_for), np.int32)
    place[kept] = np.arange(len(kept))
    return Folded(kept, place[stands_for], named[kept])


def fold(
    coded: Coded,
    by_themselves: Iterable[int] = (),
    unique_sources: frozenset[str] = frozenset(),
    cells: Numbers | None = None,
) -> Folded:
    """Fold these records. by_themselves: records that stand for themselves whatever they hold. unique_sources: sources
    that list nobody twice, so that two of their records are two people. cells: for each record the number of its cell;
    none where all lie in one."""
    can = identified(coded) & (listed_once(coded, unique_sources) == 0)
    can[np.fromiter(by_themselves, np.int64)] = False
    owners = _owners(coded, cells)
    likely, _ = _with_equals(coded, owners, _FIRST, np.flatnonzero(can))
    columns = [name for name in coded.names if name not in _OF_THE_RECORD]
    rows, begins = _with_equals(coded, owners, columns, np.sort(likely))
    first = rows[np.maximum.accumulate(np.where(begins, np.arange(len(rows)), 0))]
    same = _hold_the_same(coded, columns, first, rows) & (owners[first] == owners[rows])
    stands_for = np.arange(coded.records, dtype=np.int32)
    stands_for[rows[same]] = first[same]
    return _folded(stands_for, _named(coded, stands_for, rows[same]))


def _named(coded: Coded, stands_for: Numbers, together: NDArray[np.intp]) -> Numbers:
    """For each record that stands for others the one with the lowest id among them, else itself. together: those that
    hold the same as another."""
    named = np.arange(len(stands_for), dtype=np.int32)
    by_id = together[np.argsort(-coded.by_key(together.astype(np.int32)))]
    named[stands_for[by_id]] = by_id  # the lowest is written last
    return named


def _owners(coded: Coded, cells: Numbers | None) -> NDArray[np.int64]:
    """For each record a number for its source and cell."""
    sources = coded.numbers("source").astype(np.int64)
    return sources if cells is None else cells.astype(np.int64) * len(coded["source"].texts) + sources


def listed_once(coded: Coded, unique_sources: frozenset[str]) -> Numbers:
    """For each record the number of its source, if that lists nobody twice; else 0."""
    sources = coded["source"]
    once = np.array([text in unique_sources for text in sources.texts], bool)
    return np.where(once[sources.numbers], sources.numbers, 0)


def _with_equals(
    coded: Coded, owners: NDArray[np.int64], columns: Sequence[str], rows: NDArray[np.intp]
) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Those of these records that have an equal of their owner's by these columns, equals beside each other in their
    order; and which of them begin a run of equals."""
    marks = _marks(coded, owners, columns, rows)
    order = np.argsort(marks, kind="stable")
    begins = np.append(True, np.diff(marks[order]) != 0)[: len(rows)]
    alone = begins & np.append(begins[1:], True)[: len(rows)]
    return rows[order][~alone], begins[~alone]


def _marks(
    coded: Coded, owners: NDArray[np.int64], columns: Sequence[str], rows: NDArray[np.intp]
) -> NDArray[np.uint64]:
    """For each of these records a number that is the same where the owner and these columns are."""
    mark = owners[rows].astype(np.uint64)
    for name in columns:
        held = coded.numbers(name)[rows]
        for part in held.T if held.ndim == 2 else (held,):
            mark = mixed(mark) + part.astype(np.uint64)
    return mark


def identified(coded: Coded) -> NDArray[np.bool_]:
    """Which records hold enough to be one person's."""
    who = np.logical_and.reduce([coded.numbers(name) > 0 for name in _WHO])
    return np.asarray(np.logical_or.reduce([who, *(coded.numbers(name) > 0 for name in _NUMBERS)]))


def _hold_the_same(
    coded: Coded, columns: Sequence[str], one: NDArray[np.intp], other: NDArray[np.intp]
) -> NDArray[np.bool_]:
    """For each pair of records whether they do, value by value: what they come to may be the same by chance."""
    same = np.ones(len(one), bool)
    for name in columns:
        equal = coded.numbers(name)[one] == coded.numbers(name)[other]
        same &= equal if equal.ndim == 1 else equal.all(axis=1)
    return same
