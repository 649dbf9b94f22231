"""Figures and names as the page writes them, and text made safe to read."""

import math
import re
import unicodedata
from datetime import date, datetime
from typing import Final

from markupsafe import Markup, escape

from concerted.common import clock

FIELD_WORDS: Final = {
    "nhs_number": "NHS number",
    "upn": "Unique pupil number",
    "pnc_id": "PNC ID",
    "local_id": "Local ID",
    "email": "E-mail",
    "phone": "Telephone",
    "handle": "Online name",
    "ethnicity_self_defined": "Ethnicity, self-defined",
    "ethnicity_self_defined_missing": "Why self-defined ethnicity is missing",
    "ethnicity_observed": "Ethnicity, observed",
    "ethnicity_observed_missing": "Why observed ethnicity is missing",
}
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs"})  # controls; bidirectional and zero-width marks; halves of characters
_OPTION: Final = re.compile(r"(?<!\S)(--[a-z-]{1,20})(?!\S)")
_SPACES: Final = frozenset("\n\r\t")


def _shown(char: str) -> str:
    if char in _SPACES or unicodedata.category(char) not in _UNSEEN:
        return char
    return f"[U+{ord(char):04X}]"


def made_visible(value: object) -> object:
    """A text with its unseen characters written out, such as [U+202E], so that none can turn the page about.

    Anything that is not a text, and markup of our own templates, stays as it is.
    """
    if not isinstance(value, str) or isinstance(value, Markup) or value.isprintable():
        return value
    return "".join(map(_shown, value))


def options_whole(command: str) -> Markup:
    """A command of which no option is broken over two lines at its hyphens."""
    parts = _OPTION.split(str(made_visible(command)))
    found = (
        Markup('<span class="option">{}</span>').format(one) if at % 2 else escape(one) for at, one in enumerate(parts)
    )
    return Markup("").join(found)


def whole(count: int) -> str:
    """1234567 as "1,234,567"."""
    return f"{count:,}"


def bits(weight: float) -> str:
    """A weight with its sign, to a tenth: "+7.2", "−3.0", "0.0"."""
    if math.isinf(weight):
        return "+∞" if weight > 0 else "−∞"
    rounded = round(weight, 1)
    return "0.0" if rounded == 0 else f"{rounded:+.1f}".replace("-", "−")


def times(weight: float) -> str:
    """A weight as how much more or less often it is seen between two records of one person than of two people."""
    size = min(abs(weight), 99.0)
    if size < 0.15:
        return "about as often"
    ratio = 2**size
    if ratio >= 1_000_000:
        number = "over a million"
    else:
        number = f"about {ratio:.1f}" if ratio < 10 else f"about {int(float(f'{ratio:.2g}')):,}"
    return f"{number} times {'more' if weight > 0 else 'less'} often"


def figure(value: float | None) -> str:
    """A figure of an evaluation: counts whole, shares to three places."""
    if value is None:
        return "not known"
    return f"{value:,}" if isinstance(value, int) else f"{value:.3f}"


def field_words(field: str) -> str:
    """A field's name in words: `date_of_birth` as "Date of birth", `other_eye_colour` as "Eye colour"."""
    if field in FIELD_WORDS:
        return FIELD_WORDS[field]
    words = field.removeprefix("other_").replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def moment(at: datetime) -> str:
    """A moment as London has it: "2 March 2026, 9:30am"."""
    there = at.astimezone(clock.LONDON)
    hour = there.strftime("%I:%M%p").lstrip("0").lower()
    return f"{day(there.date())}, {hour}"


def day(one: date) -> str:
    """A day: "2 March 2026"."""
    return f"{one.day} {one:%B %Y}"


def in_a_hundred(part: float) -> str:
    """A share as things counted: "2.1 in 100", "fewer than 0.01 in 100"."""
    return f"{100 * part:.2g} in 100" if part >= 1e-4 else "fewer than 0.01 in 100"


def share(part: float | None) -> str:
    """A share of records, never rounded to all or none: "98.7%"; of no records, in words."""
    if part is None:
        return "No records"
    if part in {0, 1}:
        return f"{part:.0%}"
    return f"{min(max(part * 100, 0.1), 99.9):.1f}%"
