"""Records files for the tests of linkage: invented people, identifiers from ranges that nobody is given."""

import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.linkage.coded import Coded
from concerted.linkage.compare import Comparer
from concerted.linkage.comparisons import STANDARD
from concerted.linkage.levels import Comparison
from concerted.linkage.release import Release
from concerted.linkage.standard import standardise

Row = Mapping[str, str | None]

GIVEN: Final = ("Amara", "Bryony", "Callum", "Danuta", "Efosa", "Farah", "Gwilym", "Hana", "Idris", "Jolana")
FAMILY: Final = (
    "Okonjo",
    "Penhale",
    "Quarshie",
    "Rudd",
    "Szalai",
    "Tregear",
    "Umeh",
    "Varga",
    "Wrexley",
    "Yildirim",
)
PLACES: Final = ("Aberwold", "Brackenford", "Cold Marsham", "Dunmere", "Eastholt")


def write(path: Path, rows: Iterable[Row]) -> Path:
    """A records file with a text column for each name that a row has, as the readers write it."""
    rows = list(rows)
    names = ["source", "record_id", *sorted({name for row in rows for name in row} - {"source", "record_id"})]
    columns = {name: pa.array([row.get(name) for row in rows], pa.string()) for name in names}
    pq.write_table(pa.table({**columns, "row": pa.array(range(2, len(rows) + 2), pa.int64())}), path)
    return path


def coded_with(path: Path) -> Coded:
    """The records of this file as numbers."""
    return Coded(standardise([path]))


def comparer_of(coded: Coded, comparisons: Sequence[Comparison] = STANDARD) -> Comparer:
    """What compares these records, with how common their values are among themselves."""
    release = Release("of these records", False, "", tuple(comparisons)).counted(coded)
    return Comparer(coded, comparisons, release.shares(coded))


def key(row: Row) -> RecordKey:
    """The key of a row."""
    assert row["source"] and row["record_id"]
    return RecordKey(row["source"], row["record_id"])


def person(number: int) -> dict[str, str | None]:
    """One invented person: the same for the same number, of another name than every other below 100."""
    draw = random.Random(number)
    return {
        "given_name": GIVEN[number % 10],
        "family_name": FAMILY[number // 10 % 10],
        "date_of_birth": f"{1960 + draw.randrange(50)}-{1 + draw.randrange(12):02}-{1 + draw.randrange(28):02}",
        "sex": draw.choice(("female", "male")),
        "postcode": f"QQ{draw.randrange(1, 100)} {draw.randrange(10)}{draw.choice('CIKMOV')}{draw.choice('CIKMOV')}",
        "town": draw.choice(PLACES),
        "phone": f"+447700900{number % 1000:03}",
    }


def people(count: int, sources: Sequence[str] = ("force", "council")) -> list[dict[str, str | None]]:
    """`count` people, one record of each in every source, under ids that tell nothing."""
    return [
        {"source": source, "record_id": f"{source[0]}{(number * 37) % 1000:03}", **person(number)}
        for source in sources
        for number in range(count)
    ]


AGENCY: Final = 40  # records of each of the two agencies


def agencies() -> list[dict[str, str | None]]:
    """Each of 40 people in both agencies, the council's copy with slips; ids say who it is, for the tests alone."""
    rows = people(AGENCY)
    for at, row in enumerate(rows):
        row["record_id"] = f"{'fc'[at // AGENCY]}{at % AGENCY}"
    for at, row in enumerate(rows[AGENCY:]):
        if at % 5 == 1:
            row["postcode"], row["phone"] = "ZZ9 9KK", None
        if at % 7 == 2:
            row["given_name"] = f"{row['given_name']}h"
        if at % 11 == 7:
            row["date_of_birth"] = str(row["date_of_birth"])[:4]
    return rows
