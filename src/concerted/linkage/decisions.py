"""What people have decided about pairs of records. A decision is never changed: a later one supersedes or undoes it.

Which counts is a function of the list alone. Of a pair it is the last one that was not undone. One that was superseded
in so many words, when somebody saw what it said and put another in its place, is over for good: it does not come back
when the other is undone.
"""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows

COLUMNS: Final = ("left_source", "left_id", "right_source", "right_id", "decision", "who", "when", "why")
WORDS: Final = ("same", "different", "unsure")
UNDONE: Final = "undone"


@dataclass(frozen=True, slots=True)
class Decision:
    """decision: same, different or unsure, or undone of one that only takes another back. who, when, why: as the
    decider wrote them; none may be empty. number: as a folder counts it; 0 where none keeps it. supersedes: the number
    of the decision that counted on the pair, when it was superseded in so many words, and with it all before it on the
    pair. undoes: the number of the one that it takes back. cells: those that its maker had on the page, where they
    include a compartment or what was disclosed; none where it rests on the two records alone."""

    left: RecordKey
    right: RecordKey
    decision: str
    who: str
    when: str
    why: str
    number: int = 0
    supersedes: int = 0
    undoes: int = 0
    cells: frozenset[str] = frozenset()

    @property
    def said(self) -> tuple[RecordKey, RecordKey, str, str, str, str]:
        """What its maker said: the same when it is read from a file again."""
        return (self.left, self.right, self.decision, self.who, self.when, self.why)

    @property
    def pair(self) -> tuple[RecordKey, RecordKey]:
        """The two records in one order, whichever way round they were named."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)


def current(decisions: Sequence[Decision]) -> dict[tuple[RecordKey, RecordKey], Decision]:
    """For each pair that has one the decision that counts. decisions: in the order in which they were made."""
    undone = {one.undoes for one in decisions if one.undoes}
    found: dict[tuple[RecordKey, RecordKey], Decision] = {}
    for one in decisions:
        if one.supersedes:
            found.pop(one.pair, None)
        if not one.undoes and not (one.number and one.number in undone):
            found[one.pair] = one
    return found


def counting(decisions: Sequence[Decision], scope: Set[str]) -> list[Decision]:
    """Those that count where just these cells are held. One that rests on a cell that is not held counts for nothing,
    not even as a later word on its pair."""
    return [one for one in decisions if one.cells <= scope]


def read_decisions(path: Path) -> list[Decision]:
    """The decisions in a CSV file with the columns of COLUMNS. UsedWronglyError names the row and column at fault."""
    rows = read_rows(path, COLUMNS)
    return [_decision(row, path.name, number) for number, row in enumerate(rows, start=2)]


def _decision(row: Mapping[str, str], file: str, number: int) -> Decision:
    for name in COLUMNS:
        if not row[name]:
            raise UsedWronglyError(
                "is empty", where=Place(file, row=number, column=name), mend="every decision says all"
            )
    word = row["decision"].lower()
    if word not in WORDS:
        mend = f"write one of {', '.join(WORDS)}"
        raise UsedWronglyError(f"{word!r} is no decision", where=Place(file, row=number, column="decision"), mend=mend)
    left, right = RecordKey(row["left_source"], row["left_id"]), RecordKey(row["right_source"], row["right_id"])
    if left == right:
        raise UsedWronglyError("a record is named twice", where=Place(file, row=number), mend="name two records")
    return Decision(left, right, word, row["who"], row["when"], row["why"])
