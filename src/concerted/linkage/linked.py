"""What linking found, and what of it is said of the records for which another was compared."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import apart, as_one
from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.compare import Comparer
from concerted.linkage.errors import Errors
from concerted.linkage.folding import Folded
from concerted.linkage.partition import Claims
from concerted.linkage.release import Release
from concerted.linkage.weigh import Weighed, probability, weighed
from concerted.linkage.words import Strength, reasons

STRONGEST_FIRST: Final = [("weight", "descending"), ("left", "ascending"), ("right", "ascending")]

_BANDS: Final = ("join", "review", "apart")
_APART: Final = 2


@dataclass(frozen=True)
class Linked:
    """What linking found. Record numbers follow the order of the files and the rows in them: arrival.

    entity: record number -> number of the earliest record of its entity. pairs: every pair that was scored, with those
    that it stands for: `left`, `right` (int32, left < right), `weight` (bits), `probability`, `band` (join, review,
    apart), `candidate` (false for pairs scored only to judge a merge or because they were decided). shown: the join and
    review pairs, strongest first, with `reasons` and `against` in words and `splink_weight` (what Splink would make of
    it, start left out).
    chosen: which model and why. cut: for each kind of key how many records stood in keys so common that they proposed
    nothing, or only neighbours. claims: what each record holds of which a person has only one, by what it is called.
    errors: how many of the links are false, and of the true ones missed, as far as the weights tell. decided: pairs of
    these records, the lower first -> what a person decided of them. held: pairs to review, the lower first, that the
    release before held together.
    """

    keys: list[RecordKey]
    entity: list[int]
    pairs: pa.Table
    shown: pa.Table
    release: Release
    chosen: str
    notes: tuple[str, ...] = ()
    cut: dict[str, int] = field(default_factory=dict)
    strengths: list[Strength] = field(default_factory=list)
    claims: Claims = field(default_factory=dict)
    errors: Errors | None = None
    decided: Mapping[tuple[int, int], str] = field(default_factory=dict)
    held: frozenset[tuple[int, int]] = frozenset()


def pairs_table(weighed: Weighed, band: NDArray[np.str_]) -> pa.Table:
    """Every pair, those that weigh so little that nothing more is kept of them too."""
    slight = weighed.slight
    left, right = apart(slight.pairs)
    weight = np.append(weighed.weight, slight.weight)
    return pa.table(
        {
            "left": np.append(weighed.compared.left, left),
            "right": np.append(weighed.compared.right, right),
            "weight": weight,
            "probability": probability(weight),
            "band": _bands(band, len(weight)),
            "candidate": np.append(weighed.candidate, np.full(len(left), True)),
        }
    )


def _bands(band: NDArray[np.str_], pairs: int) -> pa.Array:
    """The bands of so many pairs, of which the first have these and all others are apart."""
    places = np.full(pairs, _APART, np.int8)
    for at, name in enumerate(_BANDS[:_APART]):
        places[: len(band)][band == name] = at
    return pa.DictionaryArray.from_arrays(places, pa.array(_BANDS, pa.string())).dictionary_decode()


def unfolded(found: Linked, folded: Folded, whole: Coded, keys: list[RecordKey]) -> Linked:
    """What was found of the records that stand for others, said of all of them."""
    if len(folded.kept) == len(keys):
        return found
    here, places = np.unique(np.concatenate(apart(as_one(*folded.others))), return_inverse=True)
    coded = whole.take(here)
    comparer = Comparer(coded, found.release.comparisons, found.release.shares(coded), found.release.columns)
    left, right = places.astype(np.int32).reshape(2, -1)
    alike = weighed(comparer.compare(left, right), found.release, candidate=True)
    band = np.full(len(left), "join")
    links = _by_number(reasons(comparer, alike, band, {}), here)
    return with_others(found, folded, keys, _by_number(pairs_table(alike, band), here), links)


def with_others(found: Linked, folded: Folded, keys: list[RecordKey], alike: pa.Table, links: pa.Table) -> Linked:
    """The same. alike, links: each record that another stands for beside that other, as in `pairs` and `shown`."""
    kept = folded.kept
    firsts = kept[np.array(found.entity)][folded.of]
    return replace(
        found,
        keys=keys,
        entity=firsts.tolist(),
        pairs=pa.concat_tables([_stood_for(found.pairs, folded), alike]),
        shown=pa.concat_tables([_by_number(found.shown, kept), links]).sort_by(STRONGEST_FIRST),
        claims={int(kept[at]): held for at, held in found.claims.items()},
        decided={(int(kept[one]), int(kept[other])): word for (one, other), word in found.decided.items()},
        held=frozenset((int(kept[one]), int(kept[other])) for one, other in found.held),
    )


def _stood_for(pairs: pa.Table, folded: Folded) -> pa.Table:
    """These pairs with all that they stand for."""
    rows, left, right = folded.every_pair(*(pairs[side].to_numpy() for side in ("left", "right")))
    pairs = pairs.take(pa.array(rows))
    return pairs.set_column(0, "left", pa.array(left)).set_column(1, "right", pa.array(right))


def _by_number(table: pa.Table, numbers: Numbers) -> pa.Table:
    """A table of pairs with the records' own numbers instead of their places among these."""
    for at, side in enumerate(("left", "right")):
        table = table.set_column(at, side, pa.array(numbers[table[side].to_numpy()]))
    return table
