"""The example's extracts as they lie in its folder."""

import csv
from pathlib import Path
from typing import Final

from concerted.extracts.profile import Profile
from concerted.extracts.profile_load import load_profile

FOLDER: Final = Path(__file__).parents[2] / "examples" / "two-agencies"
SOURCES: Final = ("force", "council", "charity")


def profile(source: str) -> Profile:
    """The mapping profile of one source."""
    return load_profile(FOLDER / f"{source}.yaml")


def header(source: str) -> list[str]:
    """The column names of one source's file."""
    return _lines(source)[0]


def rows(source: str) -> list[dict[str, str]]:
    """The rows that have as many cells as there are columns and an id, each once, by column name."""
    names, *lines = _lines(source)
    record_id = names.index(profile(source).record_id)
    whole = {tuple(line) for line in lines if len(line) == len(names) and line[record_id]}
    return [dict(zip(names, line, strict=True)) for line in sorted(whole)]


def truth() -> list[dict[str, str]]:
    """The rows of truth.csv."""
    with (FOLDER / "truth.csv").open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def _lines(source: str) -> list[list[str]]:
    encoding = "cp1252" if source == "force" else "utf-8-sig"
    with (FOLDER / f"{source}.csv").open(encoding=encoding, newline="") as handle:
        return list(csv.reader(handle))
