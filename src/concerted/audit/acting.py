"""Who acts, and on what: what every change and every event is told."""

from dataclasses import dataclass
from typing import Final
from uuid import UUID

SYSTEMS: Final = {
    "set-up": "setting the store up",
    "command": "a command on the store",
    "sign-in": "signing in",
    "worker": "a job without a person",
    "outbox": "handing mail over",
    "retention": "ending what was kept long enough",
    "audit": "the audit's own keeping",
    "backup": "backing up and restoring",
    "demonstration": "filling a store for demonstration",
}
"""Who may act without a person: a closed list, in words."""


@dataclass(frozen=True, slots=True)
class Acting:
    """Who acts. person: who is signed in. organisation, role: the one pair that is active. purpose: a key of the closed
    list (`concerted.reference.purposes`), or empty where none was asked. where: the address or the terminal. system: of
    `SYSTEMS`, where no person acts."""

    person: UUID | None
    organisation: UUID | None
    role: str
    purpose: str
    where: str
    system: str = ""


@dataclass(frozen=True, slots=True)
class Subject:
    """Somebody or something that an event is about. kind: "person", "record", "organisation"... id: as its owner has
    it; neither holds a line break."""

    kind: str
    id: str
