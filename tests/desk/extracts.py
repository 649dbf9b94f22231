"""Small extracts for the tests of the desk: invented people, with faults where a test wants them."""

import csv
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.ids import RecordKey
from concerted.desk.resolve import Options, resolve
from concerted.desk.store import Store
from concerted.desk.summary import Summary
from concerted.linkage import Linked
from concerted.linkage.release import shipped
from tests.conftest import ROOT

EXAMPLE: Final = ROOT / "examples" / "two-agencies"
AGENCIES: Final = ("force", "council", "charity")
FILES: Final = [EXAMPLE / f"{agency}.csv" for agency in AGENCIES]
PROFILES: Final = [EXAMPLE / f"{agency}.yaml" for agency in AGENCIES]

HEADER: Final = ("id", "first", "last", "dob", "phone", "who")
PEOPLE: Final = (
    ("1", "Amara", "Okonjo", "2009-03-14", "07700 900001", "a"),
    ("2", "Amara", "Okonjo", "2009-03-14", "07700 900001", "a"),
    ("3", "Bryony", "Penhale", "2008-11-02", "07700 900002", "b"),
    ("4", "Bryony", "Penhale", "2008-11-02", "", "b"),
    ("5", "Callum", "Tregear", "2010-01-20", "07700 900003", "c"),
    ("6", "Danuta", "Szalai", "1988-07-07", "07700 900004", "d"),
)
PROFILE: Final = """
profile: small
version: 1
kind: person
record_id: id
source: {constant: force}
fields:
  given_name: first
  family_name: last
  date_of_birth: {column: dob, date: "%Y-%m-%d"}
  phone: phone
truth: who
"""


def example(out: Path, *, replace: bool = False, decisions: Path | None = None) -> Summary:
    """The shipped example, resolved into `out`."""
    return resolve(FILES, PROFILES, out, Options(replace=replace, decisions=decisions))


def extract(folder: Path, rows: Sequence[Sequence[str]] = PEOPLE, name: str = "small.csv") -> Path:
    """An extract of these rows under HEADER."""
    return table(folder / name, HEADER, rows)


def table(path: Path, header: Sequence[str], rows: Sequence[Sequence[str]]) -> Path:
    """A CSV file."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, *rows])
    return path


def profile(folder: Path, text: str = PROFILE, name: str = "small.yaml") -> Path:
    """The profile of the extract."""
    (folder / name).write_text(text, encoding="utf-8")
    return folder / name


def small(
    folder: Path, rows: Sequence[Sequence[str]] = PEOPLE, options: Options | None = None, out: str = "out"
) -> Path:
    """The small extract, resolved; gives the result folder."""
    resolve([extract(folder, rows)], [profile(folder)], folder / out, options or Options())
    return folder / out


def decisions(folder: Path, *rows: Sequence[str]) -> Path:
    """A file of decisions: left id, right id and the word, about records of force."""
    header = ("left_source", "left_id", "right_source", "right_id", "decision", "who", "when", "why")
    full = [("force", left, "force", right, word, "Ann", "2026-03-01", "seen") for left, right, word in rows]
    return table(folder / "decisions.csv", header, full)


def alone(records: Sequence[Path], **_: object) -> Linked:
    """In the place of linking, which takes most of the time: every record is an entity of its own."""
    read = [pq.read_table(path, columns=["source", "record_id"]).to_pylist() for path in records]
    keys = [RecordKey(row["source"], row["record_id"]) for part in read for row in part]
    number, text, bits = pa.int32(), pa.string(), pa.float64()
    pair = [("left", number), ("right", number), ("weight", bits), ("probability", bits), ("band", text)]
    pairs = pa.schema([*pair, ("candidate", pa.bool_())]).empty_table()
    shown = pa.schema([*pair, ("reasons", text), ("against", text), ("splink_weight", bits)]).empty_table()
    return Linked(
        keys, list(range(len(keys))), pairs, shown, shipped().bound(0.01, 0.001), "the shipped release, as asked"
    )


def rows_of(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV file, cells as they stand."""
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def partition(folder: Path) -> set[frozenset[tuple[str, str]]]:
    """The entities as sets of records, whatever their ids."""
    found: dict[str, set[tuple[str, str]]] = {}
    for row in rows_of(folder / "entities.csv"):
        found.setdefault(row["entity_id"], set()).add((row["source"], row["record_id"]))
    return set(map(frozenset, found.values()))


def content(folder: Path) -> dict[str, bytes]:
    """Every file under a folder, by its name."""
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def ids(folder: Path, kind: str = "") -> list[int]:
    """The numbers of what is in quarantine."""
    with Store.open(folder) as store:
        where = "kind = ?" if kind else "? = ''"
        return [row[0] for row in store.run(f"select id from quarantine where {where} order by id", [kind])]
