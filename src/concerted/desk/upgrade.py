"""A store of an earlier version made one of this version, in one transaction: a step for each version between them.

A step is never changed once somebody may have a store that went through it, so each has its own text.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from concerted.desk.schema import VERSION
from concerted.desk.store import Store, statements

_RELEASES: Final = """
create table adoption (
    number integer primary key,
    act text not null check (act in ('adopted', 'returned', 'replaced')),
    change integer not null references change (number),
    release text not null,
    name text not null,
    over text not null,
    over_chosen text not null,
    why text not null
) strict;
create table held (
    adoption integer not null references adoption (number) deferrable initially deferred,
    link integer not null,
    source text not null,
    record_id text not null,
    primary key (adoption, link, source, record_id)
) strict, without rowid;
create table tried (
    release text primary key,
    name text not null,
    model text not null,
    at text not null,
    picture text not null,
    chosen text not null,
    json text not null,
    found text not null
) strict;
"""

_FINDINGS: Final = """
create table finding (
    id text primary key,
    place integer not null,
    state text not null check (state in ('new', 'stronger', 'weaker', 'as before', 'gone')),
    more text not null,
    fewer text not null,
    body text not null
) strict;
create table mark (
    number integer primary key,
    finding text not null,
    rule text not null,
    mark text not null check (mark in ('checked', 'refuted', 'taken up')),
    who text not null,
    at text not null,
    why text not null,
    facts text not null
) strict;
"""


def _releases_tried(store: Store) -> None:
    """5 to 6: what is kept of releases that are tried, adopted and given up."""
    for statement in statements(_RELEASES):
        store.run(statement)


def _findings_kept(store: Store) -> None:
    """6 to 7: what is kept of findings, and what people made of them."""
    for statement in statements(_FINDINGS):
        store.run(statement)


STEPS: Final[Mapping[int, Callable[[Store], None]]] = {5: _releases_tried, 6: _findings_kept}
"""By the version that a step starts from, which it makes the next. `schema.OLDEST` is the first of them."""


def upgrade(folder: Path) -> int:
    """Make the store of this folder one of this version, whole or not at all. Gives the version that it was of; this
    one when nothing was to be done. Raises UsedWronglyError for one that is too old, or newer than this program."""
    with Store.open(folder, older=True) as store, store.writing():
        was = int(store.get("version"))
        for version in range(was, VERSION):
            STEPS[version](store)
        store.put("version", str(VERSION))
    return was
