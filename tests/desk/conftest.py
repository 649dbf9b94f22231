"""The shipped example, resolved once for all tests that only read it."""

import shutil
from pathlib import Path

import pytest

from tests.desk import extracts


@pytest.fixture(scope="session")
def result(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result folder that no test may change."""
    out = tmp_path_factory.mktemp("example") / "out"
    extracts.example(out)
    return out


@pytest.fixture
def copied(result: Path, tmp_path: Path) -> Path:
    """The same, a test's own."""
    return Path(shutil.copytree(result, tmp_path / "copied"))
