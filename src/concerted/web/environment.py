"""What the environment tells the application: where the store is, its key, under which names it is reached.

Nothing here opens a store. A setting that is missing or cannot be meant is a `ConcertedError` in plain words.
"""

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from concerted.common.errors import UsedWronglyError

KEY: Final = re.compile(r"[0-9a-f]{64}")  # 32 bytes in hexadecimal


@dataclass(frozen=True)
class Environment:
    """store: a file of the embedded store, or the address of a PostgreSQL database. store_key: of the embedded one, 64
    hexadecimal digits. secret: signs sessions and tokens. hosts: names the pages are reached by; none: only this
    machine's own, over plain HTTP, as a demonstration is. mail: an SMTP server's address, or none."""

    store: str
    store_key: str
    secret: str
    hosts: tuple[str, ...] = ()
    mail: str | None = None

    @property
    def postgresql(self) -> bool:
        """Whether the store is the larger one."""
        return urlsplit(self.store).scheme in {"postgresql", "postgres"}


def environment(given: Mapping[str, str] = os.environ) -> Environment:
    """What is set. UsedWronglyError where something is missing or cannot be meant."""
    wrong: list[UsedWronglyError] = []
    found = tried(given, wrong)
    if wrong:
        raise wrong[0]
    return found


def tried(given: Mapping[str, str], wrong: list[UsedWronglyError]) -> Environment:
    """The same with nothing for what is missing or cannot be meant, and all of that added to `wrong`."""

    def of(read: Callable[[Mapping[str, str]], str]) -> str:
        try:
            return read(given)
        except UsedWronglyError as why:
            wrong.append(why)
            return ""

    store = of(_store)
    embedded = bool(store) and not urlsplit(store).scheme
    return Environment(
        store,
        of(_key) if embedded else "",
        of(_signing),
        tuple(host.strip() for host in given.get("CONCERTED_HOSTS", "").split(",") if host.strip()),
        given.get("CONCERTED_MAIL") or None,
    )


def databases(of: Environment) -> dict[str, object]:
    """Django's setting for the store."""
    if not of.postgresql:
        return {
            "ENGINE": "concerted.web.sqlcipher",
            "NAME": str(Path(of.store).resolve()),
            "OPTIONS": {"key": of.store_key, "transaction_mode": "IMMEDIATE", "timeout": 20},
        }
    parts = urlsplit(of.store)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": unquote(parts.path.lstrip("/")),
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": unquote(parts.hostname or ""),
        "PORT": str(parts.port or ""),
        "OPTIONS": {"pool": {"min_size": 1, "max_size": 8, "timeout": 20}},
    }


def _store(given: Mapping[str, str]) -> str:
    store = given.get("CONCERTED_STORE", "")
    if not store:
        raise UsedWronglyError(
            "CONCERTED_STORE is not set",
            mend="set it to a file for the embedded store, or to postgresql://user@host/database",
        )
    if urlsplit(store).scheme not in {"", "postgresql", "postgres"}:
        raise UsedWronglyError(
            f"CONCERTED_STORE is no file and no PostgreSQL address: {_told(store)}",
            mend="write postgresql://user@host/database, or the path of a file",
        )
    return store


def _signing(given: Mapping[str, str]) -> str:
    return secret(given, "CONCERTED_SECRET", "signs sessions: any 50 characters or more that nobody can guess")


def _key(given: Mapping[str, str]) -> str:
    key = secret(given, "CONCERTED_STORE_KEY", "opens the store: 64 hexadecimal digits, as `openssl rand -hex 32`")
    if not KEY.fullmatch(key):
        raise UsedWronglyError(
            "CONCERTED_STORE_KEY is not 64 hexadecimal digits", mend="make one: openssl rand -hex 32"
        )
    return key


def secret(given: Mapping[str, str], name: str, what: str) -> str:
    """A secret by itself, or in a file that `NAME_FILE` names. what: it does. UsedWronglyError where it is not there or
    cannot be read; it never stands in an error."""
    if given.get(name):
        return given[name]
    file = given.get(f"{name}_FILE", "")
    if not file:
        raise UsedWronglyError(
            f"{name} is not set; it {what}", mend=f"set {name}, or {name}_FILE to a file that holds it"
        )
    try:
        return Path(file).read_text(encoding="ascii").strip()
    except (OSError, UnicodeError) as why:
        raise UsedWronglyError(f"{name}_FILE cannot be read: {file}", mend="name a file that you may read") from why


def _told(store: str) -> str:
    """An address without its password."""
    parts = urlsplit(store)
    return f"{parts.scheme}://{parts.hostname or ''}"
