"""Real output in the documents: runs what README.md and docs/ show, and writes down what it printed.

A fenced block marked `console` is run; one marked `console fails` is run and must end with an error, which is what it
shows; one marked `console no-run` is left alone. A command that fails elsewhere stops everything: a page never shows by
chance how something breaks. In a block a line that begins with
`$ ` is a command (a line that ends in a backslash goes on in the next), and what stands below it is replaced by what
it prints. The commands of one document run one after another in a copy of the tree that is thrown away, with the
`concerted` of this tree. What differs from run to run (seconds, moments, days said as "on 2026-03-02", permanent ids)
is masked for comparison: text that differs in nothing else is left as it stands. With `--check` nothing is written:
differences are printed, exit 1.
"""

import difflib
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
LONGEST: Final = 600  # seconds for one command

Run = Callable[[str], tuple[str, int]]  # what a command printed, and its exit code
_BLOCK: Final = re.compile(r"^```console(?P<fails> fails)?[ \t]*\n(?P<text>.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_COMMAND: Final = re.compile(r"^\$ .*(?:(?<=\\)\n.*)*", re.MULTILINE)
_MASKS: Final = (
    (re.compile(r"\d+(?:\.\d+)?(?= ?(?:ms|s|seconds?|minutes?)\b)"), "#"),
    (re.compile(r"\b\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?Z?"), "moment"),
    (re.compile(r"(?<= on )\d{4}-\d\d-\d\d\b"), "day"),
    (re.compile(r"\b(?=[a-z2-7]*\d)[a-z2-7]{26}\b"), "permanent-id"),
    (re.compile(r"\b[0-9a-f]{64}\b"), "sha256"),
)


class NotAsShownError(Exception):
    """A command that failed where the page shows it working, or the other way round."""


def masked(text: str) -> str:
    """The text without what differs from run to run."""
    for pattern, instead in _MASKS:
        text = pattern.sub(instead, text)
    return re.sub(r"[ \t]+", " ", text)


def renewed(document: str, run: Run) -> str:
    """The document with each block's output as `run` gives it now; left as it stands where only masked text differs."""

    def block(found: re.Match[str]) -> str:
        shown = found["text"]
        before, _, end = found.group().partition(shown)
        text = "".join(_renewed_commands(shown, run, fails=found["fails"] is not None))
        return found.group() if masked(text) == masked(shown) else f"{before}{text}{end}"

    return _BLOCK.sub(block, document)


def _renewed_commands(block: str, run: Run, *, fails: bool) -> Iterator[str]:
    codes = []
    for command in _COMMAND.findall(block):
        printed, code = run(command.removeprefix("$ "))
        if code and not fails:
            raise NotAsShownError(f"`{command}` ended with {code}:\n{printed.rstrip()}")
        codes.append(code)
        yield f"{command}\n"
        yield f"{printed.rstrip()}\n" if printed.strip() else ""
    if fails and not any(codes):
        raise NotAsShownError(f"nothing fails in the block marked `fails`:\n{block.rstrip()}")


def runner(folder: Path) -> Run:
    """Runs a command in `folder` as a person would type it there. What goes to standard error is printed too."""
    path = os.pathsep.join([str(ROOT / ".venv" / "bin"), os.environ.get("PATH", os.defpath)])
    environment = {**os.environ, "PATH": path, "TERM": "dumb", "COLUMNS": "100", "LC_ALL": "C.UTF-8"}
    for inherited in ("MAKEFLAGS", "MAKELEVEL", "MFLAGS"):
        environment.pop(inherited, None)

    def run(command: str) -> tuple[str, int]:
        ran = subprocess.run(
            ["bash", "-c", command],
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            timeout=LONGEST,
            check=False,
        )
        return ran.stdout.decode(errors="replace").replace(str(folder), "."), ran.returncode

    return run


def copy_tree(root: Path, folder: Path) -> None:
    """The files that git keeps, with their times, and the tree's own .venv and .tools by a link."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    for name in subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode().split("\0"):
        if name and (root / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / name, folder / name)
    for name in (".venv", ".tools"):
        if (root / name).exists():
            (folder / name).symlink_to(root / name)


def renew_file(path: Path, root: Path) -> tuple[str, str]:
    """What the document holds and what it should hold."""
    document = path.read_text(encoding="utf-8")
    if not _BLOCK.search(document):
        return document, document
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve() / "concerted"
        folder.mkdir()
        copy_tree(root, folder)
        return document, renewed(document, runner(folder))


def main(arguments: list[str], root: Path = ROOT) -> int:
    stale = False
    for path in [root / "README.md", *sorted((root / "docs").glob("*.md"))]:
        name = path.relative_to(root).as_posix()
        try:
            old, new = renew_file(path, root) if path.is_file() else ("", "")
        except NotAsShownError as error:
            print(f"{name} is left as it stands, and what comes after it is not looked at: {error}", file=sys.stderr)
            return 1
        if old == new:
            continue
        stale = True
        if "--check" in arguments:
            before, after = old.splitlines(keepends=True), new.splitlines(keepends=True)
            print("".join(difflib.unified_diff(before, after, name, f"{name} as it prints now")), end="")
        else:
            path.write_text(new, encoding="utf-8")
            print(f"{name}: output renewed")
    if stale and "--check" in arguments:
        print("Documents show output that is no longer printed. Run `make docs` and look at what changed.")
    return 1 if stale and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
