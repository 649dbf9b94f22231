"""`reading`: the figures of benchmarks.reading, with what they must reach."""

from typing import Any, Final

from benchmarks import reading
from benchmarks.figures import Figure
from benchmarks.yardstick import Say

MUST_SECONDS, AIM_SECONDS, MUST_MB = 40.0, 15.0, 500.0
FLAT: Final = 2.0  # times the memory for fifty times the rows: its caches fill, and then it stays
_FEW, _MANY = reading.SCALES
_MOST: Final = reading.DEEP


def read(say: Say) -> list[Figure]:
    """A million rows read, mapped and validated, beside DuckDB alone reading and typing them as the floor; the memory
    at five million, and by that at a hundred thousand."""
    say(f"{_FEW:,}, {_MANY:,} and {_MOST:,} rows")
    rows: Any = reading.run(deep=True)["rows"]
    found = {(row["rows"], row["what"]): row for row in rows}
    ours, floor = found[_MANY, "concerted"], found[_MANY, "duckdb"]
    most, small = found[_MOST, "concerted"]["peak_mb"], found[_FEW, "concerted"]["peak_mb"]
    seconds = (ours["seconds"], floor["seconds"], MUST_SECONDS, AIM_SECONDS)
    memory = (most, found[_MOST, "duckdb"]["peak_mb"], MUST_MB)
    return [
        Figure("reading", f"{_MANY:,} rows", *seconds, unit="seconds", less=True, places=1),
        Figure("reading", f"{_MOST:,} rows, most memory", *memory, unit="MB", less=True, places=0),
        Figure("reading", f"that by {_FEW:,} rows", most / small, None, FLAT, unit="times", less=True, places=2),
    ]
