"""A small folder with a truth and groups, of which the figures are known by hand."""

from pathlib import Path
from typing import Final

from tests.desk import extracts

PAIRED: Final = tuple(
    (str(2 * at + half), f"Given{at}", "Okonjo", f"20{at // 28:02}-03-{at % 28 + 1:02}", f"07700 9{at:05}", str(at))
    for at in range(6)
    for half in (0, 1)
)
HEADER: Final = ("record_id", "source", "name_origin", "sex")


def folder(place: Path) -> Path:
    """Twelve records of six people, joined by nobody: run it where `extracts.alone` stands in for linking."""
    return extracts.small(place, PAIRED)


def truth(place: Path) -> Path:
    """Whose each record is."""
    rows = [(row[0], "force", row[5]) for row in PAIRED]
    return extracts.table(place / "truth.csv", ("record_id", "source", "truth_id"), rows)


def groups(place: Path, name: str = "groups.csv") -> Path:
    """Half of the people of either origin; the sex of the last person is not known."""
    rows = [
        (row[0], "force", "alpha_beta" if at < 6 else "<b>gamma</b>", "" if at > 9 else "female")
        for at, row in enumerate(PAIRED)
    ]
    return extracts.table(place / name, HEADER, rows)
