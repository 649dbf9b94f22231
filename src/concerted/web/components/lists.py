"""Parts that list: errors, keys and values, rows, pages, tasks."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from django.utils.safestring import SafeString

from concerted.web.components.element import Inside, classes, element, hidden, joined


@dataclass(frozen=True)
class Act:
    """What can be done about a row. about: whose row it is, for those who listen."""

    text: str
    href: str
    about: str = ""

    def link(self) -> SafeString:
        about = element("span", f" {self.about}", class_="govuk-visually-hidden") if self.about else None
        return element("a", self.text, about, class_="govuk-link", href=self.href)


@dataclass(frozen=True)
class Row:
    """A key, its value, what can be done about it."""

    key: Inside
    value: Inside
    acts: Sequence[Act] = ()


@dataclass(frozen=True)
class Head:
    """Over a column. number: it holds figures, which stand to the right."""

    text: Inside
    number: bool = False


@dataclass(frozen=True)
class Task:
    """Something that waits. state: in a word or a tag. href: where it is done."""

    text: Inside
    href: str = ""
    state: Inside = ""
    hint: Inside = None


@dataclass(frozen=True)
class Place:
    """A page of the navigation. here: it is this page."""

    text: str
    href: str
    here: bool = False


def error_summary(
    errors: Iterable[tuple[Inside, str]], title: str = "There is a problem", described: Inside = None
) -> SafeString:
    """errors: words, and the id of what is to be mended, or "" where it is no one thing."""
    items = [element("li", element("a", text, href=f"#{at}") if at else text) for text, at in errors]
    listed = element("ul", *items, class_="govuk-list govuk-error-summary__list") if items else None
    said = element("p", described) if described else None
    head = element("h2", title, class_="govuk-error-summary__title")
    body = element("div", said, listed, class_="govuk-error-summary__body")
    alert = element("div", head, body, role="alert")
    return element("div", alert, class_="govuk-error-summary", data_module="govuk-error-summary")


def summary_list(rows: Sequence[Row], *, border: bool = True) -> SafeString:
    some = any(row.acts for row in rows)
    drawn = (_summary_row(row, without=some and not row.acts) for row in rows)
    return element(
        "dl", *drawn, class_=classes("govuk-summary-list", None if border else "govuk-summary-list--no-border")
    )


def summary_card(title: str, rows: Sequence[Row], acts: Sequence[Act] = (), level: int = 2) -> SafeString:
    """The same with a title, one of several on a page."""
    head = element(f"h{level}", title, class_="govuk-summary-card__title")
    about = [_of_card(act, title) for act in acts]
    named = [replace(row, acts=[_of_card(act, title) for act in row.acts]) for row in rows]
    does = _listed(about, "govuk-summary-card__actions", "govuk-summary-card__action") if about else None
    wrapper = element("div", head, does, class_="govuk-summary-card__title-wrapper")
    content = element("div", summary_list(named), class_="govuk-summary-card__content")
    return element("div", wrapper, content, class_="govuk-summary-card")


def _of_card(act: Act, title: str) -> Act:
    """With the title of its card, for those who listen."""
    return replace(act, about=f"{act.about} ({title})".strip())


def _summary_row(row: Row, *, without: bool) -> SafeString:
    does = _listed(row.acts, "govuk-summary-list__actions-list", "govuk-summary-list__actions-list-item")
    return element(
        "div",
        element("dt", row.key, class_="govuk-summary-list__key"),
        element("dd", row.value, class_="govuk-summary-list__value"),
        element("dd", does, class_="govuk-summary-list__actions") if row.acts else None,
        class_=classes("govuk-summary-list__row", "govuk-summary-list__row--no-actions" if without else None),
    )


def _listed(acts: Sequence[Act], outer: str, inner: str) -> SafeString:
    """One as it is, several as a list."""
    if len(acts) == 1:
        return acts[0].link() if "list" in outer else element("div", acts[0].link(), class_=outer)
    return element("ul", *(element("li", act.link(), class_=inner) for act in acts), class_=outer)


def table(
    heads: Sequence[Head | str],
    rows: Iterable[Sequence[Inside]],
    caption: str = "",
    *,
    size: str = "m",
    named: bool = True,
) -> SafeString:
    """named: the first cell of a row says whose row it is."""
    columns = [one if isinstance(one, Head) else Head(one) for one in heads]
    top = (
        element("caption", caption, class_=classes("govuk-table__caption", size and f"govuk-table__caption--{size}"))
        if caption
        else None
    )
    over = (element("th", one.text, scope="col", class_=_cell("header", one)) for one in columns)
    head = (
        element("thead", element("tr", *over, class_="govuk-table__row"), class_="govuk-table__head")
        if any(one.text for one in columns)
        else None
    )
    body = (_table_row(columns, row, named=named) for row in rows)
    return element("table", top, head, element("tbody", *body, class_="govuk-table__body"), class_="govuk-table")


def _table_row(columns: Sequence[Head], row: Sequence[Inside], *, named: bool) -> SafeString:
    cells = [
        element("th", cell, scope="row", class_="govuk-table__header")
        if named and not at
        else element("td", cell, class_=_cell("cell", columns[at] if at < len(columns) else Head("")))
        for at, cell in enumerate(row)
    ]
    return element("tr", *cells, class_="govuk-table__row")


def _cell(kind: str, head: Head) -> str:
    return classes(f"govuk-table__{kind}", f"govuk-table__{kind}--numeric" if head.number else None)


def wide(inside: Inside, name: str) -> SafeString:
    """What may be wider than the page scrolls by itself, by keyboard too. name: what it is, for those who listen."""
    return element("div", inside, class_="concerted-wide", role="region", aria_label=name, tabindex="0")


def task_list(tasks: Sequence[Task], prefix: str = "task") -> SafeString:
    return element(
        "ul", *(_task(one, f"{prefix}-{number}") for number, one in enumerate(tasks, 1)), class_="govuk-task-list"
    )


def _task(task: Task, at: str) -> SafeString:
    described = classes(task.hint and f"{at}-hint", f"{at}-status")
    name: Inside = element("div", task.text)
    if task.href:
        name = element(
            "a", task.text, class_="govuk-link govuk-task-list__link", href=task.href, aria_describedby=described
        )
    hint = element("div", task.hint, id=f"{at}-hint", class_="govuk-task-list__hint") if task.hint else None
    return element(
        "li",
        element("div", name, hint, class_="govuk-task-list__name-and-hint"),
        element("div", task.state, class_="govuk-task-list__status", id=f"{at}-status"),
        class_=classes("govuk-task-list__item", "govuk-task-list__item--with-link" if task.href else None),
    )


_BACK: Final = (
    "m6.5938-0.0078125-6.7266 6.7266 6.7441 6.4062 1.377-1.449-4.1856-3.9768h12.896v-2h-12.984l4.2931-4.293"
    "-1.414-1.414z"
)
_ON: Final = (
    "m8.107-0.0078125-1.4136 1.414 4.2926 4.293h-12.986v2h12.896l-4.1855 3.9766 1.377 1.4492 6.7441-6.4062"
    "-6.7246-6.7266z"
)


def pagination(numbers: Sequence[tuple[int | None, str, bool]], before: str = "", after: str = "") -> SafeString:
    """numbers: each number with its address and whether it is this page; None: numbers left out. before, after: the
    addresses of the pages beside this one, "" where there is none."""
    items = element("ul", *(_number(*one) for one in numbers), class_="govuk-pagination__list") if numbers else None
    alone = not numbers
    return element(
        "nav",
        _beside(before, "Previous", "prev", _BACK, alone=alone) if before else None,
        items,
        _beside(after, "Next", "next", _ON, alone=alone) if after else None,
        class_=classes("govuk-pagination", alone and "govuk-pagination--block"),
        aria_label="Pagination",
    )


def _number(number: int | None, href: str, here: bool) -> SafeString:
    if number is None:
        return element("li", "⋯", class_="govuk-pagination__item govuk-pagination__item--ellipsis")
    link = element(
        "a",
        number,
        class_="govuk-link govuk-pagination__link",
        href=href,
        aria_label=f"Page {number}",
        aria_current="page" if here else None,
    )
    return element(
        "li", link, class_=classes("govuk-pagination__item", "govuk-pagination__item--current" if here else None)
    )


def _beside(href: str, word: str, rel: str, path: str, *, alone: bool) -> SafeString:
    icon = element(
        "svg",
        element("path", d=path),
        class_=f"govuk-pagination__icon govuk-pagination__icon--{rel}",
        xmlns="http://www.w3.org/2000/svg",
        height="13",
        width="15",
        aria_hidden="true",
        focusable="false",
        viewBox="0 0 15 13",
    )
    title = element(
        "span",
        word,
        hidden(" page"),
        class_=classes("govuk-pagination__link-title", alone and "govuk-pagination__link-title--decorated"),
    )
    inside = (icon, title) if rel == "prev" or alone else (title, icon)
    return element(
        "div",
        element("a", *inside, class_="govuk-link govuk-pagination__link", href=href, rel=rel),
        class_=f"govuk-pagination__{rel}",
    )


def service_navigation(places: Sequence[Place], name: str = "", href: str = "/") -> SafeString:
    """What there is in the service, under its name."""
    items = joined(_place(one) for one in places)
    toggle = (
        element(
            "button",
            "Menu",
            type="button",
            class_="govuk-service-navigation__toggle govuk-js-service-navigation-toggle",
            aria_controls="navigation",
            hidden=True,
            aria_hidden="true",
        )
        if len(places) > 1
        else None
    )
    listed = element("ul", items, class_="govuk-service-navigation__list", id="navigation")
    nav = (
        element("nav", toggle, listed, aria_label="Menu", class_="govuk-service-navigation__wrapper")
        if places
        else None
    )
    link = (
        element("a", name, href=href, class_="govuk-service-navigation__link")
        if href
        else element("span", name, class_="govuk-service-navigation__text")
    )
    said = element("span", link, class_="govuk-service-navigation__service-name") if name else None
    container = element("div", said, nav, class_="govuk-service-navigation__container")
    inside = element("div", container, class_="govuk-width-container")
    kind: dict[str, object] = {"class_": "govuk-service-navigation", "data_module": "govuk-service-navigation"}
    return (
        element("section", inside, aria_label="Service information", **kind) if name else element("div", inside, **kind)
    )


def _place(place: Place) -> SafeString:
    words: Inside = (
        element("strong", place.text, class_="govuk-service-navigation__active-fallback") if place.here else place.text
    )
    link = element(
        "a",
        words,
        class_="govuk-service-navigation__link",
        href=place.href,
        aria_current="page" if place.here else None,
    )
    return element(
        "li",
        link,
        class_=classes(
            "govuk-service-navigation__item", "govuk-service-navigation__item--active" if place.here else None
        ),
    )
