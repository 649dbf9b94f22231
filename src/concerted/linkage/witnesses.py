"""What a third record says of two: that they were present at one event as two people, or are related to each other.

Such evidence has a row of its own with the record that witnesses it, and never touches the weight of the pair: it
counts where sets are judged, as long as its record is there. A *weight* adds its bits to what the two records say when
a merge is tried; a *veto* keeps their sets apart, unless a person decides that they are the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import as_one
from concerted.linkage.constraints import Constraint
from concerted.linkage.partition import Claims, Links

MOST: Final = 60  # people at one event, above which a list of everybody who came says little of any two
Places = Mapping[RecordKey, int]
Said = dict[tuple[int, int], list[tuple[Constraint, RecordKey]]]  # two records, the lower first -> what is told of them


@dataclass(frozen=True, slots=True)
class Witness:
    """record: the one that tells. constraint: the name of a row of the table. members: the records that it tells of,
    each of another person."""

    constraint: str
    record: RecordKey
    members: tuple[RecordKey, ...]


def told(witnesses: Iterable[Witness], rows: Sequence[Constraint], places: Places) -> Said:
    """What is told of each two of the records that have a place, by these rows of the table."""
    named, said = {row.name: row for row in rows}, defaultdict(list)
    for one in sorted(set(witnesses), key=lambda one: (one.record, one.constraint, one.members)):
        at = sorted({places[member] for member in one.members if member in places})
        if one.constraint in named and len(set(one.members)) <= MOST:
            for pair in combinations(at, 2):
                said[pair].append((named[one.constraint], one.record))
    return dict(said)


def confused(witnesses: Iterable[Witness], places: Places) -> Iterator[RecordKey]:
    """The records that stand at one place with another of which a witness says that it is of another person."""
    for one in witnesses:
        at: defaultdict[int, list[RecordKey]] = defaultdict(list)
        for member in set(one.members) & places.keys():
            at[places[member]].append(member)
        for members in at.values():
            if len(members) > 1:
                yield from members


def judged(links: Links, said: Said) -> Links:
    """The links with the bits that count where sets are judged."""
    pairs, bits = as_one(links.left, links.right), links.weight.copy()
    order = np.argsort(pairs)
    for (one, other), rows in said.items():
        pair = one << 32 | other
        at = int(np.searchsorted(pairs, pair, sorter=order))
        if at < len(pairs) and pairs[order[at]] == pair:
            bits[order[at]] += sum(row.bits for row, _ in rows if row.bits is not None)
    return links._replace(weight=bits)


def with_vetoes(claims: Claims, said: Said) -> Claims:
    """The claims, and for each veto two more: a person has one place in what its witness tells."""
    found = {at: dict(held) for at, held in claims.items()}
    for pair, rows in said.items():
        for row, record in rows:
            if row.bits is None:
                for at in pair:
                    found.setdefault(at, {})[f"place in {record} ({row.words})"] = str(at)
    return found


def against(shown: pa.Table, said: Said) -> pa.Table:
    """The links in words, with what witnesses say against them."""
    if not said:
        return shown
    column, at = shown["against"].to_pylist(), shown.schema.get_field_index("against")
    for row, pair in enumerate(zip(shown["left"].to_pylist(), shown["right"].to_pylist(), strict=True)):
        if pair in said:
            column[row] = "; ".join(filter(None, [column[row], *map(in_words, said[pair])]))
    return shown.set_column(at, "against", pa.array(column, pa.string()))


def in_words(told_by: tuple[Constraint, RecordKey]) -> str:
    """What a witness says, with its record and what it counts for."""
    row, record = told_by
    counts = "never one" if row.bits is None else f"{row.bits:+.1f} where sets are judged"
    return f"{row.words}, says {record} ({counts})"
