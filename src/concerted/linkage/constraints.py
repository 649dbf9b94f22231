"""What speaks against one person beyond what any field says by itself: one table, each row a weight or a veto.

A *weight* adds its bits, below nothing, to a pair's. A *veto* keeps two sets apart, however strong the evidence is;
what a person decided outranks it. A row says when it holds as conditions over two records; or that a third record, its
witness, tells it, and then it counts only where sets are judged (`witnesses`).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.comparisons import A_SLIP_OUT, ONE_A_PERSON
from concerted.linkage.conditions import All, Condition, Missing, Not, Same, Some, Within
from concerted.linkage.dialects.arrays import Holds, Pairs, holds
from concerted.linkage.levels import Comparison

Levels = Mapping[str, NDArray[np.int8]]  # for each comparison the place of the level at which each pair stands

A_GENERATION: Final = 14  # years


@dataclass(frozen=True, slots=True)
class Constraint:
    """One row of the table.

    words: for a reader. bits: what it adds to a weight, below 0; None for a veto. when: how the two records stand to
    each other; None where a third record tells it. at: by comparison the words of the levels at which alone `when` can
    hold, which are looked at first; where one of these comparisons is left out, the row says nothing.
    """

    name: str
    words: str
    bits: float | None
    when: Condition | None
    at: tuple[tuple[str, tuple[str, ...]], ...] = ()


def _another(column: str) -> Condition:
    return All((Not(Missing((column,))), Not(Same(column))))


_ONE_GIVEN: Final = Some((Same("given"), Same("given_root")))
_ONE_FAMILY: Final = Some((Same("family"), Same("family_root")))
_ALIKE_GIVEN: Final = ("given", ("same given name", "given names of one root"))
_ALIKE_FAMILY: Final = ("family", ("same family name", "family names of one root"))

VETOES: Final = (
    *(
        Constraint(column, f"each has another {title}", None, _another(column))
        for column, title in ONE_A_PERSON.items()
    ),
    # Only in the sources that their profiles call free of duplicates.
    Constraint("one_source", "both in one source that lists nobody twice", None, Same("source")),
)
WEIGHTS: Final = (
    # What dates far apart say is said by the date of birth's last level. This is for two full dates of one year or the
    # next, where that comparison cannot tell them from a year alone that is shared.
    Constraint(
        "births",
        "two dates of birth that no slip explains",
        -1.0,
        All(
            (
                _another("dob"),
                Not(A_SLIP_OUT),
                Not(Some((Same("year"), Same("month"), Same("day")), 2)),
                Within("year", 1),
            )
        ),
        (("birth", ("same year of birth", "born within a year of each other")),),
    ),
    # Father and son, whether or not anyone wrote "Junior". A day and month that both share is a slip in the year.
    Constraint(
        "generation",
        "one full name, and births more than 14 years apart",
        -5.0,
        All(
            (
                _ONE_GIVEN,
                _ONE_FAMILY,
                Not(Missing(("year",))),
                Not(Within("year", A_GENERATION)),
                Not(All((Same("month"), Same("day")))),
            )
        ),
        (("birth", ("dates of birth differ",)), _ALIKE_GIVEN, _ALIKE_FAMILY),
    ),
    Constraint(
        "other_sex",
        "different sex, and all else that a household shares",
        -1.0,
        All((_another("sex"), _ONE_FAMILY, Some((Same("address"), Same("postcode"))), Not(_ONE_GIVEN))),
        (("sex", ("sex differs",)), _ALIKE_FAMILY, ("home", ("same address", "same postcode"))),
    ),
)
WITNESSED: Final = (
    # Two nominals of one person may both be put into one event by mistake, so this is no veto.
    Constraint("one_event", "present at one event, as two people", -6.0, None),
    Constraint("related", "related to each other", None, None),
)
TABLE: Final = (*VETOES, *WEIGHTS, *WITNESSED)


def in_use(comparisons: Sequence[Comparison]) -> tuple[Constraint, ...]:
    """The weights that these comparisons let hold."""
    names = {one.name for one in comparisons}
    return tuple(row for row in WEIGHTS if names.issuperset(name for name, _ in row.at))


def holding(row: Constraint, comparisons: Sequence[Comparison], levels: Levels, pairs: Pairs) -> Holds:
    """For each pair whether a weight of the table holds."""
    places = {one.name: [level.words for level in one.levels] for one in comparisons}
    rows = np.arange(len(pairs))
    for name, words in row.at:
        can = np.array([*(one in words for one in places[name]), False])  # the last for -1: nothing was compared
        rows = rows[can[levels[name][rows]]]
    found = np.zeros(len(pairs), bool)
    if row.when is not None:
        found[rows[holds(row.when, pairs.take(rows))]] = True
    return found
