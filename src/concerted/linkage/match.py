"""Do we already know them? One record looked up in a picture that stands, and judged as batch would judge it."""

import time
from collections.abc import Collection, Mapping
from typing import Final

import numpy as np

from concerted.common.errors import UsedWronglyError
from concerted.linkage.coded import Numbers
from concerted.linkage.standard.one import standardised
from concerted.linkage.standing import forgiving
from concerted.linkage.standing.answer import Answer, in_a_sentence
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.few import Few
from concerted.linkage.standing.found import found
from concerted.linkage.standing.hits import in_words, too_common
from concerted.linkage.standing.judged import Scope, completed, judged, sure, with_itself
from concerted.linkage.standing.read import Standing

TOP: Final = 10  # entities
_TELL_NOBODY: Final = frozenset({"source", "record_id", "sex", "country"})


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
    within = standing.within(searched)
    question = Question(standing, record)
    if not question.values.keys() - _TELL_NOBODY:
        raise UsedWronglyError(
            "the record says nothing by which anybody could be found",
            mend="give a name, a date of birth, an address, a telephone or a number of the person's",
        )
    few, first = Few(question), found(question, within)
    looked = _Look(few, first.records, within)
    capped, second = too_common(first.capped), False
    if not looked.somebody:
        more = np.setdiff1d(_in_scope(forgiving.found(question), within), first.records)
        second = len(more) > 0
        looked = _Look(few, np.union1d(first.records, more), within) if second else looked
    hits = in_words(looked.compared, looked.judged[:top])
    enough = looked.somebody or bool(sure(standing.release, np.array(with_itself(few))))
    said = in_a_sentence(hits, capped, enough=enough)
    return Answer(hits, capped, second, searched, (time.perf_counter() - began) * 1000, said)


class _Look:
    """Records found, compared and judged."""

    def __init__(self, few: Few, records: Numbers, within: Scope) -> None:
        self.compared, sets = completed(few, records, within)
        self.judged = judged(self.compared, sets)
        self.somebody = any(one.band != "apart" for one in self.judged)


def says_anything(standing: Standing, record: Mapping[str, str]) -> bool:
    """Whether the record says anything by which somebody could be found."""
    return bool(standardised(record, standing.others).keys() - _TELL_NOBODY)


def _searched(standing: Standing, scope: Collection[str] | None) -> tuple[str, ...]:
    if scope is None:
        return tuple(sorted(standing.sources))
    strange = sorted(set(scope) - standing.sources.keys())
    if strange or not scope:
        what = f"no record is of the source {strange[0]!r}" if strange else "no source is named to search in"
        raise UsedWronglyError(what, mend=f"name some of {', '.join(sorted(standing.sources))}")
    return tuple(sorted(set(scope)))


def _in_scope(records: Numbers, within: Scope) -> Numbers:
    return records if within is None else records[within[records]]
