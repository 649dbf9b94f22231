"""What every value type is: clean, validate and compare, with the original kept."""

from abc import ABC, abstractmethod
from enum import Enum
from typing import ClassVar, NamedTuple

from concerted.values.text import one_slip


class Cleaned(NamedTuple):
    """What a value type made of a text.

    original: exactly as given. value: canonical text; None when the text is empty, means "missing" or cannot be read.
    problem: why it cannot be read, a clause in plain words; mend: what would mend it. notes: what a reader should know
    of a value that was read, such as "fictional" or "leading zero restored".
    """

    original: str
    value: str | None
    problem: str | None = None
    mend: str | None = None
    notes: tuple[str, ...] = ()


class Likeness(Enum):
    """How alike two values are, in the sense of their kind."""

    SAME = "same"
    NEAR = "near"
    DIFFERENT = "different"
    CANNOT_TELL = "cannot tell"


class ValueType(ABC):
    """One kind of value. Valid means form and check digit, never that it was issued or belongs to anyone."""

    name: ClassVar[str]

    @abstractmethod
    def clean(self, text: str) -> Cleaned:
        """The canonical value of `text`, or why there is none. Takes any text and never raises."""

    def quick(self, text: str) -> str | None:  # noqa: ARG002 - a type without a quick way has no use for it
        """The canonical value of a text that is plainly well formed, without notes; None when `clean` must look at it.

        Never anything but what `clean` gives. Most of an extract is well formed, and a million numbers take a while.
        """
        return None

    def validate(self, text: str) -> bool:
        """Whether `text` gives a value."""
        return self.clean(text).value is not None

    def compare(self, left: str, right: str) -> Likeness:
        """How alike two values are, canonical or as given; CANNOT_TELL when either cannot be read."""
        one, other = self.clean(left).value, self.clean(right).value
        if one is None or other is None:
            return Likeness.CANNOT_TELL
        if one == other:
            return Likeness.SAME
        return Likeness.NEAR if self._near(one, other) else Likeness.DIFFERENT

    def _near(self, one: str, other: str) -> bool:
        """Whether two different canonical values could be one, mistyped. Symmetric."""
        return one_slip(one, other)


# What people and systems write where there is nothing to write.
_NOTHING = frozenset({
    "-", "--", ".", "?", "n/a", "na", "n/k", "nk", "nil", "none", "null", "nan", "unknown", "unk", "tbc", "refused",
    "not known", "not recorded", "not given", "not stated", "not available", "not applicable", "none given",
    "#n/a", "#ref!", "#value!", "#name?", "#num!", "#null!", "#div/0!",
})  # fmt: skip


def says_nothing(text: str) -> bool:
    """Whether a text stands for a missing value: empty, "n/a", "not known", a spreadsheet's error."""
    return not text or text.casefold() in _NOTHING


def missing(original: str) -> Cleaned:
    """A text that is empty or stands for a missing value."""
    return Cleaned(original, None, notes=("means missing",) if original.strip() else ())


def unreadable(original: str, problem: str, mend: str) -> Cleaned:
    """A text from which no value can be had."""
    return Cleaned(original, None, problem, mend)
