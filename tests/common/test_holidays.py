"""The list of bank holidays, against the rules that made it: a slip of the pen in any line of it fails here."""

from collections.abc import Iterable
from datetime import date, timedelta
from importlib.resources import files

import pytest
import yaml

from concerted.common.errors import UsedWronglyError
from concerted.common.working_days import divisions
from concerted.common.working_days.holidays import holidays_of

MONDAY = 0
# Days by proclamation, written down a second time: not from the list.
CROWN = {
    date(2022, 6, 3): "Platinum Jubilee bank holiday",
    date(2022, 9, 19): "Bank holiday for the State Funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Bank holiday for the coronation of King Charles III",
}
WORLD_CUP = {date(2026, 6, 15): "World Cup bank holiday"}


def _easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar, by the anonymous computus (Nature, 20 April 1876)."""
    a, (b, c) = year % 19, divmod(year, 100)
    (d, e), g = divmod(b, 4), (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    (i, k), m = divmod(c, 4), (a + 11 * h) // 319
    r = (2 * e + 2 * i - k - h + m + 32) % 7
    month = (h - m + r + 90) // 25
    return date(year, month, (h - m + r + month + 19) % 32)


def _first_monday(year: int, month: int) -> date:
    return next(day for day in (date(year, month, n) for n in range(1, 8)) if day.weekday() == MONDAY)


def _last_monday(year: int, month: int) -> date:
    return next(day for day in (date(year, month, n) for n in range(31, 24, -1)) if day.weekday() == MONDAY)


def _substitute(day: date, taken: Iterable[date] = ()) -> date:
    """The day itself, or the next one from Monday to Friday that is no holiday already."""
    while day.weekday() > 4 or day in taken:
        day += timedelta(days=1)
    return day


def _named(name: str, day: date, kept: date) -> tuple[date, str]:
    return kept, name if day == kept else f"{name} (substitute day)"


def _christmas(year: int) -> dict[date, str]:
    """The one of the two that falls on a working day stays; the other goes past it."""
    christmas, boxing = date(year, 12, 25), date(year, 12, 26)
    if christmas.weekday() > 4 >= boxing.weekday():
        moved = _substitute(christmas, taken=[boxing])
        return dict([_named("Boxing Day", boxing, boxing), _named("Christmas Day", christmas, moved)])
    kept = _substitute(christmas)
    moved = _substitute(boxing, taken=[kept])
    return dict([_named("Christmas Day", christmas, kept), _named("Boxing Day", boxing, moved)])


def _everywhere(year: int) -> dict[date, str]:
    early_may = (date(2020, 5, 8), "Early May bank holiday (VE day)")
    new_year = date(year, 1, 1)
    return dict(
        [
            _named("New Year's Day", new_year, _substitute(new_year)),
            (_easter(year) - timedelta(days=2), "Good Friday"),
            early_may if year == 2020 else (_first_monday(year, 5), "Early May bank holiday"),
            (date(2022, 6, 2) if year == 2022 else _last_monday(year, 5), "Spring bank holiday"),
            *((day, name) for day, name in CROWN.items() if day.year == year),
            *_christmas(year).items(),
        ]
    )


def _not_in_scotland(year: int) -> dict[date, str]:
    return {
        _easter(year) + timedelta(days=1): "Easter Monday",
        _last_monday(year, 8): "Summer bank holiday",
    }


def _scotland_alone(year: int) -> dict[date, str]:
    second, andrew = date(year, 1, 2), date(year, 11, 30)
    return dict(
        [
            _named("2nd January", second, _substitute(second, taken=[_substitute(date(year, 1, 1))])),
            (_first_monday(year, 8), "Summer bank holiday"),
            _named("St Andrew's Day", andrew, _substitute(andrew)),
            *((day, name) for day, name in WORLD_CUP.items() if day.year == year),
        ]
    )


def _northern_ireland_alone(year: int) -> dict[date, str]:
    patrick, boyne = date(year, 3, 17), date(year, 7, 12)
    return dict(
        [
            _named("St Patrick's Day", patrick, _substitute(patrick)),
            _named("Battle of the Boyne (Orangemen's Day)", boyne, _substitute(boyne)),
        ]
    )


RULES = {
    "england-and-wales": (_everywhere, _not_in_scotland),
    "scotland": (_everywhere, _scotland_alone),
    "northern-ireland": (_everywhere, _not_in_scotland, _northern_ireland_alone),
}


@pytest.mark.parametrize(
    ("year", "day"), [(2019, date(2019, 4, 21)), (2024, date(2024, 3, 31)), (2025, date(2025, 4, 20))]
)
def test_easter_of_years_that_people_remember(year: int, day: date) -> None:
    assert _easter(year) == day


@pytest.mark.parametrize("division", RULES)
def test_the_list_is_what_the_rules_and_the_proclamations_make(division: str) -> None:
    listed = holidays_of(division)
    made: dict[date, str] = {}
    for year in range(listed.first.year, listed.last.year + 1):
        for rule in RULES[division]:
            made |= rule(year)
    assert dict(listed.names) == made
    assert list(listed.names) == sorted(listed.names)


@pytest.mark.parametrize("division", RULES)
def test_whole_years_are_covered_and_nothing_lies_outside(division: str) -> None:
    listed = holidays_of(division)
    assert (listed.first.month, listed.first.day, listed.last.month, listed.last.day) == (1, 1, 12, 31)
    assert listed.first <= date(2019, 1, 1)
    assert listed.last >= date(2028, 12, 31)
    assert all(listed.first <= day <= listed.last for day in listed.names)
    assert {day.year for day in listed.names} == set(range(listed.first.year, listed.last.year + 1))
    assert all(day.weekday() <= 4 for day in listed.names)


def test_no_date_stands_twice() -> None:
    """YAML would keep the second of two lines without a word."""
    text = (files("concerted.common.working_days") / "holidays.yaml").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if line.startswith("      20")]
    assert len(lines) == sum(len(holidays_of(division).names) for division in divisions()) == 280


def test_the_list_names_its_source_and_licence() -> None:
    content = yaml.safe_load((files("concerted.common.working_days") / "holidays.yaml").read_text(encoding="utf-8"))
    assert "https://www.gov.uk/bank-holidays" in content["source"]
    assert "Open Government Licence v3.0" in content["licence"]


def test_a_division_that_is_none() -> None:
    assert divisions() == list(RULES)
    with pytest.raises(UsedWronglyError) as caught:
        holidays_of("Wales")
    assert str(caught.value) == (
        "'Wales' is no division with bank holidays of its own. "
        "Write one of england-and-wales, scotland, northern-ireland."
    )
