"""The rows of an extract as its sender is given them back: what was mended in its place, and two columns more."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Final

from concerted.desk import returned_words as words
from concerted.desk.mended_values import part_of, put_right
from concerted.desk.quarantine import Item
from concerted.extracts import Chunk, Profile

ADDED: Final = 2  # columns that stand after those of the file


@dataclass(frozen=True, slots=True)
class Row:
    """cells: those of the file, then what could not be read and what it was mended to. marked: places of cells that
    could not be read, with what is said of each. mended: those of them that hold what a person wrote."""

    cells: Sequence[str]
    marked: Mapping[int, str]
    mended: frozenset[int] = frozenset()


class Rows:
    """The rows of one file, with what was in quarantine of it. items: in the order of the rows."""

    def __init__(
        self, columns: Sequence[str], profile: Profile, items: Iterable[Item], *, first: int, only_faulty: bool
    ) -> None:
        self._width, self._next, self._only_faulty = len(columns), first, only_faulty
        self._places = {name: at for at, name in enumerate(columns)}
        self._profile = profile
        self._items = _Found(items)

    def of(self, chunks: Iterable[Chunk]) -> Iterator[Row]:
        """Every row of the chunks in its order, blank ones too."""
        for chunk in chunks:
            cells = dict(zip(chunk.rows, zip(*chunk.columns, strict=True), strict=True))
            for number in range(self._next, self._next + chunk.total):
                items = self._items.of(number)
                if items or not self._only_faulty:
                    yield self._row(number, [cell or "" for cell in cells.get(number, [""] * self._width)], items)
            self._next += chunk.total

    def _row(self, number: int, cells: list[str], items: Sequence[Item]) -> Row:
        if not items:
            return Row([*cells, "", ""], {})
        marked: dict[int, str] = {}
        mended: set[int] = set()
        apart: list[int] = []
        for item in items:
            places = self._places_of(item)
            marked |= {
                at: f"{marked[at]} {said}" if at in marked else said for at in places if (said := words.comment(item))
            }
            if words.stands_mended(item):
                written = self._put(cells, item, places)
                mended |= written
                marked |= {at: words.comment(item) for at in written if at not in marked}
                apart += [] if written else [item.id]
        faults = words.faults(items, f"Row {number:,}. " if self._only_faulty else "")
        marked.setdefault(self._width, faults)
        return Row([*cells, faults, words.mendings(items, apart)], marked, frozenset(mended))

    def _put(self, cells: list[str], item: Item, places: Sequence[int]) -> set[int]:
        """Put what a person wrote in its place, and give the places."""
        if item.kind == "value":
            if len(places) != 1:
                return set()
            [text] = (item.mended or {}).values()
            cells[places[0]] = put_right(cells[places[0]], item.raw, text)
            return set(places)
        written = {self._places[column]: text for column, text in (item.mended or {}).items() if column in self._places}
        for at, text in written.items():
            cells[at] = text
        return set(written)

    def _places_of(self, item: Item) -> list[int]:
        """The cells that an item is about: of a value made from several columns all of them, of a line none."""
        if item.kind == "row" or item.field is None:
            return [self._places[item.column]] if item.column in self._places else []
        specs = dict(self._profile.subjects[part_of(item.record_id or "", self._profile)].all_specs())
        columns = specs[item.field].columns if item.field in specs else ()
        return [self._places[column] for column in columns if column in self._places]


class _Found:
    """What was in quarantine, row by row, asked for in the order of the rows."""

    def __init__(self, items: Iterable[Item]) -> None:
        self._rows = ((number, list(found)) for number, found in groupby(items, lambda item: item.row or 0))
        self._at = next(self._rows, None)

    def of(self, number: int) -> list[Item]:
        """Of this row."""
        while self._at and self._at[0] < number:
            self._at = next(self._rows, None)
        return self._at[1] if self._at and self._at[0] == number else []
