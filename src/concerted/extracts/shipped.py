"""Profiles that are shipped, for extracts whose form is published."""

from importlib.resources import as_file, files
from pathlib import Path


def shipped_profiles() -> list[Path]:
    """Where they are, in order of name."""
    with as_file(files("concerted.extracts") / "profiles") as folder:
        return sorted(folder.glob("*.yaml"))
