"""What every page shows: who acts for what, where they can go, whether the store is a demonstration."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from concerted.web import places
from concerted.web.components.lists import Place


@dataclass(frozen=True)
class Who:
    """The signed-in person, and in which organisation and role, for which purpose, they act now; in words."""

    name: str
    organisation: str = ""
    role: str = ""
    purpose: str = ""


@dataclass(frozen=True)
class Shown:
    """What the base of all pages reads."""

    who: Who | None
    places: list[Place]
    demonstration: bool


def shown(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Nothing is looked up until a page asks."""
    return {"shown": SimpleLazyObject(lambda: _shown(request))}


def _shown(request: HttpRequest) -> Shown:
    who = _who(request)
    return Shown(who, places.for_request(request) if who else [], bool(getattr(settings, "DEMONSTRATION", False)))


def _who(request: HttpRequest) -> Who | None:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return None
    acting = getattr(request, "acting", None)
    if acting is None or acting.organisation is None:
        return Who(person.name)
    active = person.memberships.select_related("organisation").filter(organisation=acting.organisation).first()
    return Who(person.name, active.organisation.name if active else "", in_words(acting.role), in_words(acting.purpose))


def in_words(key: str) -> str:
    """A key of a closed list as words, until the list has its own."""
    return key.replace("_", " ").capitalize()
