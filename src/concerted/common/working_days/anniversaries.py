"""The same day in another year or month, where that month may have no such day.

Ages and periods go by different rules, so there are two functions. Neither looks at working days.
"""

from calendar import isleap, monthrange
from datetime import date


def anniversary(day: date, years: int) -> date:
    """The day on which somebody born on `day` attains that age; it is attained as the day begins.

    The beginning of the anniversary is the Family Law Reform Act 1969, section 9(1). That section does not say when
    somebody born on 29 February has one in other years: 1 March is our reading, as the Age of Legal Capacity (Scotland)
    Act 1991, section 6, says it for Scotland. ValueError beyond the year 9999.
    """
    year = day.year + years
    if (day.month, day.day) == (2, 29) and not isleap(year):
        return date(year, 3, 1)
    return day.replace(year=year)


def months_after(day: date, months: int) -> date:
    """The last day of a period of so many months (12 to the year) that began with something done on `day`.

    It is the day of the same number, or the month's last when it has none: the corresponding date rule, Dodds v Walker
    [1981] 1 WLR 1027. A statute or an order that says otherwise goes first. ValueError beyond the year 9999.
    """
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
