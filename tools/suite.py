"""Runs all tests, a process for each processor, and tells what no test ran: `python -m tools.suite`, as in `make test`.

The files of a folder are taken a few at a time, those that take longest first. Each part draws its own order and prints
its seed; what of the program all of them ran is put together at the end and held to the floor in `pyproject.toml`.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
TESTS: Final = ROOT / "tests"
FIRST: Final = ("linkage", "extracts", "desk", "cli")  # the folders that take longest, so that none is left to the end
EACH: Final = 12  # test files of a part: to begin one takes two seconds or so
NO_TESTS: Final = 5  # pytest's exit code where a part has none but deep ones
Run = Callable[[Sequence[str], Path], "subprocess.CompletedProcess[str]"]


def parts(tests: Path = TESTS, each: int = EACH) -> list[list[Path]]:
    """The test files, so many together; none of two folders."""
    folders: dict[str, list[Path]] = {name: [] for name in FIRST}
    for file in sorted(tests.rglob("test_*.py")):
        folders.setdefault(file.relative_to(tests).parts[0], []).append(file)
    alone = [file for name in [*folders] if name.endswith(".py") for file in folders.pop(name)]
    return [files[at : at + each] for files in [*folders.values(), alone] for at in range(0, len(files), each)]


def run(words: Sequence[str], measured: Path) -> "subprocess.CompletedProcess[str]":
    """A command of coverage, as a process. measured: the file for what it ran."""
    environment = {**os.environ, "COVERAGE_FILE": str(measured)}
    line = [sys.executable, "-m", "coverage", *words]
    return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def suite(given: Sequence[Sequence[Path]], say: Callable[[str], None], running: Run = run) -> int:
    """Run these parts and say what came of each, as it ends. Gives 1 when a test failed or too little was run."""

    def of(number: int) -> bool:
        words = ["run", "-m", "pytest", *map(str, given[number])]
        ended = running(words, Path(folder) / f"measured.{number}")
        say(ended.stdout + ended.stderr)
        return ended.returncode in (0, NO_TESTS)

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        passed = all(list(pool.map(of, range(len(given)))))
        together = Path(folder) / "measured"
        covered = [running(words, together) for words in (["combine", "-q", folder], ["report"])]
    say(covered[1].stdout + "".join(one.stderr for one in covered))
    return 0 if passed and not any(one.returncode for one in covered) else 1


if __name__ == "__main__":
    sys.exit(suite(parts(), lambda text: print(text, end="", flush=True)))
