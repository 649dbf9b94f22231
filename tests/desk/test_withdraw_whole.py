"""A folder from which a source, a file or a record was taken back, beside one that was made without it."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import deliveries, quarantine, results, withdraw
from concerted.desk.anew import changed
from concerted.desk.current import record_files
from concerted.desk.picture import picture
from concerted.desk.resolve import Options, resolve
from concerted.desk.store import Store
from concerted.extracts.fields import KINDS
from concerted.linkage import link
from tests.desk import picture as region
from tests.desk.extracts import (
    AGENCIES,
    FILES,
    HEADER,
    PEOPLE,
    PROFILE,
    PROFILES,
    partition,
    profile,
    rows_of,
    small,
    table,
)

Take = Callable[[Store], Sequence[str]]


def taken_back(out: Path, take: Take) -> None:
    changed(out, take, Silent())


def linked(out: Path, beside: Path) -> tuple[Any, ...]:
    """What the records of a folder are joined to by the release of another: sets, and pairs with weight and band."""
    with Store.open(out) as store, Store.open(beside) as other:
        found = link(
            record_files(store), model=results.release(other)[0], unique_sources=deliveries.unique_sources(store)
        )
    pairs = zip(*(found.shown[name].to_pylist() for name in ("left", "right", "weight", "band")), strict=True)
    links = {(found.keys[one], found.keys[two], round(weight, 9), band) for one, two, weight, band in pairs}
    return found.keys, list(map(found.entity.index, found.entity)), links


def stands(out: Path) -> tuple[Any, ...]:
    """The same as the folder has it."""
    with Store.open(out) as store:
        found = results.entities(store)
        entity = list(found.values())
        links = {(one.left, one.right, round(one.weight, 9), one.band) for one in results.links(store)}
    return list(found), list(map(entity.index, entity)), links


def aside(out: Path) -> set[tuple[str, int | None, str, str]]:
    with Store.open(out) as store:
        return {(one.file, one.row, one.raw, one.state) for one in quarantine.items(store)}


def records(out: Path) -> dict[str, list[Any]]:
    """What is told of each record that counts, by kind and in their order."""
    with Store.open(out) as store:
        return {
            kind: [
                {name: value for name, value in row.items() if value is not None}
                for path in record_files(store, kind)
                for row in pq.read_table(path).to_pylist()
            ]
            for kind in KINDS
        }


def compared(out: Path, without: Path) -> None:
    assert stands(out) == linked(without, out)
    assert aside(out) == aside(without)
    assert {kind: found for kind, found in records(out).items() if found} == {
        kind: found for kind, found in records(without).items() if found
    }


@pytest.mark.parametrize("agency", AGENCIES)
@pytest.mark.parametrize("by", ["source", "file"])
def test_without_an_agency(copied: Path, tmp_path: Path, agency: str, by: str) -> None:
    if by == "source":
        taken_back(copied, lambda store: withdraw.source(store, agency))
    else:
        taken_back(copied, lambda store: withdraw.file(store, f"{agency}.csv"))
    left = [at for at, name in enumerate(AGENCIES) if name != agency]
    resolve([FILES[at] for at in left], [PROFILES[at] for at in left], tmp_path / "without", Options())
    compared(copied, tmp_path / "without")
    assert agency not in {row["source"] for row in rows_of(copied / "entities.csv")}


def test_without_two_records(tmp_path: Path) -> None:
    out = small(tmp_path)
    for record_id in ("2", "5"):
        taken_back(out, lambda store, of=record_id: withdraw.record(store, RecordKey("force", of)))  # type: ignore[misc]
    without = small(tmp_path, [row for row in PEOPLE if row[0] not in {"2", "5"}], out="without")
    assert partition(out) == partition(without)
    assert stands(out) == linked(without, out)


@pytest.mark.parametrize(("name", "file"), [("council-b", region.COUNCIL), ("force-a", region.FORCE)])
def test_records_of_every_kind_and_the_things_they_mention_go(tmp_path: Path, name: str, file: str) -> None:
    extracts, profiles = region.laid_out(tmp_path)
    out, without = tmp_path / "out", tmp_path / "without"
    picture(extracts, profiles, out, Options())
    gone = [one for one in region.FILES if one.startswith(name)] if name == "force-a" else [file]
    for one in gone:
        (extracts / one).unlink()
    picture(extracts, profiles, without, Options())
    taken_back(out, lambda store: withdraw.source(store, name))
    compared(out, without)
    for kind in ("location", "telephone", "vehicle", "account"):
        mentions = [
            [
                (row["source"], row["record_id"], row["value"], row["how"])
                for row in rows_of(path / f"entities-{kind}.csv")
            ]
            for path in (out, without)
        ]
        assert mentions[0] == mentions[1]


def test_one_of_two_files_of_one_command_that_tell_the_same_record(tmp_path: Path) -> None:
    """It came from both, and stays as the other's."""
    files = [table(tmp_path / "a.csv", HEADER, PEOPLE[:4]), table(tmp_path / "b.csv", HEADER, PEOPLE[2:])]
    resolve(files, [profile(tmp_path)], tmp_path / "out", Options())
    taken_back(tmp_path / "out", lambda store: withdraw.file(store, "a.csv"))
    assert [row["record_id"] for row in rows_of(tmp_path / "out" / "entities.csv")] == ["3", "4", "5", "6"]


def test_one_source_of_a_file_in_which_the_source_is_a_column(tmp_path: Path) -> None:
    """Its rows go, read or not, and those of the others stay."""
    header = ("whose", *HEADER)
    rows = [("force" if int(row[0]) % 2 else "council", *row) for row in PEOPLE]
    broken = ("council", "9", "Canary", "Szalai", "1988-07-07", "", "e", "more")
    text = PROFILE.replace("{constant: force}", "{column: whose}")
    outs = []
    for name, told in (("out", [*rows, broken]), ("without", [row for row in rows if row[0] == "force"])):
        (tmp_path / name).mkdir()
        file = table(tmp_path / name / "small.csv", header, told)
        resolve([file], [profile(tmp_path, text)], tmp_path / name / "out", Options(truth=True))
        outs.append(tmp_path / name / "out")
    taken_back(outs[0], lambda store: withdraw.source(store, "council"))
    assert stands(outs[0]) == linked(outs[1], outs[0])
    assert (outs[0] / "truth.csv").read_text("utf-8") == (outs[1] / "truth.csv").read_text("utf-8")
    assert aside(outs[0]) == set()
