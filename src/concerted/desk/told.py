"""How a delivery is to be taken, and what it brought."""

from dataclasses import dataclass, field

from concerted.desk.limits import Limit
from concerted.desk.moved import Moves
from concerted.extracts.fields import Kind


@dataclass(slots=True)
class Told:
    """What a feed's delivery brought. new, changed: records. unchanged: rows. missing: records put on the withdrawal
    list. moved: by kind, which fields were filled, emptied or changed. profile: the version before, when the profile
    has changed."""

    feed: str
    numbers: list[int]
    new: int = 0
    changed: int = 0
    unchanged: int = 0
    missing: int = 0
    moved: dict[Kind, Moves] = field(default_factory=dict)
    profile_before: int | None = None


@dataclass(frozen=True, slots=True)
class Arrival:
    """How a delivery is to be taken. missing: how many missing records a person expects. again: an older file is
    meant. emptied: fields that it empties are meant to be. limit: how many rows may go to quarantine."""

    missing: int | None = None
    again: bool = False
    emptied: bool = False
    limit: Limit | None = None
    truth: bool = False
