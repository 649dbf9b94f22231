"""Why two records are, or are not, held to be one person; and why the records of an entity hang together."""

from collections import Counter
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
from concerted.linkage.coded import Coded
from concerted.linkage.compare import Compared, Comparer
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
    """A pair's weight and what it is made of: `start` (before anything is compared) and the parts sum to it."""

    left: RecordKey
    right: RecordKey
    weight: float
    probability: float
    start: float
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class EntityExplanation:
    """How records hang together. path: the links from one record to the other along which the weakest link is as
    strong as it can be; empty when one record was asked about. bridges: links that alone hold two parts together,
    with the number of records on the smaller side. weakest: the weakest link of the strongest tree."""

    members: tuple[RecordKey, ...]
    path: tuple[WeightedLink, ...]
    bridges: tuple[tuple[WeightedLink, int], ...]
    weakest: WeightedLink | None


def explain_pair(records: Sequence[Path], release: Release, left: RecordKey, right: RecordKey) -> Explanation:
    """What each field says about two of these records under this release, which must be bound (have its prior)."""
    if release.prior is None:
        raise UsedWronglyError("this release is not bound to a folder", mend="explain from a result folder")
    table = standardise(records)
    one, two = (_row(table, key) for key in (left, right))
    if one == two:
        raise UsedWronglyError(f"{left} was named twice", mend="name two records")
    coded = Coded(table)
    comparer = Comparer(coded, release.comparisons, release.shares(coded))
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
    return Explanation(left, right, weight, float(probability(np.array([weight]))[0]), start, tuple(parts))


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
    held = sorted((link for link in links if link[0] in inside and link[1] in inside), key=lambda link: -link[2])
    tree = _strongest_tree(held)
    path = _path(tree, left, right) if right is not None else ()
    weakest = min(tree, key=lambda link: link[2], default=None)
    return EntityExplanation(tuple(members), path, _bridges(held, tree), weakest)


def _strongest_tree(links: Sequence[WeightedLink]) -> list[WeightedLink]:
    """Kruskal: the links, strongest first, that connect something new."""
    group: dict[RecordKey, set[RecordKey]] = {}
    tree = []
    for link in links:
        one, two = (group.setdefault(key, {key}) for key in link[:2])
        if one is not two:
            tree.append(link)
            one |= two
            for key in two:
                group[key] = one
    return tree


def _path(tree: Sequence[WeightedLink], left: RecordKey, right: RecordKey) -> tuple[WeightedLink, ...]:
    reached: dict[RecordKey, tuple[WeightedLink, ...]] = {left: ()}
    while right not in reached:
        further = [(link, link[0], link[1]) for link in tree] + [(link, link[1], link[0]) for link in tree]
        new = {
            there: (*reached[here], link) for link, here, there in further if here in reached and there not in reached
        }
        if not new:
            return ()
        reached |= new
    return reached[right]


def _bridges(links: Sequence[WeightedLink], tree: Sequence[WeightedLink]) -> tuple[tuple[WeightedLink, int], ...]:
    """The links of the tree that no other link goes round, with the number of records on the smaller side.

    Each link outside the tree closes a ring with the tree's links between its two ends; what is in no ring is a bridge.
    """
    above, order = _rooted(tree)
    depth: dict[RecordKey, int] = {}
    for key in order:
        depth[key] = depth[above[key]] + 1 if key in above else 0
    ringed: set[RecordKey] = set()  # records whose link to the one above them is in a ring
    for one, two, _ in set(links) - set(tree):
        while one != two:
            lower = one if depth[one] >= depth[two] else two
            ringed.add(lower)
            one, two = (above[one], two) if lower == one else (one, above[two])
    below = Counter(order)
    for key in reversed(order):
        if key in above:
            below[above[key]] += below[key]
    lower_end = {frozenset(link[:2]): link[0] if above.get(link[0]) == link[1] else link[1] for link in tree}
    found = ((link, lower_end[frozenset(link[:2])]) for link in tree)
    return tuple((link, min(below[key], len(order) - below[key])) for link, key in found if key not in ringed)


def _rooted(tree: Sequence[WeightedLink]) -> tuple[dict[RecordKey, RecordKey], list[RecordKey]]:
    """For each record but the first the one above it, and the records in an order that never puts one before it."""
    beside: dict[RecordKey, list[RecordKey]] = {}
    for one, two, _ in tree:
        beside.setdefault(one, []).append(two)
        beside.setdefault(two, []).append(one)
    order, above = list(beside)[:1], dict[RecordKey, RecordKey]()
    for key in order:
        for other in beside[key]:
            if other != above.get(key):
                above[other] = key
                order.append(other)
    return above, order
