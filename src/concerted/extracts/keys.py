"""How the rows of a chunk are known: by number, source and record id."""

from collections.abc import Sequence
from dataclasses import dataclass

from concerted.extracts.mapping import Mapping
from concerted.extracts.readers import Chunk


@dataclass(frozen=True, slots=True)
class Keys:
    """The rows of a chunk, each list in their order. A source or id that is not there is empty text."""

    rows: Sequence[int]
    sources: list[str]
    ids: list[str]


def keys_of(chunk: Chunk, mapping: Mapping) -> Keys:
    """Sources and record ids are trimmed and else kept as they are."""
    constant = mapping.constant_source or ""
    sources = [constant] * len(chunk.rows) if mapping.source is None else _trimmed(chunk, mapping.source)
    return Keys(chunk.rows, sources, _trimmed(chunk, mapping.record_id))


def part_id(record_id: str, part: str | None) -> str:
    """The record id of one of the people of a row."""
    return record_id if part is None else f"{record_id}/{part}"


def _trimmed(chunk: Chunk, place: int) -> list[str]:
    return [(text or "").strip() for text in chunk.columns[place]]
