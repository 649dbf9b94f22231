"""What an installed package must bring along besides its code."""

import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "concerted"


def test_every_file_beside_the_code_is_named_as_package_data() -> None:
    """Reference tables, templates and styles that pyproject.toml does not name are missing from a wheel."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = settings["tool"]["setuptools"]["package-data"]["concerted"]
    named = {path for pattern in patterns for path in PACKAGE.glob(pattern)}
    there = {path for path in PACKAGE.rglob("*") if path.is_file() and path.suffix not in {".py", ".pyc"}}
    assert there, "the package has data"
    assert sorted(path.name for path in there - named) == [], "name their kind in [tool.setuptools.package-data]"
    assert all(list(PACKAGE.glob(pattern)) for pattern in patterns), "each kind that is named is there"
