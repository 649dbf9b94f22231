"""Which date formats a column is written in, decided by all of its values and not by the first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

ENOUGH_SHARE: Final = 0.8  # of the values that one shape must hold for a column to be one of dates
KEPT_SHARE: Final = 0.02  # of the values that a second format must read before it is worth naming

# Each shape with the formats it may be, the British reading first. A digit run of six is no date: too many things are.
_SHAPES: Final = (
    (r"\d{4}-\d{1,2}-\d{1,2}", ("%Y-%m-%d", "%Y-%d-%m")),
    (r"\d{4}/\d{1,2}/\d{1,2}", ("%Y/%m/%d", "%Y/%d/%m")),
    (r"\d{4}\.\d{1,2}\.\d{1,2}", ("%Y.%m.%d", "%Y.%d.%m")),
    (r"\d{1,2}/\d{1,2}/\d{4}", ("%d/%m/%Y", "%m/%d/%Y")),
    (r"\d{1,2}-\d{1,2}-\d{4}", ("%d-%m-%Y", "%m-%d-%Y")),
    (r"\d{1,2}\.\d{1,2}\.\d{4}", ("%d.%m.%Y", "%m.%d.%Y")),
    (r"\d{1,2}/\d{1,2}/\d{2}", ("%d/%m/%y", "%m/%d/%y")),
    (r"\d{1,2}-\d{1,2}-\d{2}", ("%d-%m-%y", "%m-%d-%y")),
    (r"\d{1,2}\.\d{1,2}\.\d{2}", ("%d.%m.%y", "%m.%d.%y")),
    (r"\d{8}", ("%Y%m%d", "%d%m%Y", "%m%d%Y")),
    (r"\d{1,2} [A-Za-z]{3} \d{4}", ("%d %b %Y",)),
    (r"\d{1,2}-[A-Za-z]{3}-\d{4}", ("%d-%b-%Y",)),
    (r"\d{1,2}-[A-Za-z]{3}-\d{2}", ("%d-%b-%y",)),
    (r"\d{1,2} [A-Za-z]{4,9} \d{4}", ("%d %B %Y",)),
    (r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}", ("%Y-%m-%d %H:%M:%S",)),
    (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}", ("%Y-%m-%dT%H:%M:%S",)),
    (r"\d{1,2}/\d{1,2}/\d{4} \d{2}:\d{2}", ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")),
    (r"\d{1,2}/\d{1,2}/\d{4} \d{2}:\d{2}:\d{2}", ("%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S")),
)


@dataclass(frozen=True, slots=True)
class DateFormats:
    """formats: the most usual first. unsure: a second reading that fits every value as well, to be asked about."""

    formats: tuple[str, ...]
    unsure: str | None = None


def date_formats(counts: Mapping[str, int]) -> DateFormats | None:
    """The formats of a column, given how often each value occurs; None when it is not one of dates."""
    total = sum(counts.values())
    by_shape: dict[str, dict[str, int]] = {}
    for value, count in counts.items():
        shape = _shape_of(value)
        if shape:
            by_shape.setdefault(shape, {})[value] = count
    sizes = {shape: sum(values.values()) for shape, values in by_shape.items()}
    kept = [shape for shape in sorted(sizes, key=lambda shape: -sizes[shape]) if sizes[shape] >= KEPT_SHARE * total]
    tried = [_best(by_shape[shape], shape) for shape in kept]
    read = [(best, rival) for best, rival, share in tried if share >= ENOUGH_SHARE]
    if not read or sum(sizes[shape] for shape in kept) < ENOUGH_SHARE * total:
        return None
    return DateFormats(tuple(best for best, _ in read), next((rival for _, rival in read if rival), None))


def _best(values: Mapping[str, int], shape: str) -> tuple[str, str | None, float]:
    """The format that reads most of the values, one that reads as many, and the share it reads."""
    fits = {given: _fits(values.items(), given) for given in dict(_SHAPES)[shape]}
    best = max(fits, key=lambda given: fits[given])
    rival = next((given for given in fits if given != best and fits[given] == fits[best]), None)
    return best, rival, fits[best] / sum(values.values())


def _fits(values: Iterable[tuple[str, int]], given: str) -> int:
    return sum(count for value, count in values if reads(value, given))


@cache
def _shapes() -> tuple[tuple[re.Pattern[str], str], ...]:
    return tuple((re.compile(shape), shape) for shape, _ in _SHAPES)


def _shape_of(value: str) -> str | None:
    return next((name for shape, name in _shapes() if len(value) < 30 and shape.fullmatch(value)), None)


def reads(value: str, given: str) -> bool:
    """Whether the format reads the value as a day between the years 1000 and 2100."""
    try:
        day = datetime.strptime(value, given)  # noqa: DTZ007 - a day has no time zone
    except ValueError:
        return False
    return 1000 <= day.year < 2100
