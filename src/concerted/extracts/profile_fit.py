"""Whether the values of a column are of the form that a field wants."""

from typing import Final

from concerted.extracts.fields import SEVERAL_SEPARATOR, STANDARD_FIELDS, FieldRule
from concerted.extracts.profile_columns import LOOKED_AT, Column
from concerted.extracts.profile_dates import is_count_of_days
from concerted.reference.codes import CodeList
from concerted.values import DATE, NAME, SEX, TEXT

NEARLY_ALL: Final = 0.8  # of the values, for a name that says little
MOSTLY: Final = 0.5  # of the values, for a name that says enough
MOST_CODES: Final = 40  # different texts of a column, for it to be taken for one of codes
LONGEST_CODE: Final = 60  # characters


def share_read(column: Column, field: str) -> float:
    """The share of the different values (of the first 500) that the field's value type reads."""
    tried = list(column.counts)[:LOOKED_AT]
    return sum(_is_read(text, STANDARD_FIELDS[field]) for text in tried) / len(tried) if tried else 0.0


def _is_read(text: str, rule: FieldRule) -> bool:
    parts = text.split(SEVERAL_SEPARATOR) if rule.several else [text]
    return all(rule.value_type.validate(part) for part in parts if part.strip())


def fits(column: Column, field: str, *, weak: bool = False) -> bool:
    """Whether the column may make the field. weak: its name says little, so nearly all values must be of the form."""
    value_type = STANDARD_FIELDS[field].value_type
    if not column.filled or (weak and value_type in (TEXT, NAME)):
        return False
    if value_type in (TEXT, NAME):
        return True
    if value_type is DATE:
        return is_of_dates(column)
    if share_read(column, field) >= (NEARLY_ALL if weak else MOSTLY):
        return True
    return (isinstance(value_type, CodeList) or value_type is SEX) and not weak and is_of_codes(column)


def is_of_codes(column: Column) -> bool:
    """Few different texts, none of them long."""
    return len(column.counts) <= MOST_CODES and all(len(text) <= LONGEST_CODE for text in column.counts)


def is_of_dates(column: Column) -> bool:
    """Days in some form, or dates as vague as they are. Counts of days, as spreadsheets have them, are none."""
    return bool(column.dates) or (share_read(column, "from") >= MOSTLY and not is_of_day_counts(column))


def is_of_day_counts(column: Column) -> bool:
    """Most of the values may be days as spreadsheets count them."""
    counted = sum(count for text, count in column.counts.items() if is_count_of_days(text))
    return counted >= MOSTLY * column.filled > 0
