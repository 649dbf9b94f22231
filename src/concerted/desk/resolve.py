"""Extracts in, a result folder out: read, link, keep, and write what people and scripts read."""

import json
import os
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from concerted.common import clock
from concerted.common.errors import Place, UsedWronglyError
from concerted.common.folders import built_whole
from concerted.common.progress import Silent
from concerted.common.words import counted
from concerted.desk import decisions, deliveries, fill_report, quarantine, results, scores, views
from concerted.desk.again import read_again
from concerted.desk.current import record_files
from concerted.desk.limits import Limit
from concerted.desk.report import render
from concerted.desk.store import RECORDS, TRUTH, Store
from concerted.desk.summary import Summary, summarise
from concerted.desk.target import Kept, look_at, work_word
from concerted.extracts import Profile, Taken, load_profile, match_profiles, open_table, take_many
from concerted.extracts.taken import beside
from concerted.linkage import Decision, Linked, Release, link, read_decisions

MODELS = ("auto", "default", "train")


@dataclass(frozen=True, slots=True)
class Options:
    """How to resolve. model: auto, default, train or a file. words: the command as it was given, for the report.

    as_of: the day from which ages and two-digit years are reckoned; today when not given.
    """

    model: str = "auto"
    truth: bool = False
    decisions: Path | None = None
    replace: bool = False
    limit: Limit | None = None
    as_of: date | None = None
    words: tuple[str, ...] = ("concerted", "resolve")


def resolve(
    files: Sequence[Path], profiles: Sequence[Path], out: Path, options: Options, progress: Silent | None = None
) -> Summary:
    """Join these extracts into the folder `out`, whole or not at all.

    Raises UsedWronglyError for what cannot be used, FoundWrongError when more rows than `limit` are in quarantine.
    """
    progress = progress or Silent()
    out = Path(os.path.abspath(out))  # noqa: PTH100 - a link is not followed: it is refused
    kept = look_at(out, replace=options.replace)
    pairs = _pairs(files, profiles, options)
    given = read_decisions(options.decisions) if options.decisions else []
    model = _model(options.model)
    with built_whole(out) as folder, Store.create(folder, kept.secret) as store:
        with store.writing():
            _take(store, pairs, _texts(profiles), options, progress)
            notes = [*deliveries.notes(store), *_kept_work(store, kept, given)]
            linked = linked_anew(store, model, progress)
            results.keep(store, linked, kept.arrivals, kept.last)
        return write_out(store, [*notes, *linked.notes], progress)


def linked_anew(store: Store, model: str | Release, progress: Silent) -> Linked:
    """Link the records that count, with the decisions kept in the store. The truth is not among what is given."""
    return link(
        record_files(store),
        model=model,
        decisions=decisions.all_of(store),
        unique_sources=deliveries.unique_sources(store),
        progress=progress,
    )


def write_out(store: Store, notes: Sequence[str], progress: Silent) -> Summary:
    """Write the views of what the store holds."""
    progress.step("write", "Writing the result")
    with store.writing():
        views.write_tables(store)
        truth = store.folder / TRUTH
        evaluation = scores.evaluate(store, truth) if truth.exists() else None
        views.write_report(store, render(fill_report.fill(store, notes, evaluation)))
        progress.finish()
        summary = summarise(store, progress.seconds, notes, evaluation)
        views.write_summary(store, summary.to_dict())
    return summary


def _pairs(files: Sequence[Path], profiles: Sequence[Path], options: Options) -> list[tuple[Path, Profile]]:
    for file in files:
        if file.is_dir() or not file.exists():
            what = "it is a folder and no extract" if file.is_dir() else "there is no such file"
            raise UsedWronglyError(what, where=Place(file=file.name), mend="check its name and the folder it is in")
    names = [file.name for file in files]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        mend = "rename one of them: what is said of a file names it without its folder"
        raise UsedWronglyError("two files have this name", where=Place(file=twice[0]), mend=mend)
    pairs = match_profiles(files, [load_profile(path) for path in profiles])
    if options.truth and not any(profile.truth for _, profile in pairs):
        mend = "write truth: COLUMN in the profile, or use `concerted evaluate` with a file"
        raise UsedWronglyError("--truth is given and no profile says where the truth is", mend=mend)
    return pairs


def _texts(profiles: Sequence[Path]) -> dict[str, str]:
    """Each profile as its file has it, by its id: kept so that what is mended later is read by the same."""
    return {load_profile(path).id: path.read_text(encoding="utf-8-sig") for path in profiles}


def _model(name: str) -> str | Release:
    return name if name in MODELS else Release.load(Path(name)).unbound()


def _take(
    store: Store, pairs: Sequence[tuple[Path, Profile]], texts: dict[str, str], options: Options, progress: Silent
) -> None:
    """Read every file into the store. texts: of the profiles."""
    as_of = options.as_of or clock.today()
    store.put("as_of", as_of.isoformat())
    store.put("words", json.dumps(options.words, ensure_ascii=False))
    numbers = {file.name: number for number, (file, _) in enumerate(pairs, 1)}
    sink = quarantine.sink(store, numbers.__getitem__)
    folder = store.folder / RECORDS
    taken = take_many(pairs, folder, sink, truth=options.truth, progress=progress, as_of=as_of)
    if options.limit:
        options.limit.refuse_more(store, sum(one.counts.rows for one in taken))
    for (file, profile), one in zip(pairs, taken, strict=True):
        for kind in one.by_kind:
            beside(one.records, kind).rename(deliveries.records_file(store.folder, numbers[file.name], kind))
        columns = _columns(file, profile) if one.counts.quarantined else []
        deliveries.add(store, numbers[file.name], one, texts[profile.id], columns)
    if options.truth:
        _keep_truth(store.folder / TRUTH, taken)


def _columns(file: Path, profile: Profile) -> list[str]:
    """The file's columns, so that a person can mend its rows by them."""
    with open_table(file, profile.file) as table:
        return list(table.columns)


def _keep_truth(place: Path, taken: Sequence[Taken]) -> None:
    parts = [one.truth for one in taken if one.truth]
    scores.write_truth(place, parts)
    for part in parts:
        part.unlink()


def _kept_work(store: Store, kept: Kept, given: Sequence[Decision]) -> list[str]:
    """Take over what people did in the folder that is replaced, and add what they decided since."""
    decisions.add(store, [*kept.decisions, *given])
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
