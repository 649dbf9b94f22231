"""What a backup says of itself: which store, how far it was, each table with its rows and digest, the audit's heads."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

from concerted import __version__
from concerted.common.errors import FoundWrongError


class Table(NamedTuple):
    """rows: how many. digest: SHA-256 over all of them in the order of their key, in hexadecimal."""

    rows: int
    digest: str


@dataclass(frozen=True)
class Manifest:
    """vendor: Django's name of the store. made: the moment. instance: whose it is. migrations: the steps that the store
    took. heads: number and hash of each chain of the audit. key: that the copy of an embedded store is encrypted with,
    made for this backup alone."""

    vendor: str
    made: str
    instance: str
    migrations: list[tuple[str, str]]
    tables: dict[str, Table]
    heads: dict[str, tuple[int, str]]
    key: str = ""
    program: str = field(default=__version__)

    def to_dict(self) -> dict[str, Any]:
        """As JSON holds it."""
        return asdict(self)

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Manifest":
        """From that."""
        return cls(
            **{
                **said,
                "migrations": [(app, name) for app, name in said["migrations"]],
                "tables": {name: Table(*found) for name, found in said["tables"].items()},
                "heads": {name: (number, head) for name, (number, head) in said["heads"].items()},
            }
        )


def compare(manifest: Manifest, tables: Mapping[str, Table], heads: Mapping[str, tuple[int, str]]) -> None:
    """FoundWrongError where a table or a head of the audit is not what the manifest says."""
    wrong = [*_differ(manifest.tables, tables), *(f"the audit's chain {one}" for one in _differ(manifest.heads, heads))]
    if wrong:
        raise FoundWrongError(
            f"what came back is not what was backed up: {', '.join(wrong[:5])}",
            mend="use another backup; nothing of this one was kept",
        )


def _differ(said: Mapping[str, object], found: Mapping[str, object]) -> list[str]:
    return sorted(name for name in {*said, *found} if said.get(name) != found.get(name))
