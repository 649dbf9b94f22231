"""What would make it unsafe to serve real work with these settings, each in words with what to do about it."""

import os
import stat
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from concerted.common.errors import ConcertedError, UsedWronglyError
from concerted.web.beginning import SETTINGS
from concerted.web.environment import Environment, tried
from concerted.web.service import service

SHORTEST: Final = 50  # characters of the secret
FEWEST: Final = 10  # different ones among them: a word repeated is no secret
KEY_FILES: Final = tuple(
    f"CONCERTED_{name}" for name in ("STORE_KEY_FILE", "SECRET_FILE", "BACKUP_KEY_FILE", "AUDIT_KEY_FILE", "TLS_KEY")
)
SECRETS: Final = tuple(f"CONCERTED_{name}" for name in ("STORE_KEY", "SECRET", "BACKUP_KEY", "AUDIT_KEY"))


class Unsafe(NamedTuple):
    """what: one clause. mend: what to do."""

    what: str
    mend: str


def unsafe(given: Mapping[str, str] = os.environ) -> list[Unsafe]:
    """Of what the environment says, without opening the store; what is missing or cannot be meant is among it."""
    wrong: list[UsedWronglyError] = []
    found = tried(given, wrong)
    settings = [
        *_hosts(found),
        *_secrets(found, given),
        *_files(found, given),
        *_reached(given),
        *_other_settings(given),
    ]
    return [*map(_of, wrong), *settings]


def unsafe_store() -> list[Unsafe]:
    """Of the store and of the program itself. The environment is in order, and Django is set up."""
    from concerted.instance.models import DEMONSTRATION
    from concerted.web import store

    try:
        found = store.check_current()
    except ConcertedError as why:
        return [_of(why)]
    if found.kind == DEMONSTRATION:
        return [Unsafe("the store is a demonstration", "make one for real work: concerted store create")]
    return list(_django())


def refuse(found: list[Unsafe]) -> None:
    """UsedWronglyError that says all of it, where there is any."""
    if found:
        raise UsedWronglyError(
            "this is not safe to serve",
            why="; ".join(f"{one.what} ({one.mend})" for one in found),
            mend="concerted check --deploy lists it",
        )


def _of(error: ConcertedError) -> Unsafe:
    return Unsafe(f"{error.what}: {error.why}" if error.why else error.what, error.mend)


def _hosts(found: Environment) -> Iterator[Unsafe]:
    if not found.hosts:
        yield Unsafe("CONCERTED_HOSTS names no host", "set it to the names that people reach the pages by")
    for host in found.hosts:
        if "*" in host or host.startswith("."):
            yield Unsafe(f"CONCERTED_HOSTS takes any name for ours: {host}", "write each name in full")


def _secrets(found: Environment, given: Mapping[str, str]) -> Iterator[Unsafe]:
    if found.secret and (len(found.secret) < SHORTEST or len(set(found.secret)) < FEWEST):
        yield Unsafe("CONCERTED_SECRET could be guessed", "make a longer one: openssl rand -hex 32")
    values = {name: value for name in SECRETS if (value := _value(given, name))}
    for number, (name, value) in enumerate(values.items()):
        again = [other for other, its in [*values.items()][number + 1 :] if its == value]
        if again:
            yield Unsafe(f"{name} is the same as {again[0]}", "make one for each: openssl rand -hex 32")


def _files(found: Environment, given: Mapping[str, str]) -> Iterator[Unsafe]:
    data = None if found.postgresql or not found.store else Path(found.store).absolute().parent
    for name in KEY_FILES:
        file = Path(given[name]).absolute() if given.get(name) else None
        if file is None or not file.is_file():
            continue
        if stat.S_IMODE(file.stat().st_mode) & 0o077:
            yield Unsafe(f"others may read the file of {name}", f"chmod 600 {file.name}")
        if data is not None and file.is_relative_to(data):
            yield Unsafe(f"the file of {name} lies beside the store", "keep it where no copy of the store takes it")


def _reached(given: Mapping[str, str]) -> Iterator[Unsafe]:
    try:
        how = service(given)
    except UsedWronglyError as why:
        yield _of(why)
        return
    for name in ("CONCERTED_TLS_CERTIFICATE", "CONCERTED_TLS_KEY"):
        if given.get(name) and not Path(given[name]).is_file():
            yield Unsafe(f"the file of {name} is not there", "name one that you may read")
    if not how.certificate and not how.proxies:
        where = "this machine alone" if how.loopback else f"{how.host}, for all who reach it"
        yield Unsafe(
            f"the pages would be plain HTTP on {where}, without a proxy that does TLS",
            "set CONCERTED_TLS_CERTIFICATE and CONCERTED_TLS_KEY, or CONCERTED_PROXY to the proxy's address",
        )
    if not how.certificate and how.proxies and not how.loopback:
        yield Unsafe(
            f"whoever reaches {how.host} could go past the proxy over plain HTTP",
            "set CONCERTED_ADDRESS to an address of 127.0.0.1, or give the server a certificate of its own too",
        )


def _other_settings(given: Mapping[str, str]) -> Iterator[Unsafe]:
    if given.get("DJANGO_SETTINGS_MODULE", SETTINGS) != SETTINGS:
        yield Unsafe("DJANGO_SETTINGS_MODULE names settings of somebody else", "do not set it")


def _django() -> Iterator[Unsafe]:
    """What Django itself and the application's own checks find."""
    from django.conf import settings
    from django.core.checks import WARNING, run_checks

    if settings.DEBUG:
        yield Unsafe("pages would show the program's insides when they go wrong", "do not set DEBUG")
    for one in run_checks(include_deployment_checks=True):
        if one.level >= WARNING and not one.is_silenced():
            yield Unsafe(str(one.msg), str(one.hint or "see what it names"))


def _value(given: Mapping[str, str], name: str) -> str:
    """A secret, to be compared; empty where it cannot be read, which is said elsewhere."""
    if given.get(name):
        return given[name]
    try:
        return Path(given[f"{name}_FILE"]).read_text(encoding="ascii").strip()
    except (KeyError, OSError, UnicodeError):
        return ""
