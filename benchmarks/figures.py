"""A figure of the benchmarks: what was measured, beside what, and what it has to reach; and the table of them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

Reached = Literal["aim", "yes", "no", "not compared", "not measured"]

_HEADINGS: Final = ("figure", "ours", "yardstick", "must", "aim", "reached")


@dataclass(frozen=True, slots=True)
class Figure:
    """One line of the table.

    benchmark: which of them it belongs to. ours, yardstick: as measured; None when that was not. must, aim: bounds in
    the same unit; None when there is none. less: whether less is better. places: decimals shown. note: a sentence.
    """

    benchmark: str
    what: str
    ours: float | None
    yardstick: float | None = None
    must: float | None = None
    aim: float | None = None
    unit: str = ""
    less: bool = False
    places: int = 4
    note: str = ""

    @property
    def reached(self) -> Reached:
        """What of its bounds it reaches. `not compared` when it has none, or its yardstick is missing."""
        if self.ours is None:
            return "not measured"
        if self.must is None and self.aim is None:
            return "not compared"
        if self.must is not None and not self._within(self.must):
            return "no"
        return "aim" if self.aim is not None and self._within(self.aim) else "yes"

    def _within(self, bound: float) -> bool:
        """Whether our value, as it is shown, keeps the bound."""
        assert self.ours is not None
        ours, bound = round(self.ours, self.places), round(bound, self.places)
        return ours <= bound if self.less else ours >= bound

    def plain(self) -> dict[str, Any]:
        """For machines."""
        names = ("benchmark", "what", "ours", "yardstick", "must", "aim", "unit", "less", "reached", "note")
        return {name: getattr(self, name) for name in names}

    def cells(self) -> tuple[str, ...]:
        """For the table."""
        unit = f" ({self.unit})" if self.unit else ""
        bound = "at most " if self.less else "at least "
        values = (self._shown(self.ours), self._shown(self.yardstick))
        bounds = tuple("" if one is None else f"{bound}{self._shown(one)}" for one in (self.must, self.aim))
        return f"{self.benchmark}: {self.what}{unit}", *values, *bounds, self.reached

    def _shown(self, value: float | None) -> str:
        return "" if value is None else f"{value:,.{self.places}f}"


def missed(figures: Iterable[Figure]) -> list[Figure]:
    """Those that miss what they must reach, or could not be measured."""
    return [figure for figure in figures if figure.reached in ("no", "not measured")]


def table(figures: Sequence[Figure]) -> str:
    """A table in Markdown, and below it the notes. Not empty: the headings at least."""
    rows = [_HEADINGS, *(figure.cells() for figure in figures)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = [_line(row, widths) for row in rows]
    lines.insert(1, _line(["-" * width for width in widths], widths))
    notes = dict.fromkeys(f"{figure.benchmark}: {figure.note}" for figure in figures if figure.note)
    return "\n".join([*lines, *(["", *notes] if notes else [])])


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return "| " + " | ".join(cell.ljust(width) for cell, width in zip(cells, widths, strict=True)) + " |"
