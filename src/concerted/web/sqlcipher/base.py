"""The connection: Django's own, but through `sqlcipher3`, opened with a key.

`OPTIONS` takes `key`, 64 hexadecimal digits, beside what Django's backend takes. The log is written ahead, each commit
reaches the disk, and a transaction takes the writer's place at its beginning, so that two writers wait and never fail.
"""

import datetime
import decimal
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain
from typing import Any, Final

from django.db.backends.sqlite3 import base
from django.db.backends.sqlite3._functions import register
from django.utils.asyncio import async_unsafe
from django.utils.dateparse import parse_date, parse_datetime, parse_time
from sqlcipher3 import dbapi2 as Database  # noqa: N812 -- the name that Django asks for

PRAGMAS: Final = ("foreign_keys = on", "legacy_alter_table = off", "journal_mode = wal", "synchronous = full")

Database.register_converter("bool", b"1".__eq__)
for _name, _read in (
    ("date", parse_date),
    ("time", parse_time),
    ("datetime", parse_datetime),
    ("timestamp", parse_datetime),
):
    Database.register_converter(_name, base.decoder(_read))
Database.register_adapter(decimal.Decimal, str)
Database.register_adapter(datetime.date, base.adapt_date)
Database.register_adapter(datetime.datetime, base.adapt_datetime)


class DatabaseWrapper(base.DatabaseWrapper):
    """An encrypted SQLite database. django.db.DatabaseError where the key does not open it."""

    display_name = "SQLCipher"
    Database = Database

    def get_connection_params(self) -> dict[str, Any]:
        """What `connect` takes; the key apart, which is no argument of it."""
        given: dict[str, Any] = super().get_connection_params()
        self.key = given.pop("key", "")
        return given

    @async_unsafe
    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """Open it with its key, then as Django does."""
        opened = Database.connect(**conn_params)
        try:
            if self.key:
                opened.execute(f"pragma key = \"x'{self.key}'\"")
            register(opened)
            for pragma in PRAGMAS:
                opened.execute(f"pragma {pragma}")
        except Database.Error:
            opened.close()
            raise
        return opened

    def create_cursor(self, name: str | None = None) -> Any:  # noqa: ARG002 -- of cursors that servers keep
        """A cursor that takes Django's `%s`."""
        return self.connection.cursor(factory=Cursor)


class Cursor(Database.Cursor):  # type: ignore[misc]
    """Django's cursor over SQLite, of this library."""

    convert_query = base.SQLiteCursorWrapper.convert_query

    def execute(self, query: str, params: Sequence[Any] | Mapping[str, Any] | None = None) -> Any:
        """One statement."""
        if params is None:
            return super().execute(query)
        return super().execute(self.convert_query(query, param_names=_names(params)), params)

    def executemany(self, query: str, param_list: Iterable[Sequence[Any] | Mapping[str, Any]]) -> Any:
        """One statement with each of these."""
        given = iter(param_list)
        first = next(given, None)
        if first is None:
            return super().executemany(self.convert_query(query), [])
        return super().executemany(self.convert_query(query, param_names=_names(first)), chain([first], given))


def _names(params: Sequence[Any] | Mapping[str, Any]) -> list[str] | None:
    return list(params) if isinstance(params, Mapping) else None
