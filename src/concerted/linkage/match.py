"""Do we already know them? One record looked up in a picture that stands, and judged as batch would judge it."""

import time
from collections.abc import Collection, Mapping, Sequence
from typing import Final

import numpy as np

from concerted.common.errors import UsedWronglyError
from concerted.linkage import terms
from concerted.linkage.keys import Family
from concerted.linkage.standard.one import Value, standardised
from concerted.linkage.standing import forgiving
from concerted.linkage.standing.answer import Answer, Hit, in_a_sentence
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.found import found
from concerted.linkage.standing.judged import Compared, Judged, Scope, compared, entity_id, judged
from concerted.linkage.standing.read import Standing
from concerted.linkage.standing.settle import would_settle
from concerted.linkage.weigh import probability
from concerted.linkage.words import LEAST, parts_of_terms, phrase, words_of_each

TOP: Final = 10  # entities
_SAY_NOTHING: Final = frozenset({"source", "sex", "country"})
_MORE: Final = {  # what to add to what too many share
    "two names": "a year or a place",
    "three names": "a year or a place",
    "nickname and family name": "a year or a place",
    "name": "another name, a year or a place",
}


def match(
    standing: Standing, record: Mapping[str, str], *, top: int = TOP, scope: Collection[str] | None = None
) -> Answer:
    """The entities that may be the person of this record, the likeliest first.

    record: standard fields as the readers of extracts write them (`fields.cleaned` makes them of what a person typed);
    `source` and `record_id` where it is a record of a source. scope: the sources that are searched, as if there were no
    other records; all where it is not given. Raises UsedWronglyError for a source that is none, or a record that says
    nothing by which anybody could be found.
    """
    began = time.perf_counter()
    searched = _searched(standing, scope)
    within = _within(standing, searched)
    question = Question(standing, _values(standing, record))
    first = found(question, within)
    hits = _hits(question, first.records, within, top)
    second = not any(hit.band != "apart" for hit in hits)
    if second:
        others = forgiving.found(question)
        others = others if within is None else others[within[others]]
        more = np.setdiff1d(others, first.records, assume_unique=True)
        second = bool(len(more))
        if second:
            hits = _hits(question, np.union1d(first.records, more), within, top)
    capped = tuple(map(_capped, first.capped))
    ms = (time.perf_counter() - began) * 1000
    return Answer(hits, capped, second, searched, ms, in_a_sentence(hits, capped))


def _searched(standing: Standing, scope: Collection[str] | None) -> tuple[str, ...]:
    if scope is None:
        return tuple(sorted(standing.sources))
    strange = sorted(set(scope) - standing.sources.keys())
    if strange or not scope:
        what = f"no record is of the source {strange[0]!r}" if strange else "no source is named to search in"
        raise UsedWronglyError(what, mend=f"name some of {', '.join(sorted(standing.sources))}")
    return tuple(sorted(set(scope)))


def _within(standing: Standing, searched: Sequence[str]) -> Scope:
    """For each record whether it is searched; None for all."""
    if len(searched) == len(standing.sources):
        return None
    return np.isin(standing.arrays["of_source"], [standing.sources[name] for name in searched])


def _values(standing: Standing, record: Mapping[str, str]) -> dict[str, Value]:
    values = standardised(record, standing.others)
    if not values.keys() - _SAY_NOTHING:
        raise UsedWronglyError(
            "the record says nothing by which anybody could be found",
            mend="give a name, a date of birth, an address, a telephone or a number of the person's",
        )
    return values | ({"record_id": record["record_id"]} if record.get("record_id") else {})


def says_anything(standing: Standing, record: Mapping[str, str]) -> bool:
    """Whether the record says anything by which somebody could be found."""
    return bool(standardised(record, standing.others).keys() - _SAY_NOTHING)


def _hits(
    question: Question, records: "np.ndarray[tuple[int], np.dtype[np.int32]]", within: Scope, top: int
) -> tuple[Hit, ...]:
    if not len(records):
        return ()
    pairs, sets = compared(question, records, within)
    best = judged(pairs, sets)[:top]
    said = _said(pairs, [one.best for one in best])
    return tuple(_hit(pairs, one, parts) for one, parts in zip(best, said, strict=True))


def _hit(pairs: Compared, one: Judged, parts: list[tuple[float, str]]) -> Hit:
    speaks_for = [
        phrase(words, bits) for bits, words in sorted(parts, key=lambda part: (-part[0], part[1])) if bits > 0
    ]
    against = [phrase(words, bits) for bits, words in sorted(parts) if bits < 0]
    against = [f"each has another {what}" for what in one.differing] + against
    right = float(probability(np.array([one.weight]))[0])
    standing = pairs.together.question.standing
    return Hit(
        entity_id(standing, one.members),
        one.weight,
        right,
        one.band,
        tuple(speaks_for),
        tuple(against),
        would_settle(pairs, one),
    )


def _said(pairs: Compared, rows: list[int]) -> list[list[tuple[float, str]]]:
    """For each of these pairs its parts in bits, with their words."""
    weighed = pairs.weighed.take(np.array(rows, np.intp))
    said: list[list[tuple[float, str]]] = [[] for _ in rows]
    for one in pairs.comparer.comparisons:
        bits = pairs.comparer.part(one, weighed.compared.levels, weighed.compared.left)
        for parts, words, each in zip(
            said, words_of_each(pairs.comparer, one, weighed.compared), bits.tolist(), strict=True
        ):
            if abs(each) >= LEAST:
                parts.append((each, words))
    for term, bits in parts_of_terms(weighed):
        for parts, each in zip(said, bits.tolist(), strict=True):
            if abs(each) >= LEAST:
                parts.append((each, terms.WORDS[term][1]))
    return said


def _capped(family: Family) -> str:
    return f"many of this {family.name}: add {_MORE.get(family.name, 'a name, a year or a place')}"
