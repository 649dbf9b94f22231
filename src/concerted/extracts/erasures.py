"""Erased records kept away: a row, or a part of one, whose key was erased is gone before anything looks at it."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Final

from concerted.extracts.before import Before, Flags, kept
from concerted.extracts.keys import keys_of, part_id
from concerted.extracts.mapping import Mapping
from concerted.extracts.readers import Chunk, Unsplit

_WORDS: Final = re.compile(r"[,;|\t\"\r\n]+")  # what stands between the cells of a row that could not be split


class Erasures:
    """What was erased, laid on one file."""

    def __init__(self, mapping: Mapping, before: Before) -> None:
        self._mapping, self._before = mapping, before
        self._own_columns = _own_columns(mapping)

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
        cells = [word.strip() for word in _WORDS.split(row.raw)]
        words = [part_id(word, part) for word in cells for part in (None, *self._own_columns)]
        sources = {self._mapping.constant_source} if self._mapping.constant_source else set(cells)
        return any(self._before.erased([source] * len(words), words) is not None for source in sources)


def _own_columns(mapping: Mapping) -> dict[str, list[int]]:
    """The columns, by place, that one part of a row alone is made from."""
    used = {
        subject.part: {mapping.columns.index(name) for reader in subject.fields for name in reader.spec.columns}
        for subject in mapping.subjects
        if subject.part is not None
    }
    shared = {place for place, count in Counter(at for places in used.values() for at in places).items() if count > 1}
    shared.add(mapping.record_id)
    return {part: sorted(places - shared) for part, places in used.items()}


def _emptied(chunk: Chunk, columns: Iterable[int], where: Flags) -> Chunk:
    """The chunk with these columns empty in these of its rows."""
    made = list(chunk.columns)
    for place in columns:
        made[place] = ["" if gone else cell for cell, gone in zip(made[place], where.tolist(), strict=True)]
    return Chunk(chunk.rows, made, chunk.unsplit, chunk.blank)
