"""How fast an extract is read, mapped and validated, beside DuckDB reading and typing the same file as the floor.

The file has 14 columns, names, telephone, date, postcode and NHS number among them, all invented and from ranges that
are never issued. One row in a hundred is faulty. Each measurement runs in a process of its own.
"""

import argparse
import json
import os
import platform
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

SCALES: Final = (100_000, 1_000_000)
DEEP: Final = 5_000_000
SEED: Final = 20_260_302
COLUMNS: Final = (
    *("ref", "surname", "forename", "middle", "gender", "dob", "mobile", "email", "street", "town", "postcode"),
    *("nhs", "school", "worker"),
)
PROFILE: Final = """
profile: reading-benchmark
version: 1
kind: person
record_id: ref
source: {constant: invented}
fields:
  given_name: forename
  middle_names: middle
  family_name: surname
  sex: {column: gender, codes: {M: male, F: female, U: ~}}
  date_of_birth: {column: dob, date: "%d/%m/%Y"}
  phone: mobile
  email: email
  address: street
  town: town
  postcode: postcode
  nhs_number: nhs
  organisation: school
evidence: [worker]
"""
# Telephone numbers kept for drama, a thousand behind each: by way of writing them, a million different texts.
_DRAMA: Final = ("07700900", "01134960", "01144960", "01214960", "01614960", "01632960", "02079460", "08081570")
_BREAKS: Final = ("", " ", "-")
_ONSETS: Final = ("B", "Br", "C", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "St", "T", "V", "W")
_NUCLEI: Final = ("a", "e", "i", "o", "u", "ai", "ea", "oo")
_CODAS: Final = ("bb", "ck", "dle", "ff", "ll", "mby", "ndon", "ppet", "rrow", "ssel", "tter", "x", "zey")
_INWARD: Final = "CIKMOV"  # letters that no inward half of a postcode ends in


def names(random_: random.Random, count: int) -> list[str]:
    """So many invented names."""
    parts = (_ONSETS, _NUCLEI, _CODAS, ("", "ham", "ley", "sen", "worth", "wick"))
    return ["".join(map(random_.choice, parts)) for _ in range(count)]


def nhs_number(number: int) -> str:
    """A number of the range that is never issued, with its check digit: the nearest from `number` on that has one."""
    while True:
        digits = f"999{number % 1_000_000:06}"
        check = -sum(int(digit) * weight for digit, weight in zip(digits, range(10, 1, -1), strict=True)) % 11
        if check != 10:
            return f"{digits}{check}"
        number += 1


def rows(count: int) -> Iterator[str]:
    """The lines of the file, the same for the same count."""
    chance = random.Random(SEED)  # noqa: S311 - the same file each time, and nothing to guess
    families, givens, towns = names(chance, 20_000), names(chance, 3_000), names(chance, 400)
    checked = [nhs_number(chance.randrange(1_000_000)) for _ in range(200_000)]
    numbers = [f"{chance.choice(_DRAMA)}{number:03}" for number in range(1000) for _ in range(20)]
    pick, draw = chance.choice, chance.random
    for number in range(count):
        day = f"{int(draw() * 28) + 1:02}/{int(draw() * 12) + 1:02}/{1940 + int(draw() * 75)}"
        family, given, phone = pick(families), pick(givens), pick(numbers)
        cut = 5 + int(draw() * 3)
        phone = f"{phone[:cut]}{pick(_BREAKS)}{phone[cut : cut + 2]}{pick(_BREAKS)}{phone[cut + 2 :]}"
        postcode = f"QQ{int(draw() * 99) + 1} {int(draw() * 10)}{pick(_INWARD)}{pick(_INWARD)}"
        cells = [
            *(f"R{number:08}", family, given, pick(givens) if draw() < 0.3 else "", pick("MFFMU"), day, phone),
            f"{given.lower()}.{number}@{family.lower()}.example",
            f"{int(draw() * 300) + 1} {pick(families)} Street",
            *(pick(towns), postcode, pick(checked), f"{pick(towns)} School", f"worker {int(draw() * 500)}"),
        ]
        yield ",".join(cells if number % 100 else _faulty(cells, number // 100)) + "\n"


def _faulty(cells: list[str], kind: int) -> list[str]:
    """One fault of five: two that put the row aside, three that put a value aside."""
    at = kind % 5
    if at == 0:
        return cells[:9]
    if at == 1:
        return [cells[0], f'"{cells[1]}', *cells[2:]]
    column, text = {2: (5, "81/01/1999"), 3: (4, "X"), 4: (11, f"{cells[11][:9]}x")}[at]
    return [*cells[:column], text, *cells[column + 1 :]]


def write(path: Path, count: int) -> None:
    """The file, and its profile beside it."""
    with path.open("w", encoding="utf-8", newline="") as handle:
        handle.write(",".join(COLUMNS) + "\n")
        handle.writelines(rows(count))
    path.with_suffix(".yaml").write_text(PROFILE, encoding="utf-8")


def _take(path: Path) -> dict[str, Any]:
    from dataclasses import asdict

    from concerted.extracts import load_profile, take

    profile = load_profile(path.with_suffix(".yaml"))
    taken = take(path, profile, path.parent / "records.parquet", lambda _: None)
    taken.records.unlink()
    return asdict(taken.counts)


def _duckdb(path: Path) -> dict[str, Any]:
    """DuckDB drops the rows that it cannot read."""
    import duckdb

    types = dict.fromkeys(COLUMNS, "VARCHAR") | {"dob": "DATE", "nhs": "BIGINT"}
    asked = "CREATE TABLE people AS SELECT * FROM read_csv(?, columns=?, dateformat='%d/%m/%Y', ignore_errors=true)"
    with duckdb.connect() as connection:
        connection.execute(asked, [str(path), types])
        return {"read": connection.execute("SELECT count(*) FROM people").fetchall()[0][0]}


_MEASURED: Final = {"concerted": _take, "duckdb": _duckdb}


def _child(name: str, path: Path) -> dict[str, Any]:
    """What this process comes to, doing that: seconds, processor seconds and the most memory it held."""
    began, busy = time.perf_counter(), time.process_time()
    counts = _MEASURED[name](path)
    used = {"seconds": time.perf_counter() - began, "processor_seconds": time.process_time() - busy}
    return {**{key: round(value, 2) for key, value in used.items()}, "peak_mb": _peak_mb(), **counts}


def _peak_mb() -> float:
    """Of this process since it began. The kernel's other figure still holds what its parent had."""
    status = Path("/proc/self/status")
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        return round(int(line.split()[1]) / 1000, 1)
    import resource

    return round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000, 1)


def _measured(name: str, path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.reading", "--child", name, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def run(scale: int | None = None, *, deep: bool = False) -> dict[str, object]:
    """Measure at 0.1 and 1 million rows, and at 5 million when `deep`; or at `scale` alone."""
    table: list[dict[str, Any]] = []
    for count in [scale] if scale else [*SCALES, *([DEEP] if deep else [])]:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "people.csv"
            write(path, count)
            table += [{"rows": count, "what": name, **_measured(name, path)} for name in _MEASURED]
    return {
        "title": "an extract read, mapped and validated; DuckDB reading and typing the same file as the floor",
        "must": "a million rows in 40 s under 500 MB, flat from 0.1 to 5 million; aim 15 s",
        "rows": table,
        "machine": {"cores": os.cpu_count(), "python": platform.python_version(), "system": platform.machine()},
    }


def main() -> None:
    """Print the table as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rows", type=int, help="measure at so many rows alone")
    parser.add_argument("--deep", action="store_true", help="also at five million rows")
    parser.add_argument("--child", nargs=2, metavar=("WHAT", "FILE"), help="do one thing in this process")
    given = parser.parse_args()
    found = _child(given.child[0], Path(given.child[1])) if given.child else run(given.rows, deep=given.deep)
    print(json.dumps(found, indent=2))


if __name__ == "__main__":
    main()
