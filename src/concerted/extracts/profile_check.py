"""Checking a profile against a file: which columns it finds, what would be read of them, what is wrong."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from fnmatch import fnmatch
from pathlib import Path, PurePath
from typing import Final

from concerted.extracts.columns import other_mark
from concerted.extracts.fields import is_counted
from concerted.extracts.profile import FieldSpec, Profile
from concerted.extracts.profile_columns import plain
from concerted.extracts.profile_report import FieldReport, FileReport, ProfileReport
from concerted.extracts.profile_rules import CARRY, RuleFault, name_warnings
from concerted.extracts.profile_rules import Path as KeyPath
from concerted.extracts.profile_sample import Sample, read_sample
from concerted.extracts.profile_try import read_field, try_field
from concerted.extracts.profile_yaml import Fault
from concerted.extracts.protected import judge_counts
from concerted.extracts.readers.headers import ADD_NAMES, looks_like_a_record
from concerted.extracts.readers.packed import only_file
from concerted.values.text import tidy

ROWS_LOOKED_AT: Final = 1000
_MOSTLY: Final = 0.5  # of a field's values that cannot be read, from which the profile is taken to be wrong


def _without_line(found: RuleFault) -> Fault:
    return Fault(None, found.what, found.mend)


def check_profile(
    profile: Profile, file: Path | None = None, placed: Callable[[RuleFault], Fault] = _without_line
) -> ProfileReport:
    """What a sound profile says, and when a file is given, what its first rows would give.

    placed: gives a fault the line of the key that it stands at. Raises UsedWronglyError for a file that is no table.
    """
    said = ProfileReport(
        profile=profile.id,
        version=profile.version,
        warnings=tuple(f"{found.what}. {found.mend}" for found in name_warnings(profile)),
        evidence=profile.evidence,
        drop=tuple(profile.drop.items()),
    )
    return said if file is None else _with_file(said, profile, file, placed)


def _with_file(
    said: ProfileReport, profile: Profile, file: Path, placed: Callable[[RuleFault], Fault]
) -> ProfileReport:
    file = only_file(file)
    sample = read_sample(file, profile.file, ROWS_LOOKED_AT)
    fields, faults = _read(profile, sample)
    warned = [found.what for found in _protected(profile, sample, "warned")]
    if profile.files and not any(fnmatch(file.name, PurePath(glob).name) for glob in profile.files):
        warned.append(f"{file.name} is none of the files that the profile says it is for: {', '.join(profile.files)}")
    return replace(
        said,
        faults=tuple(map(placed, faults)),
        warnings=(*said.warnings, *warned, *_rows_of_doubt(profile, sample)),
        file=_file(profile, sample, file, fields),
    )


def _read(profile: Profile, sample: Sample) -> tuple[tuple[FieldReport, ...], list[RuleFault]]:
    lost = tuple(_columns_not_there(profile, sample))
    fields = () if lost else tuple(_fields(profile, sample))
    return fields, [
        *lost,
        *_columns_left(profile, sample),
        *_protected(profile, sample, "refused"),
        *_unreadable(fields),
    ]


def faults_in(profile: Profile, sample: Sample) -> tuple[RuleFault, ...]:
    """What is wrong with a sound profile for a file of which these are the first rows."""
    return tuple(_read(profile, sample)[1])


def specs_of(profile: Profile) -> Iterator[tuple[KeyPath, str | None, str, FieldSpec]]:
    """Each value that a row gives: its place in the profile, its part, its field (`other_NAME` for the own ones)."""
    for part, made in profile.subjects.items():
        place: KeyPath = ("fields",) if part is None else ("parts", part)
        yield from (((*place, field), part, field, spec) for field, spec in made.fields.items())
        yield from (((*place, "other", name), part, f"other_{name}", spec) for name, spec in made.other.items())


def _needed(profile: Profile) -> Iterator[tuple[KeyPath, str]]:
    """Each column that must be in the file, with the key that asks for it. One that is dropped need not be there."""
    yield ("record_id",), profile.record_id
    if profile.source.column:
        yield ("source",), profile.source.column
    for path, _, _, spec in specs_of(profile):
        yield from ((path, column) for column in spec.columns)
    yield from ((("evidence", at), column) for at, column in enumerate(profile.evidence))


def _columns_not_there(profile: Profile, sample: Sample) -> Iterator[RuleFault]:
    there = set(sample.columns)
    absent = [(path, column) for path, column in _needed(profile) if column not in there]
    row = _header_row([column for _, column in _needed(profile)], sample)
    mark = other_mark(sample.columns)
    if absent and row:
        what = f"the column names are not in row {profile.file.header_row} of the file but in row {row}"
        yield RuleFault(("file",), what, f"write file: {{header_row: {row}}}")
        return
    if absent and mark:
        yield RuleFault(
            ("file",), f"the columns seem to be parted by {mark[0]}", f"write file: {{delimiter: {mark[1]}}}"
        )
        return
    if absent and looks_like_a_record(sample.columns):
        yield RuleFault(("file",), "the row of names seems to be a record", ADD_NAMES)
        return
    for path, column in absent:
        yield RuleFault(path, f"the file has no column {column}", _near(column, sample))


def _header_row(wanted: Sequence[str], sample: Sample) -> int | None:
    """A row near the top that holds more of the wanted names than the header row does, and at least half of them."""
    names = set(wanted)
    names -= sample.twice
    held = {at: len(names & {cell.strip() for cell in cells}) for at, cells in enumerate(sample.top, 1)}
    best = max(held, key=lambda at: held[at], default=None)
    found = len(names & set(sample.columns))
    return best if best is not None and held[best] > found and held[best] * 2 >= len(names) else None


def _near(column: str, sample: Sample) -> str:
    """The name in the file that was most likely meant."""
    if column in sample.twice:
        return f"it stands there more than once: write {column} (1) or {column} (2), counted from the left"
    by_plain = {plain(name): name for name in sample.columns}
    near = get_close_matches(plain(column), list(by_plain), n=1, cutoff=0.6)
    if near:
        return f"did you mean {by_plain[near[0]]}?"
    if len(sample.columns) == 1:
        return "the file has one column only: check what stands between its columns (file: {delimiter: ...})"
    few = ", ".join(tidy(name)[:60] for name in sample.columns[:12]) + (" ..." if len(sample.columns) > 12 else "")
    return f"its columns are: {few}"


def _columns_left(profile: Profile, sample: Sample) -> Iterator[RuleFault]:
    """With `columns: complete`, every column must be spoken of."""
    left = [name for name in sample.columns if name not in profile.named_columns]
    if profile.columns == "complete" and left:
        mend = "map each, carry it under `evidence:`, or name it under `drop:` with a reason"
        yield RuleFault(("columns",), f"the profile says nothing of: {', '.join(left)}", mend)


def _protected(profile: Profile, sample: Sample, verdict: str) -> Iterator[RuleFault]:
    for path, _, field, spec in specs_of(profile):
        for name, counts in _texts(profile, sample, field, spec):
            found = judge_counts(counts, field, coded=spec.codes is not None)
            if is_counted(field):
                continue
            if found.verdict == verdict:
                what = f"{name} seems to hold {found.about}: {found.reason}"
                yield RuleFault(path, what if verdict == "refused" else f"{what}. If it does, do not map it", CARRY)
                break


def _texts(profile: Profile, sample: Sample, field: str, spec: FieldSpec) -> Iterator[tuple[str, Counter[str]]]:
    """What a field would be made from: each of its columns, and what they make when joined or cut."""
    there = [column for column in spec.columns if column in sample.cells]
    for column in there:
        counts = Counter(text.strip() for text in sample.cells[column] if text is not None)
        for missing in ("", *profile.missing):
            counts.pop(missing, None)
        yield f"column {column}", counts
    if len(there) == len(spec.columns) and (spec.pattern or len(there) > 1):
        made = read_field(field, spec, [sample.cells[column] for column in there], profile.missing)
        yield f"what {' and '.join(there)} make", Counter(value for value in made.values if value is not None)


def _fields(profile: Profile, sample: Sample) -> Iterator[FieldReport]:
    for _, part, field, spec in specs_of(profile):
        if spec.columns:
            yield try_field(field, part, spec, [sample.cells[column] for column in spec.columns], profile.missing)


def _unreadable(fields: Sequence[FieldReport]) -> Iterator[RuleFault]:
    """A field of which hardly anything can be read is mapped wrongly."""
    for field in fields:
        if field.unreadable > _MOSTLY * (field.read + field.unreadable):
            path: KeyPath = ("fields", field.field) if field.part is None else ("parts", field.part, field.field)
            first = field.problems[0]
            share = f"{field.unreadable:,} of {field.read + field.unreadable:,} values cannot be read"
            what = f"{field.field}: {share}, such as {first.raw!r}: {first.problem}"
            yield RuleFault(path, what, "check the column, its date or its codes")


def _rows_of_doubt(profile: Profile, sample: Sample) -> Iterator[str]:
    ids = _ids(profile, sample)
    without = sum(not text for text in ids)
    again = len(ids) - without - len(set(ids) - {""})
    if without:
        yield f"{_rows(without)} no record id in {profile.record_id} and would go to quarantine"
    if again:
        yield f"{_rows(again)} a record id in {profile.record_id} that stood above: is it what names a record?"
    if sample.unsplit:
        yield f"{_rows(sample.unsplit)} not as many cells as the header and would go to quarantine"


def _rows(count: int) -> str:
    return f"{count:,} row{' has' if count == 1 else 's have'}"


def _ids(profile: Profile, sample: Sample) -> list[str]:
    missing = set(profile.missing)
    texts = ((text or "").strip() for text in sample.cells.get(profile.record_id, ()))
    return ["" if text in missing else text for text in texts]


def _file(profile: Profile, sample: Sample, file: Path, fields: tuple[FieldReport, ...]) -> FileReport:
    ids = _ids(profile, sample)
    without = sum(not text for text in ids)
    return FileReport(
        file=file.name,
        rows=sample.rows,
        whole=sample.is_whole,
        unsplit=sample.unsplit,
        without_id=without,
        repeated_ids=len(ids) - without - len(set(ids) - {""}),
        fields=fields,
        not_named=tuple(name for name in sample.columns if name not in profile.named_columns),
    )
