"""stub"""
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True)
class Acting:
    person: UUID | None
    organisation: UUID | None
    role: str
    purpose: str
    where: str
    system: str = ""


@dataclass(frozen=True)
class Subject:
    kind: str
    id: str
