"""What came of taking an extract."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from concerted.extracts.fields import PERSON, Kind
from concerted.extracts.quarantine import Quarantined

Sink = Callable[[Sequence[Quarantined]], None]
"""Takes what was quarantined, some at a time, in the order of the file but for rows that repeat an earlier one."""


@dataclass(frozen=True, slots=True)
class Counts:
    """Every row of a file accounted for: rows == read + quarantined + blank + erased.

    repeated: rows among those read that are the same as an earlier one, and so count once. records: people taken.
    unchanged: rows among those read that stand already as they are. erased: rows whose keys were erased.
    """

    rows: int
    read: int
    quarantined: int
    blank: int
    repeated: int
    records: int
    values_quarantined: int
    unchanged: int = 0
    erased: int = 0

    def __post_init__(self) -> None:
        if self.rows != self.read + self.quarantined + self.blank + self.erased:
            raise AssertionError(f"rows were lost: {self}")


@dataclass(frozen=True, slots=True)
class Taken:
    """One extract, taken whole.

    file: its name. sha256, bytes: of the file. records: the Parquet file of its people; those of other kinds are where
    `beside` says. by_kind: how many records of each kind that the profile has. truth: the file of the truth, when it
    was asked for. sheet: the one that was read, of several. notes: what a person should know, sentences. dropped: the
    columns that were not taken.
    """

    file: str
    sha256: str
    bytes: int
    profile: str
    profile_version: int
    counts: Counts
    records: Path
    truth: Path | None
    notes: tuple[str, ...]
    dropped: tuple[str, ...]
    by_kind: dict[Kind, int]
    sheet: str | None = None


def rows_beside(records: Path) -> Path:
    """Where the keys of the rows of an extract are, of one that was delivered to what stands."""
    return records.with_name(f"{records.stem}.rows{records.suffix}")


def told_beside(records: Path) -> Path:
    """Where every row that such an extract tells is, also one that another file of the same command tells alike."""
    return records.with_name(f"{records.stem}.told{records.suffix}")


def beside(records: Path, kind: Kind) -> Path:
    """Where the records of a kind are, when those of people are in the file `records`."""
    return records if kind == PERSON else records.with_name(f"{records.stem}.{kind}{records.suffix}")
