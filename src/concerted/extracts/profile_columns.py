"""What can be told of a column by its name and its values, for drafting a profile."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Final

from concerted.extracts.profile import DEFAULT_MISSING
from concerted.extracts.profile_dates import DateFormats, date_formats, is_count_of_days
from concerted.extracts.protected import Judgement, judge_counts, judge_name
from concerted.reference.loader import load_table
from concerted.values import EMAIL, NHS_NUMBER, POSTCODE, PUPIL_NUMBER, TELEPHONE
from concerted.values.text import fold

SHAPE_SHARE: Final = 0.8  # of the values that must have a shape for the column to be taken for it
LOOKED_AT: Final = 500  # different values that a shape is tried on
SEX_CODES: Final[dict[str, str | None]] = {
    "m": "male",
    "f": "female",
    "male": "male",
    "female": "female",
    "1": "male",
    "2": "female",
    "0": None,
    "9": None,
    "u": None,
    "x": "other",
    "unknown": None,
    "not known": None,
    "i": "other",
}
_UK_POSTCODE: Final = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
_PHONE_LIKE: Final = re.compile(r"(\+|00|0)[\d ()-]{9,16}")


@dataclass(frozen=True, eq=False)
class Column:
    """One column of a sample. counts: how often each text occurs, those that mean missing left out.

    It has no slots, so that what takes long to find out of many values is found out once.
    """

    name: str
    rows: int
    counts: Mapping[str, int]

    @property
    def filled(self) -> int:
        """Rows in which it has a value."""
        return sum(self.counts.values())

    @property
    def is_unique(self) -> bool:
        """Every row has a value and no two have the same."""
        return self.rows > 0 and len(self.counts) == self.rows

    @property
    def repeats(self) -> bool:
        """Values mostly occur more than once, as those of a person's number would over several records."""
        return 0 < len(self.counts) < 0.8 * self.filled

    def protected(self, field: str | None) -> Judgement:
        """Whether it holds what is never compared, by its name or its values."""
        by_name, by_values = judge_name(self.name), judge_counts(self.counts, field)
        return by_name if by_name.verdict == "refused" or by_values.verdict == "passed" else by_values

    @cached_property
    def dates(self) -> DateFormats | None:
        """The formats it is written in, when it is one of dates; a spreadsheet's counts of days left aside."""
        days = self.without_day_counts
        return date_formats(self.counts) or (date_formats(days) if 2 * sum(days.values()) > self.filled else None)

    @cached_property
    def without_day_counts(self) -> dict[str, int]:
        """Its values but for those that may be days as spreadsheets count them."""
        return {text: count for text, count in self.counts.items() if not is_count_of_days(text)}


def column_of(name: str, texts: Sequence[str | None]) -> Column:
    """The column from its cells."""
    missing = {"", *DEFAULT_MISSING}
    counts = Counter(text.strip() for text in texts if text is not None)
    return Column(name, len(texts), {text: count for text, count in counts.items() if text not in missing})


def plain(name: str) -> str:
    """A column's name without capitals, blanks and marks: `First Name` and `first_name` are firstname."""
    return fold(name).replace(" ", "")


def names_of(kind: str) -> dict[str, int]:
    """The plain names that stand for a record id, the truth or `other`, each with its rank: 0 is the most telling."""
    return {plain(word): rank for rank, word in enumerate(load_table("field_names").data[kind])}


def field_by_name(name: str) -> tuple[str, int] | None:
    """The standard field that a column's name stands for, with its rank among the names of that field."""
    known = _field_names()
    if plain(name) in known:
        return known[plain(name)]
    words = fold(name).split()
    while words and words[0] in load_table("field_names").data["prefixes"]:
        words = words[1:]
        if (found := known.get("".join(words))) is not None:
            return found[0], found[1] + 50
    return None


@cache
def _field_names() -> dict[str, tuple[str, int]]:
    fields: dict[str, list[str]] = load_table("field_names").data["fields"]
    return {plain(word): (field, rank) for field, words in fields.items() for rank, word in enumerate(words)}


def field_by_values(column: Column) -> str | None:
    """The standard field that a column's values have the unmistakable shape of."""
    for field, is_one in _SHAPES.items():
        tried = list(column.counts)[:LOOKED_AT]
        if tried and sum(map(is_one, tried)) >= SHAPE_SHARE * len(tried):
            return field
    values = {text.lower() for text in column.counts}
    return "sex" if {"male", "female"} <= values <= set(SEX_CODES) or {"m", "f"} <= values <= set(SEX_CODES) else None


_SHAPES: Final[dict[str, Callable[[str], bool]]] = {
    "email": EMAIL.validate,
    "upn": PUPIL_NUMBER.validate,
    "nhs_number": lambda text: len(re.sub(r"\D", "", text)) == 10 and NHS_NUMBER.validate(text),
    "postcode": lambda text: bool(_UK_POSTCODE.fullmatch(text)) and POSTCODE.validate(text),
    "phone": lambda text: bool(_PHONE_LIKE.fullmatch(text)) and TELEPHONE.validate(text),
}
