"""Deliveries week after week for tests, without linking, and what stands after each."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow.parquet as pq

from concerted.common.progress import Silent
from concerted.desk.current import record_files
from concerted.desk.deliver import take_in
from concerted.desk.given import named
from concerted.desk.store import STANDING, Store
from concerted.desk.told import Arrival, Told
from tests.desk.extracts import table

HEADER: Final = ("id", "first", "last", "dob", "mother")
PROFILE: Final = """
profile: weekly
version: {version}
kind: person
delivers: {delivers}
record_id: id
source: {{constant: force}}
parts:
  child:
    given_name: first
    family_name: last
    date_of_birth: {{column: dob, date: "%Y-%m-%d"}}
  mother:
    given_name: mother
"""

Row = tuple[str, str, str, str, str]


def row(number: int, first: str = "Ann", mother: str = "", dob: str = "2010-01-02") -> Row:
    """A row of the weekly extract."""
    return (str(number), first, f"Lee{number}", dob, mother)


def deliver(
    store: Store, rows: Sequence[Row], delivers: str = "snapshot", version: int = 1, name: str = "weekly", **how: Any
) -> Told:
    """One delivery of the feed, in one transaction."""
    folder = store.folder.parent / f"week{store.count('delivery') + 1}"
    folder.mkdir(exist_ok=True)
    file = table(folder / f"{name}.csv", HEADER, rows)
    profile = folder / "weekly.yaml"
    profile.write_text(PROFILE.format(delivers=delivers, version=version), encoding="utf-8")
    with store.writing():
        store.put("as_of", "2026-03-02")
        [told] = take_in(store, named([file], [profile]), Arrival(**how), Silent())[0]
    return told


def standing(store: Store) -> dict[str, str]:
    """The given name of each record that counts, by its id."""
    found: dict[str, str] = {}
    for path in record_files(store):
        for record in pq.read_table(path, columns=["record_id", "given_name"]).to_pylist():
            assert record["record_id"] not in found
            found[record["record_id"]] = record["given_name"]
    return found


def everything_in(folder: Path) -> str:
    """All that a result folder holds, as text: every table, every file of records and of how they were compared, every
    other file."""
    with Store.open(folder) as store:
        tables = [name for (name,) in store.run("select name from sqlite_master where type = 'table'")]
        held = [str(list(store.run(f"select * from {name}"))) for name in tables]
    held += [str(pq.read_table(path).to_pylist()) for path in sorted((folder / "records").iterdir())]
    layers = [*(folder / STANDING).glob("*")]
    held += [path.read_bytes().decode("utf-8", "replace") for path in [*folder.iterdir(), *layers] if path.is_file()]
    return "\n".join(held)
