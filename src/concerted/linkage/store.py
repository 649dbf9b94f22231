"""What a store keeps for linkage: who is with whom, the links with their reasons, what people decided, and the release
in force. With its part for extracts it is one store, in which one transaction goes across both."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, Self

from concerted.common.ids import RecordKey
from concerted.extracts.store import RecordStore
from concerted.linkage.decisions import Decision
from concerted.linkage.linked import Linked
from concerted.linkage.release import Release


@dataclass(frozen=True, slots=True)
class Link:
    """A joined pair, or one to review."""

    left: RecordKey
    right: RecordKey
    weight: float
    probability: float
    band: str
    reasons: str
    against: str
    change: str | None = None  # what an answer would change, of a pair to review


@dataclass(frozen=True, slots=True)
class Member:
    """A record in the picture. arrival: counted over the life of the store; never given twice. entity: the permanent
    id of the earliest record of its entity."""

    key: RecordKey
    arrival: int
    permanent_id: str
    entity: str


class LinkStore(Protocol):
    """The result of linking, and what outranks it."""

    def members(self) -> Sequence[Member]:
        """The records in the picture, by arrival."""

    def links(self) -> Sequence[Link]:
        """Joined pairs and pairs to review, the strongest first."""

    def link_between(self, left: RecordKey, right: RecordKey) -> Link | None:
        """The link between two records, whichever way round."""

    def decisions(self) -> Sequence[Decision]:
        """Every decision, numbered in the order in which they came; `decisions.current` says which counts."""

    def decide(self, made: Decision) -> None:
        """Add one, under the next number. None is ever changed."""

    def release(self) -> tuple[Release, str] | None:
        """The release in force, and why it was chosen; None before anything was linked."""

    def keep(self, linked: Linked) -> None:
        """Keep a result in place of the one before. Records that were there keep their arrivals and permanent ids."""


class Store(RecordStore, LinkStore, Protocol):
    """All of it. What is read of an open store is one whole state."""

    def changing(self) -> AbstractContextManager[Self]:
        """One transaction across the parts: gives the store to write in. What it wrote is there for whoever opens the
        store after the block ended well, else nothing is. Raises UsedWronglyError while another is writing."""
