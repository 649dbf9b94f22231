"""What the environment may say, and what it is told when it says something else."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.web.environment import Environment, databases, environment

KEY = "0f" * 32
EMBEDDED = {"CONCERTED_STORE": "store.sqlite", "CONCERTED_STORE_KEY": KEY, "CONCERTED_SECRET": "s" * 50}
LARGER = {"CONCERTED_STORE": "postgresql://us%40er:p%2Fw@db.example:5433/case%20work", "CONCERTED_SECRET": "s" * 50}


def test_the_embedded_store() -> None:
    found = environment(EMBEDDED)
    assert found == Environment("store.sqlite", KEY, "s" * 50)
    assert not found.postgresql
    one = databases(found)
    assert one["ENGINE"] == "concerted.web.sqlcipher"
    assert one["NAME"] == str(Path("store.sqlite").resolve())


def test_the_larger_store_needs_no_key() -> None:
    found = environment(LARGER | {"CONCERTED_HOSTS": "one.example, two.example", "CONCERTED_MAIL": "smtp://m.example"})
    assert found.hosts == ("one.example", "two.example")
    assert found.mail == "smtp://m.example"
    one = databases(found)
    assert (one["USER"], one["PASSWORD"], one["HOST"], one["PORT"], one["NAME"]) == (
        "us@er", "p/w", "db.example", "5433", "case work",
    )  # fmt: skip


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{KEY}\n", encoding="ascii")
    given = {**EMBEDDED, "CONCERTED_STORE_KEY": "", "CONCERTED_STORE_KEY_FILE": str(tmp_path / "key")}
    assert environment(given).store_key == KEY


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({}, "CONCERTED_STORE is not set"),
        ({"CONCERTED_STORE": "a.sqlite"}, "CONCERTED_STORE_KEY is not set"),
        ({**EMBEDDED, "CONCERTED_SECRET": ""}, "CONCERTED_SECRET is not set"),
        ({**EMBEDDED, "CONCERTED_STORE_KEY": "swordfish"}, "not 64 hexadecimal digits"),
        ({**EMBEDDED, "CONCERTED_STORE_KEY": "", "CONCERTED_STORE_KEY_FILE": "/nowhere"}, "cannot be read: /nowhere"),
        (
            {**LARGER, "CONCERTED_STORE": "mysql://u:swordfish@db.example/x"},
            "no PostgreSQL address: mysql://db.example",
        ),
    ],
)
def test_what_cannot_be_meant_is_said_without_a_secret(given: dict[str, str], says: str) -> None:
    with pytest.raises(UsedWronglyError, match=says) as caught:
        environment(given)
    assert "swordfish" not in str(caught.value)
