"""A second, forgiving look for a question that nobody answers: by names that are near its own."""

from itertools import product
from typing import Final

import numpy as np

from concerted.linkage.coded import Numbers
from concerted.linkage.keys import Family
from concerted.linkage.standing import keyed
from concerted.linkage.standing.asked import Question

_MOST: Final = 400  # keys
_CAP: Final = 60  # holders of one of them
_BESIDE: Final = ("year", "birthday", "postcode", "district", "town", "street")
_NONE: Final = np.empty(0, np.int32)


def found(question: Question) -> Numbers:
    """The records of people whose names are near the question's: two names near, or one beside something else that
    agrees, of keys that are not common."""
    words = question.values.get("words")
    if not isinstance(words, tuple):
        return _NONE
    standing = question.standing
    near = [[standing.texts.text(number) for number in standing.near.of(word)] for word in words[:4]]
    keys = standing.arrays["keys"]
    wanted = np.array(sorted(_keys(question, near))[: _MOST * 4], np.uint64)
    begins, ends = (np.searchsorted(keys, wanted, side).tolist() for side in ("left", "right"))
    held = [
        standing.arrays["holders"][begin:end]
        for begin, end in zip(begins, ends, strict=True)
        if 0 < end - begin <= _CAP
    ]
    return np.unique(np.concatenate([_NONE, *held]))


def _keys(question: Question, near: list[list[str]]) -> set[int]:
    """The keys of two words near two of its own, and of one beside another value."""
    families = question.standing.families
    found = set[int]()
    for at, one in enumerate(near):
        for other in near[at + 1 :]:
            for pair in list(product(one, other))[:_MOST]:
                found |= _of({"words": list(pair)}, families)
    values = {name: value for name, value in question.keys().items() if name in _BESIDE}
    for word in {word for one in near for word in one}:
        found |= _of({"words": [word], **values}, families)
    return found


def _of(values: dict[str, list[str | int]], families: tuple[Family, ...]) -> set[int]:
    return {one.key for one in keyed.asked(families, values) if len(one.family.pieces) > 1 or one.family.every}
