"""Mended rows and values read again, and the result made anew with the same model: nothing is trained here."""

from dataclasses import dataclass
from pathlib import Path

from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Silent
from concerted.common.words import counted
from concerted.desk import quarantine
from concerted.desk.again import read_again
from concerted.desk.anew import changed
from concerted.desk.history import By
from concerted.desk.store import Store
from concerted.desk.summary import Summary


@dataclass(frozen=True, slots=True)
class Replayed:
    """What came of it. read: items that are no longer in quarantine. still: those that are faulty still."""

    read: int
    still: int
    summary: Summary


def replay(folder: Path, progress: Silent | None = None) -> Replayed:
    """Read again what was mended in this folder, and write the folder anew, whole or not at all."""
    progress = progress or Silent()
    counts: list[int] = []

    def read(store: Store) -> list[str]:
        if not quarantine.items(store, states=["mended"]):
            raise UsedWronglyError(
                "nothing is mended that was not read again",
                mend="`concerted quarantine list DIR` shows what waits, `concerted quarantine mend DIR ID` mends it",
            )
        progress.step("read", "Reading what was mended")
        counts.extend(read_again(store))
        done = counts[0]
        was = "was" if done == 1 else "were"
        return (
            [f"{counted(done, 'row or value', 'rows and values')} that had been mended {was} read again"]
            if done
            else []
        )

    summary = changed(folder, read, progress, by=By("quarantine replay"))
    return Replayed(counts[0], counts[1], summary)
