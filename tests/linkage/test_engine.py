"""The engine reaches nothing but what it is handed."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from concerted.common.errors import UsedWronglyError
from concerted.linkage import engine as db


def test_it_reads_no_file(tmp_path: Path) -> None:
    (tmp_path / "secret.csv").write_text("a\n1\n")
    with pytest.raises(duckdb.PermissionException):
        db.connect().execute(f"select * from read_csv('{tmp_path / 'secret.csv'}')")


def test_it_writes_no_file(tmp_path: Path) -> None:
    with pytest.raises(duckdb.PermissionException):
        db.connect().execute(f"copy (select 1) to '{tmp_path / 'out.csv'}'")
    assert not list(tmp_path.iterdir())


def test_it_cannot_be_opened_up_again() -> None:
    with pytest.raises(duckdb.Error):
        db.connect().execute("set enable_external_access = true")


def test_it_sees_no_variable_of_the_program() -> None:
    handed = pa.table({"a": [1]})
    with pytest.raises(duckdb.CatalogException):
        db.connect().execute("select * from handed")
    assert handed.num_rows == 1


def test_what_does_not_fit_is_written_nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    engine = db.connect()
    engine.execute("set memory_limit = '20MB'")
    with pytest.raises(duckdb.OutOfMemoryException):
        engine.execute("create table t as select range as i, md5(range::varchar) as h from range(1000000)")
    assert not list(tmp_path.iterdir())


def test_a_table_is_put_and_read_back() -> None:
    engine = db.connect()
    table = pa.table({"a": pa.array([1, 2], pa.int32()), "b": [["x"], []]})
    for _ in range(2):
        db.put(engine, "handed", table)
    assert db.arrow(engine, "select * from handed order by a").equals(table)
    assert db.arrow(engine, "select a from handed where a > ?", 1).to_pylist() == [{"a": 2}]
    assert db.one(engine, "select count(*), max(a) from handed") == (2, 2)


def test_a_dictionary_column_arrives_as_text_in_order_of_the_alphabet() -> None:
    engine = db.connect()
    texts = pa.DictionaryArray.from_arrays(pa.array([0, 1, None, 0], pa.int32()), pa.array(["rudd", "hana"]))
    db.put(engine, "handed", pa.table({"name": texts}))
    assert db.one(engine, "select typeof(name) from handed") == ("VARCHAR",)
    ordered = db.arrow(engine, "select name[:2] as two from handed where name is not null order by name")
    assert ordered["two"].to_pylist() == ["ha", "ru", "ru"]


def test_any_other_error_is_passed_on_as_it_is() -> None:
    with pytest.raises(ValueError, match="something else"), db.within_memory():
        raise ValueError("something else")
    with pytest.raises(UsedWronglyError), db.within_memory():
        try:
            raise duckdb.OutOfMemoryException("full")
        except duckdb.Error as error:
            raise RuntimeError("a library's own words") from error
