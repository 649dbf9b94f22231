"""HTML made of elements. What is put in is escaped, unless it is HTML already."""

from collections.abc import Iterable
from typing import Final

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString

Inside = object  # text, a number, or HTML that was made here; None and "" give nothing
_EMPTY: Final = frozenset({"input", "path"})  # elements that nothing stands inside


def element(name: str, /, *inside: Inside, **attributes: object) -> SafeString:
    """`element("a", "Home", href="/", class_="govuk-link")`. An underscore at the end of an attribute's name goes, one
    inside becomes a hyphen. True: the attribute alone; None and False: no attribute."""
    begin = f"<{name}{''.join(_attribute(*one) for one in attributes.items())}>"
    return SafeString(begin if name in _EMPTY else f"{begin}{joined(inside)}</{name}>")


def joined(parts: Iterable[Inside], between: str = "") -> SafeString:
    """These after one another. between: HTML that stands between."""
    return SafeString(between.join(conditional_escape(_text(one)) for one in parts if one is not None and one != ""))


def classes(*names: object) -> str:
    """The names of classes that are there, as one attribute."""
    return " ".join(str(name) for name in names if name)


def hidden(text: str) -> SafeString:
    """Words for those who listen to the page."""
    return element("span", text, class_="govuk-visually-hidden")


def _text(value: object) -> str:
    """HTML as it is; all else as its words."""
    return value if isinstance(value, SafeString) else str(value)


def _attribute(name: str, value: object) -> str:
    if value is None or value is False:
        return ""
    name = name.rstrip("_").replace("_", "-")
    return f" {name}" if value is True else f' {name}="{conditional_escape(_text(value))}"'
