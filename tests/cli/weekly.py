"""One feed, delivered week after week into a folder that stands, by the command."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.cli.commands import Command, Ran
from tests.desk import extracts
from tests.desk.weeks import HEADER, PROFILE, Row, row

WHO: Final = ("--who", "A Analyst", "--why", "asked the force")
HUNDRED: Final = [row(number) for number in range(100, 200)]


class Weekly:
    """Delivers rows as weekly.csv. out: the folder that stands, and is called so in what is printed."""

    def __init__(self, folder: Path, concerted: Command) -> None:
        self.folder, self.out, self._concerted = folder, folder / "out", concerted

    def __call__(self, rows: Sequence[Row | Sequence[str]], *options: object, delivers: str = "snapshot") -> Ran:
        """A week's rows. The same rows are the same file."""
        file = extracts.table(self.folder / "weekly.csv", HEADER, rows)
        profile = extracts.profile(self.folder, PROFILE.format(delivers=delivers, version=1), "weekly.yaml")
        return self._concerted("resolve", file, "--profile", profile, "--into", self.out, *options)

    def run(self, verb: str, *words: object) -> Ran:
        """A verb on the folder: `withdrawals list` is two words of it."""
        return self._concerted(*verb.split(), self.out, *words)


def summed(folder: Path) -> dict[str, bytes]:
    """Every file of a folder but its own record of who did what."""
    return {name: held for name, held in extracts.content(folder).items() if name != "log.jsonl"}
