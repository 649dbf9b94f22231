"""Which date formats a column is written in, decided by all of its values and not by the first."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Final

ENOUGH_SHARE: Final = 0.8  # of the values that one shape must hold for a column to be one of dates
KEPT_SHARE: Final = 0.02  # of the values that a second format must read before it is worth naming

WHOLE_SHARE: Final = 0.2  # of the values that must be whole days, where others are a month or a year alone

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
    (r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}", ("%Y-%m-%d %H:%M",)),
    (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}", ("%Y-%m-%dT%H:%M",)),
    (r"\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}\.\d{1,6}", ("%Y-%m-%d %H:%M:%S.%f",)),
    (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{1,6}", ("%Y-%m-%dT%H:%M:%S.%f",)),
    (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(Z|[+-]\d{2}:?\d{2})", ("%Y-%m-%dT%H:%M:%S%z",)),
    (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{1,6}(Z|[+-]\d{2}:?\d{2})", ("%Y-%m-%dT%H:%M:%S.%f%z",)),
    (r"\d{1,2}/\d{1,2}/\d{4} \d{2}:\d{2}", ("%d/%m/%Y %H:%M", "%m/%d/%Y %H:%M")),
    (r"\d{1,2}/\d{1,2}/\d{4} \d{2}:\d{2}:\d{2}", ("%d/%m/%Y %H:%M:%S", "%m/%d/%Y %H:%M:%S")),
    (r"\d{1,2}/\d{1,2}/\d{4} \d{1,2}:\d{2} [AaPp][Mm]", ("%d/%m/%Y %I:%M %p", "%m/%d/%Y %I:%M %p")),
)
# A month or a year alone, which a column of days may hold where no more is known.
_LESS_THAN_A_DAY: Final = (
    (re.compile(r"\d{4}-\d{2}"), "%Y-%m"),
    (re.compile(r"\d{1,2}/\d{4}"), "%m/%Y"),
    (re.compile(r"[A-Za-z]{3} \d{4}"), "%b %Y"),
    (re.compile(r"[A-Za-z]{4,9} \d{4}"), "%B %Y"),
    (re.compile(r"(1[89]|20)\d{2}"), "%Y"),
)
_COUNT_OF_DAYS: Final = re.compile(r"([2-5]\d{4}|60000)(\.\d+)?")


@dataclass(frozen=True, slots=True)
class DateFormats:
    """formats: the most usual first. unsure: a second reading that fits every value as well, to be asked about."""

    formats: tuple[str, ...]
    unsure: str | None = None


def date_formats(counts: Mapping[str, int]) -> DateFormats | None:
    """The formats of a column, given how often each value occurs; None when it is not one of dates."""
    less = _less_than_a_day(counts)
    total = sum(counts.values()) - sum(sum(values.values()) for values in less.values())
    by_shape: dict[str, dict[str, int]] = {}
    for value, count in counts.items():
        shape = _shape_of(value)
        if shape:
            by_shape.setdefault(shape, {})[value] = count
    sizes = {shape: sum(values.values()) for shape, values in by_shape.items()}
    kept = [shape for shape in sorted(sizes, key=lambda shape: -sizes[shape]) if sizes[shape] >= KEPT_SHARE * total]
    tried = [_best(by_shape[shape], shape) for shape in kept]
    read = [(best, rival) for best, rival, share in tried if share >= ENOUGH_SHARE]
    days = sum(sizes[shape] for shape in kept)
    if not read or days < ENOUGH_SHARE * total or days < WHOLE_SHARE * sum(counts.values()):
        return None
    return DateFormats((*(best for best, _ in read), *less), next((rival for _, rival in read if rival), None))


def is_count_of_days(value: str) -> bool:
    """Whether the value may be a day as spreadsheets count them: 20000 to 60000, which are 1954 to 2064."""
    return bool(_COUNT_OF_DAYS.fullmatch(value))


def _less_than_a_day(counts: Mapping[str, int]) -> dict[str, dict[str, int]]:
    """The formats of those values that are a month or a year alone."""
    found: dict[str, dict[str, int]] = {}
    for value, count in counts.items():
        given = next(
            (given for shape, given in _LESS_THAN_A_DAY if shape.fullmatch(value) and reads(value, given)), None
        )
        if given:
            found.setdefault(given, {})[value] = count
    return {given: found[given] for _, given in _LESS_THAN_A_DAY if given in found}


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
