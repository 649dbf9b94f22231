"""The Ministry of Justice's parts: ways inside a page's subject, what happened in its order, a word on a record."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from concerted.web import words
from concerted.web.components.element import Inside, element
from concerted.web.components.lists import Place


@dataclass(frozen=True)
class Happened:
    """Something that happened. by: who did it, in words."""

    what: str
    when: datetime
    by: str = ""
    told: Inside = None


def sub_navigation(places: Sequence[Place], name: str) -> SafeString:
    """The pages of one subject. name: of the subject, for those who listen."""
    items = (
        element(
            "li",
            element(
                "a",
                one.text,
                class_="moj-sub-navigation__link",
                aria_current="page" if one.here else None,
                href=one.href,
            ),
            class_="moj-sub-navigation__item",
        )
        for one in places
    )
    listed = element("ul", *items, class_="moj-sub-navigation__list")
    return element("nav", listed, class_="moj-sub-navigation", aria_label=name)


def timeline(events: Sequence[Happened], level: int = 2) -> SafeString:
    """What happened, in the order given. level: of the headings."""
    return element("div", *(_event(one, level) for one in events), class_="moj-timeline")


def _event(event: Happened, level: int) -> SafeString:
    by = element("p", f"by {event.by}", class_="moj-timeline__byline") if event.by else None
    head = element(f"h{level}", event.what, class_="moj-timeline__title")
    when = element("time", words.moment(event.when), datetime=event.when.isoformat())
    return element(
        "div",
        element("div", head, by and " ", by, class_="moj-timeline__header"),
        element("p", when, class_="moj-timeline__date"),
        element("div", event.told, class_="moj-timeline__description") if event.told else None,
        class_="moj-timeline__item",
    )


def badge(text: Inside) -> SafeString:
    """What a record is marked with."""
    return element("span", text, class_="moj-badge")
