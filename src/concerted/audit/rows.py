"""Events as they lie in the store, in order, a few thousand at a time: however many there are, memory stays flat."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final, NamedTuple

from django.db import connection

AT_ONCE: Final = 2_000
_ROWS: Final = (
    "select l.place, l.at, l.digest, l.previous, l.hash, p.salt, p.content"
    " from audit_link l left join audit_payload p on p.place = l.place"
    " where l.place > %s and l.place <= %s order by l.place limit %s"
)


class Row(NamedTuple):
    """One event. salt, content: None where its payload is gone."""

    place: int
    at: datetime
    digest: bytes
    previous: bytes
    hash: bytes
    salt: bytes | None
    content: str | None


def rows(after: int, to: int) -> Iterator[Row]:
    """Those at the places after one, up to another."""
    while True:
        with connection.cursor() as cursor:
            cursor.execute(_ROWS, (after, to, AT_ONCE))
            found = cursor.fetchall()
        for place, at, *rest in found:
            yield Row(place, moment(at), *rest)
        if len(found) < AT_ONCE:
            return
        after = found[-1][0]


def moment(stored: datetime) -> datetime:
    """A moment as either store gives it: the embedded one keeps UTC without saying so."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)
