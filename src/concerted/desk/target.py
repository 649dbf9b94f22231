"""Where `resolve` may write: what is in the way, and what of an old result must be kept."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.folders import recover
from concerted.common.ids import RecordKey
from concerted.common.words import counted, listed
from concerted.desk import decisions, deliveries, ended, log, purpose, quarantine
from concerted.desk import findings as found
from concerted.desk import history as told
from concerted.desk import releases as had
from concerted.desk.results import arrivals
from concerted.desk.store import DATABASE, OURS, Store
from concerted.linkage import Decision


@dataclass(frozen=True, slots=True)
class Kept:
    """What a new result takes over from the one that it replaces.

    secret, arrivals, last: so that a record that is there again has the same permanent id, and no id is used twice.
    endings: restrictions and erasures. findings: the last ones, and marks on them. history: what each change made of
    its entities. releases: those that it had. log: the lines of the folder's own record.
    """

    secret: bytes | None = None
    arrivals: dict[RecordKey, int] = field(default_factory=dict)
    last: int = 0
    decisions: list[Decision] = field(default_factory=list)
    mended: list[quarantine.Mended] = field(default_factory=list)
    endings: list[ended.Ended] = field(default_factory=list)
    findings: found.Kept = field(default_factory=lambda: found.Kept([], []))
    history: told.Kept = field(default_factory=lambda: told.Kept([], [], {}))
    releases: had.Kept | None = None
    purpose: str = ""
    log: str = ""


@contextmanager
def held(out: Path) -> Iterator[bool]:
    """Nobody else changes the result that is replaced meanwhile: what they did would be lost. Gives whether there is
    one."""
    stands = not out.is_symlink() and (out / DATABASE).is_file()
    if not stands:
        yield False
        return
    with Store.open(out) as old, old.writing():
        yield True


def look_at(out: Path, *, replace: bool) -> Kept:
    """What is to be kept of `out`. Raises UsedWronglyError when nothing may be written there.

    A folder that holds anything that we did not write is never replaced, nor one that more than one delivery came into,
    nor, without `replace`, one with decisions or mendings: what people did.
    """
    if out.parent.is_dir():
        recover(out.absolute())
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise _in_the_way(out, "it is there already and is no folder")
    if not out.exists() or not any(out.iterdir()):
        return Kept()
    if not (out / DATABASE).is_file():
        raise _in_the_way(out, "it holds files and is no result folder")
    strange = sorted(entry.name for entry in out.iterdir() if entry.name not in OURS)
    if strange:
        raise _in_the_way(out, f"it holds {strange[0]}, which Concerted did not write and would not delete")
    with Store.open(out) as store:
        kept, came = _kept(store), deliveries.last_batch(store)
        if came > 1 or store.count("withdrawal"):
            raise _stands(out, came)
    if (kept.decisions or kept.mended or kept.endings or kept.findings.marks) and not replace:
        raise _holds_work(out, kept)
    return kept


def _stands(out: Path, came: int) -> UsedWronglyError:
    """What came week after week cannot be kept by one command that reads some files."""
    return UsedWronglyError(
        f"the folder stands: {counted(came, 'delivery has', 'deliveries have')} come into it",
        where=Place(file=out.name),
        mend=f"give --into {out.name} to deliver into it, or --out another folder",
    )


def _kept(store: Store) -> Kept:
    return Kept(
        secret=store.secret,
        arrivals=arrivals(store),
        last=int(store.get("arrivals", "0")),
        decisions=decisions.all_of(store),
        mended=quarantine.mended_by_people(store),
        endings=ended.all_of(store),
        findings=found.kept(store),
        history=told.kept(store),
        releases=had.kept(store),
        purpose=purpose.of(store),
        log=log.read(store.folder),
    )


def work_word(mended: Sequence[quarantine.Mended]) -> str:
    """What these are to be called when they are counted."""
    return "dismissal" if all(one.dismissed for one in mended) else "mending"


def _in_the_way(out: Path, what: str) -> UsedWronglyError:
    return UsedWronglyError(what, where=Place(file=out.name), mend="give --out another folder, or empty this one")


def _holds_work(out: Path, kept: Kept) -> UsedWronglyError:
    counts = [(len(kept.decisions), "decision"), (len(kept.mended), work_word(kept.mended))]
    counts.append((len(kept.findings.marks), "mark"))
    told = [counted(count, word) for count, word in counts if count]
    said = listed(told) if told else counted(len(kept.endings), "restriction or erasure", "restrictions and erasures")
    return UsedWronglyError(
        f"the folder holds {said}",
        where=Place(file=out.name),
        mend="add --replace, which keeps them and replaces the rest, or give --out another folder",
    )
