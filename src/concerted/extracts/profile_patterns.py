"""Regular expressions in profiles, kept to those that hostile text cannot make run for long.

Python's engine tries every way to fit a pattern. Two things hold that down: a value is looked at only if it is no
longer than `INPUT_LIMIT`, and a pattern may not hold what makes the number of ways explode (a repeat inside a
repeat, an alternative inside a repeat, more than three open-ended repeats, a look back at an earlier group).
"""

import re
from dataclasses import dataclass, field
from typing import Final

INPUT_LIMIT: Final = 256  # characters of a value; a longer one does not fit any pattern
PATTERN_LIMIT: Final = 200  # characters of the pattern itself
OPEN_REPEATS: Final = 3  # one less in a pattern that may begin anywhere in the value, which is one more to try
CHOICES: Final = 8  # optional parts and alternatives

_REPEAT = re.compile(r"(\*|\+|\?|\{(\d*)(,?)(\d*)\})[?+]?")
_CLASS = re.compile(r"\[\^?\]?(?:\\.|[^\]\\])*\]", re.DOTALL)
_GROUP = re.compile(r"\((\?(?:P<\w+>|:))?")
_EXAMPLE: Final = r"write one such as 'rec-(\d+)-'"


@dataclass
class _Scan:
    """What has been seen of a pattern. varied: for each open group, whether it holds a repeat or an alternative."""

    varied: list[bool] = field(default_factory=lambda: [False])
    repeats: int = 0
    choices: int = 0


def extract(pattern: re.Pattern[str], value: str) -> str | None:
    """The pattern's first group in the value, or None when the value does not fit or is too long to try."""
    found = pattern.search(value) if len(value) <= INPUT_LIMIT else None
    return found.group(1) if found else None


def why_unsafe(pattern: str) -> tuple[str, str] | None:
    """What is wrong with a pattern and what would mend it; None when it may be run."""
    if len(pattern) > PATTERN_LIMIT:
        return f"the pattern is longer than {PATTERN_LIMIT} characters", "write a shorter one"
    try:
        groups = re.compile(pattern).groups
    except (re.error, OverflowError, RecursionError) as error:
        return f"the pattern is not a regular expression: {error}", _EXAMPLE
    if groups == 0:
        return "the pattern has no group", f"put brackets around the part that is the value: {_EXAMPLE}"
    return _why_slow(pattern)


def _why_slow(pattern: str) -> tuple[str, str] | None:
    """Walk through the pattern once, group by group."""
    scan, at = _Scan(), 0
    while at < len(pattern):
        at, held_variety, trouble = _step(scan, pattern, at)
        if trouble:
            return trouble, "write a simpler pattern; see the page on mapping profiles"
        repeat = _REPEAT.match(pattern, at)
        if repeat:
            if held_variety and _can_repeat(repeat):
                return "the pattern repeats a group that itself repeats or has alternatives", (
                    r"write the repeat without the group, such as [\w ]+"
                )
            _count(scan, repeat)
            at = repeat.end()
    most = OPEN_REPEATS if pattern.startswith("^") else OPEN_REPEATS - 1
    if scan.repeats > most or scan.choices > CHOICES:
        return (
            f"the pattern has more than {most} open repeats or {CHOICES} optional parts",
            "write a simpler one, and begin it with ^ where it begins with the value",
        )
    return None


def _step(scan: _Scan, pattern: str, at: int) -> tuple[int, bool, str | None]:
    """Pass one thing. Gives where the next starts, whether this was a group that varies, and what is not allowed."""
    char = pattern[at]
    if char == "\\":
        refers = pattern[at + 1 : at + 2].isdigit() and pattern[at + 1] != "0"
        return at + 2, False, "the pattern looks back at an earlier group" if refers else None
    if char == "[" and (found := _CLASS.match(pattern, at)):
        return found.end(), False, None
    if char == "(":
        found = _GROUP.match(pattern, at)
        end = found.end() if found else at + 1
        scan.varied.append(False)
        return end, False, "the pattern holds a special group" if pattern[end : end + 1] == "?" else None
    if char == ")":
        varies = scan.varied.pop()
        scan.varied[-1] |= varies
        return at + 1, varies, None
    if char == "|":
        scan.choices += 1
        scan.varied[-1] = True
    return at + 1, False, None


def _can_repeat(repeat: re.Match[str]) -> bool:
    """More than once: `?`, `{1}` and `{0,1}` do not."""
    sign, low, comma, high = repeat.groups()
    return sign in {"*", "+"} or (sign != "?" and ((bool(comma) and not high) or int(high or low or 0) > 1))


def _count(scan: _Scan, repeat: re.Match[str]) -> None:
    sign, low, comma, high = repeat.groups()
    if sign not in {"*", "+", "?"} and (not comma or low == high):
        return  # {4}: as often as it says, no choice
    scan.varied[-1] = True
    if _can_repeat(repeat):
        scan.repeats += 1
    else:
        scan.choices += 1
