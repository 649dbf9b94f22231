"""Which group each record is of, from a file beside the truth; and each group's figures."""

import csv
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows
from concerted.desk.results import entities
from concerted.desk.store import Store
from concerted.linkage import Fairness, fairness, read_truth
from concerted.linkage.fairness import Each

OF_A_RECORD: Final = ("record_id", "source")
MOST: Final = 200  # groups of one attribute: with more, it is no attribute but a name or a date
Groups = dict[str, dict[RecordKey, str]]


def measured(store: Store, truth_file: Path, by: Path, least: int, each: Each = "pair") -> tuple[Fairness, ...]:
    """The figures of every attribute of the file `by`, in the order of its columns. least, each: see `Fairness`.

    Raises UsedWronglyError for files that cannot be used, or that name no record of this folder.
    """
    if least < 1:
        raise UsedWronglyError(f"the fewest true pairs of a group cannot be {least}", mend="write --least 100")
    truth, groups, entity = read_truth(truth_file), read_groups(by), entities(store)
    found = tuple(fairness(name, entity, truth, group, least, each) for name, group in groups.items())
    if not any(one.records for one in found):
        raise UsedWronglyError(
            "none of its records is in this folder and in the truth",
            where=Place(by.name),
            mend="give record_id and source as entities.csv has them",
        )
    return found


def read_groups(path: Path) -> Groups:
    """Each attribute with the group of each record, from a CSV file with record_id, source and a column for each."""
    names = _attributes(path)
    found: Groups = {name: {} for name in names}
    for number, row in enumerate(read_rows(path, OF_A_RECORD), start=2):
        key = RecordKey(row["source"], row["record_id"])
        for name in names:
            group = row[name]
            if found[name].setdefault(key, group) != group:
                raise UsedWronglyError(
                    f"{key} is said to be of {found[name][key]!r} and of {group!r}",
                    where=Place(path.name, row=number, column=name),
                    mend="keep one line for each record",
                )
    for name in names:
        _refuse_too_many(path, name, len({*found[name].values()} - {""}))
    return found


def _attributes(path: Path) -> Sequence[str]:
    """The columns beside those that name a record. They stand in the first row, whether more follow or not."""
    names = [name for name in _header(path) if name and name not in OF_A_RECORD]
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice:
        raise UsedWronglyError(f"two columns are called {twice}", where=Place(path.name, row=1), mend="rename one")
    if not names:
        raise UsedWronglyError(
            "there is no column with a group",
            where=Place(path.name, row=1),
            mend="add one beside record_id and source, such as sex, age_band or agency",
        )
    return names


def _header(path: Path) -> Iterator[str]:
    next(read_rows(path, OF_A_RECORD), None)  # says in words what is wrong with the file, if anything is
    with path.open(encoding="utf-8-sig", newline="") as handle:
        yield from (name.strip() for name in next(csv.reader(handle, skipinitialspace=True), []))


def _refuse_too_many(path: Path, name: str, groups: int) -> None:
    if groups > MOST:
        raise UsedWronglyError(
            f"it has {groups:,} different groups, and no more than {MOST} can be shown",
            where=Place(path.name, column=name),
            mend="band what is a number or a date (ages as 16 to 17), or leave the column out",
        )
