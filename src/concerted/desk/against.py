"""A file that has not been taken, beside what its feed delivered last: what stands out before it goes in."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.desk.current import record_files
from concerted.desk.feeds import ANY, FeedRows, feed_of
from concerted.desk.store import Store
from concerted.extracts import Profile
from concerted.extracts.fields import STANDARD_FIELDS, is_counted
from concerted.extracts.profile_trial import FEW, FieldTrial, Trial
from concerted.reference.codes import CodeList

HALVED: Final = 0.5  # of the rows that there were, below which some are said to be lost
FALLEN: Final = 0.8  # of the share of records that had a field, below which it is said to have been emptied
DOUBLED: Final = 2.0
_TELLING: Final = 20  # rows or values below which a share tells nothing
_SHOWN: Final = 5


def stands_out(store: Store, profile: Profile, trial: Trial) -> list[str] | None:
    """What a person should ask the sender about, in sentences; None when the feed has delivered nothing yet."""
    feed = feed_of(profile, trial.file)
    before = FeedRows(store.folder, feed).count()
    if not before:
        return None
    source = None if feed.endswith(f":{ANY}") else feed.partition(":")[2]
    found = list(_volume(before, trial, profile))
    found += _parts(store, profile, trial, before, source)
    for one in trial.fields:
        found += _of_field(store, profile, one, source)
    return found


def _volume(before: int, trial: Trial, profile: Profile) -> Iterator[str]:
    rows = trial.read
    if profile.delivers == "snapshot" and max(before, rows) >= _TELLING:
        if rows < HALVED * before:
            yield f"it has {rows:,} rows that can be read, and {before:,} stand: is the file whole?"
        elif rows > DOUBLED * before:
            yield f"it has {rows:,} rows that can be read, and {before:,} stood: has its filter changed?"


def _parts(store: Store, profile: Profile, trial: Trial, before: int, source: str | None) -> Iterator[str]:
    """Parts of a row that far fewer rows tell of than did."""
    by_part = {one.part: one for one in trial.fields if one.part is not None}
    for part, one in by_part.items():
        total = max(_stood(store, field, source)[1] for field in trial.fields if field.part == part)
        share, was = one.records / max(trial.read, 1), total / before
        if profile.delivers == "snapshot" and trial.read >= _TELLING and total >= _TELLING and share < FALLEN * was:
            rows = "no row tells" if not one.records else f"{100 * share:.0f} in 100 rows tell"
            yield f"{part}: {rows} of one, and {100 * was:.0f} in 100 did"


def _of_field(store: Store, profile: Profile, trial: FieldTrial, source: str | None) -> Iterator[str]:
    filled, total, texts = _stood(store, trial, source)
    if not total or trial.records < _TELLING or filled < _TELLING:
        return
    name = trial.name if trial.part is None else f"{trial.part}.{trial.name}"
    share, was = trial.read / trial.records, filled / total
    if share < FALLEN * was:
        column = " and ".join(trial.columns)
        emptied = "nothing" if not trial.read else f"{100 * share:.0f} in 100"
        yield f"{name}: {emptied} of column {column} can be read, and {100 * was:.0f} in 100 records that stand have it"
    if trial.texts is not None and texts is not None and _is_coded(profile, trial):
        new = [text for text in trial.texts if text not in texts]
        if new and len(texts) <= FEW:
            more = f" and {len(new) - _SHOWN:,} more" if len(new) > _SHOWN else ""
            yield f"{name}: codes that did not stand there before: {', '.join(sorted(new)[:_SHOWN])}{more}"


def _is_coded(profile: Profile, trial: FieldTrial) -> bool:
    """Whether its values are codes: of a closed list, or given a meaning by the profile."""
    spec, rule = profile.subjects[trial.part].fields.get(trial.name), STANDARD_FIELDS.get(trial.name)
    return (spec is not None and spec.codes is not None) or (rule is not None and isinstance(rule.value_type, CodeList))


def _stood(store: Store, trial: FieldTrial, source: str | None) -> tuple[int, int, Counter[str] | None]:
    """Of the records of this kind that stand: how many have the field, how many there are, and its texts while few."""
    filled = total = 0
    texts: Counter[str] | None = None if is_counted(trial.name) else Counter()
    given = f"{trial.name}_as_given"
    for path in record_files(store, trial.kind):
        there = set(pq.read_schema(path).names)
        if trial.name not in there:
            continue
        columns = ["source", "record_id", trial.name, *([given] if given in there else [])]
        table = _of_source(path, columns, source, trial)
        filled += table.num_rows - table[trial.name].null_count
        total += table.num_rows
        if texts is not None and given in there and len(texts) <= FEW:
            counted = pc.value_counts(table[given].combine_chunks()).to_pylist()
            texts.update({(one["values"] or "").strip(): one["counts"] for one in counted[: FEW * 10]})
    return filled, total, texts


def _of_source(path: Path, columns: list[str], source: str | None, trial: FieldTrial) -> pa.Table:
    table = pq.read_table(path, columns=columns)
    if source is not None:
        table = table.filter(pc.equal(table["source"], source))
    if trial.part is not None:
        table = table.filter(pc.ends_with(table["record_id"], f"/{trial.part}"))
    return table
