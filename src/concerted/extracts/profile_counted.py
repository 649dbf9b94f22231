"""Which field a column of ethnicity is drafted into: what a person says of themselves, or what somebody observed.

Never both from one column, and neither unless its values are of that list: then it is dropped, as every other column
is that may hold what is never compared (`DESIGN.md`, rule 2). These fields are counted in tables alone.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import Final

from concerted.extracts.profile_columns import Column
from concerted.extracts.profile_fit import NEARLY_ALL, is_of_codes
from concerted.extracts.profile_words import words_of
from concerted.extracts.protected import judge_name
from concerted.reference.codes import code_list
from concerted.reference.crosswalks import crosswalk

SELF_DEFINED: Final = "ethnicity_self_defined"
OBSERVED: Final = "ethnicity_observed"
_OBSERVER: Final = frozenset({"ic", "iccode", "observed", "officer", "appearance"})
_IC_CODE: Final = re.compile(r"IC ?[0-9]", re.IGNORECASE)
_OTHER_LISTS: Final = ("ethnicity_dfe", "ethnicity_self_defined_16")  # from which a crosswalk leads
Codes = Mapping[str, str | None]


def counted_field(column: Column) -> tuple[str, Codes | None] | None:
    """The field of ethnicity that the column makes, and the codes when its texts need any. None: it makes neither.

    By its name it must hold ethnicity. What is named as observed, or holds IC codes, is never self-defined.
    """
    named = judge_name(column.name)
    words = set(words_of(column.name))
    observed = bool(words & _OBSERVER)
    if (named.about, named.verdict) != ("ethnicity", "refused") or not is_of_codes(column) or not column.filled:
        return None
    if any(map(_IC_CODE.fullmatch, column.counts)):
        said = bool(words & {"self", "defined", "sde", "18", "16"})
        return None if said and not observed else _with_codes(column, OBSERVED, _observed)
    return _with_codes(column, OBSERVED, _observed) if observed else _with_codes(column, SELF_DEFINED, _self_defined)


def _with_codes(column: Column, field: str, meaning: Callable[[str], str | None]) -> tuple[str, Codes | None] | None:
    """The field, when nearly all values are on one of the lists that lead to it."""
    known = {text: meaning(text) for text in sorted(column.counts)}
    told = sum(count for text, count in column.counts.items() if known[text] or _says_why_not(text))
    if told < NEARLY_ALL * column.filled or not any(known.values()):
        return None
    read_as_they_are = all(map(code_list(field).validate, column.counts))
    return field, None if read_as_they_are else known


def _observed(text: str) -> str | None:
    """The IC code. A figure alone is one in a column that is named so."""
    return code_list(OBSERVED).clean(text).value or code_list(OBSERVED).clean(f"IC{text}").value


def _self_defined(text: str) -> str | None:
    found = code_list(SELF_DEFINED).clean(text).value
    return found or next((code for name in _OTHER_LISTS if (code := _carried_over(name).get(_code(name, text)))), None)


@cache
def _carried_over(name: str) -> Mapping[str | None, str | None]:
    return {code: step.to for code, step in crosswalk(name, SELF_DEFINED).items()}


def _code(name: str, text: str) -> str | None:
    return code_list(name).clean(text).value


def _says_why_not(text: str) -> bool:
    """Whether the text is on another of the lists, though no code of this one is its equal: refused, not obtained."""
    return any(_code(name, text) for name in (*_OTHER_LISTS, "missing_reasons"))
