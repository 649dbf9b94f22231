"""Where the marks of a chart stand; the templates draw them.

Across, everything is in per cent of the chart's width, so that a chart fits any page while its text keeps its size;
down, it is in pixels from the top.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Literal

from concerted.desk.report.data import Band, Bin, EntitySize, Scores, Thresholds
from concerted.desk.report.words import bits, whole

Anchor = Literal["start", "middle", "end"]

BANDS: Final[tuple[Band, ...]] = ("apart", "review", "joined")
PLOT_TOP: Final = 60  # room above the plot for the words on the thresholds
PLOT_HEIGHT: Final = 220
ROW_HEIGHT: Final = 46  # of a bar that lies, with its words above it
_GAP: Final = 0.12  # of a bin's width, between bars
_LEAST: Final = 2.0  # pixels, so that a bar for one pair is seen; per cent, for a bar that lies
_LOG_FROM: Final = 50  # when the tallest bar is so many times the lowest, a plain scale would hide the lowest


@dataclass(frozen=True, slots=True)
class Bar:
    """x, width: per cent. y, height: pixels."""

    band: Band
    x: float
    width: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """at: per cent across for an upright line, pixels down for a level one."""

    at: float
    label: str
    anchor: Anchor = "middle"


@dataclass(frozen=True, slots=True)
class ScoreChart:
    """Upright bars of counted pairs by weight. margin: characters of the longest label on the left."""

    bars: tuple[Bar, ...]
    across: tuple[Tick, ...]
    up: tuple[Tick, ...]
    thresholds: tuple[Tick, ...]
    logarithmic: bool
    margin: int


@dataclass(frozen=True, slots=True)
class SizeBar:
    """A bar that lies. width: per cent. y: pixels down to the top of its row."""

    size: EntitySize
    width: float
    y: int


@dataclass(frozen=True, slots=True)
class _Scale:
    """Counts to pixels down from the top of the drawing."""

    most: int
    logarithmic: bool

    def height(self, count: int) -> float:
        if count == 0:
            return 0.0
        share = _magnitude(count) / _magnitude(self.most) if self.logarithmic else count / self.most
        return max(_LEAST, round(share * PLOT_HEIGHT, 1))

    def ticks(self) -> tuple[Tick, ...]:
        counts = _powers(self.most) if self.logarithmic else _round_steps(self.most)
        heights = [(count, self.height(count)) for count in counts]
        return tuple(Tick(round(PLOT_TOP + PLOT_HEIGHT - height, 1), whole(count), "end") for count, height in heights)


def _magnitude(count: int) -> float:
    """One pair is a tenth of a decade's height above none: the logarithmic scale begins at a half."""
    return math.log10(count) + math.log10(2)


def _powers(most: int) -> list[int]:
    return [10**power for power in range(len(str(most)))]


def _step(span: float, marks: int) -> float:
    """The least of 1, 2, 5, 10, 20, 50 … (and no less than 1) that needs at most so many marks."""
    power = 10.0 ** math.floor(math.log10(max(span / marks, 1)))
    return next(power * digit for digit in (1, 2, 5, 10) if span / (power * digit) <= marks)


def _round_steps(most: int) -> list[int]:
    step = int(_step(most, 5))
    return list(range(0, most + 1, step))


def _counts(one: Bin) -> dict[Band, int]:
    counts: dict[Band, int] = {"apart": one.apart, "review": one.review, "joined": one.joined}
    return {band: count for band, count in counts.items() if count}


def _bars(one: Bin, low: float, span: float, scale: _Scale) -> list[Bar]:
    """A bin's bars: what became of its pairs side by side, for lengths on a logarithmic scale cannot be stacked."""
    counts = _counts(one)
    full = (one.high - one.low) / span * 100
    width = full * (1 - _GAP) / max(1, len(counts))
    left = (one.low - low) / span * 100 + full * _GAP / 2
    bars = []
    for at, (band, count) in enumerate(counts.items()):
        height = scale.height(count)
        bars.append(Bar(band, round(left + at * width, 3), round(width, 3), PLOT_TOP + PLOT_HEIGHT - height, height))
    return bars


def _weights(low: float, high: float) -> tuple[Tick, ...]:
    step = _step(high - low, 6)
    first = math.ceil(low / step)
    places = [number * step for number in range(first, math.floor(high / step) + 1)]
    return tuple(Tick(_across(weight, low, high), bits(weight).removesuffix(".0")) for weight in places)


def _across(weight: float, low: float, high: float) -> float:
    return round(min(100.0, max(0.0, (weight - low) / (high - low) * 100)), 3)


def _threshold(words: str, weight: float, low: float, high: float) -> Tick:
    """A line with words that have room beside it, or above it, on the narrowest of pages."""
    at = _across(weight, low, high)
    anchor: Anchor = "start" if at < 30 else "middle" if at < 70 else "end"
    return Tick(at, f"{words} {bits(weight)}", anchor)


def _lines(thresholds: Thresholds, low: float, high: float) -> tuple[Tick, ...]:
    return (
        _threshold("Keep from", thresholds.keep, low, high),
        _threshold("Join from", thresholds.join, low, high),
    )


def score_chart(scores: Scores) -> ScoreChart | None:
    """The chart of link weights, or None when no pair was compared."""
    counts = [count for one in scores.bins for count in _counts(one).values()]
    if not counts:
        return None
    low, high = scores.bins[0].low, scores.bins[-1].high
    scale = _Scale(max(counts), logarithmic=max(counts) >= _LOG_FROM * min(counts))
    ticks = scale.ticks()
    return ScoreChart(
        bars=tuple(bar for one in scores.bins for bar in _bars(one, low, high - low, scale)),
        across=_weights(low, high),
        up=ticks,
        thresholds=_lines(scores.thresholds, low, high),
        logarithmic=scale.logarithmic,
        margin=max(len(tick.label) for tick in ticks),
    )


def size_chart(sizes: Sequence[EntitySize]) -> tuple[SizeBar, ...]:
    """A bar for each size, the longest as wide as the chart."""
    most = max((size.entities for size in sizes), default=0)
    return tuple(
        SizeBar(size, max(_LEAST / 4, round(size.entities / most * 100, 2)) if size.entities else 0.0, at * ROW_HEIGHT)
        for at, size in enumerate(sizes)
    )


def balance(weight: float, most: float) -> tuple[float, float]:
    """Where a bar for one weight begins and how wide it is, in per cent; the middle is nought, `most` a whole half."""
    length = round(min(1.0, abs(weight) / most) * 50, 2) if most else 0.0
    return (50.0, length) if weight >= 0 else (50.0 - length, length)
