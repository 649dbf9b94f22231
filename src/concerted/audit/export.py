"""A day of the audit as one file that `verifier.py` verifies without the store."""

import json
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any, Final, NamedTuple, TextIO

from django.db.models import Max, Min

from concerted.audit import signing
from concerted.audit.chains import stamp
from concerted.audit.models import EACH, Chain, Link, Removal, place
from concerted.audit.rows import Row, rows
from concerted.common import clock

FORMAT: Final = 1


class Part(NamedTuple):
    """What of a chain a day holds: the numbers, first and last."""

    chain: Chain
    first: int
    last: int


class Exported(NamedTuple):
    """What was written. signature: of its summary; empty where there is no key."""

    events: int
    signature: str


def write(day: date, chains: Sequence[Chain], out: TextIO, payloads: bool = True) -> Exported:
    """The file, a line after another."""
    given = lines(day, chains, payloads)
    summary, events = next(given), 0
    out.write(summary + "\n")
    for line in given:
        out.write(line + "\n")
        events += 1
    return Exported(events, json.loads(summary)["signature"])


def day_of(day: date) -> tuple[datetime, datetime]:
    """When it begins and ends in London."""
    begins = datetime.combine(day, time(), tzinfo=clock.LONDON)
    return begins, datetime.combine(day + timedelta(days=1), time(), tzinfo=clock.LONDON)


def lines(day: date, chains: Iterable[Chain], payloads: bool = True) -> Iterator[str]:
    """The lines of the file. payloads: whether what events said stands in it, or their digests alone."""
    parts = [part for part in (_part(chain, day) for chain in chains) if part]
    yield json.dumps(_summary(day, parts, payloads))
    for part in parts:
        base = place(part.chain.id, 0)
        for row in rows(base + part.first - 1, base + part.last):
            yield json.dumps(_event(part.chain, row, payloads), ensure_ascii=False, separators=(",", ":"))


def _part(chain: Chain, day: date) -> Part | None:
    """From the first event of the day to the last, and what stands between them: a clock may have been put back."""
    begins, ends = day_of(day)
    here = Link.objects.filter(place__gt=place(chain.id, 0), place__lte=place(chain.id, chain.number))
    found = here.filter(at__gte=begins, at__lt=ends).aggregate(first=Min("place"), last=Max("place"))
    if found["first"] is None:
        return None
    return Part(chain, found["first"] % EACH, found["last"] % EACH)


def _event(chain: Chain, row: Row, payloads: bool) -> dict[str, Any]:
    said = {
        "chain": chain.name,
        "number": row.place % EACH,
        "at": stamp(row.at),
        "digest": row.digest.hex(),
        "previous": row.previous.hex(),
        "hash": row.hash.hex(),
    }
    if payloads and row.salt is not None:
        said |= {"salt": row.salt.hex(), "content": row.content}
    return said


def _summary(day: date, parts: Sequence[Part], payloads: bool) -> dict[str, str]:
    """The summary, signed where there is a key."""
    said = {
        "format": FORMAT,
        "day": day.isoformat(),
        "made": stamp(clock.now()),
        "withheld": not payloads,
        "chains": {part.chain.name: _summed(part) for part in parts},
    }
    summary = json.dumps(said, separators=(",", ":"))
    signature = signing.sign(summary)
    return {"summary": summary, "signature": signature.signature, "key": signature.key}


def _summed(part: Part) -> dict[str, Any]:
    base = place(part.chain.id, 0)
    first, last = (Link.objects.get(place=base + number) for number in (part.first, part.last))
    marks = Removal.objects.filter(first__lte=base + part.last, last__gte=base + part.first).order_by("id")
    return {
        "before": part.first - 1,
        "after": bytes(first.previous).hex(),
        "last": part.last,
        "head": bytes(last.hash).hex(),
        "removed": [[one.first - base, one.last - base, one.event - base] for one in marks],
    }
