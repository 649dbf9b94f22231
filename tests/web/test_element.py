"""HTML made of elements: what is put in is escaped, once."""

from html.parser import HTMLParser

from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from concerted.web.components.element import classes, element, hidden, joined


def test_an_element_has_what_stands_inside_and_its_attributes() -> None:
    assert element("a", "Home", " ", 1, href="/", class_="govuk-link") == '<a href="/" class="govuk-link">Home 1</a>'


def test_names_of_attributes_are_written_as_html_has_them() -> None:
    assert element("div", aria_describedby="hint", data_module="x", for_="y") == (
        '<div aria-describedby="hint" data-module="x" for="y"></div>'
    )


def test_an_attribute_may_be_there_alone_or_not_at_all() -> None:
    assert element("input", disabled=True, checked=False, value=None, name="") == '<input disabled name="">'


def test_what_is_text_is_escaped_and_what_is_html_is_not() -> None:
    assert element("p", "<b>", SafeString("<i>x</i>"), title='"') == '<p title="&quot;">&lt;b&gt;<i>x</i></p>'


def test_nothing_gives_nothing() -> None:
    assert joined([None, "", 0, "x"], "<br>") == "0<br>x"
    assert classes("a", None, False, "", "b") == "a b"
    assert hidden("Error:") == '<span class="govuk-visually-hidden">Error:</span>'


class _Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text, self.seen = "", list[tuple[str, dict[str, str | None]]]()

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


_SAID = st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1)


@given(_SAID, _SAID)
def test_whatever_is_said_reads_back_and_makes_no_element(text: str, title: str) -> None:
    read = _Read()
    read.feed(element("p", text, title=title))
    read.close()
    assert read.text == text
    assert read.seen == [("p", {"title": title})]
