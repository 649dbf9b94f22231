"""The DuckDB that scores pairs: in memory, with no way out to files or the network but what it is handed."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Final

import duckdb
import pyarrow as pa

from concerted.common.errors import UsedWronglyError

MEMORY: Final = "2GB"
THREADS: Final = 2


def connect() -> duckdb.DuckDBPyConnection:
    """An empty engine. Tables reach it through `put` alone; it spills to nothing and loads no extension."""
    engine = duckdb.connect(
        config={"autoinstall_known_extensions": False, "autoload_known_extensions": False, "threads": THREADS}
    )
    engine.execute(f"set memory_limit = '{MEMORY}'")
    engine.execute("set temp_directory = ''")  # else what does not fit would be written in clear to the working folder
    engine.execute("set enable_external_access = false")
    engine.execute("set python_enable_replacements = false")
    return engine


@contextmanager
def within_memory() -> Iterator[None]:
    """Say in plain words when the block needs more memory than there is. Splink wraps DuckDB's error in its own."""
    try:
        yield
    except Exception as error:
        cause: BaseException | None = error
        while cause is not None:
            if isinstance(cause, duckdb.OutOfMemoryException):
                raise UsedWronglyError(
                    "so many records cannot be joined at once",
                    why=f"comparing them takes more than the {MEMORY} of memory that it may have",
                    mend="join fewer at a time",
                ) from error
            cause = cause.__cause__ or cause.__context__
        raise


def put(engine: duckdb.DuckDBPyConnection, name: str, table: pa.Table) -> None:
    """Copy an Arrow table into the engine under this name."""
    engine.register("_handed_over", table)
    engine.execute(f"create or replace table {name} as select * from _handed_over")
    engine.unregister("_handed_over")


def arrow(engine: duckdb.DuckDBPyConnection, query: str, *values: Any) -> pa.Table:
    """The answer to a query as an Arrow table."""
    return engine.execute(query, list(values)).to_arrow_table()


def one(engine: duckdb.DuckDBPyConnection, query: str) -> tuple[Any, ...]:
    """The first row of the answer; every query here has one."""
    row = engine.execute(query).fetchone()
    assert row is not None
    return tuple(row)
