"""What the release before held together and this one would not: a person is asked, whatever the pair weighs here.

Asking joins and parts nobody. The sets are made before it, from the records, the decisions and the release alone.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs, apart, as_one, each_once
from concerted.linkage.coded import Numbers
from concerted.linkage.compare import Comparer
from concerted.linkage.linked import STRONGEST_FIRST, Linked, pairs_table
from concerted.linkage.release import Release
from concerted.linkage.weigh import weighed
from concerted.linkage.witnesses import Said, against
from concerted.linkage.words import reasons

BEFORE: Final = "the release before held these together"

HeldPair = tuple[RecordKey, RecordKey]


def numbered(held: Iterable[HeldPair], number: Mapping[RecordKey, int]) -> Pairs:
    """Those of these pairs whose records are both here, each once. number: of each record the place of the one that
    stands for it."""
    here = ((number.get(one, -1), number.get(other, -1)) for one, other in held)
    pairs = np.fromiter((as_one_of(one, other) for one, other in here if min(one, other) >= 0), np.int64)
    return each_once(pairs)


def as_one_of(one: int, other: int) -> int:
    """The pair as one number, the lower in the upper half."""
    return min(one, other) << 32 | max(one, other)


def still_asked(pairs: Pairs, entity: Numbers, decided: Mapping[tuple[int, int], str]) -> Pairs:
    """Those of these pairs that are apart now and of which nobody decided anything: neither of the pair, nor that two
    records of its two sets are different."""
    left, right = apart(pairs)
    one, other = entity[left], entity[right]
    answered = [as_one_of(*pair) for pair in decided]
    parted = [as_one_of(*entity[list(pair)].tolist()) for pair, word in decided.items() if word == "different"]
    open_still = (one != other) & ~np.isin(pairs, answered) & ~np.isin(as_one(one, other), parted)
    return np.asarray(pairs[open_still])


def with_questions(found: Linked, comparer: Comparer, release: Release, held: Pairs, said: Said) -> Linked:
    """What linking found, with these pairs among those to review if they are still to be asked about. said: what
    witnesses say against pairs."""
    asked = still_asked(held, np.array(found.entity, np.int32), found.decided)
    if not len(asked):
        return found
    left, right = apart(asked)
    alike = weighed(comparer.compare(left, right), release, candidate=False)
    band = np.full(len(asked), "review")
    rows = _behind_the_words(against(reasons(comparer, alike, band, {}), said))
    shown = pa.concat_tables([_others(found.shown, asked), rows.cast(found.shown.schema)]).sort_by(STRONGEST_FIRST)
    proposed = found.pairs.filter(found.pairs["candidate"])
    candidate = np.isin(asked, as_one(*(proposed[side].to_numpy() for side in ("left", "right"))))
    table = pairs_table(alike, band)
    table = table.set_column(table.num_columns - 1, "candidate", pa.array(candidate))
    pairs = pa.concat_tables([_others(found.pairs, asked), table.cast(found.pairs.schema)])
    return replace(found, shown=shown, pairs=pairs, held=frozenset(zip(left.tolist(), right.tolist(), strict=True)))


def _behind_the_words(shown: pa.Table) -> pa.Table:
    """The links with the release before as the first of their reasons."""
    texts = ["; ".join(filter(None, [BEFORE, text])) for text in shown["reasons"].to_pylist()]
    at = shown.schema.get_field_index("reasons")
    return shown.set_column(at, "reasons", pa.array(texts, pa.string()))


def _others(table: pa.Table, pairs: Pairs) -> pa.Table:
    """The rows of other pairs."""
    of_rows = as_one(*(table[side].to_numpy() for side in ("left", "right")))
    return table.filter(pa.array(~np.isin(of_rows, pairs)))
