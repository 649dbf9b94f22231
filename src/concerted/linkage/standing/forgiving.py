"""A second, forgiving look for a question that nobody answers: by names that are near its own."""

from collections.abc import Iterator
from itertools import combinations
from typing import Final

import numpy as np

from concerted.linkage import hashes
from concerted.linkage.coded import Numbers
from concerted.linkage.hashes import Hashes
from concerted.linkage.keys import Family
from concerted.linkage.standing import keyed
from concerted.linkage.standing.asked import Question

WORDS: Final = 4  # of a question, the most that are looked at
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
    wanted = np.unique(np.concatenate([*_of_two(question, near), *_of_one(question, near)]))
    keys = standing.arrays["keys"]
    begins, ends = (np.searchsorted(keys, wanted, side) for side in ("left", "right"))
    few = (ends > begins) & (ends - begins <= _CAP)
    held = [
        standing.arrays["holders"][begin:end]
        for begin, end in zip(begins[few].tolist(), ends[few].tolist(), strict=True)
    ]
    return np.unique(np.concatenate([_NONE, *held]))


def _of_two(question: Question, near: list[list[str]]) -> Iterator[Hashes]:
    """The keys of two words, each near one of the question's."""
    place = next(at for at, one in enumerate(question.standing.families) if one.every == 2)
    words = [np.array([hashes.of_text(word) for word in one], np.uint64) for one in near]
    for one, other in combinations(words, 2):
        yield keyed.of_pairs(place, np.minimum.outer(one, other).ravel(), np.maximum.outer(one, other).ravel())


def _of_one(question: Question, near: list[list[str]]) -> Iterator[Hashes]:
    """The keys of one word near one of the question's, beside another value that the question says."""
    beside = {name: value for name, value in question.keys().items() if name in _BESIDE}
    values: dict[str, list[str | int]] = {**beside, "words": [*sorted({word for one in near for word in one})]}
    known: dict[str, list[int]] = {}
    for at, family in enumerate(question.standing.families):
        if _is_of_one(family):
            yield np.array(list(keyed.keys_of(family, at, values, known)), np.uint64)


def _is_of_one(family: Family) -> bool:
    """Whether its keys are a whole word and something beside."""
    return "words" in family.pieces and len(family.pieces) > 1 and set(family.pieces) <= {"words", *_BESIDE}
