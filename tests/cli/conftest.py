"""The command, and the shipped example resolved once for all tests that only read it."""

import shutil
from pathlib import Path

import pytest

from tests.cli import commands
from tests.cli.weekly import Weekly
from tests.desk import extracts


@pytest.fixture
def concerted(capsys: pytest.CaptureFixture[str]) -> commands.Command:
    """The command, run in this process."""
    return commands.command(capsys)


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


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linking takes most of the time, and is tested where it is done."""
    monkeypatch.setattr("concerted.desk.resolve.link", extracts.alone)


@pytest.fixture
def weekly(tmp_path: Path, concerted: commands.Command, quick: None, frozen_clock: object) -> Weekly:
    """Deliveries of one feed into a folder that stands, without linking, on 2 March 2026."""
    return Weekly(tmp_path, concerted)
