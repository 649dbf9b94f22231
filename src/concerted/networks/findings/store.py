"""What a store keeps for networks: what was found the last time, and what people made of it."""

from collections.abc import Sequence
from typing import Protocol

from concerted.linkage import store as linkage
from concerted.networks.findings.changes import Told
from concerted.networks.findings.marks import Mark


class FindingStore(Protocol):
    """Findings as they last were, and marks."""

    def findings(self) -> Sequence[Told]:
        """What was found the last time, first to check first, and what went with it."""

    def keep_findings(self, told: Sequence[Told]) -> None:
        """Keep this in place of what was found before."""

    def marks(self) -> Sequence[Mark]:
        """Every mark, in the order in which they were made."""

    def mark(self, made: Mark) -> None:
        """Add one. None is ever changed."""


class Store(linkage.Store, FindingStore, Protocol):
    """All of it."""
