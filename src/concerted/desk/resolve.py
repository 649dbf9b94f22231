"""Extracts in, a result folder out: read, link, keep, and write what people and scripts read."""

import json
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.common.folders import absolute, built_whole
from concerted.common.progress import Silent
from concerted.common.words import counted
from concerted.desk import (
    decisions,
    deliveries,
    ended,
    fill_report,
    findings,
    history,
    log,
    purpose,
    quarantine,
    references,
    releases,
    results,
    scores,
    standing,
    things,
    views,
    whole,
    witnesses,
)
from concerted.desk.again import read_again
from concerted.desk.columns import Columns
from concerted.desk.current import record_files
from concerted.desk.deliver import take_in
from concerted.desk.given import Extract, named
from concerted.desk.graph import graph_of
from concerted.desk.limits import Limit
from concerted.desk.patterns import page as patterns_page
from concerted.desk.quality import page as quality_page
from concerted.desk.report import render
from concerted.desk.store import TRUTH, Store
from concerted.desk.summary import Summary, summarise
from concerted.desk.target import Kept, held, look_at, work_word
from concerted.desk.told import Arrival
from concerted.extracts import Taken
from concerted.linkage import Decision, HeldPair, Linked, Release, link, read_decisions

MODELS = ("auto", "default", "train")
_LOOK: Final = ("patterns", "Looking for patterns to check")  # the tables are written meanwhile
_WRITE: Final = ("write", "Writing the result")


@dataclass(frozen=True, slots=True)
class Options:
    """How to resolve. model: auto, default, train or a file. words: the command as it was given, for the report.

    as_of: the day from which ages and two-digit years are reckoned; today when not given. purpose: what the folder is
    for. things: whether places, telephones, vehicles and accounts are joined too. without: comparisons to leave out.
    stands: whether more is to come, so that what linking finds is kept for it.
    """

    model: str = "auto"
    truth: bool = False
    decisions: Path | None = None
    replace: bool = False
    limit: Limit | None = None
    as_of: date | None = None
    words: tuple[str, ...] = ("concerted", "resolve")
    purpose: str | None = None
    things: bool = False
    without: tuple[str, ...] = ()
    stands: bool = False


def resolve(
    files: Sequence[Path], profiles: Sequence[Path], out: Path, options: Options, progress: Silent | None = None
) -> Summary:
    """Join the people of these extracts into the folder `out`, whole or not at all.

    Raises UsedWronglyError for what cannot be used, FoundWrongError when more rows than `limit` are in quarantine.
    """
    return joined(lambda: named(files, profiles), out, options, progress or Silent())


def joined(given: Callable[[], Sequence[Extract]], out: Path, options: Options, progress: Silent) -> Summary:
    """The same for extracts however they were found. given: is asked once it is known that `out` may be written."""
    out = absolute(out)  # a link is refused
    with held(out) as stands:
        return _joined(given, out, options, progress, stands=stands)


def _joined(
    given: Callable[[], Sequence[Extract]], out: Path, options: Options, progress: Silent, *, stands: bool
) -> Summary:
    kept = look_at(out, replace=options.replace)
    extracts = given()
    _refuse_without_truth(extracts, options)
    decided = read_decisions(options.decisions) if options.decisions else []
    model = _model(options.model)
    with built_whole(out, new=not stands) as folder, Store.create(folder, kept.secret) as store:
        log.carry(kept.log, folder)
        with store.writing():
            ended.keep(store, kept.endings)
            history.keep(store, kept.history)
            findings.keep(store, kept.findings)
            _take(store, extracts, options, progress)
            notes = [*deliveries.notes(store), *references.notes(store), *_kept_work(store, kept, decided)]
            linked = linked_anew(store, model, progress, options.without)
            tables = partial(views.write_tables, folder)
            held = results.keep(store, linked, kept.arrivals, kept.last, beside=tables)
            if options.stands:
                standing.keep_anew(store, linked)
            by = history.By(options.words[1], files=[one.name for one in extracts])
            history.note(store, kept.history.entities, by, held=held)
            releases.keep(store, kept.releases)
            purpose.keep(store, options.purpose or kept.purpose)
        log.add(store, options.words)
        return write_out(store, [*notes, *linked.notes], progress, held)


def linked_anew(
    store: Store, model: str | Release, progress: Silent, without: Sequence[str] = (), held: Sequence[HeldPair] = ()
) -> Linked:
    """Link the records that count, with the decisions kept in the store. The truth is not among what is given."""
    return link(
        record_files(store),
        model=model,
        decisions=decisions.all_of(store),
        unique_sources=deliveries.unique_sources(store),
        without=without,
        witnesses=witnesses.witnesses(store),
        held=held,
        progress=progress,
    )


def write_out(store: Store, notes: Sequence[str], progress: Silent, written: Columns | None = None) -> Summary:
    """Write the views of what the store holds. notes: what a person should know, beside what is said of the whole.
    written: what it holds, where the tables of it are written already."""
    if store.get("things"):
        progress.step("things", "Joining places, telephones, vehicles and accounts")
        with store.writing():
            things.join_anew(store)
    with store.writing():
        notes = [*notes, *whole.renew(store, progress)]
    with_things = bool(store.get("things"))
    progress.step(*(_LOOK if with_things else _WRITE))
    with store.writing(), ThreadPoolExecutor(1) as beside:
        held = written or Columns.of(store)
        tables = None if written else beside.submit(views.write_tables, store.folder, held)
        views.write_review(store.folder, held)
        if with_things:
            _look_for_patterns(store)
            progress.step(*_WRITE)
            views.write_things(store)
        views.write_model(store)
        truth = store.folder / TRUTH
        evaluation = scores.evaluate(store, truth) if truth.exists() else None
        report = fill_report.fill(store, held, notes, evaluation)
        views.write_report(store, render(report))
        views.write_quality(store, quality_page.render(quality_page.fill(store)))
        if tables:
            tables.result()
        progress.finish()
        summary = summarise(store, progress.seconds, notes, evaluation, report.trust.to_dict())
        views.write_summary(store, summary.to_dict())
    return summary


def _look_for_patterns(store: Store) -> None:
    """Write what the rules find, for machines and for people."""
    graph = graph_of(store)
    views.write_findings(store, findings.look_anew(store, graph))
    found = findings.shown(store, findings.last(store))
    views.write_networks(store, patterns_page.render(patterns_page.fill(store, graph, found)))


def _refuse_without_truth(extracts: Sequence[Extract], options: Options) -> None:
    if options.truth and not any(extract.profile.truth for extract in extracts):
        mend = "write truth: COLUMN in the profile, or use `concerted evaluate` with a file"
        raise UsedWronglyError("--truth is given and no profile says where the truth is", mend=mend)


def _model(name: str) -> str | Release:
    return name if name in MODELS else Release.load(Path(name)).unbound()


def _take(store: Store, extracts: Sequence[Extract], options: Options, progress: Silent) -> None:
    """Read every file into the store."""
    set_up(store, options)
    taken = take_in(store, extracts, Arrival(limit=options.limit, truth=options.truth), progress)[1]
    if options.truth:
        _keep_truth(store.folder / TRUTH, taken)


def set_up(store: Store, options: Options) -> None:
    """Keep what a command was told of how to read."""
    store.put("as_of", (options.as_of or clock.today()).isoformat())
    store.put("words", json.dumps(options.words, ensure_ascii=False))
    store.put("things", "joined" if options.things else store.get("things"))


def _keep_truth(place: Path, taken: Sequence[Taken]) -> None:
    parts = [one.truth for one in taken if one.truth]
    scores.write_truth(place, parts)
    for part in parts:
        part.unlink()


def _kept_work(store: Store, kept: Kept, given: Sequence[Decision]) -> list[str]:
    """Take over what people did in the folder that is replaced, and add what they decided since."""
    decisions.keep(store, kept.decisions)
    decisions.add(store, given)
    gone, read, still = _mended_again(store, kept.mended)
    here = Counter(one.dismissed for one in kept.mended if one not in gone)
    notes = []
    if here[False]:
        faulty = f"; {still:,} of them cannot be read still" if still else ""
        notes.append(f"{counted(here[False], 'mending')} of the folder before kept, {read:,} read again{faulty}")
    if here[True]:
        notes.append(f"{counted(here[True], 'dismissal')} of the folder before kept")
    if gone:
        was = "was of a row or value that is" if len(gone) == 1 else "were of rows or values that are"
        notes.append(f"{counted(len(gone), work_word(gone))} {was} no longer there, and gone with it")
    return notes


def _mended_again(store: Store, mended: Sequence[quarantine.Mended]) -> tuple[Sequence[quarantine.Mended], int, int]:
    """Take over what was mended and read it again. A value of a row that was mended comes to light when its row is
    read. Gives what has no place here, and how many items are read, and are faulty still."""
    read = still = 0
    while len(left := quarantine.take_over(store, mended)) < len(mended):
        mended = left
        if quarantine.items(store, states=["mended"]):
            counts = read_again(store)
            read, still = read + counts[0], still + counts[1]
    return mended, read, still
