"""Why a record lacks a value: in the words of the file, under the reasons of the list `missing_reasons`."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

from concerted.desk.quality.figures import ETHNICITY, LEFT_EMPTY, OTHER_WORDS, Missing
from concerted.extracts.fields import STANDARD_FIELDS
from concerted.reference.codes import CodeList, code_list, code_list_names

REASONS: Final = "missing_reasons"


def none_codes(field: str) -> tuple[str, ...]:
    """Codes of a field's list that say that there is no value, such as "NS" (not stated)."""
    coded = STANDARD_FIELDS[field].value_type
    if not isinstance(coded, CodeList):
        return ()
    return tuple(code for code in coded.codes if coded.missing_reason(code))


def why(field: str, told: str | None, code: str | None, text: str) -> tuple[str, str]:
    """The reason, and the words that say so.

    told: what the extract's own column of reasons says, which goes before all. code: one of `none_codes`. text: as the
    file gave it. Of a protected field no words are given.
    """
    rule = STANDARD_FIELDS[field]
    shown = "" if rule.counted else text
    if told:
        return told, ""
    if code is not None and isinstance(rule.value_type, CodeList):
        return rule.value_type.missing_reason(code) or OTHER_WORDS, shown
    if not text:
        return LEFT_EMPTY, ""
    return _coded_elsewhere(field, text) or code_list(REASONS).clean(text).value or OTHER_WORDS, shown


def _coded_elsewhere(field: str, text: str) -> str | None:
    """The reason that another list of ethnicity gives to a code, which the profile calls missing: REFU is refused."""
    if field not in ETHNICITY:
        return None
    lists = (code_list(name) for name in code_list_names() if name.startswith("ethnicity"))
    return next((reason for one in lists if (reason := one.missing_reason(text))), None)


def grouped(counts: Mapping[tuple[str, str], int]) -> tuple[Missing, ...]:
    """The reasons in the order of the list, empty ones first and other words last; texts most frequent first."""
    order = (LEFT_EMPTY, *code_list(REASONS).codes, OTHER_WORDS)
    texts: dict[str, Counter[str]] = {}
    for (reason, text), count in counts.items():
        texts.setdefault(reason, Counter())[text] += count
    found = sorted(texts.items(), key=lambda one: order.index(one[0]))
    return tuple(Missing(reason, said.total(), _frequent(said)) for reason, said in found)


def _frequent(said: Counter[str]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((text, count) for text, count in said.items() if text), key=lambda one: (-one[1], one[0])))
