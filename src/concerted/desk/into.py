"""A delivery into a folder that stands: next week's extracts beside last week's, with nothing undone."""

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from concerted.common.errors import FoundWrongError, Place, UsedWronglyError
from concerted.common.folders import absolute
from concerted.common.progress import Silent
from concerted.common.words import counted
from concerted.desk import decisions, deliveries, log
from concerted.desk.anew import copied, relinked
from concerted.desk.deliver import take_in
from concerted.desk.feeds import feed_of
from concerted.desk.given import Extract
from concerted.desk.history import By
from concerted.desk.resolve import Options, joined, set_up, write_out
from concerted.desk.store import DATABASE, Store
from concerted.desk.summary import Summary
from concerted.desk.told import Arrival, Told
from concerted.extracts import FileOrigin
from concerted.linkage import read_decisions


@dataclass(frozen=True, slots=True)
class Delivered:
    """What came of it. same: files that stood already as they are, of which nothing was done. told: what each feed
    brought. summary: None when nothing changed."""

    same: list[str]
    told: list[Told]
    summary: Summary | None

    def summary_dict(self) -> dict[str, object]:
        """The summary as it is written."""
        assert self.summary is not None  # a new folder has one
        return self.summary.to_dict()

    def to_dict(self) -> dict[str, object]:
        """For machines."""
        told = [asdict(one) for one in self.told]
        return {"same": self.same, "told": told, "summary": self.summary.to_dict() if self.summary else None}


def deliver(
    given: Callable[[], Sequence[Extract]], folder: Path, options: Options, arrival: Arrival, progress: Silent
) -> Delivered:
    """Take these extracts into the folder, whole or not at all, and make its result anew with its own model.

    A folder that is not there yet is made. Raises FoundWrongError with a question where a snapshot lacks too much or an
    older file comes again, UsedWronglyError for what cannot be used.
    """
    called, folder = folder, absolute(folder)
    if not (folder / DATABASE).exists():
        return Delivered([], [], joined(given, folder, replace(options, stands=True), progress))
    _refuse_for_new(options)
    extracts = given()
    with Store.open(folder) as old, old.writing():  # nobody else delivers meanwhile
        new = to_take(old, extracts, arrival)
        same = [one.name for one in extracts if one not in new]
        decided = read_decisions(options.decisions) if options.decisions else []
        if not new and {one.said for one in decided} <= {one.said for one in decisions.all_of(old)}:
            log.add(old, options.words)
            return Delivered(same, [], None)
        with copied(old) as store:
            with store.writing():
                set_up(store, options)
                decisions.add(store, decided)
                told = take_in(store, new, arrival, progress)[0] if new else []
                notes = [line for one in told for line in lines(one, called)]
                notes += relinked(old, store, progress, _by(options, new), traces=True)
            log.add(store, options.words)
            return Delivered(same, told, write_out(store, notes, progress))


def _by(options: Options, new: Sequence[Extract]) -> By:
    return By(options.words[1], files=[one.name for one in new])


def _refuse_for_new(options: Options) -> None:
    """What is settled when a folder is made is not settled again with each delivery."""
    if options.model != "auto" or options.truth or options.replace or options.without:
        raise UsedWronglyError(
            "--model, --without, --truth and --replace are for a new folder",
            why="a folder that stands keeps its model",
            mend="leave them out, give --out, or try another model with `concerted release try`",
        )


def to_take(store: Store, extracts: Sequence[Extract], arrival: Arrival) -> list[Extract]:
    """The extracts of the feeds of which anything is to be done."""
    by_feed: defaultdict[str, list[Extract]] = defaultdict(list)
    for one in extracts:
        by_feed[feed_of(one.profile, one.name)].append(one)
    return [one for feed, given in by_feed.items() if not _is_the_last(store, feed, given, arrival) for one in given]


def _is_the_last(store: Store, feed: str, given: Sequence[Extract], arrival: Arrival) -> bool:
    """Whether a feed's files, read by this profile, are those that it delivered last. Raises FoundWrongError for a file
    that came before, with a later one since."""
    came = [one for one in deliveries.all_of(store) if one.feed == feed and one.mends is None]
    last = {(one.sha256, one.profile_text) for one in came if one.batch == max(one.batch for one in came)}
    now = {(FileOrigin(one.path, one.profile.file, one.name).fingerprint().sha256, one.text): one for one in given}
    if last and set(now) == last:
        return True
    newest = {sha256 for sha256, _ in last}
    for (sha256, _), one in now.items():
        older = next((before for before in came if before.sha256 == sha256 and sha256 not in newest), None)
        if older and not arrival.again:
            raise FoundWrongError(
                f"this very file was delivered on {older.arrived[:10]}, and a later one since: is it the right one?",
                where=Place(file=one.name),
                why="nothing was changed",
                mend="name the newest file; if this is meant, add --again",
            )
    return False


def lines(told: Told, folder: Path) -> list[str]:
    """What a feed brought, in words."""
    name = told.feed.rpartition(":")[0] if told.feed.endswith(":*") else told.feed.partition(":")[2]
    stood = counted(told.unchanged, "row as it stood", "rows as they stood")
    new = counted(told.new, "record is new", "records are new")
    said = [f"{name}: {new}, {told.changed:,} changed; {stood}"]
    if told.profile_before is not None:
        said.append(f"{name}: the profile has changed since version {told.profile_before}, so every row was read again")
    for kind, moves in told.moved.items():
        for field, (filled, emptied, changed) in moves.items():
            counts = ((filled, "filled"), (emptied, "emptied"), (changed, "changed"))
            moved = ", ".join(f"{count:,} {word}" for count, word in counts if count)
            said.append(f"{name}: {field} ({kind.replace('_', ' ')}): {moved}")
    if told.missing:
        mend = f"`concerted withdrawals list {folder}`"
        said.append(f"{name}: {told.missing:,} missing, and kept until somebody approves: {mend}")
    return said
