"""Questions for a person, in the order in which an answer would change most.

Order: first what joins or parts different organisations, then what settles a conflict, then how many pairs of records
an answer can be expected to join or part: how many there are, times the probability that it is not as the program did.
Pairs between the same two entities are one question, and so are questions about one entity on the same evidence: they
share a group. The strongest row of each group comes first, and all others behind, so that whoever works from the top is
never asked the same twice. Among the first, one row in ten, stand joined links drawn at random, so that they learn how
many of the links are wrong.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.linkage.candidates import as_one
from concerted.linkage.contents import Contents
from concerted.linkage.linked import Linked
from concerted.linkage.questions import Columns, Question, Rows, questions
from concerted.linkage.sample import of_keys

REVIEW_ONE_IN: Final = 20  # review pairs, drawn by hash, marked for estimating how often the model errs
JOINED_MOST: Final = 50  # joined links drawn by hash for the same
ASKED_BETWEEN: Final = 9  # questions between two links that are only there because they were drawn
RANDOM: Final = "decided different, the two would come apart; drawn at random, to learn how many joined links are wrong"


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """row: of `Linked.shown`. what_it_would_change: in words, if the answer to a pair that waits is "same", and to a
    joined link "different". group: rows that ask one question have the same. sample: `joined` or `review` for pairs
    that belong to a random sample of all joined links or review pairs, else empty."""

    row: int
    what_it_would_change: str
    group: str
    sample: str


def review_order(linked: Linked) -> list[ReviewRow]:
    """The pairs to look at, most telling first."""
    columns = Columns.of(linked)
    groups = _grouped(linked, columns, list(questions(linked)))
    asked = {row for group in groups for question in group for row in question.rows}
    samples = _samples(linked, columns)
    drawn = [row for row, sample in samples.items() if sample == "joined" and row not in asked]
    first, behind = list[ReviewRow](), list[ReviewRow]()
    for number, group in enumerate(_with_drawn(groups, drawn), start=1):
        rows = [
            ReviewRow(row, question.words, str(number), samples.get(row, ""))
            for question in group
            for row in question.rows
        ]
        first += rows[:1]
        behind += rows[1:]
    return first + behind


def _grouped(linked: Linked, columns: Columns, asked: Sequence[Question]) -> list[list[Question]]:
    """The questions, most telling first, each with those that ask nearly the same: about the same entity, on evidence
    that reads the same."""

    def telling(question: Question) -> tuple[bool, bool, float, object]:
        keys = (linked.keys[side[question.rows[0]]] for side in (columns.left, columns.right))
        return not question.across, not question.conflict, -question.at_stake, sorted(keys)

    evidence = _evidence(linked, [question.rows[0] for question in asked])
    groups: list[list[Question]] = []
    known: dict[tuple[int, str], int] = {}  # an entity and what the question rests on -> the place of its group
    for question in sorted(asked, key=telling):
        same = [(one, evidence[question.rows[0]]) for one in question.entities]
        place = min((known[one] for one in same if one in known), default=len(groups))
        if place == len(groups):
            groups.append([])
        groups[place].append(question)
        for one in same:
            known.setdefault(one, place)
    return groups


def _evidence(linked: Linked, rows: Sequence[int]) -> Mapping[int, str]:
    """For each of these rows what it is said to rest on, and its band."""
    told = linked.shown.select(["band", "reasons", "against"]).take(pa.array(rows, pa.int64())).to_pylist()
    return {row: "\n".join(one.values()) for row, one in zip(rows, told, strict=True)}


def _samples(linked: Linked, columns: Columns) -> dict[int, str]:
    """Row -> the sample that it belongs to. Joined links that a person decided are not drawn: they are known."""
    marks = of_keys(linked.keys, columns.left, columns.right)
    decided = np.isin(as_one(columns.left, columns.right), [one << 32 | two for one, two in linked.decided])
    review = np.flatnonzero((columns.band == "review") & (marks % np.uint64(REVIEW_ONE_IN) == 0))
    joined = _least(linked, columns, np.flatnonzero((columns.band == "join") & ~decided), marks)
    return {**dict.fromkeys(review.tolist(), "review"), **dict.fromkeys(joined, "joined")}


def _least(linked: Linked, columns: Columns, rows: Rows, marks: Contents) -> list[int]:
    """The rows with the least marks, the least first; equal ones by the keys of their records."""
    if len(rows) > JOINED_MOST:
        rows = rows[marks[rows] <= np.partition(marks[rows], JOINED_MOST - 1)[JOINED_MOST - 1]]
    pairs = zip(columns.left[rows].tolist(), columns.right[rows].tolist(), rows.tolist(), strict=True)
    named = sorted((int(marks[row]), sorted((linked.keys[one], linked.keys[two])), row) for one, two, row in pairs)
    return [row for *_, row in named[:JOINED_MOST]]


def _with_drawn(groups: Sequence[list[Question]], drawn: Sequence[int]) -> Iterator[list[Question]]:
    """The groups with the drawn links among them, and what is left of these at the end."""
    waiting = [[Question([row], (), 0.0, across=False, conflict=False, words=RANDOM)] for row in drawn]
    for at in range(0, len(groups), ASKED_BETWEEN):
        yield from groups[at : at + ASKED_BETWEEN]
        if len(groups) >= at + ASKED_BETWEEN:
            yield from waiting[:1]
            del waiting[:1]
    yield from waiting
