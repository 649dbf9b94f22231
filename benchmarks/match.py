"""Do we already know them? Questions to a picture of a million invented records, with people held back from it.

The yardstick's generator makes the records. Some are held back: one record of each of many people who stay, so that
they are known; whole households, who are strangers; and one person of a household whose others stay. Ours is measured
in processes of its own: linking and writing the picture down, and a reader that asks.
"""

import json
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
from numpy.typing import NDArray

from benchmarks.figures import Figure
from benchmarks.million import write_records
from benchmarks.readers import readers
from benchmarks.yardstick import ROOT, Say, folder, python, ran

RECORDS: Final = 1_000_000
MADE: Final = 1_350_000  # of which some are held back
SEED: Final = 97
KNOWN, UNKNOWN = 10_000, 20_000  # people
_MAPPED: Final = "beside it {mapped:,.0f} MB of the picture's own pages, which readers share and the system takes back"


def match(say: Say) -> list[Figure]:
    """How quick answers are, and how right."""
    scripts = folder()
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        say(f"making {MADE:,} records")
        made = place / "made.parquet"
        ran([str(python(say)), str(scripts / "gen_synth.py"), str(MADE), str(made), "--seed", str(SEED)], cwd=scripts)
        hold_back(made, place)
        ours = {}
        for what in ("prepare", "ask"):
            say(f"ours: {what}")
            ours[what] = json.loads(ran([sys.executable, "-m", "benchmarks.match_ours", what, name], cwd=ROOT))
    return [*figures(ours["prepare"], ours["ask"]), *readers(say)]


def hold_back(made: Path, place: Path) -> None:
    """Write the records that stand (`records.parquet`, `truth.parquet`), and those that are asked about: one a person,
    with `what` they are, in `asked/`."""
    table = pq.read_table(made)
    person, home = (table[name].to_numpy() for name in ("cluster", "household"))
    draw = np.random.default_rng(SEED)
    what = np.full(len(person), "stands", dtype="<U8")
    homes = draw.permutation(np.unique(home))
    many = len(homes) // 8
    strangers = np.isin(home, homes[:many])
    relatives = np.isin(person, _one_a_home(person, home, homes[many : 3 * many]))
    what[strangers], what[relatives] = "stranger", "relative"
    again = _another(person, what == "stands", draw)
    what[again] = "known"
    asked = [_first_of(person, what == one, many) for one, many in (("stranger", UNKNOWN), ("relative", UNKNOWN))]
    asked.append(np.flatnonzero(what == "known")[:KNOWN])
    stands = np.flatnonzero(np.isin(what, ["stands"]))[:RECORDS]
    (place / "asked").mkdir()
    rows = np.concatenate(asked)
    twins = _has_twin(table, rows, stands)
    _write(table, rows, place / "asked", what=what[rows], twin=twins)
    _write(table, stands, place)


def _one_a_home(person: NDArray[Any], home: NDArray[Any], among: NDArray[Any]) -> NDArray[Any]:
    """One person of each of these households of two or more."""
    pairs = np.unique(np.stack([home, person]), axis=1)
    of_home, first, many = np.unique(pairs[0], return_index=True, return_counts=True)
    found: NDArray[Any] = pairs[1][first[(many > 1) & np.isin(of_home, among)]]
    return found


def _another(person: NDArray[Any], stands: NDArray[np.bool_], draw: np.random.Generator) -> NDArray[Any]:
    """One record of each of some people who have another that stands."""
    rows = draw.permutation(np.flatnonzero(stands))
    _, first, many = np.unique(person[rows], return_index=True, return_counts=True)
    found: NDArray[Any] = draw.permutation(rows[first[many > 1]])[:KNOWN]
    return found


def _first_of(person: NDArray[Any], which: NDArray[np.bool_], many: int) -> NDArray[Any]:
    """A record of each of so many of these people."""
    rows = np.flatnonzero(which)
    found: NDArray[Any] = rows[np.unique(person[rows], return_index=True)[1]][:many]
    return found


def _has_twin(table: pa.Table, rows: NDArray[Any], stands: NDArray[Any]) -> NDArray[np.bool_]:
    """Which of these have somebody in their household who was born on the same day, as it is written."""
    home, born = table["household"].to_numpy(), np.array(pc.fill_null(table["dob"], "").to_pylist())
    there = {(one, day) for one, day in zip(home[stands].tolist(), born[stands].tolist(), strict=True) if day}
    return np.array([pair in there for pair in zip(home[rows].tolist(), born[rows].tolist(), strict=True)])


def _write(table: pa.Table, rows: NDArray[Any], place: Path, **columns: NDArray[Any]) -> None:
    made = place / "rows.parquet"
    pq.write_table(table.take(pa.array(rows)), made)
    write_records(made, place)
    if columns:
        pq.write_table(
            pa.table({name: pa.array(column.tolist()) for name, column in columns.items()}), place / "what.parquet"
        )


def figures(prepared: dict[str, Any], asked: dict[str, Any]) -> list[Figure]:
    """As the table has them."""
    mapped = _MAPPED.format(mapped=asked["mapped"])
    return [
        _less("a question, the middle one", asked["p50"], None, None, "ms", 2),
        _less("a question, 95 in 100 are quicker", asked["p95"], 5, 1, "ms", 2),
        _less("the same of a processor, the middle one", asked["processor"][0], None, None, "ms", 2),
        _less("the same of a processor, 95 in 100", asked["processor"][1], None, None, "ms", 2),
        _less("with a second look, 95 in 100 are quicker", asked["second_p95"], 50, None, "ms", 2),
        Figure("match", "right person first, of the known", asked["right"], None, 0.90, 0.92),
        _less("strangers answered as joined", asked["strangers"], 0.002, 0.001, places=4),
        _less(
            "relatives of somebody there, twins apart, answered as joined", asked["relatives"], 0.008, 0.003, places=4
        ),
        _less("weight of a pair, at most off batch by", asked["off"], 1e-9, None, "bits", 12),
        _less("opening a picture of a million", asked["opened"], 1.0, 0.2, "seconds", 3),
        Figure("match", "memory of a reader", asked["memory"], None, 500, 200, "MB", True, 0, mapped),
        _less("writing the picture down, once", prepared["seconds"], None, None, "seconds", 1),
        _less("the picture on disk", prepared["megabytes"], None, None, "MB", 0),
    ]


def _less(what: str, ours: float, must: float | None, aim: float | None, unit: str = "", places: int = 2) -> Figure:
    return Figure("match", what, ours, None, must, aim, unit, less=True, places=places)
