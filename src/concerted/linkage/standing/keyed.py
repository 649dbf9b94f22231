"""The keys by which a question finds records: those of batch, and a few for questions that say little.

A key is one number: the place of its family in the upper bits, and a hash of its pieces below, so that the keys of all
families lie in one sorted array.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage import hashes, keys
from concerted.linkage.coded import LISTS
from concerted.linkage.hashes import Hashes
from concerted.linkage.keys import WORDS, Family

FAMILY_AT: Final = 57  # bits below the place of a family
BELOW: Final = (1 << FAMILY_AT) - 1
_BY_BIRTH_OR_HOME: Final = (("year", "district"), ("birthday",), ("district", "year"))
# What somebody is called and where they were seen is often all that is known at night.
LITTLE: Final = (
    Family("nickname and family name", ("given_roots", "family"), strong=True, refined=_BY_BIRTH_OR_HOME),
    Family("family name of one root and year of birth", ("family_root", "year"), cap=20, refined=(("district",),)),
    Family("nickname and street", ("given_roots", "street"), refined=(("year",),)),
    Family("nickname and town", ("given_roots", "town"), refined=(("year",),)),
    Family("name and street", ("words", "street"), refined=(("year",),)),
)

Values = Mapping[str, Sequence[str | int]]  # of a question for each column its values, of a list all of them
OfPiece = Callable[[str], Hashes]  # the hashes of a piece for every record, 0 where it has none; of a list rows


class Keyed(NamedTuple):
    """Keys in order, each with the records that hold it, and these in order."""

    keys: Hashes
    holders: NDArray[np.int32]


class Asked(NamedTuple):
    """A key of a question, and the family that it is of."""

    key: int
    family: Family


def families(others: Sequence[str] = ()) -> tuple[Family, ...]:
    """Every family, in the order that their keys say. others: columns of the profiles' own naming."""
    return (*keys.FAMILIES, *LITTLE, *keys.others(tuple(others)))


@cache
def columns_of(family: Family) -> tuple[str, ...]:
    """The columns that its keys are made of; one of which several make a key stands several times."""
    return tuple(piece.partition(":")[0] for piece in family.pieces) * max(family.every, 1)


def keyed(family: Family, place: int, pieces: OfPiece) -> Keyed:
    """The keys of one family over all records."""
    records, made = _of_every(family.every, pieces(family.pieces[0])) if family.every else _of_all(family, pieces)
    made = made & np.uint64(BELOW) | np.uint64(place << FAMILY_AT)
    order = np.lexsort((records, made))
    made, records = made[order], records[order]
    once = np.ones(len(made), bool)
    once[1:] = (made[1:] != made[:-1]) | (records[1:] != records[:-1])
    return Keyed(made[once], records[once])


def _of_all(family: Family, pieces: OfPiece) -> tuple[NDArray[np.int32], Hashes]:
    found = sorted((pieces(piece) for piece in family.pieces), key=lambda one: -one.ndim)
    at = np.nonzero(found[0])
    records, made = at[0].astype(np.int32), hashes.with_another(np.zeros(len(at[0]), np.uint64), found[0][at])
    for one in found[1:]:
        made = hashes.with_another(made, one[records])
    whole = np.logical_and.reduce([np.ones(len(records), bool), *(one[records] > 0 for one in found[1:])])
    return records[whole], made[whole]


def _of_every(some: int, words: Hashes) -> tuple[NDArray[np.int32], Hashes]:
    """Every so many members of one list, whatever their order; of no record with more than WORDS."""
    few = words[:, WORDS:].any(1) == 0 if words.shape[1] > WORDS else np.ones(len(words), bool)
    records, found = [np.empty(0, np.int32)], [np.empty(0, np.uint64)]
    for places in combinations(range(min(words.shape[1], WORDS)), some):
        rows = np.flatnonzero((words[:, places[-1]] != 0) & few)
        made = np.zeros(len(rows), np.uint64)
        for member in np.sort(words[rows[:, None], places], axis=1).T:
            made = hashes.with_another(made, member)
        records.append(rows.astype(np.int32))
        found.append(made)
    return np.concatenate(records), np.concatenate(found)


def asked(families: Sequence[Family], values: Values) -> Iterator[Asked]:
    """Every key of a question."""
    known: dict[str, list[int]] = {}
    for place, family in enumerate(families):
        if all(name in values for name in columns_of(family)):
            yield from (Asked(key, family) for key in keys_of(family, place, values, known))


def keys_of(family: Family, place: int, values: Values, known: dict[str, list[int]] | None = None) -> Iterator[int]:
    """The keys of one family. known: the hashes of pieces that were worked out already, which is added to."""
    known = {} if known is None else known
    for piece in family.pieces:
        if piece not in known:
            column, _, length = piece.partition(":")
            known[piece] = [_hash(value, int(length or 0)) for value in values.get(column, ())]
    if all(known[piece] for piece in family.pieces):
        found = _every_of_one(family.every, known[family.pieces[0]]) if family.every else _one_of_all(family, known)
        yield from (made & BELOW | place << FAMILY_AT for made in dict.fromkeys(found))


def of_pairs(place: int, one: Hashes, other: Hashes) -> Hashes:
    """The keys of pairs of members of one list, the lower hash of each pair first."""
    made = hashes.with_another(hashes.with_another(np.zeros(len(one), np.uint64), one), other)
    return made & np.uint64(BELOW) | np.uint64(place << FAMILY_AT)


def _hash(value: str | int, length: int) -> int:
    if isinstance(value, int):
        return hashes.of_number(value)
    return hashes.of_text(value[:length] if length else value)


def _every_of_one(some: int, words: list[int]) -> Iterator[int]:
    if len(words) <= WORDS:
        for members in combinations(sorted(words), some):
            yield _made(members)


def _one_of_all(family: Family, known: Mapping[str, list[int]]) -> Iterator[int]:
    lists, *rest = map(known.__getitem__, sorted(family.pieces, key=lambda piece: piece.partition(":")[0] not in LISTS))
    for member in lists:
        yield _made((member, *(one[0] for one in rest)))


def _made(pieces: Sequence[int]) -> int:
    made = 0
    for piece in pieces:
        made = hashes.with_one_more(made, piece)
    return made
