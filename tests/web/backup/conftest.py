"""A store with something in it, a place to bring it back to, and a key apart from both."""

import uuid
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.db import connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper

from concerted.common.progress import Silent
from concerted.web import demonstration
from tests.web.backup.filled import region

KEY = bytes(range(32))


@pytest.fixture
def filled(transactional_db: None) -> None:
    """The store of these tests, with organisations, people and what they did, as if for real work."""
    demonstration.ready(region, Silent())


@pytest.fixture
def elsewhere(transactional_db: None) -> Iterator[BaseDatabaseWrapper]:
    """An empty database on the same server, under a name of its own."""
    if connection.vendor != "postgresql":
        pytest.skip("of PostgreSQL alone")
    name = f"elsewhere_{uuid.uuid4().hex[:8]}"
    given = connection.settings_dict
    address = {"host": given["HOST"], "port": given["PORT"], "user": given["USER"], "dbname": "postgres"}
    with psycopg.connect(**address, autocommit=True) as server:
        server.execute(f"create database {name} template template0 encoding 'UTF8'")
        connections.settings["elsewhere"] = {**given, "NAME": name, "OPTIONS": {}}
        connections["elsewhere"].connect()  # Django's test cases keep others from doing so
        yield connections["elsewhere"]
        connections["elsewhere"].close()
        del connections["elsewhere"], connections.settings["elsewhere"]
        server.execute(f"drop database {name} with (force)")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """Where an embedded store is to be."""
    return tmp_path / "elsewhere.sqlite"
