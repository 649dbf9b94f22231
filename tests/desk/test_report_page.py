"""What a report says, and that nothing it is given can change what it is. No browser is needed here."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.desk.report import page, render, words
from concerted.desk.report.data import FieldLevel, FileRead, ReportData, SourcePair
from tests.desk import report_data
from tests.desk.report_data import empty, hostile, large, nothing, small

EVERY = pytest.mark.parametrize("make", [small, empty, nothing, large, hostile])
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"
VOID = {"meta", "rect", "line", "circle", "br"}
Make = Callable[[], ReportData]


class Outline(HTMLParser):
    """The elements of a page with their attributes, its text, and whether each element was closed in its turn."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())


def outline(data: ReportData) -> Outline:
    return Outline(render(data))


@EVERY
def test_every_element_is_closed_in_its_turn(make: Make) -> None:
    assert outline(make()).open == []


@EVERY
def test_a_page_carries_all_it_needs_and_runs_nothing(make: Make) -> None:
    found = outline(make())
    tags = Counter(tag for tag, _ in found.elements)
    for refused in ("script", "link", "img", "iframe", "object", "form", "base", "use", "image", "foreignobject"):
        assert tags[refused] == 0
    attributes = {name for _, held in found.elements for name in held}
    assert not {name for name in attributes if name.startswith("on")} | attributes & {"src", "srcset", "xlink:href"}
    assert {one["href"] for one in found.named("a") if not (one["href"] or "").startswith("#")} == {"quality.html"}
    assert {"http-equiv": "Content-Security-Policy", "content": POLICY} in found.named("meta")


@EVERY
def test_ids_are_unique_and_what_refers_to_them_finds_them(make: Make) -> None:
    found = outline(make())
    ids = Counter(held["id"] for _, held in found.elements if "id" in held)
    assert set(ids.values()) <= {1}
    for _, held in found.elements:
        names = (held.get("aria-labelledby") or "").split()
        names += [target.removeprefix("#")] if (target := held.get("href") or "").startswith("#") else []
        assert set(names) <= set(ids)


@EVERY
def test_tables_have_captions_and_headers_their_scope(make: Make) -> None:
    found = outline(make())
    assert len(found.named("caption")) == len(found.named("table"))
    assert all(one.get("scope") for one in found.named("th"))


@EVERY
def test_regions_that_scroll_can_be_reached_and_have_a_name(make: Make) -> None:
    regions = [held for held in outline(make()).named("div") if held.get("class") == "scroll"]
    assert all(one["tabindex"] == "0" and one["role"] == "region" and one["aria-labelledby"] for one in regions)


@EVERY
def test_charts_have_a_title_a_description_and_their_table_below(make: Make) -> None:
    html = render(make())
    for chart in html.split('<svg role="img"')[1:]:
        after = chart.partition("</svg>")[2]
        assert chart.index("<title") < chart.index("<desc") < chart.index("</svg>")
        assert re.match(r"\s*</div>\s*(<p class=\"axis under\">[^<]*</p>\s*)?<details>\s*<summary>Table:", after)
    pictures = re.findall(r"<svg[^>]*>", html)
    assert all('role="img"' in one or 'aria-hidden="true"' in one for one in pictures)


@EVERY
def test_headings_go_down_a_level_at_a_time(make: Make) -> None:
    levels = [int(tag[1]) for tag, _ in outline(make()).elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


@EVERY
def test_the_same_data_give_the_same_page_and_it_can_be_written(make: Make) -> None:
    assert render(make()) == render(make())
    render(make()).encode("utf-8")


@EVERY
def test_the_handling_line_stands_first(make: Make) -> None:
    text = outline(make()).text
    line = "Contains personal data. Plain files: protect this folder as you would the extracts."
    assert text.index(line) < text.index("Contents")


def test_hostile_text_is_shown_and_does_nothing() -> None:
    html = render(hostile())
    assert "<script" not in html
    assert "&lt;script&gt;document.title=&#39;taken&#39;&lt;/script&gt;" in html
    assert "{{ 7 * 7 }}" in html
    assert html.count("</style>") == html.count("</title>") - html.count("</desc>") == 1
    assert "onmouseover" not in {name for _, held in Outline(html).elements for name in held}


def test_text_cannot_turn_the_page_about() -> None:
    html = render(hostile())
    assert not set(html) & set("\N{RIGHT-TO-LEFT OVERRIDE}\N{POP DIRECTIONAL FORMATTING}\x00\x1b\u200b")
    assert "gpj.[U+202E]cod[U+202C]" in html


@given(st.text(max_size=40))
def test_no_value_adds_an_element(text: str) -> None:
    shown = replace(report_data.JOINED.fields[0], values=(text or "x", "Sameera", "Sam"))
    example = replace(report_data.JOINED, fields=(shown,))
    plain = replace(report_data.JOINED, fields=(replace(shown, values=("x", "Sameera", "Sam")),))
    found, expected = (
        outline(replace(small(), joined=(one,), title=one.fields[0].values[0] or "")) for one in (example, plain)
    )
    assert found.elements == expected.elements


def test_what_was_read_is_summed() -> None:
    text = outline(small()).text
    assert "All 3 files 17 15 1 1 1 14 1" in text
    assert "<bdi>officer</bdi>, <bdi>beat</bdi>" in render(small())
    assert "read as Windows-1252" in text
    assert "All 1 files" not in outline(empty()).text


def test_what_was_mended_is_no_file_of_its_own() -> None:
    read = FileRead("force.csv", ("force",), "force, version 1", 1, 1, 0, 0, 0, 1, 0, mended=True)
    text = outline(replace(small(), files=(*small().files, read))).text
    assert "force.csv : mended later 1 1" in text
    assert "All 3 files, as they came 17 15 1 1 1 14 1" in text


def test_totals_of_no_files_are_nought() -> None:
    assert set(page.file_totals(()).values()) == {0}


def test_reasons_say_what_would_mend_them_and_where() -> None:
    text = outline(small()).text
    assert "1 row and 1 value could not be read." in text
    assert "To mend it: write the day as 2009-03-14 Value 1 force.csv, row 6, column dob" in text
    assert "concerted quarantine list 'out/first look'" in text


def test_the_first_ten_reasons_are_shown_and_the_others_on_demand() -> None:
    html = render(large())
    shown, _, more = html.partition("<summary>20 more reasons</summary>")
    assert [shown.count("no month"), more.count("no month")] == [10, 20]
    assert "more reason" not in render(small())


def test_sources_meet_in_both_orders() -> None:
    pairs = (SourcePair("a", "b", 3), SourcePair("c", "a", 2), SourcePair("a", "a", 1))
    assert page.matrix(("a", "b", "c"), pairs) == [("a", [1, 3, 2]), ("b", [3, 0, 0]), ("c", [2, 0, 0])]


def test_one_source_has_nobody_to_meet() -> None:
    totals = replace(small().totals, sources=("force",), between=(SourcePair("force", "force", 1),))
    assert "Between sources" not in render(replace(small(), totals=totals))


def test_levels_of_a_field_stand_together() -> None:
    levels = [FieldLevel(field, field, 1.0, 1) for field in ("sex", "phone", "sex")]
    grouped = page.by_field(levels)
    assert list(grouped) == ["sex", "phone"]
    assert len(grouped["sex"]) == 2


def test_a_link_says_what_speaks_for_it_and_against() -> None:
    text = outline(small()).text
    speaks = text[text.index("What speaks for the link") :]
    order = ["Date of birth is the same", "What speaks against it", "Postcode is different", "nothing either way"]
    assert [speaks.index(words) for words in order] == sorted(speaks.index(words) for words in order)
    assert "Together: about 9,995 in 10,000 such links are right, if the model is right Joined +10.9" in text
    assert "What speaks against it Nothing that was compared." in text


def test_a_link_that_someone_decided_says_so_first() -> None:
    link = report_data.JOINED.links[0]
    made = replace(report_data.JOINED, links=(replace(link, decided="Ann decided on 2026-03-01: same. Met both."),))
    text = outline(replace(small(), joined=(made,))).text
    said = "Ann decided on 2026-03-01: same. Met both. What follows is what the evidence alone says."
    assert text.index(said) < text.index("Why:")
    assert "What follows" not in outline(small()).text


def test_an_option_is_not_broken_over_two_lines() -> None:
    assert str(words.options_whole("x --out-to <b> --who='a' a--b --")) == (
        'x <span class="option">--out-to</span> &lt;b&gt; --who=&#39;a&#39; a--b --'
    )


def test_an_example_to_review_says_what_an_answer_would_change() -> None:
    said = (
        "If you decide that they are one person: 3 records would be one person (1 and 2); each has another NHS number."
    )
    assert render(small()).count("If you decide") == 1
    assert said in render(small())


def test_likeness_is_said_in_words() -> None:
    text = outline(small()).text
    assert "Given name Samira Sameera Sam Nearly the same" in text
    assert "NHS number Not given Not given Not given Missing" in text
    assert "Postcode ZZ9 9CC QQ1 1AC Not given Different" in text


def test_bars_of_an_example_share_one_scale() -> None:
    assert page.heaviest(report_data.JOINED) == 14.6
    assert page.heaviest(replace(report_data.JOINED, links=())) == 0


def test_the_weight_is_of_a_link_and_no_person_is_scored() -> None:
    text = outline(large()).text
    assert "A weight is the strength of a link between two records . It says nothing about any person." in text
    assert "It does not score or rank any person" in text
    assert not re.search(r"\b(risk|high-risk|suspect|offender|alleged)\b", text, re.IGNORECASE)


def test_thresholds_are_said_in_words() -> None:
    text = outline(small()).text
    assert "Joined: +6.0 bits or more" in text
    assert "To review: from −2.0 up to +6.0 bits, or stronger for a reason given below: a person decides" in text
    assert "or for a reason given below Two records of a source that names each person once" in re.sub(
        " To review:.*?Joined: .*? or more", "", text
    )
    assert "for a reason given below" not in outline(empty()).text


def test_the_model_says_where_it_is_from() -> None:
    text = outline(small()).text
    assert "Shipped with Concerted. There are 14 records, and a model can only be trained from 5,000 on." in text
    assert "day and month the other way round about 120 times more often +6.9 1" in text
    assert "Table: what each field counts for" not in outline(empty()).text


def test_an_evaluation_is_shown_only_when_there_is_one() -> None:
    assert "Precision of pairs" in outline(small()).text
    assert "They do not show how it will do on others" in outline(small()).text
    assert "Compared with the truth" not in outline(empty()).text


def test_what_to_trust_is_said_with_its_figures() -> None:
    text = outline(small()).text
    assert "1 pair of 21 that were compared lies between −2.0 and +6.0 bits" in text
    assert "council and force 4 2.2 in 100 1 charity and force 1 fewer than 0.01 in 100 0 Within force 0 – 1" in text
    assert "Decided different, 2 of 5 records would come away: no other link holds them." in text
    assert "Against it: nothing that was compared ." in text
    assert "Date of birth 50.0% 100% 0% +10.3" in text
    assert text.rindex("What to trust") < text.rindex("What was read")


def test_the_surest_pairs_of_many_sources_are_counted_and_not_listed() -> None:
    assert "58 other pairs of sources are surer; summary.json has all." in outline(large()).text


def test_each_empty_part_says_so() -> None:
    text = outline(empty()).text
    for sentence in (
        "Nothing waits for you here.",
        "The quarantine is empty: every row and every value could be read.",
        "No records were joined: each of the 2 records stands by itself.",
        "No pairs of records were alike enough to be compared.",
        "There is nothing to show: no records were joined.",
        "There is nothing to show: no pair waits for review.",
        "Nothing of note: the fields that links rest on are filled.",
        "Nothing was joined and nothing missed, as far as the weights tell.",
        "There is nothing to look at: no link was made and no pair waits.",
    ):
        assert sentence in text
    assert "No file was read." in outline(nothing()).text


def test_the_command_can_be_copied() -> None:
    assert "concerted resolve force.csv council.csv charity.csv --out 'out/first look'" in outline(small()).text


def test_limits_of_the_run_stand_beside_those_of_every_page() -> None:
    text = outline(small()).text
    assert "Telephone numbers were not looked up anywhere." in text
    assert "The folder is plain files" in text
