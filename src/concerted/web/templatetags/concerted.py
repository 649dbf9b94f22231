"""`{% load concerted %}`: the parts of pages, in templates. docs/pages.md shows each."""

from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlencode

from django import forms, template
from django.core.paginator import Page
from django.forms.boundfield import BoundField
from django.template import Context
from django.utils.safestring import SafeString

from concerted.web import words
from concerted.web.components import fields, inputs, lists, moj, small
from concerted.web.components.element import Inside, element, joined

register = template.Library()


@register.simple_tag
def field(bound: BoundField, **how: Any) -> SafeString:
    """`{% field form.name %}`: label, hint, what is wrong, and what is filled in."""
    return fields.field(bound, **how)


@register.simple_tag(name="fields")
def every_field(form: forms.BaseForm, **how: Any) -> SafeString:
    """`{% fields form %}`: all of them, in their order."""
    return joined(fields.field(bound, **how) for bound in form)


@register.simple_tag
def errors(*given: forms.BaseForm | forms.BaseFormSet[Any] | None) -> SafeString:
    """`{% errors form %}`: what is wrong, above the heading; nothing where all is well."""
    return fields.errors(one for one in given if one is not None)


@register.simple_tag
def button(text: str, **how: Any) -> SafeString:
    """`{% button "Save" %}`, `{% button "Leave" kind="secondary" href=address %}`."""
    return small.button(text, **how)


@register.simple_tag
def tag(text: str, colour: small.Colour = "") -> SafeString:
    """`{% tag "waiting" colour="yellow" %}`."""
    return small.tag(text, colour)


@register.simple_tag
def back(href: str, text: str = "Back") -> SafeString:
    """`{% back address %}`, in the block `before_content`."""
    return element("nav", small.back_link(href, text), aria_label="Way back")


@register.simple_tag
def skip() -> SafeString:
    """`{% skip %}`: the way past what all pages begin with."""
    return small.skip_link()


@register.simple_tag
def phase(word: str, text: str, colour: small.Colour = "") -> SafeString:
    """`{% phase "Trial" "words" %}`: what kind of store or service this is."""
    return small.phase_banner(word, text, colour)


@register.simple_tag
def navigation(places: list[lists.Place]) -> SafeString:
    """`{% navigation places %}`: where one can go from here."""
    return lists.service_navigation(places)


@register.simple_tag
def breadcrumbs(*given: str) -> SafeString:
    """`{% breadcrumbs "People" address "A. Example" "" %}`: words and address in turn; "" for this page."""
    return small.breadcrumbs(list(zip(given[::2], given[1::2], strict=True)))


@register.simple_block_tag
def notice(content: str, kind: str = "", title: str | None = None, number: int | str = "") -> SafeString:
    """`{% notice kind="success" %}Saved.{% endnotice %}`; of several on a page each with a `number`."""
    head = element("div", SafeString(content.strip()), class_="govuk-notification-banner__heading")
    return small.notification(head, success=kind == "success", title=title, number=number)


@register.simple_block_tag
def inset(content: str) -> SafeString:
    """`{% inset %}...{% endinset %}`: what stands out of the text."""
    return small.inset(SafeString(content.strip()))


@register.simple_block_tag
def warning(content: str) -> SafeString:
    """`{% warning %}...{% endwarning %}`: what must not be overlooked."""
    return small.warning(SafeString(content.strip()))


@register.simple_block_tag
def details(content: str, summary: str) -> SafeString:
    """`{% details "What this means" %}...{% enddetails %}`."""
    return small.details(summary, SafeString(content.strip()))


@register.simple_block_tag
def panel(content: str, title: str) -> SafeString:
    """`{% panel "You have left" %}...{% endpanel %}`: that something is done."""
    return small.panel(title, SafeString(content.strip()))


@register.simple_block_tag
def wide(content: str, name: str) -> SafeString:
    """`{% wide "Events" %}<table>...</table>{% endwide %}`: a table that may be wider than the page."""
    return lists.wide(SafeString(content.strip()), name)


@register.simple_block_tag
def fieldset(content: str, legend: str, size: inputs.Size = "m") -> SafeString:
    """`{% fieldset "Contact point" %}...{% endfieldset %}`: what is asked together."""
    return inputs.fieldset(legend, SafeString(content.strip()), size)


@register.simple_tag
def summary(rows: list[lists.Row | tuple[Inside, Inside]], title: str = "") -> SafeString:
    """`{% summary rows %}`: keys and values; with a title as a card."""
    made = [row if isinstance(row, lists.Row) else lists.Row(*row) for row in rows]
    return lists.summary_card(title, made) if title else lists.summary_list(made)


@register.simple_tag
def table(heads: list[lists.Head | str], rows: list[list[Inside]], caption: str, **how: Any) -> SafeString:
    """`{% table heads rows "People" %}`: it scrolls by itself where it is wider than the page."""
    return lists.wide(lists.table(heads, rows, caption, **how), caption)


@register.simple_tag
def tasks(given: list[lists.Task]) -> SafeString:
    """`{% tasks due %}`: what waits, and where it is done."""
    return lists.task_list(given)


@register.simple_tag
def subnavigation(places: list[lists.Place], name: str) -> SafeString:
    """`{% subnavigation places "Organisation" %}`: the pages of one subject."""
    return moj.sub_navigation(places, name)


@register.simple_tag
def timeline(events: list[moj.Happened], level: int = 2) -> SafeString:
    """`{% timeline events %}`: what happened, each with when and by whom."""
    return moj.timeline(events, level)


@register.simple_tag
def badge(text: str) -> SafeString:
    """`{% badge "restricted" %}`: what a record is marked with."""
    return moj.badge(text)


@register.simple_tag(takes_context=True)
def pagination(context: Context, page: Page[Any], name: str = "page") -> SafeString:
    """`{% pagination page %}`: the other pages of a list, by the address with all else that it says."""
    paginator = page.paginator
    if paginator.num_pages < 2:
        return SafeString("")
    asked = context["request"].GET.copy()

    def href(number: int) -> str:
        asked[name] = str(number)
        return f"?{urlencode(list(asked.lists()), doseq=True)}"

    shown = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    numbers = [(one, href(one), one == page.number) if isinstance(one, int) else (None, "", False) for one in shown]
    before = href(page.previous_page_number()) if page.has_previous() else ""
    after = href(page.next_page_number()) if page.has_next() else ""
    return lists.pagination(numbers, before, after)


@register.simple_tag
def dateword(value: date | datetime | None) -> str:
    """`{% dateword event.when %}`: 2 March 2026, in London."""
    return words.day(value)


@register.simple_tag
def momentword(value: datetime | None) -> str:
    """`{% momentword event.when %}`: 2 March 2026 at 9:30am, in London."""
    return words.moment(value)


@register.simple_tag
def timeword(value: datetime | time | None) -> str:
    """`{% timeword event.when %}`: 9:30am, midday, midnight."""
    return words.clock_time(value)


@register.simple_tag
def countword(number: int, one: str, many: str = "") -> str:
    """`{% countword n "person" "people" %}`: 1 person, 1,200 people, no people."""
    return words.count(number, one, many)
