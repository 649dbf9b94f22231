"""Values of files that know types, as the plain text that a CSV file would hold."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any, Final

from concerted.extracts.fields import SEVERAL_JOINED, SEVERAL_SEPARATOR
from concerted.extracts.readers.lines import windows_text

DEPTH_LIMIT: Final = 8  # objects inside objects that become columns of their own; what lies deeper stays JSON text
_EXACT: Final = 2**53  # up to here a floating-point number holds each whole number exactly


def plain_text(value: Any) -> str | None:
    """One value as text: whole numbers without ".0", dates as 2009-03-01, a list of plain values joined by "; "."""
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return _number(value)
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, datetime):
        return _moment(value)
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, bytes):
        return _bytes(value)
    if isinstance(value, list | tuple):
        return _listed(value)
    return _json(value) if isinstance(value, Mapping) else str(value)


def _number(value: float) -> str | None:
    """A column of whole numbers with a gap is often written as floating-point numbers, and its gaps as NaN."""
    if value != value:  # NaN is the one value that is not itself
        return None
    return str(int(value)) if value.is_integer() and abs(value) < _EXACT else repr(value)


def _moment(value: datetime) -> str:
    """Midnight without a time zone is how a plain date comes out of many programs."""
    is_day = value.tzinfo is None and value.time() == time()
    return value.date().isoformat() if is_day else value.isoformat()


def _bytes(value: bytes) -> str:
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return windows_text(value)


def _listed(values: Sequence[Any]) -> str | None:
    """Plain values joined as several values in one cell are; anything else as JSON."""
    if any(isinstance(value, list | tuple | Mapping) for value in values):
        return _json(values)
    texts = [text for text in map(plain_text, values) if text]
    if any(SEVERAL_SEPARATOR in text for text in texts):
        return _json(values)
    return SEVERAL_JOINED.join(texts) or None


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, default=plain_text)


def flattened(row: Mapping[str, Any], before: str = "", depth: int = 1) -> Iterator[tuple[str, Any]]:
    """The names and values of an object, those of objects inside it with dots: `address.postcode`."""
    for name, value in row.items():
        if isinstance(value, dict) and value and depth < DEPTH_LIMIT:
            yield from flattened(value, f"{before}{name}.", depth + 1)
        else:
            yield f"{before}{name}", value
