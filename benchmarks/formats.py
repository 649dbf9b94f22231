"""`formats`: workbooks, the census, and a snapshot delivered again, each beside its yardstick in one run.

The yardsticks are bare: calamine's reading of the same workbook into Python's own values, lxml's parse of the same
census into a tree, and the first reading of the same snapshot. Each measurement runs in a process of its own, three
times over, and the quickest counts.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Final

from benchmarks import reading
from benchmarks.figures import Figure
from benchmarks.yardstick import Say

ROWS: Final = 200_000
CHILDREN: Final = 10_000
SNAPSHOT: Final = 1_000_000
_TIMES: Final = 3


def formats(say: Say) -> list[Figure]:
    """The figures: how many times the yardstick each takes."""
    with tempfile.TemporaryDirectory() as folder:
        return [*_xlsx(Path(folder), say), *_census(Path(folder), say), *_again(Path(folder), say)]


def _xlsx(folder: Path, say: Say) -> Iterator[Figure]:
    say(f"a workbook of {ROWS:,} rows")
    path = folder / "people.xlsx"
    write_workbook(path, ROWS)
    ours, bare = _seconds("take", path), _seconds("calamine", path)
    yield _times(f"XLSX, {ROWS:,} rows read and validated", ours / bare, 3.0, 1.5)


def _census(folder: Path, say: Say) -> Iterator[Figure]:
    say(f"a census of {CHILDREN:,} children")
    path = folder / "cin-census.xml"
    write_census(path, CHILDREN)
    bare = _seconds("lxml", path)
    for what, name in (("table", "read"), ("take_census", "read, validated and stored")):
        ratio = _seconds(what, path) / bare
        bounds = (4.0, 2.0) if what == "table" else (None, None)
        yield _times(f"XML census, {CHILDREN:,} children {name}", ratio, *bounds)


def _again(folder: Path, say: Say) -> Iterator[Figure]:
    say(f"a snapshot of {SNAPSHOT:,} rows, delivered three times")
    path = folder / "snapshot.csv"
    reading.write(path, SNAPSHOT)
    profile = path.with_suffix(".yaml")
    profile.write_text(reading.PROFILE + "delivers: snapshot\n", encoding="utf-8")
    found = _run("again", path)
    first = found["first"]
    name = f"{SNAPSHOT:,} rows delivered again by their first reading, "
    yield _times(f"{name}the same file", found["same"] / first, 1 / 3, 0.1)
    yield _times(f"{name}the same rows in another order", found["shuffled"] / first)


def _times(what: str, ratio: float, must: float | None = None, aim: float | None = None) -> Figure:
    return Figure("formats", what, ratio, 1.0, must, aim, unit="times", less=True, places=2)


def write_workbook(path: Path, count: int) -> None:
    """A workbook of the rows of the reading benchmark, without its faulty ones, and its profile."""
    import xlsxwriter

    book = xlsxwriter.Workbook(path, {"constant_memory": True})
    sheet = book.add_worksheet("People")
    for column, name in enumerate(reading.COLUMNS):
        sheet.write_string(0, column, name)
    at = 0
    for line in reading.rows(count + count // 50):
        cells = line.rstrip("\n").split(",")
        if len(cells) == len(reading.COLUMNS) and '"' not in line and at < count:
            at += 1
            for column, cell in enumerate(cells):
                sheet.write_string(at, column, cell)
    book.close()
    path.with_suffix(".yaml").write_text(reading.PROFILE, encoding="utf-8")


def write_census(path: Path, count: int) -> None:
    """A census of invented children, an episode or two each, with what a return mostly has."""
    chance = random.Random(reading.SEED)  # noqa: S311 - the same file each time, and nothing to guess
    with path.open("w", encoding="utf-8") as handle:
        handle.write('<?xml version="1.0" encoding="utf-8"?>\n<Message>\n<Header/>\n<Children>\n')
        handle.writelines(_child(chance, number) for number in range(count))
        handle.write("</Children>\n</Message>\n")


def _child(chance: random.Random, number: int) -> str:
    day = f"{2006 + chance.randrange(18)}-{1 + chance.randrange(12):02}-{1 + chance.randrange(28):02}"
    episodes = "".join(_episode(chance) for _ in range(1 + (chance.random() < 0.2)))
    return (
        f"  <Child>\n    <ChildIdentifiers>\n      <LAchildID>C{number:07}</LAchildID>\n"
        f"      <UPN>A9990000{number:05}</UPN>\n      <PersonBirthDate>{day}</PersonBirthDate>\n"
        f"      <Sex>{chance.choice('MF')}</Sex>\n    </ChildIdentifiers>\n    <ChildCharacteristics>\n"
        f"      <Ethnicity>NOBT</Ethnicity>\n      <Disabilities>\n        <Disability>NONE</Disability>\n"
        f"      </Disabilities>\n    </ChildCharacteristics>\n{episodes}  </Child>\n"
    )


def _episode(chance: random.Random) -> str:
    day = f"2025-{1 + chance.randrange(12):02}-{1 + chance.randrange(28):02}"
    factors = "".join(
        f"        <AssessmentFactors>{factor}</AssessmentFactors>\n"
        for factor in chance.sample(["10A", "11A", "24A"], 2)
    )
    return (
        f"    <CINdetails>\n      <CINreferralDate>{day}</CINreferralDate>\n      <ReferralSource>1A</ReferralSource>\n"
        f"      <PrimaryNeedCode>N1</PrimaryNeedCode>\n      <ReferralNFA>0</ReferralNFA>\n      <Assessments>\n"
        f"        <AssessmentActualStartDate>{day}</AssessmentActualStartDate>\n"
        f"        <FactorsIdentifiedAtAssessment>\n{factors}        </FactorsIdentifiedAtAssessment>\n"
        f"      </Assessments>\n      <CINPlanDates>\n        <CINPlanStartDate>{day}</CINPlanStartDate>\n"
        f"      </CINPlanDates>\n    </CINdetails>\n"
    )


def _take(path: Path) -> float:
    from concerted.extracts import load_profile, take

    profile = load_profile(path.with_suffix(".yaml"))
    return _timed(lambda: take(path, profile, path.parent / f"{os.getpid()}.parquet", lambda _: None))


def _take_census(path: Path) -> float:
    from concerted.extracts import load_profile, take
    from concerted.extracts.shipped import shipped

    profile = load_profile(shipped("cin-census"))
    return _timed(lambda: take(path, profile, path.parent / f"{os.getpid()}.parquet", lambda _: None))


def _calamine(path: Path) -> float:
    import python_calamine

    return _timed(lambda: python_calamine.CalamineWorkbook.from_path(path).get_sheet_by_index(0).to_python())


def _table(path: Path) -> float:
    from concerted.extracts import FileSettings, open_table

    def read() -> None:
        with open_table(path, FileSettings()) as table:
            for _ in table.chunks():
                pass

    return _timed(read)


def _lxml(path: Path) -> float:
    from lxml import etree

    return _timed(lambda: etree.parse(str(path)))


def _delivered(path: Path) -> dict[str, float]:
    """Seconds of the first reading into a store, of the same file again, and of its rows in another order."""
    from concerted.common.progress import Silent
    from concerted.desk.deliver import take_in
    from concerted.desk.given import named
    from concerted.desk.into import to_take
    from concerted.desk.store import Store
    from concerted.desk.told import Arrival

    folder = path.parent / "store"
    folder.mkdir()
    given = named([path], [path.with_suffix(".yaml")])
    with Store.create(folder) as store:

        def take(extracts: Any) -> None:
            with store.writing():
                store.put("as_of", "2026-03-02")
                take_in(store, extracts, Arrival(), Silent())

        first = _timed(lambda: take(given))
        same = _timed(lambda: to_take(store, given, Arrival()))
        head, *lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
        path.write_text(head + "".join(reversed(lines)), encoding="utf-8")
        shuffled = _timed(lambda: take(named([path], [path.with_suffix(".yaml")])))
    shutil.rmtree(folder)
    return {"first": first, "same": same, "shuffled": shuffled}


_MEASURED: Final[dict[str, Callable[[Path], Any]]] = {
    "take": _take,
    "take_census": _take_census,
    "calamine": _calamine,
    "table": _table,
    "lxml": _lxml,
    "again": _delivered,
}


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


def _seconds(what: str, path: Path) -> float:
    return min(float(_run(what, path)) for _ in range(_TIMES))


def _run(what: str, path: Path) -> Any:
    command = [sys.executable, "-m", "benchmarks.formats", what, str(path)]
    return json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)


def main() -> None:
    """Measure one thing in this process and print the seconds as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=list(_MEASURED))
    parser.add_argument("file", type=Path)
    given = parser.parse_args()
    print(json.dumps(_MEASURED[given.what](given.file)))


if __name__ == "__main__":
    main()
