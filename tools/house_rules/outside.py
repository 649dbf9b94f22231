"""The rule for data that others made: it stands apart, and beside it stands under which licence we pass it on."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from tools.house_rules.tree import Finding, KeptFile

OUTSIDE: Final = "tests/data/outside/"
README: Final = f"{OUTSIDE}README.md"
_NAMED: Final = re.compile(r"`([^`]+)`")


def licence_named(files: Iterable[KeptFile]) -> Iterator[Finding]:
    """Each file under `tests/data/outside/`, or a folder that holds it, has a row with its licence in the README."""
    kept = {file.path: file for file in files if file.path.startswith(OUTSIDE)}
    named = _with_licence(kept[README].lines if README in kept else [])
    for path in sorted(kept.keys() - {README}):
        name = path.removeprefix(OUTSIDE)
        if not any(name == given or (given.endswith("/") and name.startswith(given)) for given in named):
            yield Finding(
                path,
                1,
                "licence",
                "we may only pass on data whose licence allows it, and a reader must be able to see that. Give it a "
                f"row in the table of {README}: `{name}` (or its folder, with a slash), what it is, where it is from, "
                "and its licence in the column headed licence",
            )


def _with_licence(lines: list[str]) -> set[str]:
    """What the tables name in backquotes in a row whose cell under `licence` is filled."""
    named: set[str] = set()
    column: int | None = None
    for line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")] if line.lstrip().startswith("|") else []
        headings = [cell.lower() for cell in cells]
        if not cells:
            column = None
        elif column is None:
            column = headings.index("licence") if "licence" in headings else -1
        elif 0 <= column < len(cells) and re.search(r"\w", cells[column]):
            named.update(_NAMED.findall(cells[0]))
    return named
