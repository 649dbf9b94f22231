"""Why two records are, or are not, held to be one person; and why the records of an entity hang together."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.linkage import terms
from concerted.linkage.bridges import Bridge, bridges, path, strongest_tree
from concerted.linkage.coded import Coded
from concerted.linkage.compare import MISSING, Compared, Comparer
from concerted.linkage.flags import Flag, flags
from concerted.linkage.levels import Comparison
from concerted.linkage.release import Release
from concerted.linkage.standard import standardise
from concerted.linkage.weigh import prior_weight, probability, weighed
from concerted.linkage.words import parts_of_terms, words_of_each

WeightedLink = tuple[RecordKey, RecordKey, float]


@dataclass(frozen=True, slots=True)
class Part:
    """One field's share of a weight. bits: log2 of the odds; 0 when a side has no value. left_value, right_value: as
    they were compared, empty when missing."""

    field: str
    words: str
    bits: float
    left_value: str
    right_value: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """A pair's weight and what it is made of: `start` (before anything is compared) and the parts sum to it.

    flags: what to look at twice."""

    left: RecordKey
    right: RecordKey
    weight: float
    probability: float
    start: float
    parts: tuple[Part, ...]
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class EntityExplanation:
    """How records hang together. path: the links from one record to the other along which the weakest link is as
    strong as it can be; empty when one record was asked about. bridges: links that alone hold two parts together.
    weakest: the weakest link of the strongest tree."""

    members: tuple[RecordKey, ...]
    path: tuple[WeightedLink, ...]
    bridges: tuple[Bridge[RecordKey], ...]
    weakest: WeightedLink | None


def explain_pair(records: Sequence[Path], release: Release, left: RecordKey, right: RecordKey) -> Explanation:
    """What each field says about two of these records under this release, which must be bound (have its prior)."""
    table = standardise(records)
    return explain_two(table, Coded(table), release, left, right)


def explain_two(table: pa.Table, coded: Coded, release: Release, left: RecordKey, right: RecordKey) -> Explanation:
    """The same of two of the records of a standard table, which may be some of more. coded: the table as numbers."""
    if release.prior is None:
        raise UsedWronglyError("this release is not bound to a folder", mend="explain from a result folder")
    one, two = (_row(table, key) for key in (left, right))
    if one == two:
        raise UsedWronglyError(f"{left} was named twice", mend="name two records")
    comparer = Comparer(coded, release.comparisons, release.shares(coded), release.columns)
    low, high = (np.array([number], np.int32) for number in sorted((one, two)))
    weighed_pair = weighed(comparer.compare(low, high), release, candidate=True)
    values = (table.slice(one, 1).to_pylist()[0], table.slice(two, 1).to_pylist()[0])
    parts = [_part(comparer, comparison, weighed_pair.compared, values) for comparison in comparer.comparisons]
    for term, bits in parts_of_terms(weighed_pair):
        if bits[0]:
            title, words = terms.WORDS[term]
            parts.append(Part(title, words, float(bits[0]), "", ""))
    weight = float(weighed_pair.weight[0])
    start = prior_weight(release.prior)
    right_of_all = float(probability(np.array([weight]))[0])
    found = tuple(flags(_stands(weighed_pair.compared, comparer), float(weighed_pair.dependence[0])))
    return Explanation(left, right, weight, right_of_all, start, tuple(parts), found)


def _stands(compared: Compared, comparer: Comparer) -> set[str]:
    """The words of the levels at which the pair stands."""
    at = ((one.levels, int(compared.levels[one.name][0])) for one in comparer.comparisons)
    return {levels[place].words for levels, place in at if place != MISSING}


def _row(table: pa.Table, key: RecordKey) -> int:
    found = pc.indices_nonzero(
        pc.and_(pc.equal(table["source"], key.source), pc.equal(table["record_id"], key.record_id))
    )
    if not len(found):
        raise UsedWronglyError(f"there is no record {key}", mend="look it up in entities.csv: source, colon, record_id")
    return int(found[0].as_py())


def _part(
    comparer: Comparer,
    comparison: Comparison,
    compared: Compared,
    values: tuple[dict[str, Any], dict[str, Any]],
) -> Part:
    words = words_of_each(comparer, comparison, compared)[0] or "not recorded on both sides"
    bits = float(comparer.part(comparison, compared.levels, compared.left)[0])
    left, right = (_shown(comparison, side) for side in values)
    return Part(comparison.title, words, bits, left, right)


def _shown(comparison: Comparison, record: dict[str, Any]) -> str:
    found = []
    for column in comparison.needs:
        value = record["dob"] or record["year"] if column == "year" else record[column]
        if value:
            found.append(" ".join(value) if isinstance(value, list) else str(value))
    return ", ".join(found)


def explain_entity(
    links: Iterable[WeightedLink], members: Sequence[RecordKey], left: RecordKey, right: RecordKey | None = None
) -> EntityExplanation:
    """How these members hang together by these links (those between members count), and the path between two."""
    inside = set(members)
    held = [link for link in links if link[0] in inside and link[1] in inside]
    tree = strongest_tree(held)
    between = path(tree, left, right) if right is not None else ()
    weakest = min(tree, key=lambda link: link[2], default=None)
    return EntityExplanation(tuple(members), between, bridges(held, tree), weakest)
