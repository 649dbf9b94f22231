"""Fields of which a record may hold several values, separated by ";": sets, of which any may match."""

import re
from typing import Final

import pyarrow as pa

from concerted.linkage.standard.coded import Coded

_SEPARATOR: Final = ";"
_NOT_ALNUM = re.compile(r"[^A-Z0-9]+")
_INWARD: Final = 3  # characters of the second half of a British postcode
_LEAST_WITH_DISTRICT: Final = 5


def members(text: str) -> tuple[str, ...] | None:
    """The values of one cell, sorted, each once."""
    if _SEPARATOR not in text:
        return (text.strip(),) if text.strip() else None
    return tuple(sorted({part.strip() for part in text.split(_SEPARATOR) if part.strip()})) or None


def postcode_columns(field: Coded[str]) -> dict[str, pa.Array]:
    """`postcode` and `district` (of the one that is written first), `postcodes` and `districts`."""
    written = field.each(compact)
    if any(_SEPARATOR in text for text in written.values):
        first = written.each(lambda text: text.partition(_SEPARATOR)[0])
        postcodes = written.each(lambda text: tuple(sorted(text.split(_SEPARATOR)))).arrow_lists()
        districts = written.each(districts_of).arrow_lists()
    else:
        first, postcodes = written, written.arrow_alone()
        districts = written.each(district).arrow_alone()
    return {
        "postcode": first.arrow(),
        "district": first.each(district).arrow(),
        "postcodes": postcodes,
        "districts": districts,
    }


def district(postcode: str) -> str | None:
    """The first half of a compact postcode, when it is long enough to have one."""
    return postcode[:-_INWARD] if len(postcode) >= _LEAST_WITH_DISTRICT else None


def compact(text: str) -> str | None:
    """Postcodes without spaces, in the order in which they are written, each once."""
    if _SEPARATOR not in text:
        return _NOT_ALNUM.sub("", text.upper()) or None
    found = (_NOT_ALNUM.sub("", part.upper()) for part in text.split(_SEPARATOR))
    return _SEPARATOR.join(dict.fromkeys(filter(None, found))) or None


def districts_of(postcodes: str) -> tuple[str, ...] | None:
    return tuple(sorted({found for one in postcodes.split(_SEPARATOR) if (found := district(one))})) or None
