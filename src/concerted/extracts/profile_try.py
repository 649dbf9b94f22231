"""What a profile would read of the values in a sample, read as they will be, with a few shown."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from concerted.common import clock
from concerted.extracts.cells import FieldReader, Made, TextReader
from concerted.extracts.fields import STANDARD_FIELDS
from concerted.extracts.profile import FieldSpec
from concerted.extracts.profile_report import Example, FieldReport
from concerted.values.text import tidy

SHOWN: Final = 3  # examples of a field
_LONGEST: Final = 60  # characters of an example


def read_field(field: str, spec: FieldSpec, columns: Sequence[Sequence[str | None]], missing: Sequence[str]) -> Made:
    """The values of a field whose columns have these cells."""
    rule = STANDARD_FIELDS.get(field)
    texts = TextReader(spec, rule, missing, clock.today())
    return FieldReader(field, spec, range(len(columns)), texts, standard=rule is not None).read(columns)


def try_field(
    field: str, part: str | None, spec: FieldSpec, columns: Sequence[Sequence[str | None]], missing: Sequence[str]
) -> FieldReport:
    """What would be read of a field whose columns have these cells."""
    made = read_field(field, spec, columns, missing)
    rows = [
        Example(shown(given), value and shown(value), made.troubles[at][0].reason if at in made.troubles else None)
        for at, (given, value) in enumerate(zip(made.given, made.values, strict=True))
    ]
    counts = Counter("unreadable" if row.problem else "missing" if row.value is None else "read" for row in rows)
    different = dict.fromkeys(rows)
    return FieldReport(
        field=field,
        part=part,
        columns=spec.columns,
        read=counts["read"],
        missing=counts["missing"],
        unreadable=counts["unreadable"],
        examples=tuple(row for row in different if row.value is not None and not row.problem)[:SHOWN],
        problems=tuple(row for row in different if row.problem)[:SHOWN],
    )


def shown(text: str) -> str:
    """Fit to be shown on a terminal: nothing in it that is not seen, and not too long."""
    seen = tidy(text)
    return seen if len(seen) <= _LONGEST else f"{seen[:_LONGEST]}..."
