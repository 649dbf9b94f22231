"""While tests run: whatever a `services.py` writes comes with an event in the same transaction, or the test fails."""

import re
import sys
from collections.abc import Callable
from functools import cache
from typing import Any, Final

from django.apps import apps
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.transaction import Atomic

from concerted.web.classified import classified

_WRITE: Final = re.compile(r'\s*(?:insert into|update|delete from)\s+"?(\w+)', re.IGNORECASE)
_EVENT: Final = re.compile(r'insert into "?audit_link', re.IGNORECASE)
_SERVICES: Final = re.compile(r"concerted/\w+/services(?:\.py|/\w+\.py)$")
TEACH: Final = (
    "What changes something says so in the same transaction: within `transaction.atomic()`, call"
    " `concerted.audit.services.record(acting, Act.X, subjects)` as the last thing."
)


class UnrecordedError(AssertionError):
    """A service wrote without an event."""


class Watch:
    """What services wrote in each transaction that is open, and whether an event came with it."""

    def __init__(self) -> None:
        self.wrote: dict[int, set[str]] = {}
        self.recorded: set[int] = set()

    def __call__(self, execute: Callable[..., Any], sql: str, params: Any, many: bool, context: dict[str, Any]) -> Any:
        """Around each statement."""
        done = execute(sql, params, many, context)
        block = _outermost(context["connection"])
        if _EVENT.search(sql):
            self.recorded.add(id(block))
        elif (table := _WRITE.match(sql)) and table[1] in audited() and context["cursor"].rowcount and _in_service():
            if block is None:
                raise UnrecordedError(f"a service wrote {table[1]} in no transaction. {TEACH}")
            self.wrote.setdefault(id(block), set()).add(table[1])
        return done

    def ended(self, block: Atomic, failed: bool) -> None:
        """A transaction has ended. failed: it was undone."""
        wrote, recorded = self.wrote.pop(id(block), set()), id(block) in self.recorded
        self.recorded.discard(id(block))
        if wrote and not recorded and not failed:
            raise UnrecordedError(f"a service wrote {', '.join(sorted(wrote))} without an event. {TEACH}")


def watch_services() -> None:
    """From now on, in this process."""
    watch, leave = Watch(), Atomic.__exit__

    def connected(connection: BaseDatabaseWrapper, **_: object) -> None:
        if watch not in connection.execute_wrappers:
            connection.execute_wrappers.insert(0, watch)

    def left(block: Atomic, kind: Any, raised: Any, trace: Any) -> None:
        leave(block, kind, raised, trace)
        if block not in connection.atomic_blocks:
            watch.ended(block, kind is not None)

    connection_created.connect(connected, weak=False)
    connected(connection)
    Atomic.__exit__ = left  # type: ignore[method-assign]


@cache
def audited() -> frozenset[str]:
    """The tables of which a write leaves an event."""
    said = classified()
    models = {f"{model._meta.app_label}.{model.__name__}": model._meta.db_table for model in apps.get_models()}
    return frozenset(table for name, table in models.items() if name in said and "writes" in said[name].audit)


def _outermost(of: BaseDatabaseWrapper) -> Atomic | None:
    """The transaction that counts; what the test itself wraps around does not."""
    return next((block for block in of.atomic_blocks if not getattr(block, "_from_testcase", False)), None)


def _in_service() -> bool:
    frame = sys._getframe(2)
    while frame := frame.f_back:  # type: ignore[assignment]
        if _SERVICES.search(frame.f_code.co_filename):
            return True
    return False
