"""The figures of the report: what was joined, and how strong the links are."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.common.words import counted
from concerted.desk.columns import Columns
from concerted.desk.report.data import Bin, EntitySize, Scores, SourcePair, Strength, Thresholds, Totals
from concerted.desk.report.words import bits
from concerted.desk.store import PAIRS, Store

ONE_BY_ONE: Final = 9  # records of an entity up to which each size has a line of its own
BINS: Final = 60  # at most, so that a bar can be seen
LOWEST: Final = -1.0  # bits: pairs under it are not drawn, since most are weighed only until they come to nothing


def totals(held: Columns) -> Totals:
    """Counts of records, entities and links. held: what the store holds."""
    sizes = Counter(np.bincount(held.entity).tolist())
    joined = int(held.number("joined").sum())
    between, across = _between(held)
    return Totals(
        records=held.members.num_rows,
        entities=sum(sizes.values()),
        links=joined,
        review=held.links.num_rows - joined,
        across=across,
        sizes=_sizes(sizes),
        sources=tuple(held.members["source"].unique().to_pylist()),
        between=between,
    )


def _between(held: Columns) -> tuple[tuple[SourcePair, ...], int]:
    """For each pair of sources how many entities hold records of both, or two of one; and how many hold several."""
    many = len(held.sources)
    both, counts = np.unique(held.entity.astype(np.int64) * max(many, 1) + held.source, return_counts=True)
    entity, source = np.divmod(both, max(many, 1))
    found = Counter(zip(*[source[counts > 1].tolist()] * 2, strict=True))
    across = 0
    for apart in range(1, many):  # the sources of an entity stand in one run, each once
        same = entity[apart:] == entity[:-apart]
        found.update(zip(source[:-apart][same].tolist(), source[apart:][same].tolist(), strict=True))
        if apart == 1:
            across = len(np.unique(entity[1:][same]))
    pairs = (SourcePair(held.sources[one], held.sources[other], count) for (one, other), count in sorted(found.items()))
    return tuple(pairs), across


def _sizes(sizes: Counter[int]) -> tuple[EntitySize, ...]:
    groups: Counter[tuple[int, int]] = Counter()
    records: Counter[tuple[int, int]] = Counter()
    for size, entities in sizes.items():
        group = _group(size)
        groups[group] += entities
        records[group] += entities * size
    return tuple(EntitySize(_label(group), groups[group], records[group]) for group in sorted(groups))


def _group(size: int) -> tuple[int, int]:
    """Single sizes, then by tens, then by hundreds and so on."""
    if size <= ONE_BY_ONE:
        return size, size
    step = 10 ** (len(str(size)) - 1)
    low = size // step * step
    return low, low + step - 1


def _label(group: tuple[int, int]) -> str:
    low, high = group
    return ("1 record" if low == 1 else f"{low:,} records") if low == high else f"{low:,} to {high:,} records"


def scores(store: Store, limits: dict[str, float]) -> Scores:
    """Every pair that was compared, by weight and by what became of it."""
    table = pq.read_table(store.folder / PAIRS, columns=["weight", "band"])
    weight = table["weight"].to_numpy()
    thresholds = Thresholds(limits["join"], limits["keep"], _rules(limits))
    strengths = tuple(_strength(bits, limits) for bits in sorted({limits["keep"], limits["join"], 5.0, 10.0, 20.0}))
    if not len(weight):
        return Scores(thresholds, strengths=strengths)
    low = max(LOWEST, float(np.floor(weight.min())))
    high = max(low, float(np.ceil(weight.max()))) + 1
    step = float(np.ceil((high - low) / BINS))
    edges = np.arange(low, high + step, step)
    of_each = {name: pc.equal(table["band"], pa.scalar(name, pa.string())) for name in ("join", "review", "apart")}
    counts = {name: np.histogram(weight[here.to_numpy()], edges)[0].tolist() for name, here in of_each.items()}
    return Scores(thresholds, _bins(edges.tolist(), counts), strengths, _not_drawn(weight))


def _bins(edges: Sequence[float], counts: dict[str, list[int]]) -> tuple[Bin, ...]:
    rows = zip(edges[:-1], edges[1:], counts["join"], counts["review"], counts["apart"], strict=True)
    return tuple(Bin(low, high, joined, review, apart) for low, high, joined, review, apart in rows)


def _not_drawn(weight: "np.ndarray[tuple[int], np.dtype[np.float64]]") -> tuple[str, ...]:
    below = int((weight < LOWEST).sum())
    said = f"{counted(below, 'pair')} under {bits(LOWEST)} bits {'is' if below == 1 else 'are'} not drawn"
    return (f"{said}: such pairs are weighed only until it is clear that they come to nothing.",) if below else ()


def _strength(weight: float, limits: dict[str, float]) -> Strength:
    probability = 1 / (1 + 2.0**-weight)
    band = "joined" if weight >= limits["join"] else "review" if weight >= limits["keep"] else "apart"
    return Strength(weight, probability, band)  # type: ignore[arg-type] # one of the three words of Band


def _rules(limits: dict[str, float]) -> tuple[str, ...]:
    return (
        f"Two sets of records become one when the mean of all pairs between them is {bits(limits['set'])} or more.",
        "A strong pair waits too where its sets do not become one, or each has another NHS, pupil or PNC number.",
        "What a person decides comes before every weight.",
    )
