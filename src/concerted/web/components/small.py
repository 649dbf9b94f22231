"""Parts of one piece: a button, a word in a colour, ways back, what stands out of the text."""

from collections.abc import Sequence
from typing import Final, Literal

from django.utils.safestring import SafeString

from concerted.web.components.element import Inside, classes, element, hidden, joined

Kind = Literal["", "secondary", "warning", "inverse"]
Colour = Literal["", "grey", "green", "teal", "blue", "purple", "magenta", "red", "orange", "yellow"]
_ARROW: Final = element(
    "svg",
    element("path", fill="currentColor", d="M0 0h13l20 20-20 20H0l20-20z"),
    class_="govuk-button__start-icon",
    xmlns="http://www.w3.org/2000/svg",
    width="17.5",
    height="19",
    viewBox="0 0 33 40",
    aria_hidden="true",
    focusable="false",
)


def button(
    text: Inside,
    href: str | None = None,
    kind: Kind = "",
    *,
    name: str | None = None,
    value: str | None = None,
    start: bool = False,
    once: bool = False,
    **attributes: object,
) -> SafeString:
    """A button that sends its form; with href a link that looks as one. once: a second click within a second does
    nothing, where scripts run."""
    class_ = classes("govuk-button", kind and f"govuk-button--{kind}", "govuk-button--start" if start else None)
    inside = (text, _ARROW if start else None)
    attributes |= {"class_": class_, "data_module": "govuk-button"}
    if href is not None:
        return element("a", *inside, href=href, role="button", draggable="false", **attributes)
    prevent = "true" if once else None
    sends = {"type": "submit", "name": name, "value": value, "data_prevent_double_click": prevent}
    return element("button", *inside, **(sends | attributes))


def tag(text: Inside, colour: Colour = "", also: str = "") -> SafeString:
    """A state in a word or two. The colour says nothing that the word does not."""
    return element("strong", text, class_=classes("govuk-tag", also, colour and f"govuk-tag--{colour}"))


def back_link(href: str, text: Inside = "Back") -> SafeString:
    return element("a", text, href=href, class_="govuk-back-link")


def skip_link(href: str = "#content", text: Inside = "Skip to main content") -> SafeString:
    return element("a", text, href=href, class_="govuk-skip-link", data_module="govuk-skip-link")


def breadcrumbs(crumbs: Sequence[tuple[str, str]]) -> SafeString:
    """crumbs: words and address of each page above this one, the highest first; without an address: this page."""
    items = (
        element("li", _crumb(*one), class_="govuk-breadcrumbs__list-item", aria_current=_here(one)) for one in crumbs
    )
    listed = element("ol", *items, class_="govuk-breadcrumbs__list")
    return element("nav", listed, class_="govuk-breadcrumbs", aria_label="Breadcrumb")


def _crumb(text: str, href: str) -> Inside:
    return element("a", text, class_="govuk-breadcrumbs__link", href=href) if href else text


def _here(crumb: tuple[str, str]) -> str | None:
    return None if crumb[1] else "page"


def inset(inside: Inside, id_: str | None = None) -> SafeString:
    return element("div", inside, class_="govuk-inset-text", id=id_)


def warning(inside: Inside, word: str = "Warning") -> SafeString:
    """word: what stands for the exclamation mark, for those who listen."""
    icon = element("span", "!", class_="govuk-warning-text__icon", aria_hidden="true")
    said = element("strong", hidden(word), inside, class_="govuk-warning-text__text")
    return element("div", icon, said, class_="govuk-warning-text")


def details(summary: Inside, inside: Inside, *, opened: bool = False, id_: str | None = None) -> SafeString:
    """What is shown when somebody asks for it; on paper always."""
    words = element("span", summary, class_="govuk-details__summary-text")
    head = element("summary", words, class_="govuk-details__summary")
    return element(
        "details",
        head,
        element("div", inside, class_="govuk-details__text"),
        id=id_,
        class_="govuk-details",
        open=opened,
    )


def panel(title: Inside, inside: Inside = None, level: int = 1) -> SafeString:
    """That something is done, large."""
    head = element(f"h{level}", title, class_="govuk-panel__title")
    body = element("div", inside, class_="govuk-panel__body") if inside else None
    return element("div", head, body, class_="govuk-panel govuk-panel--confirmation")


def phase_banner(word: str, inside: Inside, colour: Colour = "") -> SafeString:
    """What kind of store or service this is, above the page."""
    said = element("span", inside, class_="govuk-phase-banner__text")
    line = element(
        "p", tag(word, colour, "govuk-phase-banner__content__tag"), said, class_="govuk-phase-banner__content"
    )
    return element("div", line, class_="govuk-phase-banner govuk-width-container")


def notification(
    inside: Inside, *, success: bool = False, title: str | None = None, number: int | str = ""
) -> SafeString:
    """What has just happened, or what the reader must know before the page. inside: text, or HTML with its own
    paragraphs, the first as a heading. number: of one among several on a page."""
    title = title or ("Success" if success else "Important")
    name = f"govuk-notification-banner-title{number}"
    head = element("h2", title, class_="govuk-notification-banner__title", id=name)
    text = (
        inside if isinstance(inside, SafeString) else element("p", inside, class_="govuk-notification-banner__heading")
    )
    return element(
        "div",
        element("div", head, class_="govuk-notification-banner__header"),
        element("div", text, class_="govuk-notification-banner__content"),
        class_=classes("govuk-notification-banner", "govuk-notification-banner--success" if success else None),
        role="alert" if success else "region",
        aria_labelledby=name,
        data_module="govuk-notification-banner",
    )


def lines(parts: Sequence[Inside]) -> SafeString:
    """Each on a line of its own."""
    return joined(parts, "<br>")
