"""What a release would join and part, as questions of which a few are drawn for a person to judge.

A question is two sets: of joins two that would be one, of splits two that would come apart. The pair that stands for it
is the strongest link between them. What was decided of a pair counts as a question too, where the two releases differ
by their weights alone: so those drawn before and answered since are drawn again, and tell how many of all are right.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, Literal, NamedTuple

import numpy as np
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.linkage.intervals import wilson
from concerted.linkage.sample import of_keys

Kind = Literal["join", "split"]
KINDS: Final[tuple[Kind, ...]] = ("join", "split")
RIGHT: Final = {"join": "same", "split": "different"}  # the answer by which the release that is tried is right
Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Beside:
    """Two releases on the same records. keys: of each record. before, after: the set that each is in, under the one in
    force and under the one tried. join: from which weight links join, under each."""

    keys: Sequence[RecordKey]
    before: NDArray[np.int64]
    after: NDArray[np.int64]
    join: tuple[float, float]


class Weights(NamedTuple):
    """Of one pair under the release in force and under the one tried, in bits; None where it was not compared."""

    before: float | None
    after: float | None


@dataclass(slots=True)
class Stratum:
    """Questions of one kind. by_weight: whether the pair itself counts enough under one release alone; else the two
    differ since sets are judged whole, or for another link. questions: the pairs of all. drawn: of some."""

    kind: Kind
    by_weight: bool
    questions: list[Pair] = field(default_factory=list)
    drawn: list[Pair] = field(default_factory=list)


def standing_for(
    beside: Beside, kind: Kind, left: NDArray[np.int64], right: NDArray[np.int64], weight: NDArray[np.float64]
) -> list[Pair]:
    """The pairs that stand for the questions of this kind: of each two sets the strongest link. left, right, weight:
    links under the release that joins their records."""
    together, apart = (beside.after, beside.before) if kind == "join" else (beside.before, beside.after)
    least = beside.join[kind == "join"]
    inside = (together[left] == together[right]) & (apart[left] != apart[right]) & (weight >= least)
    left, right, weight = left[inside], right[inside], weight[inside]
    found: dict[Pair, Pair] = {}
    marks = of_keys(beside.keys, left.astype(np.int32), right.astype(np.int32))
    for at in np.lexsort((marks, -weight)).tolist():
        one, other = int(left[at]), int(right[at])
        sets = int(apart[one]), int(apart[other])
        found.setdefault((min(sets), max(sets)), (min(one, other), max(one, other)))
    return list(found.values())


def strata(
    beside: Beside,
    questions: Mapping[Kind, Iterable[Pair]],
    decided: Mapping[Pair, str],
    weights: Mapping[Pair, Weights],
    most: int,
) -> list[Stratum]:
    """The questions by kind and reason, with `most` of each drawn. decided: what people said of pairs. weights: of all
    these pairs."""
    found = {(kind, by_weight): Stratum(kind, by_weight) for kind in KINDS for by_weight in (True, False)}
    for kind, pairs in questions.items():
        said = [pair for pair in decided if _differ(kind, weights[pair], beside.join)]
        for pair in dict.fromkeys([*pairs, *said]):
            found[kind, _differ(kind, weights[pair], beside.join)].questions.append(pair)
    for one in found.values():
        one.drawn = _drawn(beside.keys, one.questions, most)
    return [one for one in found.values() if one.questions]


def _differ(kind: Kind, weights: Weights, join: tuple[float, float]) -> bool:
    """Whether by the weight of the pair alone one release joins it and the other does not."""
    joins = [weight is not None and weight >= least for weight, least in zip(weights, join, strict=True)]
    return joins == ([False, True] if kind == "join" else [True, False])


def _drawn(keys: Sequence[RecordKey], pairs: Sequence[Pair], most: int) -> list[Pair]:
    """So many of the pairs, by their records' keys alone: neither the order of the records nor a weight changes it."""
    if not pairs:
        return []
    left, right = np.array(pairs, np.int32).T
    marks = of_keys(keys, left, right).tolist()
    named = sorted(
        (mark, sorted((keys[one], keys[other])), (one, other)) for mark, (one, other) in zip(marks, pairs, strict=True)
    )
    return [pair for *_, pair in named[:most]]


def estimate(one: Stratum, decided: Mapping[Pair, str]) -> dict[str, Any]:
    """What the answers to those drawn come to: how many were answered, for how many the release tried is right, and
    the share of all for which it would be, with its interval of 95 in 100; None where nothing tells.

    Where sets are judged whole, a question that was answered is none any more, so nothing is estimated there."""
    said = [decided[pair] for pair in one.drawn if pair in decided]
    told = [word for word in said if word != "unsure"]
    right = sum(word == RIGHT[one.kind] for word in told)
    low, high = wilson(right / len(told), len(told)) if told else (0.0, 1.0)
    return {
        "change": one.kind,
        "by_weight": one.by_weight,
        "questions": len(one.questions),
        "drawn": len(one.drawn),
        "answered": len(said),
        "unsure": len(said) - len(told),
        "right": right,
        "share": right / len(told) if told else None,
        "low": low,
        "high": high,
    }
