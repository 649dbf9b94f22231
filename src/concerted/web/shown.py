"""What every page shows: who acts for what, where they can go, whether the store is a demonstration."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject

from concerted.instance.selectors import demonstration
from concerted.web import providers
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
    idle: int


def shown(request: HttpRequest) -> dict[str, Any]:
    """The context processor. Nothing is looked up until a page asks."""
    return {"shown": SimpleLazyObject(lambda: _shown(request))}


def _shown(request: HttpRequest) -> Shown:
    who = _who(request)
    return Shown(who, _places(request) if who else [], demonstration(), settings.IDLE_SECONDS)


def _places(request: HttpRequest) -> list[Place]:
    """All ways, the one that the page is on marked: that whose address is the longest beginning of the page's own."""
    found = [("Start", reverse("start")), *((way.text, way.href) for way in providers.ways(request.acting))]  # type: ignore[attr-defined]
    on = (href for _, href in found if request.path == href or (href != "/" and request.path.startswith(href)))
    here = max(on, key=len, default="")
    return [Place(text, href, here=href == here) for text, href in found]


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
