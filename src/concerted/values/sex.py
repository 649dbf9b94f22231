"""Sex as recorded."""

from typing import ClassVar

from concerted.values.base import Cleaned, ValueType, missing, says_nothing, unreadable
from concerted.values.text import tidy

_WORDS = {
    "male": ["m", "male", "man", "boy"],
    "female": ["f", "female", "woman", "girl"],
    "other": ["x", "other", "non-binary", "nonbinary", "non binary", "intersex", "indeterminate"],
}
_CANONICAL = {word: sex for sex, words in _WORDS.items() for word in words}
_MEND = "write male, female or other, or give the codes in the mapping profile"


class Sex(ValueType):
    """`male`, `female` or `other`. Figures are a code list's business and stay unread: 1 is not male everywhere."""

    name: ClassVar[str] = "sex"

    def clean(self, text: str) -> Cleaned:
        """The canonical word; an unknown word is a problem, "unknown" means missing."""
        word = tidy(text).casefold().rstrip(".")
        if sex := _CANONICAL.get(word):
            return Cleaned(text, sex)
        if says_nothing(word) or word == "u":
            return missing(text)
        return unreadable(text, f"not a sex: {word[:30]!r} is none of the words known", _MEND)
