"""A DuckDB for the tests to compare with: in memory, with no way out to files or the network but what it is handed."""

from typing import Any

import duckdb
import pyarrow as pa


def connect() -> duckdb.DuckDBPyConnection:
    """An empty engine. Tables reach it through `put` alone; it spills to nothing and loads no extension."""
    engine = duckdb.connect(config={"autoinstall_known_extensions": False, "autoload_known_extensions": False})
    engine.execute("set temp_directory = ''")  # else what does not fit would be written to the working folder
    engine.execute("set enable_external_access = false")
    engine.execute("set python_enable_replacements = false")
    return engine


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
