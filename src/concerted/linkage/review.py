"""Pairs for a person to judge, in the order in which an answer would change most.

Order: first what joins different organisations, then what joins most records, then the weight nearest to joining.
Several pairs between the same two entities are one question: they share a group, the strongest first.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from concerted.linkage.link import Linked
from concerted.linkage.partition import differing

SAMPLE_ONE_IN: Final = 20  # review pairs, drawn by hash, marked for estimating how often the model errs


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """row: of `Linked.shown`. what_it_would_change: in words. group: pairs that ask one question have the same.
    sample: "yes" for pairs that belong to a random sample of all review pairs, else empty."""

    row: int
    what_it_would_change: str
    group: str
    sample: str


def review_order(linked: Linked) -> list[ReviewRow]:
    """The review pairs, most telling first."""
    sizes = Counter(linked.entity)
    sources = _sources(linked)
    questions: dict[tuple[int, int], list[tuple[float, int]]] = {}
    columns = (linked.shown[name].to_pylist() for name in ("left", "right", "weight", "band"))
    for row, (left, right, weight, band) in enumerate(zip(*columns, strict=True)):
        if band == "review":
            one, two = sorted((linked.entity[left], linked.entity[right]))
            questions.setdefault((one, two), []).append((-weight, row))

    def telling(question: tuple[int, int]) -> tuple[bool, int, float, tuple[int, int]]:
        one, two = question
        across = bool(sources[one] ^ sources[two])
        return not across, -(sizes[one] + sizes[two]), min(questions[question])[0], question

    ordered = sorted(questions, key=telling)
    claimed = _claimed(linked)
    return [
        ReviewRow(
            row, _change(one, two, sizes, sources) + _in_the_way(one, two, claimed), str(number), _sampled(linked, row)
        )
        for number, (one, two) in enumerate(ordered, start=1)
        for _, row in sorted(questions[one, two])
    ]


def _sources(linked: Linked) -> dict[int, set[str]]:
    found: dict[int, set[str]] = {}
    for key, entity in zip(linked.keys, linked.entity, strict=True):
        found.setdefault(entity, set()).add(key.source)
    return found


def _claimed(linked: Linked) -> dict[int, dict[str, set[str]]]:
    """For each entity what its records hold of which a person has one."""
    found: dict[int, dict[str, set[str]]] = {}
    for record, claims in linked.claims.items():
        for kind, value in claims.items():
            found.setdefault(linked.entity[record], {}).setdefault(kind, set()).add(value)
    return found


def _in_the_way(one: int, two: int, claimed: dict[int, dict[str, set[str]]]) -> str:
    """What they hold each another of, which is why the evidence alone does not join them."""
    differ = differing(claimed.get(one, {}), claimed.get(two, {}))
    return f"; each has another {_listed(differ)}" if differ else ""


def _change(one: int, two: int, sizes: Counter[int], sources: dict[int, set[str]]) -> str:
    if one == two:
        return "nothing in who is joined; it settles a doubt about one of the links"
    records = f"{sizes[one] + sizes[two]} records would be one person ({sizes[one]} and {sizes[two]})"
    gained = sources[one] ^ sources[two]
    return f"{records}; it would join {_listed(sorted(sources[one] | sources[two]))}" if gained else records


def _listed(words: Sequence[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _sampled(linked: Linked, row: int) -> str:
    pair = sorted(str(linked.keys[linked.shown[side][row].as_py()]) for side in ("left", "right"))
    digest = hashlib.sha256("\x1f".join(pair).encode()).digest()
    return "yes" if int.from_bytes(digest[:4], "big") % SAMPLE_ONE_IN == 0 else ""
