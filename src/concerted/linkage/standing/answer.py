"""What comes of a question: hits, each an entity, and what was searched."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Hit:
    """An entity that may be the person asked about.

    entity_id: the permanent id of its earliest record. weight: of its best record with the question, in bits.
    probability: that goes with it. band: join, review or apart, as batch would have it. speaks_for, against: in words,
    the strongest first. would_settle: what more would tell. records: those of its records that were searched, but for
    those that say the same as another of them, each as SOURCE:ID.
    """

    entity_id: str
    weight: float
    probability: float
    band: str
    speaks_for: tuple[str, ...]
    against: tuple[str, ...]
    would_settle: tuple[str, ...]
    records: tuple[str, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """For machines."""
        return {
            "entity_id": self.entity_id,
            "weight": self.weight,
            "probability": self.probability,
            "band": self.band,
            "for": list(self.speaks_for),
            "against": list(self.against),
            "would_settle": list(self.would_settle),
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """hits: the likeliest first. capped: evidence that too many share, in words. second_pass: whether the hits come of
    a second, forgiving look, since the first found nobody. searched: the sources whose records were searched. ms: how
    long it took. answer: all of it in a sentence."""

    hits: tuple[Hit, ...]
    capped: tuple[str, ...]
    second_pass: bool
    searched: tuple[str, ...]
    ms: float
    answer: str

    def to_dict(self) -> dict[str, Any]:
        """For machines: keys are only ever added at the end."""
        return {
            "hits": [hit.to_dict() for hit in self.hits],
            "capped": list(self.capped),
            "second_pass": self.second_pass,
            "searched": list(self.searched),
            "ms": round(self.ms, 3),
            "answer": self.answer,
        }


def in_a_sentence(hits: Sequence[Hit], capped: Sequence[str], *, enough: bool) -> str:
    """What the hits come to, and how sure it is. enough: whether a record that says the same would join."""
    bands = [hit.band for hit in hits]
    if "join" in bands:
        others = bands.count("review")
        return "among the records searched" + (f"; {others:,} more may be the same person" if others else "")
    if "review" in bands:
        return "perhaps among the records searched: a person has to judge"
    if not enough:
        return "it cannot be told from so little: the same would fit many people"
    unsure = "; what too many share was not looked at one by one" if capped else ""
    return f"not among the records searched, {_how_sure(hits)}{unsure}"


def _how_sure(hits: Sequence[Hit]) -> str:
    if not hits:
        return "where nobody shares a rare enough part of what was said; somebody recorded quite otherwise is not found"
    chance = sum(hit.probability for hit in hits)
    many = f"1 in {max(1 / chance, 2):,.0f}" if chance > 1e-6 else "less than 1 in a million"
    return f"if the model is right: the chance is {many} that it is one of those who share a part of what was said"
