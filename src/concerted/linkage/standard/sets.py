"""Fields of which a record may hold several values, separated by ";": sets, of which any may match."""

import re
from typing import Final

import pyarrow as pa

from concerted.linkage.standard.coded import Coded

_NOT_ALNUM = re.compile(r"[^A-Z0-9]+")
_INWARD: Final = 3  # characters of the second half of a British postcode
_LEAST_WITH_DISTRICT: Final = 5


def members(text: str) -> tuple[str, ...] | None:
    """The values of one cell, sorted, each once."""
    if ";" not in text:
        return (text.strip(),) if text.strip() else None
    return tuple(sorted({part.strip() for part in text.split(";") if part.strip()})) or None


def postcode_columns(field: Coded[str]) -> dict[str, pa.Array]:
    """`postcode` and `district` (of the one that is written first), `postcodes` and `districts`."""
    written = field.each(_compact)
    districts = written.each(_districts)
    return {
        "postcode": written.each(lambda found: found[0]).arrow(),
        "district": written.each(lambda found: district(found[0])).arrow(),
        "postcodes": written.each(_in_order).arrow_lists(),
        "districts": districts.arrow_lists(),
    }


def district(postcode: str) -> str | None:
    """The first half of a compact postcode, when it is long enough to have one."""
    return postcode[:-_INWARD] if len(postcode) >= _LEAST_WITH_DISTRICT else None


def _compact(text: str) -> tuple[str, ...] | None:
    """Postcodes without spaces, in the order in which they are written, each once."""
    if ";" not in text:
        compact = _NOT_ALNUM.sub("", text.upper())
        return (compact,) if compact else None
    found = (_NOT_ALNUM.sub("", part.upper()) for part in text.split(";"))
    return tuple(dict.fromkeys(filter(None, found))) or None


def _districts(postcodes: tuple[str, ...]) -> tuple[str, ...] | None:
    return _in_order(tuple({found for postcode in postcodes if (found := district(postcode))})) or None


def _in_order(values: tuple[str, ...]) -> tuple[str, ...]:
    return values if len(values) < 2 else tuple(sorted(values))
