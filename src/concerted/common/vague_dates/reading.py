"""Reads a date in the words people use into a `VagueDate`, or says why not.

Understood: `2009-03-14`, `2009-03`, `2009`, `20090314`; `14/03/2009` where only one reading exists; `14 March 2009`,
`Mar 09`; `summer 2012`, `winter 2010/11`; `early 2009`, `mid March 2009`, `late 90s`, `the 1990s`; before, after,
since, until; `between 2004 and 2006`, `2004 to 2006` (both ends included); about and circa, by the margins of
`periods.about`; `about 14` and `aged 14`, ages that give an interval of birth dates; and the canonical text.
"""

import re
from datetime import date, timedelta

from concerted.common.errors import UsedWronglyError
from concerted.common.vague_dates import periods
from concerted.common.vague_dates.interval import VagueDate
from concerted.common.vague_dates.numeric import one_reading
from concerted.common.vague_dates.periods import Period

_LONGEST = 60  # characters; nothing longer is a date, and hostile text stays cheap
_OLDEST = 120  # years
_ABOUT_AGE_MARGIN = 1  # years on each side of "about 14"

_MONTH = f"({'|'.join(f'{name[:3]}(?:{name[3:]})?' for name in periods.MONTHS)}|sept)[.]?"
_YEAR = r"([0-9]{4}|'?[0-9]{2})"
_END = r"(\.\.|[0-9]{4}(?:-[0-9]{2}(?:-[0-9]{2})?)?)"
_ABOUT = r"(about|circa|approx(?:imately)?\.?|around|roughly|ca?\.? ?(?=[0-9'])|~)"

_DAY_MONTH_YEAR = re.compile(rf"([0-9]{{1,2}})[ -]?(?:of )?{_MONTH}[ -]?{_YEAR}")
_MONTH_DAY_YEAR = re.compile(rf"{_MONTH} ?([0-9]{{1,2}}) ([0-9]{{4}})")
_MONTH_YEAR = re.compile(rf"{_MONTH}[ -]?(?:of )?{_YEAR}")
_DAY_MONTH = re.compile(rf"[0-9]{{1,2}} ?(?:of )?{_MONTH}|{_MONTH}")
_SEASON = re.compile(rf"(spring|summer|autumn|fall|winter) (?:of )?{_YEAR}(?:[/-]([0-9]{{4}}|[0-9]{{2}}))?")
_THIRD = re.compile(r"(early|mid|late|(?:beginning|start|middle|end) of)[ -](?:in )?(.+)")
_DECADE = re.compile(r"([0-9]{3})0'?s|'?([0-9])0'?s")
_SHORT_YEAR = re.compile(r"'[0-9]{2}")
_BOUND = re.compile(r"(before|prior to|after|since|from|on or after|until|till|up to|by|on or before) (.+)")
_BETWEEN = re.compile(
    r"between (.+?) and (.+)|(?:from )?(?!up |prior )(.+?) (?:to|until|till|-) (.+)|([0-9]{4}) ?- ?([0-9]{4})"
)
_INTERVAL = re.compile(rf"{_END}/{_END}")
_ABOUT_THAT = re.compile(rf"{_ABOUT} ?(.+)")
_AGE = re.compile(rf"(?:(aged?) )?(?:{_ABOUT} ?)?(?:(aged?) )?([0-9]{{1,3}})( ?(?:years?|yrs?)(?: old)?| ?y/?o)?")

_THIRD_WORDS = {"beginning of": "early", "start of": "early", "middle of": "mid", "end of": "late"}
_MENDED = "write the day as 2009-03-14, or say it in words: March 2009, before 2010, summer 2012"


class NotADateError(UsedWronglyError):
    """The text is not a date that can be read. `what` says why, `mend` how to write it."""


def read(text: str, *, as_of: date | None = None) -> VagueDate:
    """What `text` says. `as_of`: the day on which it was said, which ages and two-digit years are reckoned from.

    Raises NotADateError for anything else, for numeric dates with two readings, and for an age or a two-digit year
    without `as_of`.
    """
    plain = _plain(text)
    if not plain or len(plain) > _LONGEST:
        raise NotADateError("not a date: it is empty" if not plain else "not a date: it is too long", mend=_MENDED)
    reading = _Reading(as_of)
    try:
        earliest, latest = reading.span(plain)
        return VagueDate(earliest, latest, text.strip(), reading.century_assumed)
    except UsedWronglyError as backwards:
        raise NotADateError(f"not a date: {backwards.what}", mend=_MENDED) from None
    except OverflowError:
        raise NotADateError("not a date: it is outside the calendar", mend=_MENDED) from None
    except ValueError as wrong:
        raise NotADateError(f"not a date: {wrong}", mend=_MENDED) from None


def full_year(two_digits: int, as_of: date) -> int:
    """The latest year with these last digits that is not after `as_of`: what we read about lies in the past."""
    year = as_of.year - as_of.year % 100 + two_digits
    return year if year <= as_of.year else year - 100


def _plain(text: str) -> str:
    plain = text[: 4 * _LONGEST].lower().replace("’", "'").replace("–", "-").replace("—", "-").replace(",", " ")
    plain = re.sub(r"\b([0-9]{1,2})(?:st|nd|rd|th)\b", r"\1", plain)
    plain = re.sub(r"\bthe |(?<![./])\.$", "", " ".join(plain.split()))
    return re.sub(r"^(?:in|on(?! or)|during) ", "", plain)


class _Reading:
    """One reading of one text; remembers whether a century was assumed."""

    def __init__(self, as_of: date | None) -> None:
        self._as_of = as_of
        self.century_assumed = False

    def span(self, text: str) -> tuple[date | None, date | None]:
        """Bounds and ranges, then whatever is a period by itself."""
        if found := _INTERVAL.fullmatch(text):
            begins, ends = (None if end == ".." else self._period(end) for end in found.groups())
            return begins and begins.earliest, ends and ends.latest
        if found := _BETWEEN.fullmatch(text):
            first, last = (part for part in found.groups() if part)
            return self.span(first)[0], self.span(last)[1]
        if found := _BOUND.fullmatch(text):
            return self._bound(*found.groups())
        period = self._age(text) or self._about(text)
        return period.earliest, period.latest

    def _bound(self, word: str, rest: str) -> tuple[date | None, date | None]:
        earliest, latest = self.span(rest)
        if earliest is None or latest is None:
            raise ValueError(f"{word} something that is itself open")
        if word in {"before", "prior to"}:
            return None, earliest - timedelta(days=1)
        if word == "after":
            return latest + timedelta(days=1), None
        return (earliest, None) if word in {"since", "from", "on or after"} else (None, latest)

    def _age(self, text: str) -> Period | None:
        found = _AGE.fullmatch(text)
        if not found:
            return None
        aged, about, aged_after, digits, years = found.groups()
        age = int(digits)
        if not (aged or about or aged_after or years):
            raise ValueError(f"{digits} alone may be a day, a year or an age")
        if self._as_of is None:
            raise ValueError("an age says nothing without the day on which it was given")
        if age > _OLDEST:
            raise ValueError(f"nobody is {age} years old")
        margin = _ABOUT_AGE_MARGIN if about else 0
        return periods.born_when_aged(max(age - margin, 0), age + margin, self._as_of)

    def _about(self, text: str) -> Period:
        found = _ABOUT_THAT.fullmatch(text)
        return periods.about(self._period(found[2])) if found else self._period(text)

    def _period(self, text: str) -> Period:
        if found := _THIRD.fullmatch(text):
            return periods.third_of(self._period(found[2]), _THIRD_WORDS.get(found[1], found[1]))
        period = self._in_words(text) or self._decade(text) or one_reading(text, self._year)
        if period is None:
            no_year = _DAY_MONTH.fullmatch(text)
            raise ValueError("there is no year" if no_year else "it is in no form that is known here")
        return period

    def _in_words(self, text: str) -> Period | None:
        if found := _DAY_MONTH_YEAR.fullmatch(text):
            return periods.day(self._year(found[3]), _month(found[2]), int(found[1]))
        if found := _MONTH_DAY_YEAR.fullmatch(text):
            return periods.day(int(found[3]), _month(found[1]), int(found[2]))
        if found := _MONTH_YEAR.fullmatch(text):
            return periods.month_of(self._year(found[2]), _month(found[1]))
        if found := _SEASON.fullmatch(text):
            return self._season(*found.groups())
        return periods.year_of(self._year(text)) if _SHORT_YEAR.fullmatch(text) else None

    def _season(self, name: str, year: str, next_year: str | None) -> Period:
        first = self._year(year)
        if next_year and (name != "winter" or int(next_year) % 100 != (first + 1) % 100):
            raise ValueError(f"no {name} runs from {year} to {next_year}")
        return periods.season_of(name, first)

    def _decade(self, text: str) -> Period | None:
        found = _DECADE.fullmatch(text)
        if not found:
            return None
        long, short = found.groups()
        return periods.decade_of(int(long) * 10 if long else self._year(f"{short}0"))

    def _year(self, digits: str) -> int:
        digits = digits.lstrip("'")
        if len(digits) == 4:
            return int(digits)
        if self._as_of is None:
            raise ValueError(f"{digits} does not say which century")
        self.century_assumed = True
        return full_year(int(digits), self._as_of)


def _month(name: str) -> int:
    return next(number for number, full in enumerate(periods.MONTHS, 1) if full.startswith(name[:3]))
