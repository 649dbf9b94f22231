"""Any other text: addresses, places, occupations, descriptions."""

from typing import ClassVar

from rapidfuzz.distance import Indel

from concerted.values.base import Cleaned, Likeness, ValueType, missing
from concerted.values.text import fold, has_unseen, tidy

_NEAR = 0.9  # share of the folded characters that stay when one text is turned into the other
_COMPARED = 500  # characters; comparing takes time by the square of the length


class Text(ValueType):
    """Free text: trimmed, single spaces, nothing unseen. Nothing but emptiness means missing."""

    name: ClassVar[str] = "text"

    def quick(self, text: str) -> str | None:
        """Plain letters and signs with single spaces."""
        is_tidy = text.isascii() and text.isprintable() and "  " not in text and text.strip(" ") == text
        return text if is_tidy and text else None

    def clean(self, text: str) -> Cleaned:
        """Every text that is not empty has a value."""
        value = tidy(text)
        if not value:
            return missing(text)
        return Cleaned(text, value, notes=("control characters removed",) if has_unseen(text) else ())

    def compare(self, left: str, right: str) -> Likeness:
        """SAME when the folded texts are, NEAR when nine in ten characters of them agree in order."""
        one, other = sorted((fold(tidy(left)), fold(tidy(right))))
        if not one:
            return Likeness.CANNOT_TELL
        if one == other:
            return Likeness.SAME
        return Likeness.NEAR if self._near(one, other) else Likeness.DIFFERENT

    def _near(self, one: str, other: str) -> bool:
        return Indel.normalized_similarity(one[:_COMPARED], other[:_COMPARED]) >= _NEAR
