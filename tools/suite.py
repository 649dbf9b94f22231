"""Runs all tests, a process for each processor, and tells what no test ran: `python -m tools.suite`, as in `make test`.

The files of a folder are taken a few at a time, those that take longest first; those of an application twice, on the
embedded store and on a PostgreSQL server that is there for the tests alone. Each part draws its own order and prints
its seed; what of the program all of them ran is put together at the end and held to the floor in `pyproject.toml`. The
last lines say what failed, what was killed and what was not run, in whatever part it was.
"""

import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from pathlib import Path
from typing import Final, NamedTuple

from tools import postgresql

ROOT: Final = Path(__file__).parents[1]
TESTS: Final = ROOT / "tests"
FIRST: Final = ("linkage", "extracts", "desk", "cli")  # the folders that take longest, so that none is left to the end
APPLICATIONS: Final = {"audit", "instance", "outbox", "organisations", "web"}  # whose tests run on both stores
DRAWN: Final = "_browser"  # tests of what a browser shows: it is drawn alike whatever the store
EACH: Final = 12  # test files of a part: to begin one takes two seconds or so
NO_TESTS: Final = 5  # pytest's exit code where a part has none but deep ones
FAILED: Final = 1  # its exit code where a test failed
Ended = subprocess.CompletedProcess[str]
Run = Callable[[Sequence[str], Path, str], Ended]
_SUMMARY: Final = "short test summary info"
_WRONG: Final = re.compile(r"^(?:FAILED|ERROR) (\S+?\[.*?\](?= - |$)|.+?)(?: - .*)?$", re.MULTILINE)
_SKIPPED: Final = re.compile(r"^SKIPPED \[(\d+)\] (?:\S+: )?(.+)$", re.MULTILINE)


def parts(tests: Path = TESTS, each: int = EACH) -> list[list[Path]]:
    """The test files, so many together; none of two folders."""
    folders: dict[str, list[Path]] = {name: [] for name in FIRST}
    for file in sorted(tests.rglob("test_*.py")):
        folders.setdefault(file.relative_to(tests).parts[0], []).append(file)
    alone = [file for name in [*folders] if name.endswith(".py") for file in folders.pop(name)]
    return [files[at : at + each] for files in [*folders.values(), alone] for at in range(0, len(files), each)]


class Part(NamedTuple):
    """Test files that one process runs. store: the address of a database for those of an application, or the embedded
    store."""

    files: Sequence[Path]
    store: str = ""


def legs(given: Sequence[Sequence[Path]], server: str | None) -> list[Part]:
    """Each part on the embedded store; those of an application on a PostgreSQL server too, a database for each."""
    stored = [files for files in given if server and _folder(files[0]) in APPLICATIONS]
    again = [kept for files in stored if (kept := [one for one in files if not one.stem.endswith(DRAWN)])]
    return [*map(Part, given), *(Part(files, f"{server}/part{number}") for number, files in enumerate(again))]


def run(words: Sequence[str], measured: Path, store: str = "") -> Ended:
    """A command of coverage, as a process. measured: the file for what it ran. store: what tests are to run on."""
    environment = {**os.environ, "COVERAGE_FILE": str(measured), "CONCERTED_TEST_STORE": store}
    line = [sys.executable, "-m", "coverage", *words]
    return subprocess.run(line, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)


def suite(given: Sequence[Part], say: Callable[[str], None], running: Run = run) -> int:
    """Run these parts and say what came of each, as it ends. Gives 1 when a test failed or too little was run."""

    def of(number: int) -> Ended:
        files, store = given[number]
        words = ["run", "-m", "pytest", "-rfEs", *map(str, files)]
        ended = running(words, Path(folder) / f"measured.{number}", store)
        say(ended.stdout + ended.stderr)
        return ended

    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(os.cpu_count()) as pool:
        ends = list(pool.map(of, range(len(given))))
        together = Path(folder) / "measured"
        covered = [running(words, together, "") for words in (["combine", "-q", folder], ["report"])]
    say(covered[1].stdout + "".join(one.stderr for one in covered))
    wrong = [*_wrong(given, ends), *(["Too little of the program was run."] * any(one.returncode for one in covered))]
    say("".join(f"{line}\n" for line in ["", *wrong, *_not_run(ends), *([] if wrong else ["Nothing failed."])]))
    return 1 if wrong else 0


def _wrong(given: Sequence[Part], ends: Sequence[Ended]) -> Iterator[str]:
    """What failed: tests by their names; of a part that did not get to its end, its files."""
    for (files, store), ended in zip(given, ends, strict=True):
        tests, on = _WRONG.findall(_summary(ended)), " (on PostgreSQL)" if store else ""
        yield from (f"Failed{on}: {test}" for test in tests)
        code, names = ended.returncode, ", ".join(map(_short, files)) + on
        if code < 0:
            yield f"Killed by {signal.Signals(-code).name}, so that no more of it is known: {names}"
        elif code not in (0, NO_TESTS) and not (code == FAILED and tests):
            yield f"Ended with code {code}: {names}"


def _not_run(ends: Sequence[Ended]) -> list[str]:
    """How many tests were skipped, by why."""
    found: Counter[str] = Counter()
    for ended in ends:
        for count, why in _SKIPPED.findall(_summary(ended)):
            found[why] += int(count)
    return [f"Not run: {count:,} test{'s' * (count > 1)}: {why}" for why, count in sorted(found.items())]


def _summary(ended: Ended) -> str:
    """The last part of what pytest says; what tests themselves print comes before."""
    return ended.stdout.rpartition(_SUMMARY)[2] if _SUMMARY in ended.stdout else ""


def _short(file: Path) -> str:
    return str(file.relative_to(ROOT) if file.is_relative_to(ROOT) else file)


def _folder(file: Path) -> str:
    return file.relative_to(TESTS).parts[0] if file.is_relative_to(TESTS) else ""


def main(say: Callable[[str], None]) -> int:
    """All tests, on both stores where there is a PostgreSQL server."""
    here = postgresql.programs()
    with postgresql.server(here) if here else nullcontext() as server:
        code = suite(legs(parts(), server), say)
    if not here:
        say(f"Not run: the application's tests on the larger store: {postgresql.NOT_HERE}\n")
    return code


if __name__ == "__main__":
    sys.exit(main(lambda text: print(text, end="", flush=True)))
