"""A second, forgiving look for a question that nobody answers: by names that are near its own."""

from collections.abc import Iterator
from itertools import combinations, islice, product
from typing import Final

import numpy as np

from concerted.linkage.coded import Numbers
from concerted.linkage.keys import Family
from concerted.linkage.standing import keyed
from concerted.linkage.standing.asked import Question

WORDS: Final = 4  # of a question, the most that are looked at
_MOST: Final = 300  # pairs of words near two of its own
_CAP: Final = 60  # holders of a key, above which it is passed over
_BESIDE: Final = ("year", "postcode", "town", "street")
_NONE: Final = np.empty(0, np.int32)


def found(question: Question) -> Numbers:
    """The records of people whose names are near the question's: two names near, or one beside something else that
    agrees, of keys that are not common."""
    words = question.values.get("words")
    if not isinstance(words, tuple):
        return _NONE
    standing = question.standing
    near = [standing.near.of(word) for word in words[:WORDS]]
    wanted = np.array(sorted({*_of_two(question, near), *_of_one(question, near)}), np.uint64)
    keys = standing.arrays["keys"]
    begins, ends = (np.searchsorted(keys, wanted, side).tolist() for side in ("left", "right"))
    held = [
        standing.arrays["holders"][begin:end]
        for begin, end in zip(begins, ends, strict=True)
        if 0 < end - begin <= _CAP
    ]
    return np.unique(np.concatenate([_NONE, *held]))


def _of_two(question: Question, near: list[list[str]]) -> Iterator[int]:
    """The keys of two words, each near one of the question's."""
    at, two = next((at, one) for at, one in enumerate(question.standing.families) if one.every == 2)
    for one, other in combinations(near, 2):
        for pair in islice(product(one, other), _MOST):
            yield from keyed.keys_of(two, at, {two.pieces[0]: pair})


def _of_one(question: Question, near: list[list[str]]) -> Iterator[int]:
    """The keys of one word near one of the question's, beside another value that the question says."""
    beside = {name: value for name, value in question.keys().items() if name in _BESIDE}
    words = sorted({word for one in near for word in one})
    for at, family in enumerate(question.standing.families):
        if _is_of_one(family):
            yield from keyed.keys_of(family, at, {**beside, "words": words})


def _is_of_one(family: Family) -> bool:
    """Whether its keys are a whole word and something beside."""
    return "words" in family.pieces and len(family.pieces) > 1 and set(family.pieces) <= {"words", *_BESIDE}
