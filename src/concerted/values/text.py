"""Text made safe to keep and fit to compare."""

import unicodedata

from anyascii import anyascii
from rapidfuzz.distance import OSA

# Controls, format marks (bidirectional, zero-width, soft hyphen, byte order) and halves of broken characters.
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_PUNCTUATION = {code: " " for code in range(128) if not chr(code).isalnum()}


def tidy(text: str) -> str:
    """The text trimmed, with single spaces, composed characters (Unicode NFC) and nothing that cannot be seen."""
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = (char for char in text if char.isspace() or unicodedata.category(char) not in _UNSEEN)
    return " ".join(unicodedata.normalize("NFC", "".join(seen)).split())


def has_unseen(text: str) -> bool:
    """Whether `tidy` takes more than spaces away: control, bidirectional or zero-width characters."""
    return not text.isprintable() and any(not char.isspace() and unicodedata.category(char) in _UNSEEN for char in text)


def fold(text: str) -> str:
    """The one form for comparison: plain letters of any script, lower case, punctuation as a space, single spaces."""
    plain = text if text.isascii() else anyascii(tidy(text))
    return " ".join(plain.translate(_PUNCTUATION).lower().split())


def one_slip(one: str, other: str) -> bool:
    """Whether one character more, less, other, or swapped with its neighbour makes the two equal."""
    return OSA.distance(one, other, score_cutoff=1) <= 1
