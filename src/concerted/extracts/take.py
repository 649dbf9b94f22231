"""Taking extracts: each row becomes records, goes to quarantine or is blank; a file is taken whole or not at all."""

import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final

from concerted.common import clock
from concerted.common.errors import Place, UsedWronglyError
from concerted.common.progress import Progress, Silent
from concerted.extracts.before import Before
from concerted.extracts.chunks import KIND_MARK
from concerted.extracts.duplicates import Clash, Repeats
from concerted.extracts.job import Job
from concerted.extracts.origins import FileOrigin, MendedOrigin, Origin
from concerted.extracts.profile import Profile
from concerted.extracts.sources import called
from concerted.extracts.staging import staging
from concerted.extracts.taken import Sink, Taken

_NAME_LENGTH: Final = 40


def take(
    file: Path,
    profile: Profile,
    records: Path,
    sink: Sink,
    *,
    truth: Path | None = None,
    progress: Progress | None = None,
    as_name: str | None = None,
    as_of: date | None = None,
) -> Taken:
    """Read one file into the Parquet file `records`, and the truth into `truth` when it is asked for.

    sink: is given what is quarantined, as it comes. as_name: what the file is called in all that is written of it.
    as_of: the day from which ages and two-digit years are reckoned; today when it is not given.
    Raises UsedWronglyError when the file cannot be taken; then neither file is there.
    """
    job = Job(
        FileOrigin(file, profile.file, as_name or called(file, profile)),
        profile,
        records,
        truth,
        as_of or clock.today(),
    )
    return _take([job], records.parent, sink, progress or Silent())[0]


def take_many(
    pairs: Sequence[tuple[Path, Profile]],
    folder: Path,
    sink: Sink,
    *,
    truth: bool = False,
    progress: Progress | None = None,
    as_of: date | None = None,
    names: Sequence[str] | None = None,
    before: Sequence[Before] | None = None,
) -> list[Taken]:
    """Read several files, each by its profile, into Parquet files in `folder`: all of them or none.

    names: what each file is called in all that is written of it; its own name when not given. before: what came before
    each of them, when they are delivered to what stands.
    A record that stands in two files counts once when they tell it alike. Raises UsedWronglyError naming both files and
    the record when they do not.
    """
    day = as_of or clock.today()
    jobs = []
    for number, (file, profile) in enumerate(pairs):
        name = f"{number + 1:03}-{_plain_name(file)}"
        place = folder / f"{name}-truth.parquet" if truth and profile.truth else None
        origin: Origin = FileOrigin(file, profile.file, names[number] if names else called(file, profile))
        met = before[number] if before else None
        jobs.append(Job(origin, profile, folder / f"{name}.parquet", place, day, number, met))
    return _take(jobs, folder, sink, progress or Silent())


def take_mended(
    name: str,
    profile: Profile,
    columns: Sequence[str],
    rows: Sequence[tuple[int, Sequence[str | None]]],
    records: Path,
    sink: Sink,
    *,
    taken: Sequence[Path] = (),
    truth: Path | None = None,
    as_of: date | None = None,
    sheet: str | None = None,
) -> Taken:
    """Read rows that a person has mended in the quarantine, in the same way as those of a file.

    name: of the file that they came from. columns: its columns as the reader named them. rows: the number of each row
    in that file, and all its cells. sheet: the one that they stood in. taken: records taken before; one with the same
    record id must tell the same.
    What still cannot be read goes to the sink again.
    """
    job = Job(MendedOrigin(name, columns, rows, sheet), profile, records, truth, as_of or clock.today())
    return _take([job], records.parent, sink, Silent(), taken)[0]


def _plain_name(file: Path) -> str:
    return re.sub(r"[^A-Za-z0-9]+", "-", file.stem)[:_NAME_LENGTH].strip("-") or "extract"


def _take(jobs: Sequence[Job], folder: Path, sink: Sink, progress: Progress, taken: Sequence[Path] = ()) -> list[Taken]:
    with staging(folder, [place for job in jobs for place in job.places]) as stage:
        for job in jobs:
            progress.step("read", f"Reading {job.name}")
            job.read(stage, sink, progress)
        progress.step("repeats", "Looking for repeated records")
        with Repeats([job.keys for job in jobs], stage.folder) as repeats:
            for job in jobs:
                job.compare_with(repeats, taken)
                job.put_differing_aside(repeats, sink)
            clash = repeats.across() if len(jobs) > 1 else None
            if clash:
                raise _clash(jobs, clash)
            for job in jobs:
                job.settle(repeats, stage)
        progress.finish()
    return [job.taken() for job in jobs]


def _clash(jobs: Sequence[Job], clash: Clash) -> UsedWronglyError:
    return UsedWronglyError(
        f"record {clash.source}:{clash.record_id.rpartition(KIND_MARK)[2]} is told differently in two files",
        where=Place(file=jobs[clash.file].name, row=clash.row),
        why=f"it stands in row {clash.first_row} of {jobs[clash.first_file].name} with other content",
        mend="leave out the file that no longer holds, or give each file a source of its own in its profile",
    )
