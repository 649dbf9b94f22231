"""Ethnicity, religion and nationality are never compared: this module knows a column that holds one.

By its name, and by its values. Source of the rule: `DESIGN.md`, rule 2; the words and lists are the reference tables
`protected_columns` and `protected_lists`. A column is refused by its values when at least 60 in 100 of those that say
anything lie on one list, fewer than 60 different ones occur, and a profile does not map it to another list by `codes`.
A profile may carry such a column as evidence or drop it.
"""

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, Final, Literal

from concerted.extracts.fields import NAME_FIELDS
from concerted.reference.loader import load_table
from concerted.values.text import fold

REFUSED_SHARE: Final = 0.6  # of the values that say anything
WARNED_SHARE: Final = 0.3
DISTINCT_LIMIT: Final = 60  # so many different values are no code list

_CAPITAL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_LONG_PHRASE = 8  # letters, from which a phrase is also looked for inside a word


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a column was found to be. about: ethnicity, religion or nationality. reason: a clause in plain words."""

    verdict: Literal["refused", "warned", "passed"]
    about: str = ""
    reason: str = ""


PASSED: Final = Judgement("passed")


def judge_name(name: str) -> Judgement:
    """Whether a column (or a field of the profile's own naming) is known by its name to hold what is protected."""
    words = fold(_CAPITAL.sub(" ", name)).split()
    table = load_table("protected_columns").data
    for about, rule in table["about"].items():
        if _is_named(words, rule):
            return Judgement("refused", about, f"by its name it holds {about}")
    for about, phrases in table["perhaps"].items():
        if _has_phrase(words, phrases):
            return Judgement("warned", about, f"by its name it may hold {about}")
    return PASSED


def _is_named(words: list[str], rule: Mapping[str, list[str]]) -> bool:
    whole = "".join(words)
    return (
        any(part in whole for part in rule["anywhere"])
        or any(word.startswith(tuple(rule["beginnings"])) or word in rule["words"] for word in words)
        or (_has_phrase(words, rule["phrases"]) and not set(words) & set(rule["unless"]))
    )


def _has_phrase(words: list[str], phrases: Iterable[str]) -> bool:
    spaced, whole = f" {' '.join(words)} ", "".join(words)
    joined = ((phrase, phrase.replace(" ", "")) for phrase in phrases)
    return any(f" {phrase} " in spaced or (len(run) >= _LONG_PHRASE and run in whole) for phrase, run in joined)


def judge_values(values: Iterable[str | None], field: str | None = None, *, coded: bool = False) -> Judgement:
    """Whether a column is known by its values. The same as `judge_counts` of how often each occurs."""
    return judge_counts(Counter(value for value in values if value is not None), field, coded=coded)


def judge_counts(counts: Mapping[str, int], field: str | None = None, *, coded: bool = False) -> Judgement:
    """Whether a column is known by its values, given how often each of them occurs (missing ones left out).

    field: the standard field it is mapped to; words that are surnames do not count in a field of names, nor codes
    that are halves of postcodes in a postcode. coded: the profile maps it to another list, so it is never refused.
    """
    folded: Counter[str] = Counter()
    for value, count in counts.items():
        folded[fold(value)] += count
    silent = _silent(field)
    telling = {value: count for value, count in folded.items() if value and value not in silent}
    if not telling:
        return PASSED
    total = sum(telling.values())
    shares = (
        (sum(telling[value] for value in telling.keys() & accepted) / total, about, title)
        for about, title, accepted in _lists()
    )
    share, about, title = max(shares, key=lambda found: found[0])
    if share < WARNED_SHARE:
        return PASSED
    refused = share >= REFUSED_SHARE and len(folded) < DISTINCT_LIMIT and not coded
    reason = f"{int(share * 100)} in 100 of its values lie on {title}"
    return Judgement("refused" if refused else "warned", about, reason)


class ValueTally:
    """A judgement on a column that streams by: it holds at most `DISTINCT_LIMIT` different values."""

    def __init__(self, field: str | None = None, *, coded: bool = False) -> None:
        self._field, self._coded = field, coded
        self._counts: Counter[str] = Counter()

    @property
    def is_settled(self) -> bool:
        """So many different values have come that nothing can be refused any more: there is no need to add."""
        return len(self._counts) >= DISTINCT_LIMIT

    def add(self, counts: Mapping[str, int]) -> None:
        """Take in how often each value occurs in the next rows, missing ones left out."""
        for value, count in counts.items():
            if self.is_settled:
                return
            self._counts[value] += count

    def judge(self) -> Judgement:
        """The judgement on what has come so far."""
        return judge_counts(self._counts, self._field, coded=self._coded)


def _silent(field: str | None) -> frozenset[str]:
    """The folded values that count neither for a list nor against it, in a column mapped to this field."""
    table = load_table("protected_lists").data
    words = list(table["neutral"])
    words += table["also_names"] if field in NAME_FIELDS else []
    words += table["also_postcodes"] if field == "postcode" else []
    return frozenset(map(fold, words))


@cache
def _lists() -> tuple[tuple[str, str, frozenset[str]], ...]:
    """Each list: what it is about, its title, and every text (folded) that lies on it."""
    lists = load_table("protected_lists").data["lists"].values()
    return tuple((entry["about"], entry["title"], _accepted(entry)) for entry in lists)


def _accepted(entry: Mapping[str, Any]) -> frozenset[str]:
    texts = list(entry["labels"])
    for code, labels in entry["codes"].items():
        texts += [code, *labels, *(f"{code} {label}" for label in labels), *(f"{label} {code}" for label in labels)]
    return frozenset(map(fold, texts))
