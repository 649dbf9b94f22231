"""What is known of the instance."""

from django.db import DatabaseError

from concerted.instance.models import DEMONSTRATION, Store

_REMEMBERED: list[Store] = []


def store() -> Store | None:
    """What this store is for; None: it is not set up."""
    return Store.objects.first()


def demonstration() -> bool:
    """Whether this is a demonstration: fictional records alone, sign-ins shown. Never where it is not known, or where
    the store does not answer, so that a page can say just that."""
    try:
        found = _REMEMBERED[0] if _REMEMBERED else store()
    except DatabaseError:
        return False
    return found is not None and found.kind == DEMONSTRATION


def remember() -> None:
    """Ask no more in this process, since it never changes: for a server, each of whose pages says it."""
    found = store()
    _REMEMBERED[:] = [found] if found else []
