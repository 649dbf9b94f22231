"""Closed code lists: a value is one of a list's codes, by its code, its label or another spelling, or it is none."""

from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from typing import Any, ClassVar, Final

from concerted.reference.loader import load_table
from concerted.values.base import Cleaned, ValueType, missing, unreadable
from concerted.values.text import fold, tidy

_NEAR: Final = 4  # codes that a message names


@dataclass(frozen=True, slots=True)
class Coded:
    """What is known of a code. spellings: other than the code itself, the label first."""

    code: str
    spellings: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the code means: the code itself where that is a word."""
        return self.spellings[0] if self.spellings and len(self.code) <= _SHORT else self.code


_SHORT: Final = 4  # letters: so short a code is no word


class CodeList(ValueType):
    """One closed list. Its values are codes as the list writes them.

    title, source: of the list. A text is looked up without regard to case, marks and spacing.
    """

    name: ClassVar[str] = "code"

    def __init__(self, name: str, entry: dict[str, Any]) -> None:
        self.list_name, self.title, self.source = name, str(entry["title"]), str(entry["source"])
        self._coded = {code: Coded(code, tuple(spellings)) for code, spellings in entry["codes"].items()}
        self._missing: dict[str, str] = entry.get("missing", {})
        self._refused = {_key(code): why for code, why in entry.get("refused", {}).items()}
        self._by_key = {_key(text): one.code for one in self._coded.values() for text in (one.code, *one.spellings)}

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code, in the order of the list."""
        return tuple(self._coded)

    def label(self, code: str) -> str:
        """What a code of the list means."""
        return self._coded[code].label

    def spellings(self, code: str) -> tuple[str, ...]:
        """Other texts by which files have it."""
        return self._coded[code].spellings

    def missing_reason(self, code: str) -> str | None:
        """Why there is no value, for a code that says that there is none; None for any other."""
        return self._missing.get(code)

    def clean(self, text: str) -> Cleaned:
        """The code. A text that is on no list is a problem, with a few codes that are near."""
        plain = tidy(text)
        if not plain:
            return missing(text)
        key = _key(plain)
        if key in self._by_key:
            return Cleaned(text, self._by_key[key])
        if key in self._refused:
            return unreadable(text, f"not to be used: {self._refused[key]}", "write one of the codes in use")
        return unreadable(
            text, f"not on the list {self.title!r}", f"write one of its codes, such as {self._near_to(key)}"
        )

    def _near_to(self, key: str) -> str:
        near = [self._by_key[one] for one in get_close_matches(key, list(self._by_key), n=_NEAR, cutoff=0.5)]
        return ", ".join(dict.fromkeys(near or self.codes[:_NEAR]))


def _key(text: str) -> str:
    return fold(text).replace(" ", "")


@cache
def code_list(name: str) -> CodeList:
    """The list of that name. KeyError when there is none."""
    return CodeList(name, load_table("code_lists").data["lists"][name])


def code_list_names() -> tuple[str, ...]:
    """Every list that is shipped."""
    return tuple(load_table("code_lists").data["lists"])
