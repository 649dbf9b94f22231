"""The layer of few records, made one by one: `Layer.of` to the bit, without what arrays cost."""

from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final, NamedTuple

import numpy as np
import pyarrow as pa

from concerted.linkage import hashes
from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.keys import Family
from concerted.linkage.standing import keyed, layers
from concerted.linkage.standing.columns import OfPicture, Rows
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.layers import FOLDED_BY, FOLDING, ITSELF, REFINED_BY, Layer

_WHO: Final = ("given", "family", "dob")
_ONE_OF: Final = (*ONE_A_PERSON, "local_id")


class Kinds(NamedTuple):
    """The families of keys in their order, and the columns that their keys are made of."""

    families: tuple[Family, ...]
    columns: tuple[str, ...]

    @classmethod
    def of(cls, others: Sequence[str]) -> "Kinds":
        """others: columns of the profiles' own naming."""
        families = layers.families(others)
        pieces = chain.from_iterable(family.pieces for family in families)
        return cls(families, tuple(sorted({piece.partition(":")[0] for piece in pieces})))

    def family(self, key: int) -> Family | None:
        """The family of a key; None of one that proposes no pair."""
        place = key >> keyed.FAMILY_AT
        return self.families[place] if place < len(self.families) else None


def layer_of(table: pa.Table, kinds: Kinds, begin: int) -> Layer:
    """The layer of these records, the first of which has the number `begin`; as yet without pairs."""
    rows = Rows(table)
    records = [OfPicture(rows, row) for row in range(table.num_rows)]
    held = sorted((key, begin + at) for at, record in enumerate(records) for key in keys_of(record, kinds))
    found = Keyed(np.array([key for key, _ in held], np.uint64), np.array([holder for _, holder in held], np.int32))
    refining = {name: np.array([_piece(one, name) for one in records], np.uint64) for name in REFINED_BY}
    return Layer(table, found, refining, np.empty(0, np.int64), np.empty(0), rows)


def keys_of(record: OfPicture, kinds: Kinds) -> Iterator[int]:
    """Every key of a record."""
    said, known = {name: record.value(name) for name in kinds.columns}, dict[str, list[int]]()
    values = {name: value if isinstance(value, tuple) else (value,) for name, value in said.items() if value}
    for place, family in enumerate(kinds.families):
        if all(name in values for name in keyed.columns_of(family)):
            yield from keyed.keys_of(family, place, values, known)
    folding = key_of_folding(record)
    if folding is not None:
        yield folding
    yield _placed(hashes.with_one_more(*(_piece(record, name) for name in ("source", "record_id"))), ITSELF)


def key_of_folding(record: OfPicture) -> int | None:
    """What records must share to be folded; None of one that says too little."""
    return _placed(_made(record, FOLDED_BY), FOLDING) if identified(record) else None


def identified(record: OfPicture) -> bool:
    """Whether it holds enough to be one person's, as `folding.identified` has it."""
    return all(map(record.__getitem__, _WHO)) or any(map(record.__getitem__, _ONE_OF))


def _made(record: OfPicture, pieces: Sequence[str]) -> int:
    made = 0
    for piece in pieces:
        made = hashes.with_one_more(made, _piece(record, piece))
    return made


def _piece(record: OfPicture, name: str) -> int:
    value = record[name]
    return hashes.of_number(value) if isinstance(value, int) else hashes.of_text(value)


def _placed(made: int, place: int) -> int:
    return made & keyed.BELOW | place << keyed.FAMILY_AT
