"""Names of people, as they are written."""

from typing import ClassVar

from rapidfuzz.distance import JaroWinkler

from concerted.values.base import Cleaned, Likeness, ValueType, missing, unreadable
from concerted.values.text import fold, has_unseen, tidy

_NEAR = 0.9  # Jaro-Winkler, of the folded names
_COMPARED = 200  # characters; comparing takes time by the square of the length, and no name is longer

# Not "none", "null" or "na": people have these names.
_NOTHING = frozenset({
    "unknown", "name unknown", "not known", "not recorded", "not given", "not stated", "no name", "none given",
    "unnamed", "n/a", "n/k", "#n/a", "#ref!", "#value!", "#name?",
})  # fmt: skip


class Name(ValueType):
    """A name or a part of one: trimmed, single spaces, nothing unseen. Case, accents and titles are kept."""

    name: ClassVar[str] = "name"

    def quick(self, text: str) -> str | None:
        """One word in plain letters."""
        return text if text.isascii() and text.isalpha() and text.casefold() not in _NOTHING else None

    def clean(self, text: str) -> Cleaned:
        """Any text with a letter in it is a name; digits are noted."""
        name = tidy(text)
        if name.isalpha() and name.casefold() not in _NOTHING and name == text:
            return Cleaned(text, name)
        if name.casefold() in _NOTHING or not any(map(str.isalnum, name)):
            return missing(text)
        if not any(map(str.isalpha, name)):
            return unreadable(text, "not a name: there are no letters in it", "write the name, or leave it empty")
        return Cleaned(text, name, notes=_notes(text, name))

    def compare(self, left: str, right: str) -> Likeness:
        """SAME when the folded names are, NEAR from a Jaro-Winkler similarity of 0.9."""
        one, other = sorted((self._folded(left), self._folded(right)))
        if not one:
            return Likeness.CANNOT_TELL
        if one == other:
            return Likeness.SAME
        return Likeness.NEAR if self._near(one, other) else Likeness.DIFFERENT

    def _folded(self, text: str) -> str:
        return fold(self.clean(text).value or "")

    def _near(self, one: str, other: str) -> bool:
        return JaroWinkler.similarity(one[:_COMPARED], other[:_COMPARED]) >= _NEAR


def _notes(text: str, name: str) -> tuple[str, ...]:
    notes = []
    if has_unseen(text):
        notes.append("control characters removed")
    if any(map(str.isdigit, name)):
        notes.append("digits in a name")
    return tuple(notes)
