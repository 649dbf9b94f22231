"""The tables of a result folder's store. A change of them counts VERSION up, and has a step in `upgrade`."""

from typing import Final

VERSION: Final = 9
OLDEST: Final = 5  # the first that `concerted upgrade` makes one of this version

SCHEMA: Final = """
create table meta (key text primary key, value text not null) strict, without rowid;

-- One extract as it was taken, or rows and values of one (`mends`) that a person mended.
create table delivery (
    number integer primary key,
    mends integer references delivery (number),
    batch integer not null,         -- the command that brought it, counted over the life of the folder
    feed text not null,             -- the row of deliveries that it belongs to; empty of what was mended
    file text not null,
    sheet text,
    sha256 text not null,
    bytes integer not null,
    profile_id text not null,
    profile_version integer not null,
    profile_text text not null,
    columns text not null,          -- JSON list: the file's columns; empty when no row of it is in quarantine
    counts text not null,           -- JSON
    notes text not null,            -- JSON list
    dropped text not null,          -- JSON list
    arrived text not null,
    told text not null default '{}' -- JSON: what it brought that is new, changed, unchanged or missing
) strict;

create table quarantine (
    id integer primary key,
    delivery integer not null references delivery (number) deferrable initially deferred,
    kind text not null check (kind in ('row', 'value')),
    file text not null,
    sheet text,
    row integer,
    column_name text,
    field text,
    source text,
    record_id text,
    raw text not null,
    raw_form text not null check (raw_form in ('text', 'line', 'cells')),
    reason text not null,
    mend text not null,
    state text not null default 'waiting'
        check (state in ('waiting', 'mended', 'replayed', 'superseded')),
    mended text,                    -- JSON: column to value; an empty object of what a person dismissed
    who text,
    "when" text,
    why text,
    over integer                    -- the delivery that superseded it
) strict;

-- Where an item of the quarantine stood in each delivery that held it, once a second one did.
create table met (
    item integer not null references quarantine (id) on delete cascade,
    delivery integer not null references delivery (number) deferrable initially deferred,
    file text not null,
    sheet text,
    row integer,
    reason text not null,
    mend text not null,
    primary key (item, delivery)
) strict;

-- Records that a later delivery no longer holds. Nobody goes without a person's word. again, was: the delivery with
-- which one was there again, and what its state was before.
create table withdrawal (
    number integer primary key,
    delivery integer not null references delivery (number),
    kind text not null,
    source text not null,
    record_id text not null,
    state text not null default 'waiting' check (state in ('waiting', 'withdrawn', 'kept', 'there again')),
    who text,
    "when" text,
    why text,
    was text,
    again integer
) strict;

-- Records that are restricted, and keys of those that were erased: `key` is SOURCE:ID, or a keyed hash of it.
create table ended (
    number integer primary key,
    act text not null check (act in ('restricted', 'erased')),
    key text not null,
    who text not null,
    at text not null,
    why text not null,
    lifted_by text,
    lifted_at text,
    lifted_why text
) strict;

-- What people decided. Never changed: a later decision on a pair supersedes an earlier one. supersedes: the one that
-- counted, where its maker put this in its place in so many words. undoes: the one that this row takes back.
create table decision (
    number integer primary key,
    left_source text not null,
    left_id text not null,
    right_source text not null,
    right_id text not null,
    decision text not null check (decision in ('same', 'different', 'unsure', 'undone')),
    who text not null,
    at text not null,
    why text not null,
    supersedes integer,
    undoes integer,
    check ((decision = 'undone') = (undoes is not null))
) strict;
create trigger decision_stays before update on decision begin select raise(abort, 'a decision is never changed'); end;
create trigger decision_is_kept before delete on decision begin select raise(abort, 'a decision is kept'); end;

-- Each command that changed the folder. files: a JSON list of those that it brought. first_decision, last_decision:
-- what was decided with it. release: by which the records were linked then. Rows are only added.
create table change (
    number integer primary key,
    at text not null,
    command text not null,
    who text not null,
    files text not null,
    first_decision integer,
    last_decision integer,
    release text not null,
    model text not null
) strict;

-- The records whose set a change made another: of each the set that it was in and the one that it came into, counted
-- within the change; null before it came and after it went. It holds a record by its key alone, so that it can go.
create table moved (
    source text not null,
    record_id text not null,
    change integer not null references change (number),
    was integer,
    became integer,
    primary key (source, record_id, change)
) strict, without rowid;

create table release (id text primary key, json text not null, chosen text not null) strict;

-- number: as linking counts records. arrival: when it came, counted over the life of the folder.
-- entity: the permanent id of the entity's earliest record.
create table member (
    number integer primary key,
    source text not null,
    record_id text not null,
    arrival integer not null,
    permanent_id text not null,
    entity text not null
) strict;

-- Places, telephones, vehicles and accounts, one row for each that a record mentions. entity: the permanent id of the
-- thing. how: joined by an exact key, by a near one, or alone.
create table thing (
    number integer primary key,
    kind text not null check (kind in ('location', 'telephone', 'vehicle', 'account')),
    source text not null,
    record_id text not null,
    record_kind text not null,
    field text not null,
    value text not null,
    entity text not null,
    how text not null check (how in ('exact', 'near', 'alone')),
    reason text not null
) strict;
"""

RELEASES: Final = """
-- Each time that another release came into force. act: one that was tried was adopted; the one before it returned; the
-- folder was replaced by one that is made anew. change: the command. release, name: what came into force. over,
-- over_chosen: what was in force before, whole, and why that was chosen. Rows are only added.
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

-- Links by which the release before an adoption held records together that the adopted one keeps apart. A link has a
-- row for each of its two records, so that a record can go, and its links with it.
create table held (
    adoption integer not null references adoption (number) deferrable initially deferred,
    link integer not null,
    source text not null,
    record_id text not null,
    primary key (adoption, link, source, record_id)
) strict, without rowid;

-- The release that was tried last beside the one in force. model: as it was asked for. picture: the result that it was
-- tried on. json, found: the release, and what it would do there; empty once the result is another.
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

FINDINGS: Final = """
-- Findings as they last were, so that the next time can say what became of them. place: first to check first. more,
-- fewer: JSON lists of the records that made it stronger or weaker. body: the finding, JSON. unnamed: how many records
-- beside these made it weaker, which were taken back or are restricted.
create table finding (
    id text primary key,
    place integer not null,
    state text not null check (state in ('new', 'stronger', 'weaker', 'as before', 'gone')),
    more text not null,
    fewer text not null,
    body text not null,
    unnamed integer not null default 0
) strict;

-- What people made of findings; rows are only added. facts: a JSON list of the records that it rested on then. told_to:
-- the agency that it is told to alone; empty where it is to all.
create table mark (
    number integer primary key,
    finding text not null,
    rule text not null,
    mark text not null check (mark in ('checked', 'refuted', 'taken up')),
    who text not null,
    at text not null,
    why text not null,
    facts text not null,
    told_to text not null default ''
) strict;
"""

INDEXES: Final = """
create unique index if not exists member_key on member (source, record_id);
create index if not exists member_entity on member (entity);
create unique index if not exists member_id on member (permanent_id);
create index if not exists link_one on link (one);
create index if not exists link_other on link (other);
create index if not exists moved_from on moved (change, was) where was is not null;
create index if not exists moved_to on moved (change, became);
create index if not exists thing_entity on thing (kind, entity);
create index if not exists quarantine_state on quarantine (state, kind);
"""
