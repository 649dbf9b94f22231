"""What more would tell whether an entity is the person asked about: fields that one side lacks, tried both ways."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final

import numpy as np

from concerted.linkage.compare import Compared
from concerted.linkage.levels import Comparison, Level
from concerted.linkage.standing import judged
from concerted.linkage.standing.asked import Question
from concerted.linkage.weigh import weighed

# What a person would be asked for, each as it is spoken of.
WORDS: Final = {
    "given": "a given name",
    "family": "a family name",
    "middle": "a middle name",
    "birth": "a date of birth",
    "home": "an address or postcode",
    "place": "a place of birth",
    "occupation": "an occupation",
    "organisation": "an organisation",
    "phones": "a telephone number",
    "emails": "an e-mail address",
    "handles": "a user name",
    "nhs_number": "an NHS number",
    "upn": "a unique pupil number",
    "pnc_id": "a PNC id",
}
_MOST: Final = 4


def would_settle(found: judged.Compared, one: judged.Judged) -> tuple[str, ...]:
    """In words. Nothing for an entity that joins, or that a person has to judge for what it has another of."""
    if one.band == "join" or one.differing:
        return ()
    question = found.together.question
    lacking = [field for field in question.standing.comparer.comparisons if field.name in WORDS]
    lacking = [field for field in lacking if _compared(found, field, one.best) < 0]
    asked = [field for field in lacking if _is_in(question, field, one) and not _is_said(question, field)]
    theirs = [field for field in lacking if _is_said(question, field)]
    said = [f"{WORDS[field.name]} would decide" for field in _deciding(found, one, asked)]
    said += [f"{WORDS[field.name]} among its records would decide" for field in _deciding(found, one, theirs)]
    return tuple(said[:_MOST]) or tuple(_two(found, one, asked))


def _compared(found: judged.Compared, field: Comparison, row: int) -> int:
    levels = found.weighed.compared.levels
    return int(levels[field.name][row]) if field.name in levels else -1


def _is_said(question: Question, field: Comparison) -> bool:
    return any(name in question.numbers for name in field.needs)


def _is_in(question: Question, field: Comparison, one: judged.Judged) -> bool:
    """Whether any of its records has it."""
    return any(bool(question.standing.column(name, one.members).any()) for name in field.needs)


def _deciding(found: judged.Compared, one: judged.Judged, fields: Sequence[Comparison]) -> Iterator[Comparison]:
    """The fields that would make it join if they agreed, and end it if they differed."""
    release = found.together.question.standing.release
    for field in fields:
        agreed, differing = _if_it_were(found, one.best, [_best(field)]), _if_it_were(found, one.best, [_worst(field)])
        if agreed >= release.join > differing:
            yield field


def _two(found: judged.Compared, one: judged.Judged, fields: Sequence[Comparison]) -> Iterator[str]:
    """The first two fields that would decide together, where none does alone."""
    join = found.together.question.standing.release.join
    for pair in combinations(fields, 2):
        if _if_it_were(found, one.best, [_best(field) for field in pair]) >= join:
            yield f"{WORDS[pair[0].name]} and {WORDS[pair[1].name]} together would decide"
            return


def _best(field: Comparison) -> Level:
    """The level at which it would agree in full."""
    return max((level for level in field.levels if level.when), key=lambda level: np.log2(level.m / level.u))


def _worst(field: Comparison) -> Level:
    return field.levels[-1]


def _if_it_were(found: judged.Compared, row: int, levels: Sequence[Level]) -> float:
    """The weight of a pair if these levels held beside what does, as values of middling rarity."""
    compared = found.weighed.compared.take(np.array([row]))
    for level in levels:
        compared = _with(compared, level)
    made = weighed(compared, found.together.question.standing.release, candidate=True)
    return float(made.weight[0])


def _with(compared: Compared, level: Level) -> Compared:
    bits = float(np.log2(level.m / level.u))
    return replace(
        compared,
        splink=compared.splink + bits,
        kin=compared.kin + float(np.log2(level.kin / level.u)),
        telling=compared.telling + (0.0 if level.common else max(bits, 0.0)),
        common=compared.common + (max(bits, 0.0) if level.common else 0.0),
    )
