"""The hits of a question, with their reasons in words."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from concerted.linkage import terms
from concerted.linkage.coded import Numbers
from concerted.linkage.keys import Family
from concerted.linkage.standing.answer import Hit
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.judged import Compared, Judged, Scope, compared, entity_id, judged
from concerted.linkage.standing.settle import would_settle
from concerted.linkage.weigh import probability
from concerted.linkage.words import LEAST, parts_of_terms, phrase, words_of_each

Part = tuple[float, str]  # bits, and what they are for

_MONTH: Final = re.compile(r"(\d{4}-\d{2})(?!-?\d)")
_MORE: Final = {  # what to add to what too many share
    "two names": "a year or a place",
    "three names": "a year or a place",
    "nickname and family name": "a year or a place",
    "name": "another name, a year or a place",
}


def hits(question: Question, records: Numbers, within: Scope, top: int) -> tuple[Hit, ...]:
    """The entities of these records, the likeliest first."""
    if not len(records):
        return ()
    pairs, sets = compared(question, records, within)
    best = judged(pairs, sets)[:top]
    said, settle = _said(pairs, [one.best for one in best]), would_settle(pairs, best)
    return tuple(_hit(pairs, one, parts, tells) for one, parts, tells in zip(best, said, settle, strict=True))


def too_common(families: Sequence[Family]) -> tuple[str, ...]:
    """Kinds of evidence that too many share, in words."""
    return tuple(f"many of this {one.name}: add {_MORE.get(one.name, 'a name, a year or a place')}" for one in families)


def _hit(pairs: Compared, one: Judged, parts: Sequence[Part], settle: tuple[str, ...]) -> Hit:
    speaks_for = [phrase(words, bits) for bits, words in sorted(parts, key=_strongest_first) if bits > 0]
    against = [phrase(words, bits) for bits, words in sorted(parts) if bits < 0]
    question = pairs.together.question
    for words, speaks in _months(question, one):
        (speaks_for if speaks else against).append(words)
    return Hit(
        entity_id(question.standing, one.members),
        one.weight,
        float(probability(np.array([one.weight]))[0]),
        one.band,
        tuple(speaks_for),
        (*(f"each has another {what}" for what in one.differing), *against),
        settle,
    )


def _strongest_first(part: Part) -> Part:
    return -part[0], part[1]


def _said(pairs: Compared, rows: Sequence[int]) -> list[list[Part]]:
    """For each of these pairs its parts that are worth speaking of."""
    weighed = pairs.weighed.take(np.array(rows, np.intp))
    said: list[list[Part]] = [[] for _ in rows]
    for one in pairs.comparer.comparisons:
        bits = pairs.comparer.part(one, weighed.compared.levels, weighed.compared.left)
        if (np.abs(bits) >= LEAST).any():
            words = words_of_each(pairs.comparer, one, weighed.compared)
            _add(said, bits.tolist(), words)
    for term, bits in parts_of_terms(weighed):
        _add(said, bits.tolist(), [terms.WORDS[term][1]] * len(rows))
    return said


def _add(said: Sequence[list[Part]], bits: Sequence[float], words: Sequence[str]) -> None:
    for parts, each, what in zip(said, bits, words, strict=True):
        if abs(each) >= LEAST:
            parts.append((each, what))


def _months(question: Question, one: Judged) -> Iterator[tuple[str, bool]]:
    """What a month of birth says, which weighs no more than its year; and whether it speaks for the entity."""
    said = _MONTH.match(question.record.get("date_of_birth", ""))
    if said:
        numbers = question.standing.column("dob", one.members)
        months = {question.text(number)[:7] for number in numbers.tolist() if number}
        if months:
            here = said[1] in months
            yield f"born in {'that' if here else 'another'} month, which is not weighed", here
