"""Erased records kept away: a row, or a part of one, whose key was erased is gone before anything looks at it."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from concerted.extracts.before import Before, Flags, kept
from concerted.extracts.keys import keys_of, part_id
from concerted.extracts.mapping import Mapping
from concerted.extracts.profile import Profile
from concerted.extracts.readers import Chunk, Unsplit

_WORDS: Final = re.compile(r"[,;|\t\"\r\n]+")  # what stands between the cells of a row that could not be split


class Erasures:
    """What was erased, laid on one file."""

    def __init__(self, mapping: Mapping, before: Before) -> None:
        self._mapping, self._before = mapping, before
        self._own_columns = {
            part: sorted(map(mapping.columns.index, names)) for part, names in own_columns(mapping.profile).items()
        }

    def apply(self, chunk: Chunk) -> tuple[Chunk, int]:
        """The chunk without rows whose key was erased, and without what the others say of a part that was. Gives how
        many rows are gone."""
        unsplit = [one for one in chunk.unsplit if not self._is_erased(one)]
        gone = len(chunk.unsplit) - len(unsplit)
        chunk = Chunk(chunk.rows, chunk.columns, unsplit, chunk.blank)
        keys = keys_of(chunk, self._mapping)
        ended = self._before.erased(keys.sources, keys.ids)
        if ended is not None:
            chunk, gone = kept(chunk, ~ended), gone + int(ended.sum())
            keys = keys_of(chunk, self._mapping)
        for part, columns in self._own_columns.items():
            ended = self._before.erased(keys.sources, [part_id(one, part) for one in keys.ids])
            if ended is not None:
                chunk = _emptied(chunk, columns, ended)
        return chunk, gone

    def _is_erased(self, row: Unsplit) -> bool:
        """Whether a row that could not be split holds the id of an erased record, or of a row with an erased part, as
        it cannot be told whose its other cells are."""
        cells = words_of(row.raw)
        words = [part_id(word, part) for word in cells for part in (None, *self._own_columns)]
        sources = {self._mapping.constant_source} if self._mapping.constant_source else set(cells)
        return any(self._before.erased([source] * len(words), words) is not None for source in sources)


def words_of(raw: str) -> list[str]:
    """The cells that a row which could not be split may have, whatever stands between them."""
    return [word.strip() for word in _WORDS.split(raw)]


def own_columns(profile: Profile) -> dict[str, frozenset[str]]:
    """The columns that one part of a row alone is made from, by part. That of the id or the source is no part's own."""
    used = {
        part: {name for _, spec in fields.all_specs() for name in spec.columns}
        for part, fields in profile.subjects.items()
        if part is not None
    }
    shared = {name for name, count in Counter(name for names in used.values() for name in names).items() if count > 1}
    shared |= {profile.record_id, profile.source.column or profile.record_id}
    return {part: frozenset(names - shared) for part, names in used.items()}


def _emptied(chunk: Chunk, columns: Iterable[int], where: Flags) -> Chunk:
    """The chunk with these columns empty in these of its rows."""
    made = list(chunk.columns)
    for place in columns:
        made[place] = ["" if gone else cell for cell, gone in zip(made[place], where.tolist(), strict=True)]
    return Chunk(chunk.rows, made, chunk.unsplit, chunk.blank)
