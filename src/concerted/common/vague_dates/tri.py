"""The three answers to a question about vague things."""

from enum import Enum
from typing import NoReturn


class Tri(Enum):
    """Yes, no, or cannot tell."""

    YES = "yes"
    NO = "no"
    CANNOT_TELL = "cannot tell"

    def __bool__(self) -> NoReturn:
        """Refused: `if a.before(b):` would take "cannot tell" for one of the other two."""
        raise TypeError("a three-valued answer is not true or false: ask `is Tri.YES` or `is not Tri.NO`")

    @classmethod
    def of(cls, *, yes: bool, no: bool) -> "Tri":
        """YES when certainly so, NO when certainly not, else CANNOT_TELL."""
        return cls.YES if yes else cls.NO if no else cls.CANNOT_TELL
