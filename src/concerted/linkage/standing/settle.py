"""What more would tell whether an entity is the person asked about: fields that one side lacks, tried both ways."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations
from typing import Final, NamedTuple

import numpy as np

from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.standing.few import Field
from concerted.linkage.standing.judged import Compared, Judged, sure
from concerted.linkage.weigh import SILENT, prior_weight, weighed

# What a person would be asked for, each as it is spoken of; the likeliest to be known first.
WORDS: Final = {
    "birth": "a date of birth",
    "family": "a family name",
    "given": "a given name",
    "home": "an address or postcode",
    "phones": "a telephone number",
    "emails": "an e-mail address",
    "handles": "a user name",
    "middle": "a middle name",
    "place": "a place of birth",
    **{column: f"{'a' if column == 'pnc_id' else 'an'} {title}" for column, title in ONE_A_PERSON.items()},
    "upn": "a unique pupil number",
}
_MOST: Final = 4
At = tuple[Field, int]  # a comparison, and the place of one of its levels


class _Tried(NamedTuple):
    """Fields that one of the hits lacks. hit: its place. asked: whether the question lacks them, and the hit has."""

    hit: int
    fields: tuple[Field, ...]
    asked: bool


def would_settle(found: Compared, hits: Sequence[Judged]) -> list[tuple[str, ...]]:
    """For each of these entities in words. Nothing for one that joins, that has another of what a person has one, or
    that what was said speaks against."""
    release = found.question.standing.release
    assert release.prior is not None
    start = prior_weight(release.prior)
    open_still = [
        at for at, one in enumerate(hits) if one.band != "join" and not one.differing and one.weight >= start - SILENT
    ]
    tried = [tried for at in open_still for tried in _lacking(found, hits[at], at)]
    said: list[list[str]] = [[] for _ in hits]
    for one, decides in zip(tried, _deciding(found, hits, tried), strict=True):
        if decides:
            where = "" if one.asked else " among its records"
            said[one.hit].append(f"{WORDS[one.fields[0].comparison.name]}{where} would decide")
    pairs = [pair for at in open_still if not said[at] for pair in _pairs([one for one in tried if one.hit == at])]
    for one, decides in zip(pairs, _deciding(found, hits, pairs), strict=True):
        if decides and not said[one.hit]:
            names = " and ".join(WORDS[field.comparison.name] for field in one.fields)
            said[one.hit].append(f"{names} together would decide")
    return [tuple(one[:_MOST]) for one in said]


def _lacking(found: Compared, one: Judged, at: int) -> Iterator[_Tried]:
    """The fields that either side lacks and the other has, first those to be asked for."""
    standing, said = found.question.standing, found.question.numbers
    compared = {part.field.comparison.name for part in found.pairs.parts[one.best] if part.level >= 0}
    fields = {field.comparison.name: field for field in standing.ready.fields}
    lacking = [fields[name] for name in WORDS if name in fields and name not in compared]
    held = (standing.arrays["rows"][one.members] != 0).any(axis=0).tolist()
    of_theirs = {name for name, (begin, end, _) in standing.layout.items() if any(held[begin:end])}
    for field in lacking:
        if said.keys().isdisjoint(field.comparison.needs) and not of_theirs.isdisjoint(field.comparison.needs):
            yield _Tried(at, (field,), asked=True)
    for field in lacking:
        if not said.keys().isdisjoint(field.comparison.needs):
            yield _Tried(at, (field,), asked=False)


def _pairs(tried: Sequence[_Tried]) -> list[_Tried]:
    asked = [one for one in tried if one.asked]
    return [_Tried(one.hit, (*one.fields, *other.fields), True) for one, other in combinations(asked[:_MOST], 2)]


def _deciding(found: Compared, hits: Sequence[Judged], tried: Sequence[_Tried]) -> list[bool]:
    """For each whether its hit would join if these fields agreed, and would not if they differed; of one that joins and
    is not sure enough, whether it would be."""
    if not tried:
        return []
    release = found.question.standing.release
    rows = np.array([hits[one.hit].best for one in tried])
    agreed = _if_they_were(found, rows, [[(field, field.best) for field in one.fields] for one in tried])
    differing = _if_they_were(found, rows, [[(field, -1) for field in one.fields] for one in tried])
    join = release.join
    to_join = (agreed >= join) & (differing < join)
    to_be_sure = sure(release, agreed) & ~sure(release, differing)
    decides: list[bool] = np.where(found.weighed.weight[rows] >= join, to_be_sure, to_join).tolist()
    return decides


def _if_they_were(
    found: Compared, rows: "np.ndarray[tuple[int], np.dtype[np.intp]]", levels: Sequence[Sequence[At]]
) -> "np.ndarray[tuple[int], np.dtype[np.float64]]":
    """The weights of these pairs if these levels held beside those that do, as values of middling rarity."""
    compared = found.weighed.compared.take(rows)
    sums = np.array([_sums(each) for each in levels]).T
    made = replace(
        compared,
        splink=compared.splink + sums[0],
        kin=compared.kin + sums[1],
        telling=compared.telling + sums[2],
        common=compared.common + sums[3],
    )
    return weighed(made, found.question.standing.release, candidate=True).weight


def _sums(levels: Sequence[At]) -> tuple[float, float, float, float]:
    splink = kin = telling = common = 0.0
    for field, place in levels:
        bits, household = field.bits[place]
        splink, kin = splink + bits, kin + household
        if field.comparison.levels[place].common:
            common += max(bits, 0.0)
        else:
            telling += max(bits, 0.0)
    return splink, kin, telling, common
