"""Names that people use on line: usernames, gamertags, street names typed as handles."""

import re
from typing import ClassVar

from concerted.values.base import Cleaned, ValueType, missing, says_nothing, unreadable
from concerted.values.text import tidy

_LONGEST = 100  # characters
_PLATFORM = re.compile(r"([a-z0-9][a-z0-9 ._+-]*):(.*)")


class Handle(ValueType):
    """A username without its leading @ and in folded case, with its platform before it if that was given:
    `platform:name`."""

    name: ClassVar[str] = "handle"

    def clean(self, text: str) -> Cleaned:
        """Any text without a web address in it, up to 100 characters."""
        handle = _bare(tidy(tidy(text).casefold()))
        if says_nothing(handle):
            return missing(text)
        if "://" in handle:
            return unreadable(text, "a web address, not a username", "write the name alone, or platform:name")
        platform, name = "", handle
        if found := _PLATFORM.fullmatch(handle):
            platform, name = found[1].rstrip() + ":", _bare(found[2])
        if says_nothing(name) or len(name) > _LONGEST:
            problem = (
                "not a username: it is too long" if len(name) > _LONGEST else "there is no name after the platform"
            )
            return unreadable(text, problem, "write the name alone, or platform:name")
        return Cleaned(text, platform + name)


def _bare(name: str) -> str:
    return name.lstrip("@ ").rstrip()
