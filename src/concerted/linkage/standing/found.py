"""The records that share a piece of evidence with a question, and the keys that too many hold."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Numbers
from concerted.linkage.keys import Family
from concerted.linkage.standing import keyed
from concerted.linkage.standing.asked import Question

NEAREST: Final = 60  # holders of a strong key that stays common that are looked at: those with most else in common
LOOKED_THROUGH: Final = 100_000  # holders of one key, above which they are not even refined
_ALIKE_BY: Final = ("dob", "birthday", "year", "postcode", "district", "sex", "town", "street")
_FOLLOW: Final[Mapping[str, tuple[str, ...]]] = {
    "dob": ("year", "birthday"),
    "postcode": ("district",),
    "address": ("street",),
}
_NONE: Final = np.empty(0, np.int32)


class Found(NamedTuple):
    """records: those that may be the question's person's, in order. capped: families of keys so common that not all
    who hold one were looked at, where nothing narrower was looked at whole."""

    records: Numbers
    capped: tuple[Family, ...]


class _Kept(NamedTuple):
    """Those of the holders of a key that are worth comparing. by: the columns by which they were found; whole: whether
    all whom those find are among them."""

    records: Numbers
    by: tuple[str, ...]
    whole: bool


def found(question: Question, scope: NDArray[np.bool_] | None) -> Found:
    """Look up every key of a question. scope: for each record whether it counts at all; None for all of them."""
    asked = list(keyed.asked(question.standing.families, question.keys()))
    records, looked_at, cut = [_NONE], list[tuple[str, ...]](), dict[Family, None]()
    for family, holders in _holders(question, asked, scope):
        kept = _kept(question, family, holders)
        records.append(kept.records)
        if kept.whole:
            looked_at.append(kept.by)
        else:
            cut[family] = None
    return Found(np.unique(np.concatenate(records)), _worth_telling(list(cut), looked_at))


def _holders(
    question: Question, asked: Sequence[keyed.Asked], scope: NDArray[np.bool_] | None
) -> Iterator[tuple[Family, Numbers]]:
    """The records that hold each key, of those in scope."""
    keys, holders = question.standing.arrays["keys"], question.standing.arrays["holders"]
    wanted = np.array([one.key for one in asked], np.uint64)
    begins, ends = np.searchsorted(keys, wanted, "left").tolist(), np.searchsorted(keys, wanted, "right").tolist()
    for one, begin, end in zip(asked, begins, ends, strict=True):
        if end > begin:
            held = holders[begin:end]
            yield one.family, held if scope is None else held[scope[held]]


def _kept(question: Question, family: Family, holders: Numbers) -> _Kept:
    by = keyed.columns_of(family)
    if len(holders) < family.cap:  # with the question itself there are as many as batch would count
        return _Kept(holders, by, whole=True)
    if len(holders) > LOOKED_THROUGH:
        return _Kept(_NONE, by, whole=False)
    cap = family.cap if family.cap_refined is None else family.cap_refined
    ways = [way for pieces in family.refined if (way := _refined(question, pieces, holders, cap))]
    if ways:
        added = (name for _, names in ways for name in names)
        return _Kept(np.concatenate([records for records, _ in ways]), (*by, *added), whole=True)
    return _Kept(_nearest(question, holders) if family.strong else _NONE, by, whole=False)


def _refined(
    question: Question, pieces: Sequence[str], holders: Numbers, cap: int
) -> tuple[Numbers, Sequence[str]] | None:
    """Those holders who agree with what the question says of these pieces, taken one after the other until they are
    few, and the pieces that were taken; None where they never are."""
    for at, piece in enumerate(pieces):
        if own := question.numbers.get(piece):
            holders = holders[question.standing.refining(piece)[holders] == own[0]]
            if len(holders) < cap:
                return holders, pieces[: at + 1]
    return None


def _nearest(question: Question, holders: Numbers) -> Numbers:
    """The holders who have most else in common with the question; those that have as much as one another all or none,
    so that no order counts."""
    alike = np.zeros(len(holders), np.int8)
    for name in _ALIKE_BY:
        if own := question.numbers.get(name):
            alike += question.standing.column(name, holders) == own[0]
    if not alike.any():
        return _NONE
    least = next(many for many in range(1, len(_ALIKE_BY) + 2) if np.count_nonzero(alike >= many) <= NEAREST)
    return holders[alike >= least]


def _worth_telling(cut: Sequence[Family], looked_at: Sequence[tuple[str, ...]]) -> tuple[Family, ...]:
    """The families of cut keys but for those of which something narrower was looked at, or is cut as well."""
    if not cut:
        return ()
    told = [(family, _said_by(keyed.columns_of(family))) for family in cut]
    narrower = [*map(_said_by, set(looked_at)), *(said for _, said in told)]
    return tuple(family for family, said in told if not any(said < other for other in narrower))


def _said_by(columns: Sequence[str]) -> Counter[str]:
    """What these columns say, and what follows from it."""
    return Counter([*columns, *(name for column in columns for name in _FOLLOW.get(column, ()))])
