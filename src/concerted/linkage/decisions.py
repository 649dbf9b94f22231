"""What people have decided about pairs of records. A decision is never changed, only superseded by a later one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows

COLUMNS: Final = ("left_source", "left_id", "right_source", "right_id", "decision", "who", "when", "why")
WORDS: Final = ("same", "different", "unsure")


@dataclass(frozen=True, slots=True)
class Decision:
    """decision: same, different or unsure. who, when, why: as the decider wrote them; none may be empty."""

    left: RecordKey
    right: RecordKey
    decision: str
    who: str
    when: str
    why: str

    @property
    def pair(self) -> tuple[RecordKey, RecordKey]:
        """The two records in one order, whichever way round they were named."""
        return (self.left, self.right) if self.left <= self.right else (self.right, self.left)


def current(decisions: Sequence[Decision]) -> dict[tuple[RecordKey, RecordKey], Decision]:
    """For each pair the decision that counts: the last one given."""
    return {decision.pair: decision for decision in decisions}


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
