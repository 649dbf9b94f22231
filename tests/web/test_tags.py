"""The tags that templates use, as they are written there."""

from datetime import UTC, datetime
from typing import Any

import pytest
from django import forms
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory
from django.test.html import parse_html

from concerted.web.components.lists import Place, Row, Task
from concerted.web.components.moj import Happened


def drawn(text: str, address: str = "/", **given: Any) -> str:
    """A template, with the library loaded."""
    request = RequestFactory().get(address)
    return str(engines["django"].from_string("{% load concerted %}" + text).render(given, request))


class Form(forms.Form):
    first = forms.CharField()
    second = forms.CharField(required=False)


@pytest.mark.parametrize(
    ("text", "holds"),
    [
        ("{% button 'Save' %}", 'class="govuk-button"'),
        ("{% button 'Leave' href='/x/' kind='secondary' %}", 'href="/x/"'),
        ("{% tag 'waiting' colour='yellow' %}", "govuk-tag--yellow"),
        ("{% back '/x/' %}", '<nav aria-label="Way back"><a href="/x/" class="govuk-back-link">Back</a></nav>'),
        ("{% skip %}", 'href="#content"'),
        ("{% phase 'Trial' 'words' %}", "govuk-phase-banner"),
        ("{% breadcrumbs 'People' '/people/' 'Here' '' %}", 'aria-current="page">Here'),
        ("{% notice %} Words {% endnotice %}", 'role="region"'),
        ("{% notice kind='success' %}Words{% endnotice %}", "govuk-notification-banner--success"),
        ("{% notice title='Mind' %}<b>{{ x }}</b>{% endnotice %}", "<b>&lt;i&gt;</b>"),
        ("{% inset %}Words{% endinset %}", "govuk-inset-text"),
        ("{% warning %}Words{% endwarning %}", "govuk-warning-text"),
        ("{% details 'More' %}Words{% enddetails %}", "govuk-details__text"),
        ("{% panel 'Done' %}Words{% endpanel %}", "govuk-panel--confirmation"),
        ("{% wide 'Events' %}<table></table>{% endwide %}", 'aria-label="Events"'),
        ("{% fieldset 'About it' %}Words{% endfieldset %}", "govuk-fieldset__legend--m"),
        ("{% dateword none %}{% momentword none %}{% timeword none %}", ""),
        ("{% countword 2 'record' %}", "2 records"),
        ("{% badge 'restricted' %}", '<span class="moj-badge">restricted</span>'),
    ],
)
def test_a_tag_gives_its_component(text: str, holds: str) -> None:
    assert holds in drawn(text, x="<i>", none=None)


def test_all_fields_of_a_form_stand_in_their_order() -> None:
    html = drawn("{% fields form %}", form=Form())
    assert html.index("id_first") < html.index("id_second")
    assert drawn("{% field form.first width='5' %}", form=Form()).count("<input") == 1


def test_errors_are_those_of_all_forms_that_are_there() -> None:
    assert "#id_first" in drawn("{% errors form none %}", form=Form({}), none=None)
    assert drawn("{% errors none %}", none=None) == ""


def test_keys_and_values_may_stand_as_a_card() -> None:
    rows = [("Name", "<b>"), Row("Area", "Northvale")]
    assert "&lt;b&gt;" in drawn("{% summary rows %}", rows=rows)
    assert "govuk-summary-card__title" in drawn("{% summary rows title='Police' %}", rows=rows)


def test_a_table_scrolls_by_itself_under_its_caption() -> None:
    html = drawn("{% table heads rows 'Events' %}", heads=["Day", "What"], rows=[["2 March 2026", "Seen"]])
    assert 'role="region" aria-label="Events" tabindex="0"' in html
    assert '<th scope="row" class="govuk-table__header">2 March 2026</th>' in html


def test_what_waits_leads_to_where_it_is_done() -> None:
    html = drawn("{% tasks given %}", given=[Task("Confirm", "/c/", "today", "It is asked every 90 days.")])
    assert 'href="/c/"' in html
    assert "It is asked every 90 days." in html


def test_other_pages_keep_what_else_the_address_says() -> None:
    page = Paginator(range(100), 10).page(5)
    html = parse_html(drawn("{% pagination page %}", "/people/?q=a%26b&role=sio&role=analyst&page=5", page=page))
    assert 'href="?q=a%26b&amp;role=sio&amp;role=analyst&amp;page=4"' in str(html).replace(
        "&role", "&amp;role"
    ).replace("&page", "&amp;page")
    assert str(html).count("govuk-pagination__item--ellipsis") == 2


def test_the_first_page_has_none_before_and_the_last_none_after() -> None:
    pages = Paginator(range(20), 10)
    assert "Previous" not in drawn("{% pagination page %}", page=pages.page(1))
    assert "Next" not in drawn("{% pagination page %}", page=pages.page(2))
    assert drawn("{% pagination page %}", page=Paginator([1], 10).page(1)) == ""


def test_the_pages_of_one_subject_mark_the_one_that_is_open() -> None:
    html = drawn("{% subnavigation places 'Unit' %}", places=[Place("People", "/p/", here=True), Place("Areas", "/a/")])
    assert html == (
        '<nav class="moj-sub-navigation" aria-label="Unit"><ul class="moj-sub-navigation__list">'
        '<li class="moj-sub-navigation__item">'
        '<a class="moj-sub-navigation__link" aria-current="page" href="/p/">People</a></li>'
        '<li class="moj-sub-navigation__item"><a class="moj-sub-navigation__link" href="/a/">Areas</a></li></ul></nav>'
    )


def test_what_happened_is_told_with_when_and_by_whom() -> None:
    when = datetime(2026, 7, 2, 8, 30, tzinfo=UTC)
    html = drawn(
        "{% timeline events %}", events=[Happened("Invited", when, "Asha <b>", "As an analyst"), Happened("Left", when)]
    )
    assert html.count("moj-timeline__item") == 2
    assert '<h2 class="moj-timeline__title">Invited</h2> <p class="moj-timeline__byline">by Asha &lt;b&gt;</p>' in html
    assert '<time datetime="2026-07-02T08:30:00+00:00">2 July 2026 at 9:30am</time>' in html
    assert html.count("moj-timeline__description") == 1
