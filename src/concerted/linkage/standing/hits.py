"""The hits of a question, with their reasons in words."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

import numpy as np

from concerted.linkage import terms
from concerted.linkage.keys import Family
from concerted.linkage.standing.answer import Hit
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.few import Part
from concerted.linkage.standing.judged import Compared, Judged, entity_id
from concerted.linkage.standing.settle import would_settle
from concerted.linkage.weigh import probability
from concerted.linkage.words import LEAST, level_in_words, parts_of_terms, phrase

Said = tuple[float, str]  # bits, and what they are for

_MONTH: Final = re.compile(r"(\d{4}-\d{2})(?!-?\d)")
_MORE: Final = {  # what to add to what too many share
    "two names": "a year or a place",
    "three names": "a year or a place",
    "nickname and family name": "a year or a place",
    "name": "another name, a year or a place",
}


def in_words(found: Compared, best: Sequence[Judged]) -> tuple[Hit, ...]:
    """These entities as hits."""
    if not best:
        return ()
    right = probability(np.array([one.weight for one in best])).tolist()
    columns = (best, right, _terms(found, best), would_settle(found, best))
    return tuple(_hit(found, *each) for each in zip(*columns, strict=True))


def too_common(families: Sequence[Family]) -> tuple[str, ...]:
    """Kinds of evidence that too many share, in words."""
    return tuple(f"many of this {one.name}: add {_MORE.get(one.name, 'a name, a year or a place')}" for one in families)


def _hit(found: Compared, one: Judged, right: float, terms: Sequence[Said], settle: tuple[str, ...]) -> Hit:
    question, standing = found.question, found.question.standing
    parts = [*_said(found.pairs.parts[one.best]), *terms]
    speaks_for = [phrase(words, bits) for bits, words in sorted(parts, key=_strongest_first) if bits >= LEAST]
    against = [phrase(words, bits) for bits, words in sorted(parts) if bits <= -LEAST]
    for words, speaks in _months(question, one):
        (speaks_for if speaks else against).append(words)
    return Hit(
        entity_id(standing, one.members),
        one.weight,
        right,
        one.band,
        tuple(speaks_for),
        (*(f"each has another {what}" for what in one.differing), *filter(None, [one.beside]), *against),
        settle,
        standing.keys(one.members),
    )


def _strongest_first(said: Said) -> Said:
    return -said[0], said[1]


def _said(parts: Sequence[Part]) -> Iterator[Said]:
    """What each comparison says of a pair."""
    for part in parts:
        if part.level >= 0:
            yield part.bits, level_in_words(part.field.comparison, part.level, part.rarity)


def _terms(found: Compared, hits: Sequence[Judged]) -> list[list[Said]]:
    """What the terms say of the best pair of each of these."""
    weighed = found.weighed.take(np.array([one.best for one in hits], np.intp))
    columns = [[(each, terms.WORDS[term][1]) for each in bits.tolist()] for term, bits in parts_of_terms(weighed)]
    return [list(row) for row in zip(*columns, strict=True)]


def _months(question: Question, one: Judged) -> Iterator[tuple[str, bool]]:
    """What a month of birth says, which weighs no more than its year; and whether it speaks for the entity."""
    said = _MONTH.match(question.record.get("date_of_birth", ""))
    if said:
        numbers = question.standing.column("dob", one.members)
        months = {question.text(number)[:7] for number in numbers.tolist() if number}
        if months:
            here = said[1] in months
            yield f"born in {'that' if here else 'another'} month, which is not weighed", here
