"""PostgreSQL out and in: one moment of all tables, by its own COPY, without a program beside it."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Final

import psycopg
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg import sql

from concerted.web.backup.manifest import Table

Take = Callable[[bytes], object]
_TABLES: Final = """
    select c.relname, array_agg(a.attname order by a.attnum) from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace group by 1 order by 1"""
_KEYS: Final = """
    select c.relname, array_agg(quote_ident(a.attname) || case when a.attcollation <> 0 then ' collate "C"' else '' end
    order by array_position(i.indkey::int2[], a.attnum)) from pg_index i
    join pg_class c on c.oid = i.indrelid join pg_attribute a on a.attrelid = c.oid and a.attnum = any(i.indkey)
    where i.indisprimary and c.relnamespace = current_schema()::regnamespace group by 1"""
_COUNTED: Final = """
    select table_name, column_name from information_schema.columns
    where table_schema = current_schema() and (is_identity = 'YES' or column_default like 'nextval(%')"""
_HEADS: Final = "select name, number, encode(head, 'hex') from audit_chain"


@contextmanager
def snapshot(of: BaseDatabaseWrapper) -> Iterator[Any]:
    """A cursor that sees one moment, whatever others write meanwhile."""
    given = of.settings_dict
    named = {"dbname": "NAME", "user": "USER", "password": "PASSWORD", "host": "HOST", "port": "PORT"}
    whom = {ours: given[theirs] for ours, theirs in named.items() if given[theirs]}
    with psycopg.connect(**whom, options="-c timezone=UTC -c datestyle=ISO") as connection:
        connection.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
        connection.read_only = True
        with connection.cursor() as cursor:
            yield cursor


def names(cursor: Any) -> dict[str, list[str]]:
    """Each table of the store with its columns."""
    return dict(cursor.execute(_TABLES).fetchall())


def out(cursor: Any, take: Callable[[str], Take]) -> dict[str, Table]:
    """Each table, in the order of its key. take: gives what takes the blocks of the table of that name."""
    keys = dict(cursor.execute(_KEYS).fetchall())
    return {name: _out(cursor, name, columns, keys[name], take(name)) for name, columns in names(cursor).items()}


def tables(cursor: Any) -> dict[str, Table]:
    """Each with its rows and digest."""
    return out(cursor, lambda _: lambda _: None)


def heads(cursor: Any) -> dict[str, tuple[int, str]]:
    """Of the audit's chains."""
    return {name: (number, head) for name, number, head in cursor.execute(_HEADS).fetchall()}


def into(cursor: Any, name: str, columns: list[str], blocks: Iterator[bytes]) -> None:
    """The rows of a table, which is empty."""
    asked = sql.SQL("copy {} ({}) from stdin").format(sql.Identifier(name), _listed(columns))
    with cursor.copy(asked) as copy:
        for block in blocks:
            copy.write(block)


def empty(cursor: Any) -> None:
    """Take out what making the tables put in. References are looked at when the transaction ends."""
    for name in names(cursor):
        if cursor.execute(sql.SQL("select exists (select from {})").format(sql.Identifier(name))).fetchone()[0]:
            cursor.execute(sql.SQL("delete from {}").format(sql.Identifier(name)))


def count_on(cursor: Any) -> None:
    """Numbers that the store gives go on after those that are there."""
    for table, column in cursor.execute(_COUNTED).fetchall():
        asked = "select setval(pg_get_serial_sequence({}, {}), max({})) from {} having max({}) is not null"
        of = sql.Identifier(column)
        cursor.execute(
            sql.SQL(asked).format(sql.Literal(f'"{table}"'), sql.Literal(column), of, sql.Identifier(table), of)
        )


def _out(cursor: Any, name: str, columns: list[str], key: list[str], take: Take) -> Table:
    asked = sql.SQL("copy (select {} from {} order by {}) to stdout")
    digest, rows = hashlib.sha256(), 0
    with cursor.copy(asked.format(_listed(columns), sql.Identifier(name), sql.SQL(", ".join(key)))) as copy:
        for block in copy:
            digest.update(block)
            rows += bytes(block).count(b"\n")  # COPY writes a line break that is in a value as two letters
            take(bytes(block))
    return Table(rows, digest.hexdigest())


def _listed(columns: list[str]) -> sql.Composed:
    return sql.SQL(", ").join(map(sql.Identifier, columns))
