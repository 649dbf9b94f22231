"""The layers of the design hold, every package has its layer, and a broken layer is noticed."""

import shutil
import subprocess
import sys
import tomllib
from itertools import pairwise
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "src" / "concerted"
APART = "synthetic"  # the invented region, which contracts of its own keep apart
ENGINES = ["common", "values", "reference", "extracts", "linkage", "networks", "desk"]  # lowest first
DESIGN = [*ENGINES, "audit", "instance", "outbox", "organisations", "web", "cli"]


def layers() -> list[str]:
    """The layers that the contract names, lowest first, without `concerted.`"""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"]
    [contract] = [contract for contract in settings["contracts"] if contract["type"] == "layers"]
    return [layer.removeprefix("concerted.") for layer in reversed(contract["layers"])]


def lint(root: Path) -> subprocess.CompletedProcess[str]:
    """Check the contracts of `root/pyproject.toml` against the package in `root/src`."""
    script = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
    command = [sys.executable, "-c", script, "--no-cache", "--no-logo"]
    environment = {"PYTHONPATH": str(root / "src"), "COLUMNS": "200"}
    return subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def copied(tmp_path: Path) -> Path:
    """The package's folders with nothing in them, beside the real contracts."""
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    for folder in ["", *DESIGN, APART]:
        (tmp_path / "src" / "concerted" / folder).mkdir(parents=True)
        (tmp_path / "src" / "concerted" / folder / "__init__.py").touch()
    return tmp_path


def test_layers_are_those_of_the_design() -> None:
    assert layers() == DESIGN


def test_every_package_has_its_layer() -> None:
    packages = {path.parent.name for path in PACKAGE.glob("*/__init__.py")}
    assert packages == {*layers(), APART}


def test_contracts_hold() -> None:
    ran = lint(ROOT)
    assert ran.returncode == 0, ran.stdout + ran.stderr


@pytest.mark.parametrize(("lower", "higher"), list(pairwise(DESIGN)))
def test_a_lower_layer_that_imports_a_higher_one_is_noticed(copied: Path, lower: str, higher: str) -> None:
    (copied / "src" / "concerted" / lower / "wrong.py").write_text(f"import concerted.{higher}\n", encoding="utf-8")
    ran = lint(copied)
    assert ran.returncode == 1
    assert f"concerted.{lower} is not allowed to import concerted.{higher}" in ran.stdout


@pytest.mark.parametrize("layer", [layer for layer in DESIGN if layer != "common"])
def test_the_invented_region_that_sees_what_finds_the_truth_is_noticed(copied: Path, layer: str) -> None:
    wrong = copied / "src" / "concerted" / APART / "wrong.py"
    wrong.write_text(f"import concerted.{layer}\n", encoding="utf-8")
    assert lint(copied).returncode == 1


@pytest.mark.parametrize("layer", [layer for layer in DESIGN if layer != "cli"])
def test_what_finds_the_truth_and_sees_the_invented_region_is_noticed(copied: Path, layer: str) -> None:
    (copied / "src" / "concerted" / layer / "wrong.py").write_text(f"import concerted.{APART}\n", encoding="utf-8")
    assert lint(copied).returncode == 1
