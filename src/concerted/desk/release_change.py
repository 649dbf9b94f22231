"""Another release put in force, whole or not at all: the one that was tried, or the one before it again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.common.folders import absolute
from concerted.common.progress import Silent
from concerted.desk import history, log, release_tried, releases, results
from concerted.desk.anew import copied, relinked
from concerted.desk.history import By, Shift
from concerted.desk.releases import ADOPTED, Act
from concerted.desk.resolve import write_out
from concerted.desk.store import Store
from concerted.desk.summary import Summary
from concerted.desk.who import refuse_nobody
from concerted.linkage import HeldPair, Release


@dataclass(frozen=True, slots=True)
class Next:
    """What comes into force. held: what the release before it held together."""

    act: Act
    release: Release
    chosen: str
    held: Sequence[HeldPair]


@dataclass(frozen=True, slots=True)
class Changed:
    """What came of it. release, over: what is in force, and what it took the place of. shifts: the sets that were
    joined or parted. asked: pairs that the release before held together, and that stand in review for it."""

    act: Act
    release: Release
    over: Release
    shifts: list[Shift]
    asked: int
    summary: Summary

    @property
    def sets(self) -> dict[str, int]:
        """How many were joined, split and made over."""
        return history.counts(self.shifts)


def adopt(folder: Path, who: str, why: str, progress: Silent, words: Sequence[str]) -> Changed:
    """Put the release in force that was tried last. words: the command, for the folder's own record.

    Raises UsedWronglyError when none was tried on this very picture, or it is in force.
    """
    refuse_nobody(who, why)

    def following(store: Store) -> Next:
        tried = release_tried.to_adopt(store)
        release_tried.done(store)
        chosen = f"{ADOPTED}{clock.today().isoformat()} by {who.strip()}: {tried.chosen}"
        return Next("adopted", Release.from_json(tried.json), chosen, [*releases.joined(store)])

    return _changed(folder, following, By("release adopt", who), why, progress, words)


def give_back(folder: Path, who: str, why: str, progress: Silent, words: Sequence[str]) -> Changed:
    """Put the release in force again that was before the one adopted last, with what was asked for its own sake.

    The records and decisions that came since stay. Raises UsedWronglyError when none was adopted.
    """
    refuse_nobody(who, why)

    def following(store: Store) -> Next:
        adopted = releases.standing(store)
        if not adopted:
            raise UsedWronglyError(
                "no release was adopted in this folder, so there is none to return to",
                mend="`concerted release list --into DIR` shows those that it had",
            )
        *below, last = adopted
        return Next("returned", Release.from_json(last.over), last.over_chosen, releases.held(store, below))

    return _changed(folder, following, By("release return", who), why, progress, words)


def _changed(
    folder: Path, following: Callable[[Store], Next], by: By, why: str, progress: Silent, words: Sequence[str]
) -> Changed:
    folder = absolute(folder)
    with Store.open(folder) as old, old.writing(), copied(old) as store:  # nobody else changes it meanwhile
        with store.writing():
            over, coming = results.release(store), following(store)
            releases.put(store, coming.release, coming.chosen)
            notes = relinked(old, store, progress, by, coming.held)
            number = releases.note(store, coming.act, over, why)
            if coming.act == "adopted":
                releases.hold(store, number, coming.held)
            shifts, asked = history.last_shifts(store), releases.asked(store)
        log.add(store, words)
        summary = write_out(store, notes, progress)
    return Changed(coming.act, coming.release, over[0], shifts, asked, summary)
