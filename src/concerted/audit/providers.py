"""What the audit shows of applications above it: they register a provider, and it asks."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Protocol
from uuid import UUID

from concerted.audit.acting import Subject


class Reach(Protocol):
    """What an account could have opened between two moments, in words: rules of access know."""

    def __call__(self, organisation: UUID, person: UUID, since: datetime, until: datetime, /) -> Sequence[str]: ...


class Declared(Protocol):
    """Whom each person of an organisation declared that they know."""

    def __call__(self, organisation: UUID, /) -> Mapping[UUID, frozenset[Subject]]: ...


_reach: list[Reach] = []
_declared: list[Declared] = []


def register(*, reach: Reach | None = None, declared: Declared | None = None) -> None:
    """Ask these from now on, beside those that are asked already."""
    if reach:
        _reach.append(reach)
    if declared:
        _declared.append(declared)


def reach(organisation: UUID, person: UUID, since: datetime, until: datetime) -> tuple[str, ...] | None:
    """What an account could have opened; None where nobody is there who knows."""
    if not _reach:
        return None
    return tuple(words for one in _reach for words in one(organisation, person, since, until))


def declared(organisation: UUID) -> Mapping[UUID, frozenset[Subject]] | None:
    """Whom each declared that they know; None where nobody is there who asks them."""
    if not _declared:
        return None
    found: dict[UUID, frozenset[Subject]] = {}
    for one in _declared:
        for person, known in one(organisation).items():
            found[person] = found.get(person, frozenset()) | known
    return found
