"""Whether the store's chains are whole: every link, every payload, every tie of the heads, and nothing beside them."""

import json
from collections.abc import Callable, Mapping
from typing import Final, NamedTuple

from django.db import connection

from concerted.audit import tying
from concerted.audit.chains import INSTANCE, stamp
from concerted.audit.models import EACH, Chain, Link, Tie, place
from concerted.audit.rows import rows
from concerted.audit.verifier import MOST, Walk, Wrong
from concerted.common.progress import Progress

_STRAY: Final = (
    "select place from audit_payload p where not exists (select 1 from audit_link l where l.place = p.place)"
    " union select place from audit_link l where not exists (select 1 from audit_chain c"
    f" where l.place > c.id * {EACH} and l.place <= c.id * {EACH} + c.number) order by place limit {MOST}"
)


class Whole(NamedTuple):
    """What came of it. without: events whose payload was removed, as an event says. ties, signed: of all heads, and how
    many of them are signed by the key that was given."""

    events: int
    chains: int
    without: int
    ties: int
    signed: int
    wrong: list[Wrong]


def verify(progress: Progress, key: str = "", every: int = 1_000) -> Whole:
    """Verify the store as it stands when this begins; events that come meanwhile are not looked at. key: the public one
    that ties were signed with, from outside the store; without it, signatures are not looked at. every: after how many
    events progress is told."""
    chains = list(Chain.objects.order_by("id"))
    wrong = _elsewhere(chains)
    progress.step("verify", "verifying")
    done, total = 0, sum(chain.number for chain in chains)
    walks: dict[str, Walk] = {}
    for chain in chains:
        walks[chain.name] = walked(chain, _counted(progress, done, total), every)
        done += chain.number
    for walk in walks.values():
        wrong += walk.wrong
    signed, of_ties = _ties({chain.name: chain for chain in chains}, walks, key)
    progress.finish()
    without = sum(last - first + 1 for walk in walks.values() for first, last in walk.without)
    events = sum(walk.events for walk in walks.values())
    return Whole(events, len(chains), without, Tie.objects.count(), signed, [*wrong, *of_ties])


def walked(chain: Chain, at: Callable[[int], None], every: int) -> Walk:
    """One chain, up to its head as it was read. at: is told how many events were looked at, after each so many."""
    walk = Walk(chain.name, 0, bytes(chain.start).hex())
    base = place(chain.id, 0)
    for row in rows(base, base + chain.number):
        hexed = (row.digest.hex(), row.previous.hex(), row.hash.hex())
        walk.event(row.place - base, stamp(row.at), *hexed, row.salt, row.content)
        if not walk.events % every:
            at(walk.events)
    walk.ended(chain.number, bytes(chain.head).hex())
    return walk


def _counted(progress: Progress, done: int, total: int) -> Callable[[int], None]:
    return lambda events: progress.at(done + events, total)


def _elsewhere(chains: list[Chain]) -> list[Wrong]:
    """Links of no chain or after a chain's end, and payloads of no link."""
    names = {chain.id: chain.name for chain in chains}
    with connection.cursor() as cursor:
        cursor.execute(_STRAY)
        found = cursor.fetchall()
    return [Wrong(names.get(at // EACH, ""), at % EACH, "inserted", "it stands in no chain") for (at,) in found]


def _ties(chains: Mapping[str, Chain], walks: Mapping[str, Walk], key: str) -> tuple[int, list[Wrong]]:
    """How many ties are signed by the key; and what is wrong with them, or with a chain by them."""
    signed, wrong, before = 0, [], ""
    said = dict(walks[INSTANCE].ties) if INSTANCE in walks else {}
    for tie in Tie.objects.order_by("number"):
        content = json.loads(tie.content)
        if tying.hashed(tie.content) != tie.hash or said.pop(tie.number, None) != tie.hash:
            wrong.append(Wrong("ties", tie.number, "changed", "it is not what was recorded"))
        elif content["previous"] != before:
            wrong.append(Wrong("ties", tie.number, "changed", "it does not follow the one before"))
        before = tie.hash
        wrong += [
            Wrong(name, number, "changed", f"it is not the event that was its chain's head at tie {tie.number}")
            for name, number, head in content["chains"]
            if number and not _stands(chains.get(name), number, head)
        ]
        if key and tying.signed_by(tie, key):
            signed += 1
        elif key:
            wrong.append(Wrong("ties", tie.number, "not signed by the key", "the key that you gave did not sign it"))
    gone = [Wrong("ties", number, "removed", "it is not there") for number in sorted(said)]
    return signed, [*wrong, *gone]


def _stands(chain: Chain | None, number: int, head: str) -> bool:
    """Whether that event of the chain has that hash."""
    found = Link.objects.filter(place=place(chain.id, number)).first() if chain else None
    return found is not None and bytes(found.hash).hex() == head
