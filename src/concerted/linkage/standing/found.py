"""The records that share a piece of evidence with a question, and the keys that too many hold."""

from collections.abc import Iterator, Sequence
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
_NONE: Final = np.empty(0, np.int32)


class Found(NamedTuple):
    """records: those that may be the question's person's, in order. capped: families of keys so common that not all
    who hold one were looked at, where nothing narrower was looked at whole."""

    records: Numbers
    capped: tuple[Family, ...]


def found(question: Question, scope: NDArray[np.bool_] | None) -> Found:
    """Look up every key of a question. scope: for each record whether it counts at all; None for all of them."""
    asked = list(keyed.asked(question.standing.families, question.keys()))
    records, looked_at, cut = [_NONE], set[Family](), list[Family]()
    for family, holders in _holders(question, asked, scope):
        kept, whole = _kept(question, family, holders)
        records.append(kept)
        if whole:
            looked_at.add(family)
        else:
            cut.append(family)
    return Found(np.unique(np.concatenate(records)), _worth_telling(cut, looked_at))


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


def _kept(question: Question, family: Family, holders: Numbers) -> tuple[Numbers, bool]:
    """Those of the holders of one key that are worth comparing, and whether none was cut."""
    if len(holders) < family.cap:  # with the question itself there are as many as batch would count
        return holders, True
    if len(holders) > LOOKED_THROUGH:
        return _NONE, False
    cap = family.cap if family.cap_refined is None else family.cap_refined
    ways = [_refined(question, pieces, holders, cap) for pieces in family.refined]
    records = [records for records in ways if records is not None]
    if not records and family.strong:
        return _nearest(question, holders), False
    return np.concatenate([_NONE, *records]), bool(records)


def _refined(question: Question, pieces: Sequence[str], holders: Numbers, cap: int) -> Numbers | None:
    """Those holders who agree with what the question says of these pieces, taken one after the other until they are
    few; None where they never are."""
    for piece in pieces:
        if own := question.numbers.get(piece):
            holders = holders[question.standing.refining(piece)[holders] == own[0]]
            if len(holders) < cap:
                return holders
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


def _worth_telling(cut: Sequence[Family], looked_at: set[Family]) -> tuple[Family, ...]:
    """The families of cut keys but for those whose pieces another has too, cut or not: it says more."""
    others = {*cut, *looked_at}
    return tuple(
        family
        for family in dict.fromkeys(cut)
        if not any(_has_all(other, family) for other in others if other != family)
    )


def _has_all(one: Family, other: Family) -> bool:
    """Whether one family's keys say all that the other's say, and more."""
    ours, theirs = list(keyed.columns_of(one)), keyed.columns_of(other)
    return len(ours) > len(theirs) and all(ours.count(name) >= theirs.count(name) for name in theirs)
