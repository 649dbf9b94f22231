"""What events said, ended: under a mark, payload and salt go. The links stay, and so the chain."""

from datetime import datetime
from typing import Final

from django.db import connection

from concerted.audit.models import Chain, Removal, place

AT_ONCE: Final = 2_000  # payloads of one transaction, so that nobody waits long for the store's one writer
LASTING: Final = ("payloads_removed", "heads_tied")  # acts whose events the chain is verified by
_LASTS: Final = " and ".join(f'content not like \'%%"act":"{act}"%%\'' for act in LASTING)
_FIRST_KEPT: Final = "select min(place) from audit_link where place > %s and place <= %s and at >= %s"
_FIRST_OLD: Final = f"select min(place) from audit_payload where place > %s and place <= %s and {_LASTS}"
_END: Final = (
    "delete from audit_payload where place in ("
    f"select place from audit_payload where place >= %s and place <= %s and {_LASTS} order by place limit %s)"
)


def old(chain: Chain, before: datetime) -> tuple[int, int] | None:
    """The numbers, first and last, of events before a moment whose payload is still there. None: there is nothing."""
    base = place(chain.id, 0)
    when = connection.ops.adapt_datetimefield_value(before)
    kept = _one(_FIRST_KEPT, base, base + chain.number, when)
    last = kept - 1 if kept is not None else base + chain.number
    first = _one(_FIRST_OLD, base, last)
    return (first - base, last - base) if first is not None else None


def mark(chain: Chain, first: int, last: int, event: int) -> None:
    """Allow these to go, as that event of the chain says. In the transaction of that event."""
    Removal.objects.create(first=place(chain.id, first), last=place(chain.id, last), event=place(chain.id, event))


def end(chain: Chain, first: int, last: int) -> int:
    """Let the payloads go that a mark allows, some at a time; how many went. Stopped, it is called again."""
    gone = 0
    with connection.cursor() as cursor:
        while True:
            cursor.execute(_END, (place(chain.id, first), place(chain.id, last), AT_ONCE))
            went: int = cursor.rowcount
            gone += went
            if went < AT_ONCE:
                return gone


def _one(query: str, *given: int | str | None) -> int | None:
    with connection.cursor() as cursor:
        cursor.execute(query, given)
        found: tuple[int | None] = cursor.fetchone()
    return found[0]
