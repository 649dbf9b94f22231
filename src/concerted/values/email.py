"""E-mail addresses."""

import re
from typing import ClassVar

from concerted.values.base import Cleaned, ValueType, missing, says_nothing, unreadable
from concerted.values.text import tidy

_LONGEST = 254  # RFC 5321, 4.5.3.1.3
_LONGEST_LOCAL = 64  # RFC 5321, 4.5.3.1.1
_DOTTED = r"[^\s@.\"<>(),;:\\\[\]]+"
_ADDRESS = re.compile(rf"{_DOTTED}(?:\.{_DOTTED})*@(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_](?:[\w-]*[^\W_])?")
# What nearly every address looks like: nothing of it needs mending, and its parts are short enough.
_PLAIN = re.compile(r"[a-z0-9_+-]+(?:\.[a-z0-9_+-]+)*@(?:[a-z0-9]+(?:-[a-z0-9]+)*\.)+[a-z]+")
_WRAPPED = re.compile(r"(?:mailto:)?<?([^<>]*)>?")
# RFC 2606 and RFC 6761: names that are never given out.
_FICTIONAL = re.compile(r"[@.](?:example|invalid|test|localhost|example\.(?:com|net|org))$")


class Email(ValueType):
    """An e-mail address in lower case. Valid means its form; `.example`, `.invalid` and `.test` are fictional."""

    name: ClassVar[str] = "email"

    def quick(self, text: str) -> str | None:
        """An address in plain small letters."""
        return text if len(text) <= _LONGEST_LOCAL and _PLAIN.fullmatch(text) else None

    def clean(self, text: str) -> Cleaned:
        """The address alone, without `mailto:` or angle brackets."""
        address = tidy(tidy(text).lower())
        if not _ADDRESS.fullmatch(address) and (wrapped := _WRAPPED.fullmatch(address)):
            address = wrapped[1].strip()
        if says_nothing(address):
            return missing(text)
        problem = _problem(address)
        if problem:
            return unreadable(text, f"not an e-mail address: {problem}", "write it as name@organisation.example")
        return Cleaned(text, address, notes=("fictional",) if _FICTIONAL.search(address) else ())


def _problem(address: str) -> str:
    if len(address) > _LONGEST or len(address.partition("@")[0]) > _LONGEST_LOCAL:
        return "it is too long"
    if _ADDRESS.fullmatch(address):
        return ""
    signs = address.count("@")
    if signs != 1:
        return f"there are {signs} @ signs in it" if signs else "there is no @ in it"
    if " " in address:
        return "there is a space in it"
    return "the part after the @ is not a domain" if "." not in address.partition("@")[2] else "its form is wrong"
