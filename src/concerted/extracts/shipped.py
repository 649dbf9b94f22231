"""Profiles that are shipped: for extracts whose form is published, and for the data sets that people practise on.

Each is known by its place: `cin-census`, `ssd/person`, `practice/febrl3`.
"""

from importlib.resources import as_file, files
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError

PRACTICE: Final = "practice/"
"""How the names begin of those that read data sets to practise on. No file is given to them unasked."""


def shipped_profiles() -> list[Path]:
    """Those among which `picture` looks for the one that a file is for, in order of name."""
    return [path for name, path in all_shipped().items() if not name.startswith(PRACTICE)]


def all_shipped() -> dict[str, Path]:
    """Every profile that is shipped by its name, in order of name."""
    with as_file(files("concerted.extracts") / "profiles") as folder:
        found = sorted(folder.rglob("*.yaml"))
        return {path.relative_to(folder).with_suffix("").as_posix(): path for path in found}


def shipped(name: str) -> Path:
    """Where the shipped profile of that name is. Raises UsedWronglyError when none is called so."""
    known = all_shipped()
    if name not in known:
        mend = "`concerted profile list` shows those that are"
        raise UsedWronglyError("no profile of that name is shipped", where=Place(file=name), mend=mend)
    return known[name]


def file_or_shipped(given: Path) -> Path:
    """The profile that a person named: the file, or the one that is shipped under that name when no such file is there.

    What is neither is given back as it is, for its reader to say that it is not there.
    """
    return given if given.exists() else all_shipped().get(given.as_posix(), given)
