"""The words of the data-quality page and of `concerted quality`."""

from typing import Final

from concerted.common.words import counted

KINDS: Final[dict[str, str]] = {
    "person": "people",
    "location": "places",
    "telephone": "telephones",
    "vehicle": "vehicles",
    "account": "accounts",
    "event": "events",
    "person_in_event": "people in events",
    "relation": "relations",
    "order": "orders",
    "case": "cases",
}
"""What records of a kind are about."""


def agency(source: str) -> str:
    """An agency's name; words where a row does not say whose it is."""
    return source or "No agency said"


def values_of(count: int, field: str) -> str:
    """Values of a field, counted: "2 values of Date of birth"."""
    return f"{counted(count, 'value')} of {field}"
