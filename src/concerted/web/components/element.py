"""HTML made of elements. What is put in is escaped, unless it is HTML already."""

from collections.abc import Iterable
from functools import cache
from html import escape
from typing import Final

from django.utils.safestring import SafeData, SafeString

Inside = object  # text, a number, or HTML that was made here; None and "" give nothing
_EMPTY: Final = frozenset({"input", "path"})  # elements that nothing stands inside


def element(name: str, /, *inside: Inside, **attributes: object) -> SafeString:
    """`element("a", "Home", href="/", class_="govuk-link")`. An underscore at the end of an attribute's name goes, one
    inside becomes a hyphen. True: the attribute alone; None and False: no attribute."""
    begin = f"<{name}{''.join([_attribute(*one) for one in attributes.items()])}>"
    return SafeString(begin if name in _EMPTY else f"{begin}{joined(inside)}</{name}>")


def joined(parts: Iterable[Inside], between: str = "") -> SafeString:
    """These after one another. between: HTML that stands between."""
    return SafeString(between.join([_html(one) for one in parts if one is not None and one != ""]))


def classes(*names: object) -> str:
    """The names of classes that are there, as one attribute."""
    return " ".join([str(name) for name in names if name])


def hidden(text: str) -> SafeString:
    """Words for those who listen to the page."""
    return element("span", text, class_="govuk-visually-hidden")


def _html(value: object) -> str:
    """HTML as it is; all else as its words, escaped."""
    return str(value) if isinstance(value, SafeData) else escape(str(value))


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    named = _named(name)
    return named if value is True else f'{named}="{_html(value)}"'


@cache
def _named(name: str) -> str:
    """As HTML writes it. There are few, each written in code."""
    return f" {name.rstrip('_').replace('_', '-')}"
