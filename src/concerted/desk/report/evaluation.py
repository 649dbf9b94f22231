"""The figures of `concerted evaluate` in words, so that a reader need not know their names."""

from collections.abc import Mapping
from typing import Final

from concerted.desk.report.data import Measure

MEASURES: Final = {
    "records": ("Records with a known answer", "Records of this result that the truth names."),
    "missing": ("Known records not found here", "Records that the truth names and this result does not hold."),
    "pair_p": ("Precision of pairs", "Of the pairs of records joined here, the share that belong together."),
    "pair_r": ("Recall of pairs", "Of the pairs that belong together, the share joined here."),
    "pair_f1": ("Precision and recall of pairs in one", "Their harmonic mean (F1): low when either is low."),
    "b3_p": ("Precision for each record", "For an average record, the share of its entity that belongs with it."),
    "b3_r": (
        "Recall for each record",
        "For an average record, the share of what belongs with it that its entity holds.",
    ),
    "b3_f1": ("Precision and recall for each record in one", "Their harmonic mean (B-cubed F1)."),
    "exact": ("Entities exactly right", "All records of one person, and none of another."),
    "mixed": ("Mixed entities", "Entities that hold records of more than one person."),
    "over3": ("Entities mixing more than three", "Entities that hold records of more than three people."),
    "largest": ("Largest entity", "Records in the largest entity."),
    "blocking_recall": ("Pairs looked at", "Of the pairs that belong together, the share that was compared at all."),
}


def measures(figures: Mapping[str, int | float | None]) -> tuple[Measure, ...]:
    """Figures by the names of `evaluate --json`, in the order given; one without words keeps its name."""
    found = ((MEASURES.get(name, (name, "")), value) for name, value in figures.items())
    return tuple(Measure(name, value, meaning) for (name, meaning), value in found)
