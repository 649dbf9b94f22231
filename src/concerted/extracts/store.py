"""What a store keeps for extracts: deliveries and the records that they brought. The file store is one; an
application's tables are to be another, and `tests/store` says what both must do."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol

from concerted.common.ids import RecordKey
from concerted.extracts.taken import Taken

Record = Mapping[str, str | None]
"""The standard fields of a record, with `source` and `record_id`."""


class Delivered(Protocol):
    """One extract as it was taken. sha256: of its file. profile_id, profile_version: what it was read by."""

    @property
    def number(self) -> int:
        """Counted from 1, in the order in which they came."""

    @property
    def file(self) -> str:
        """What its file is called."""

    @property
    def sha256(self) -> str:
        """The hash of its file."""

    @property
    def profile_id(self) -> str:
        """The profile that it was read by."""

    @property
    def profile_version(self) -> int:
        """The version of the profile."""


class RecordStore(Protocol):
    """Deliveries, and the records of people that count: of each key what was told last, in the place of its first."""

    def deliveries(self) -> Sequence[Delivered]:
        """Every delivery, in the order in which they came."""

    def records(self) -> Iterable[Record]:
        """The records that count, in the order in which they came."""

    def deliver(self, taken: Taken, profile_text: str, feed: str) -> int:
        """Keep what was taken of a file; its records supersede those of the same keys. Gives the delivery's number."""

    def let_go(self, key: RecordKey, who: str, why: str) -> None:
        """The record counts no more, until it is delivered again. Raises UsedWronglyError where nobody or no
        reason is named."""
