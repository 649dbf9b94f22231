"""The tables of the links of a result folder's store: numbers, so that a million are written and read in seconds."""

from typing import Final

LINKS: Final = """
-- Joined pairs and pairs to review, strongest first. one, other: the numbers of two members. reasons, against: of what
-- is said. splink_weight: what Splink makes of the pair.
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

-- What speaks for links or against them: each text once, however many links say it.
create table said (number integer primary key, words text not null) strict;

-- The links that a person is asked about, most telling first; of joined ones some are.
create table asked (
    place integer primary key,
    link integer not null unique,
    what_it_would_change text not null,
    review_group text not null,
    sample text not null
) strict;

-- Links with the keys of their records and all that is said of them.
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
"""
