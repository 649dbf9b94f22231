"""How a chain is named, and what an event's text is."""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act

INSTANCE: Final = "instance"


def organisation(of: UUID) -> str:
    """The name of an organisation's chain."""
    return f"organisation:{of}"


def compartment(of: UUID) -> str:
    """The name of a compartment's chain."""
    return f"compartment:{of}"


def of_acting(acting: Acting) -> str:
    """The chain that an act belongs to: of the organisation that acts, else the instance's own."""
    return organisation(acting.organisation) if acting.organisation else INSTANCE


def content(at: datetime, acting: Acting, act: Act, subjects: Sequence[Subject], details: Mapping[str, object]) -> str:
    """The text of an event, which is digested as it stands here and kept so."""
    said: dict[str, Any] = {
        "at": stamp(at),
        "person": str(acting.person) if acting.person else None,
        "organisation": str(acting.organisation) if acting.organisation else None,
        "role": acting.role,
        "purpose": acting.purpose,
        "where": acting.where,
        "system": acting.system,
        "act": act.value,
        "subjects": [[subject.kind, subject.id] for subject in subjects],
        "details": details,
    }
    return json.dumps(said, ensure_ascii=False, separators=(",", ":"), default=str)


def stamp(at: datetime) -> str:
    """A moment as it stands in texts and hashes: UTC, microseconds."""
    return at.isoformat(timespec="microseconds")
