"""Dates in the words people use: what each is read as, and what is refused with a reason."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.vague_dates import NotADateError, VagueDate, full_year, read

SAID_ON = date(2026, 3, 2)

DAYS = {
    "2009-03-14": "2009-03-14",
    "2009-3-14": "2009-03-14",
    "2009/03/14": "2009-03-14",
    "20090314": "2009-03-14",
    "14 March 2009": "2009-03-14",
    "14th March 2009": "2009-03-14",
    "14th of March, 2009": "2009-03-14",
    "on 1st Sept. 2009": "2009-09-01",
    "March 14, 2009": "2009-03-14",
    "March 14th 2009": "2009-03-14",
    "14-Mar-2009": "2009-03-14",
    "14mar2009": "2009-03-14",
    " 14  MARCH  2009. ": "2009-03-14",
    "29 February 2008": "2008-02-29",
    "14/03/2009": "2009-03-14",
    "14.3.2009": "2009-03-14",
    "03/14/2009": "2009-03-14",
    "03/03/2009": "2009-03-03",
}

PERIODS = {
    "2009-03": "2009-03",
    "March 2009": "2009-03",
    "in May of 2009": "2009-05",
    "03/2009": "2009-03",
    "2009": "2009",
    "in 2009": "2009",
    "spring 2012": "2012-03-01/2012-05-31",
    "summer 2012": "2012-06-01/2012-08-31",
    "the summer of 2012": "2012-06-01/2012-08-31",
    "autumn 2012": "2012-09-01/2012-11-30",
    "fall 2012": "2012-09-01/2012-11-30",
    "winter 2011": "2011-12-01/2012-02-29",
    "winter 2010/11": "2010-12-01/2011-02-28",
    "winter 2010-2011": "2010-12-01/2011-02-28",
    "the 1990s": "1990-01-01/1999-12-31",
    "1990's": "1990-01-01/1999-12-31",
}

PARTS = {
    "early 2009": "2009-01-01/2009-04-30",
    "mid 2009": "2009-05-01/2009-08-31",
    "mid-2009": "2009-05-01/2009-08-31",
    "late 2009": "2009-09-01/2009-12-31",
    "start of 2009": "2009-01-01/2009-04-30",
    "the beginning of 2009": "2009-01-01/2009-04-30",
    "middle of 2009": "2009-05-01/2009-08-31",
    "the end of 2009": "2009-09-01/2009-12-31",
    "early March 2009": "2009-03-01/2009-03-10",
    "mid March 2009": "2009-03-11/2009-03-20",
    "late March 2009": "2009-03-21/2009-03-31",
    "late February 2008": "2008-02-21/2008-02-29",
    "early summer 2012": "2012-06",
    "late winter 2011": "2012-02",
    "early 1990s": "1990-01-01/1993-04-30",
    "mid 1990s": "1993-05-01/1996-08-31",
    "late 1990s": "1996-09-01/1999-12-31",
}

BOUNDS = {
    "before 2009": "../2008-12-31",
    "prior to 2009": "../2008-12-31",
    "before 14 March 2009": "../2009-03-13",
    "before summer 2012": "../2012-05-31",
    "after March 2010": "2010-04-01/..",
    "after 2009-12-31": "2010-01-01/..",
    "since 2009": "2009-01-01/..",
    "since the 1990s": "1990-01-01/..",
    "from March 2009": "2009-03-01/..",
    "on or after 3 May 2010": "2010-05-03/..",
    "until 2009": "../2009-12-31",
    "up to March 2009": "../2009-03-31",
    "by March 2009": "../2009-03-31",
    "on or before 3 May 2010": "../2010-05-03",
    "before about 2009": "../2007-12-31",
}

RANGES = {
    "between 2004 and 2006": "2004-01-01/2006-12-31",
    "between March 2004 and 14 May 2004": "2004-03-01/2004-05-14",
    "2004 to 2006": "2004-01-01/2006-12-31",
    "from 2004 until March 2006": "2004-01-01/2006-03-31",
    "2004-2006": "2004-01-01/2006-12-31",
    "2004 – 2006": "2004-01-01/2006-12-31",
    "early 2009 to mid 2010": "2009-01-01/2010-08-31",
    "2004/2006": "2004-01-01/2006-12-31",
    "2009-06-01/2009-08-31": "2009-06-01/2009-08-31",
    "2009-06/2009-08": "2009-06-01/2009-08-31",
    "../2008-12-31": "../2008-12-31",
    "2010-04-01/..": "2010-04-01/..",
}

ABOUT = {
    "about 2008": "2007-01-01/2009-12-31",
    "circa 2008": "2007-01-01/2009-12-31",
    "c. 2008": "2007-01-01/2009-12-31",
    "c2008": "2007-01-01/2009-12-31",
    "~2008": "2007-01-01/2009-12-31",
    "around March 2009": "2009-02-01/2009-04-30",
    "approximately 14 March 2009": "2009-03-07/2009-03-21",
    "about summer 2012": "2012-05-01/2012-09-30",
    "about early 2009": "2008-12-01/2009-05-31",
    "about early March 2009": "2009-02-22/2009-03-17",
    "about the 1990s": "1988-01-01/2001-12-31",
}

AGES = {
    "aged 14": "2011-03-03/2012-03-02",
    "age 14": "2011-03-03/2012-03-02",
    "14 years old": "2011-03-03/2012-03-02",
    "14 yrs": "2011-03-03/2012-03-02",
    "14 y/o": "2011-03-03/2012-03-02",
    "about 14": "2010-03-03/2013-03-02",
    "aged about 14": "2010-03-03/2013-03-02",
    "about 14 years old": "2010-03-03/2013-03-02",
    "about 0": "2024-03-03/2026-03-02",
}

ASSUMED = {
    "Mar 09": "2009-03",
    "March '09": "2009-03",
    "14 March 09": "2009-03-14",
    "14/03/09": "2009-03-14",
    "'09": "2009",
    "early 90s": "1990-01-01/1993-04-30",
    "the '80s": "1980-01-01/1989-12-31",
    "Mar 26": "2026-03",
    "Mar 27": "1927-03",
    "summer 99": "1999-06-01/1999-08-31",
}

REFUSED = {
    "": "it is empty",
    "   ": "it is empty",
    "x" * 61: "it is too long",
    "hello": "it is in no form that is known here",
    "39886": "it is in no form that is known here",
    "14": "14 alone may be a day, a year or an age",
    "14 March": "there is no year",
    "March": "there is no year",
    "2009-13-01": "there is no month 13",
    "19818101": "there is no month 81",
    "2009-00": "there is no month 0",
    "81 January 2009": "there is no 81 January 2009",
    "2009-02-29": "there is no 29 February 2009",
    "13/13/2009": "there is no month 13",
    "03/04/2009": "03/04/2009 may be 3 April 2009 or 4 March 2009",
    "3.4.2009": "3.4.2009 may be 3 April 2009 or 4 March 2009",
    "2004/05": "2004/05 may be a month of 2004 or the two years from 2004",
    "winter 2010/12": "no winter runs from 2010 to 12",
    "summer 2010/11": "no summer runs from 2010 to 11",
    "early 14 March 2009": "a day has no early part",
    "between 2006 and 2004": "the end, 2004-12-31, comes before the beginning, 2006-01-01",
    "../..": "a date with neither a beginning nor an end says nothing",
    "before after 2009": "before something that is itself open",
    "about 130": "nobody is 130 years old",
    "0000-01-01": "year 0",
    "before 0001": "it is outside the calendar",
    "after 9999": "it is outside the calendar",
}


@pytest.mark.parametrize(("words", "text"), (DAYS | PERIODS | PARTS | BOUNDS | RANGES | ABOUT).items())
def test_words_are_read_without_a_day_to_reckon_from(words: str, text: str) -> None:
    vague = read(words)
    assert vague.text == text
    assert vague.words == words.strip()
    assert not vague.century_assumed


@pytest.mark.parametrize(("words", "text"), AGES.items())
def test_an_age_is_an_interval_of_birth_dates(words: str, text: str) -> None:
    assert read(words, as_of=SAID_ON).text == text


@pytest.mark.parametrize(("words", "text"), ASSUMED.items())
def test_a_year_of_two_digits_is_marked(words: str, text: str) -> None:
    vague = read(words, as_of=SAID_ON)
    assert vague.text == text
    assert vague.century_assumed


@pytest.mark.parametrize(("words", "reason"), REFUSED.items())
def test_the_rest_is_refused_with_a_reason(words: str, reason: str) -> None:
    with pytest.raises(NotADateError) as refused:
        read(words, as_of=SAID_ON)
    assert refused.value.what.startswith("not a date: ")
    assert reason in refused.value.what
    assert refused.value.mend


@pytest.mark.parametrize("words", ["Mar 09", "14/03/09", "'09", "the 90s"])
def test_without_a_day_to_reckon_from_the_century_is_not_assumed(words: str) -> None:
    with pytest.raises(NotADateError, match="does not say which century"):
        read(words)


@pytest.mark.parametrize("words", ["aged 14", "about 14"])
def test_without_a_day_to_reckon_from_an_age_says_nothing(words: str) -> None:
    with pytest.raises(NotADateError, match="an age says nothing without the day"):
        read(words)


def test_an_age_on_a_leap_day() -> None:
    assert read("aged 14", as_of=date(2024, 2, 29)).text == "2009-03-01/2010-02-28"


@given(st.integers(0, 120), st.dates(date(1950, 1, 1), date(2100, 12, 31)))
def test_who_is_born_in_the_interval_has_that_age(age: int, as_of: date) -> None:
    born = read(f"aged {age}", as_of=as_of)
    assert born.earliest is not None
    assert born.latest is not None
    for birth in (born.earliest, born.latest):
        assert _age(birth, as_of) == age
    assert _age(born.earliest - timedelta(days=1), as_of) == age + 1
    assert _age(born.latest + timedelta(days=1), as_of) == age - 1


def _age(born: date, on: date) -> int:
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


@given(st.integers(0, 99), st.dates(date(1900, 1, 1)))
def test_an_assumed_year_is_the_latest_that_is_past(digits: int, as_of: date) -> None:
    year = full_year(digits, as_of)
    assert year % 100 == digits
    assert as_of.year - 100 < year <= as_of.year


@st.composite
def vague_dates(draw: st.DrawFn) -> VagueDate:
    first, last = sorted((draw(st.dates()), draw(st.dates())))
    earliest, latest = draw(st.sampled_from([(first, last), (first, first), (first, None), (None, last)]))
    return VagueDate(earliest, latest)


@given(vague_dates())
def test_canonical_text_reads_back(vague: VagueDate) -> None:
    assert read(vague.text) == vague


@given(st.sampled_from(sorted(DAYS | PERIODS | PARTS | BOUNDS | RANGES | ABOUT | AGES | ASSUMED)))
def test_what_was_read_reads_back_without_a_day_to_reckon_from(words: str) -> None:
    vague = read(words, as_of=SAID_ON)
    assert read(vague.text) == vague


@given(st.text(max_size=80) | st.text("0123456789/-.' aboutcbeforemidlycr", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        vague = read(text, as_of=SAID_ON)
    except NotADateError as refused:
        assert refused.what
    else:
        assert read(vague.text) == vague


@given(st.integers(1, 12), st.integers(1, 12), st.integers(1900, 2100))
def test_two_readings_are_never_guessed_between(first: int, second: int, year: int) -> None:
    text = f"{first:02}/{second:02}/{year}"
    if first == second:
        assert read(text).exact == date(year, first, second)
        return
    with pytest.raises(NotADateError, match=" may be "):
        read(text)


@given(st.dates(date(1000, 1, 1)))
def test_a_month_or_a_year_never_becomes_a_day(day: date) -> None:
    for text in (f"{day:%Y-%m}", f"{day:%B %Y}", f"{day:%Y}"):
        vague = read(text)
        assert vague.exact is None
        assert not hasattr(vague, "day")
