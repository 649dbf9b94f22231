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

_LINKS: Final = """
create table link (
    number integer primary key,
    one integer not null,
    other integer not null,
    weight real not null,
    probability real not null,
    band text not null check (band in ('join', 'review')),
    reasons integer not null,
    against integer not null,
    splink_weight real not null
) strict;
create table said (number integer primary key, words text not null) strict;
create table asked (
    place integer primary key,
    link integer not null unique,
    what_it_would_change text not null,
    review_group text not null,
    sample text not null
) strict;
insert into said (words) select reasons from old_link union select against from old_link;
insert into link
select old.number, l.number, r.number, weight, probability, band, f.number, a.number, splink_weight
from old_link old
    join member l on l.source = left_source and l.record_id = left_id
    join member r on r.source = right_source and r.record_id = right_id
    join said f on f.words = reasons
    join said a on a.words = against
order by old.number;
insert into asked
select place, number, what_it_would_change, review_group, sample from old_link where place is not null order by place;
drop table old_link;
create view told as
select link.number, one, other, l.source as left_source, l.record_id as left_id, r.source as right_source,
    r.record_id as right_id, weight, probability, band, f.words as reasons, a.words as against, splink_weight,
    place, what_it_would_change, review_group, sample
from link
    join member l on l.number = one
    join member r on r.number = other
    join said f on f.number = reasons
    join said a on a.number = against
    left join asked on asked.link = link.number;
create index link_one on link (one);
create index link_other on link (other);
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


def _links_by_number(store: Store) -> None:
    """6 to 7: links hold the numbers of records and of texts. What a person is asked stands beside them."""
    store.run("alter table link rename to old_link")
    for statement in statements(_LINKS):
        store.run(statement)


def _findings_kept(store: Store) -> None:
    """7 to 8: what is kept of findings, and what people made of them."""
    for statement in statements(_FINDINGS):
        store.run(statement)


_TOLD_TO: Final = (
    "alter table finding add column unnamed integer not null default 0",
    "alter table mark add column told_to text not null default ''",
    "update mark set told_to = coalesce((select json_extract(body, '$.to') from finding where id = mark.finding), '')",
)


def _marks_told_to(store: Store) -> None:
    """8 to 9: to which agency alone what was marked is told. Of what was not found the last time it is not known."""
    for statement in _TOLD_TO:
        store.run(statement)


STEPS: Final[Mapping[int, Callable[[Store], None]]] = {
    5: _releases_tried,
    6: _links_by_number,
    7: _findings_kept,
    8: _marks_told_to,
}
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
