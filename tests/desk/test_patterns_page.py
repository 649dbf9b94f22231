"""The page of networks: what it says, that each chart has its table, that hostile text stays text, and its caps."""

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from itertools import pairwise
from pathlib import Path

import pytest

from concerted.cli.main import main
from concerted.common.ids import RecordKey
from concerted.desk.patterns import fill, page, words
from concerted.desk.patterns.data import Item, Link, PatternsPage
from concerted.desk.patterns.page import render, sections
from concerted.networks.findings import ORDER, changes
from tests.desk import circle
from tests.desk.patterns import CIRCLE, HOSTILE, TOGETHER, WORLD, found, hostile, many, page_of, page_with, refuted
from tests.desk.test_report_page import POLICY, Outline
from tests.networks.findings.worlds import adult, child, crime, report, scope, without
from tests.networks.worlds import World, row

Make = Callable[[], World]
EVERY = pytest.mark.parametrize("make", [lambda: WORLD, lambda: TOGETHER, hostile, lambda: scope([])])


def text(data: PatternsPage) -> str:
    return Outline(render(data)).text


def cells(html: str, caption: str) -> list[list[str]]:
    """The rows of a table, by the id of its caption."""
    body = html.split(f'<caption id="{caption}"')[1].split("<tbody>")[1].split("</tbody>")[0]
    found = [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", one, re.DOTALL) for one in body.split("<tr>")[1:]]
    return [[unescape(" ".join(re.sub(r"<[^>]+>", " ", cell).split())) for cell in one] for one in found]


@EVERY
def test_every_element_is_closed_and_the_page_runs_nothing(make: Make) -> None:
    html = render(page_of(make()))
    outline = Outline(html)
    tags = Counter(tag for tag, _ in outline.elements)
    assert outline.open == []
    assert not {"script", "link", "img", "iframe", "object", "form", "base", "use", "image"} & set(tags)
    assert not {name for _, held in outline.elements for name in held if name.startswith("on")}
    assert {"http-equiv": "Content-Security-Policy", "content": POLICY} in outline.named("meta")


@EVERY
def test_headings_tables_regions_and_links_are_sound(make: Make) -> None:
    outline = Outline(render(page_of(make())))
    levels = [int(tag[1]) for tag, _ in outline.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(outline.named("caption")) == len(outline.named("table"))
    assert all(one.get("scope") for one in outline.named("th"))
    ids = Counter(held["id"] for _, held in outline.elements if "id" in held)
    assert set(ids.values()) == {1}
    for _, held in outline.elements:
        names = (held.get("aria-labelledby") or "").split()
        names += [target.removeprefix("#")] if (target := held.get("href") or "").startswith("#") else []
        assert set(names) <= set(ids)
    assert {one["href"] for one in outline.named("a") if not (one["href"] or "").startswith("#")} == {"report.html"}


@EVERY
def test_every_chart_has_a_title_a_description_and_a_table(make: Make) -> None:
    html = render(page_of(make()))
    for chart in html.split('<svg role="img"')[1:]:
        assert chart.index("<title") < chart.index("<desc")
        assert re.search(r"table[^<]* below has the same|tables below have the same|The table of the records", chart)
    assert all('role="img"' in one or 'aria-hidden="true"' in one for one in re.findall(r"<svg[^>]*>", html))


def test_the_table_of_a_link_chart_has_the_rows_of_the_chart() -> None:
    data = page_of(WORLD)
    [one] = data.patterns
    assert one.chart is not None
    html = render(data)
    chart = html.split('id="pattern-1-links-title"')[1].split("</div>")[0]
    drawn = [(link.link.left.mark, link.link.right.mark) for link in one.chart.links]
    assert len(drawn) == chart.count('<line class="tie') == 6
    told = [(row[0].split()[0], row[1].split()[0]) for row in cells(html, "pattern-1-ties")]
    assert told == drawn
    marks = re.findall(r'<text class="mark"[^>]*>(\w+)</text>', chart)
    people, things = cells(html, "pattern-1-people"), cells(html, "pattern-1-things")
    assert marks == [row[0] for row in people + things] == ["P1", "P2", "P3", "T1"]
    kinds = [re.sub(r".* ", "", line) for line in re.findall(r'class="(tie \w+)"', chart)]
    assert sorted(kinds) == ["event"] * 3 + ["there"] * 3


def test_the_timeline_has_the_rows_of_the_evidence() -> None:
    data = page_of(WORLD)
    html = render(data)
    chart = html.split('id="pattern-1-times-title"')[1].split("</div>")[0]
    rows = cells(html, "pattern-1-facts")
    drawn = re.findall(r'<tspan class="strong">(R\d)</tspan> ([^<]+)</text>', chart)
    assert sorted(drawn) == [(row[0], row[1]) for row in rows]
    assert dict(drawn)["R3"] == "some day in 2025-06"
    assert chart.count('class="was"') == 2  # of the vague month there is no day on which it certainly was
    assert chart.count('class="may"') == 3


def test_a_finding_stands_with_its_evidence_and_what_would_explain_it() -> None:
    said = text(page_of(WORLD))
    assert "1. Two or more people of concern, tied to one another and to the same children" in said
    assert "R3 some day in 2025-06 intelligence report: 2 people named P2 and P3 force-a : c2 2B untested;" in said
    assert "known indirectly to the source but corroborated handling C" in said
    assert "R1 1 March 2025" in said
    assert "Innocent explanations to test first Family, or friends of a family" in said
    assert "It would be weaker if One of the occasions turns out to be the same incident, told twice." in said
    assert "Rests on records of council-b , force-a . No one agency’s records alone would have made it." in said
    assert "Mind No record here says that an adult and a child of the circle are family" in said
    assert "P1 Testcase Person of concern council-b : pat-c –" in said
    assert "0 other people of whom nothing of concern is recorded are tied to it" in said


def test_whose_records_were_searched_and_what_the_page_does_not_say() -> None:
    said = text(page_of(WORLD))
    assert "Records of council-b , force-a . Others may hold more." in said
    assert "It says nothing of guilt, and a person named here is no offender." in said
    assert not re.search(r"perpetrator|guilty|abuser|prostitut", said)
    assert said.count("offender") == said.count("no offender") == 1
    nothing = text(page_of(scope([])))
    assert "The rules found nothing in these records that is not explained by them." in nothing
    assert "0 Shown here" not in nothing.split("Agencies searched")[1]


def test_the_order_is_that_of_the_findings_and_is_explained() -> None:
    both = {kind: [*WORLD.get(kind, ()), *TOGETHER.get(kind, ())] for kind in {**WORLD, **TOGETHER}}
    data = page_of(both)
    assert [one.finding.id for one in data.patterns] == [one.id for one in found(both)]
    assert [one.number for one in data.patterns] == list(range(1, len(data.patterns) + 1))
    html = render(data)
    assert ORDER in Outline(html).text
    places = [html.index(f'id="pattern-{one.number}"') for one in data.patterns]
    assert places == sorted(places)
    assert [int(row[0].split(".")[0]) for row in cells(html, "index-caption")] == [1, 2]


@pytest.mark.parametrize("name", ["<b>x</b>", '"><img src=x>', "{{ 7 * 7 }}", "=1+1", "\u202egnp"])
def test_hostile_text_is_text(name: str) -> None:
    people = [adult("pat"), adult("quin"), child("cleo")]
    told = [crime("c1", "2025-03-01", "pat", "cleo"), report("c2", "2025-06-01", "quin cleo")]
    told += [report("c3", "2025-05-01", "pat quin", address=name)]
    world = scope([{**one, "family_name": name} for one in people], *told)
    html = render(page_of(world))
    assert name not in html or "<" not in name
    assert not {"img", "b"} & {tag for tag, _ in Outline(html).elements}
    assert "49" not in Outline(html).text
    shown = name.replace("\u202e", "[U+202E]")
    assert shown in Outline(html).text


def test_unseen_characters_and_markup_of_records_are_written_out() -> None:
    html = render(page_of(hostile()))
    assert HOSTILE not in html
    assert "[U+202E]" in html
    assert "&lt;script&gt;document.title=" in html


def test_no_protected_field_reaches_the_page() -> None:
    said = {"ethnicity_self_defined": "ZZ-SELF", "nationality": "ZZ-NATION", "ethnicity_observed": "ZZ-SEEN"}
    world = {kind: [{**one, **(said if kind == "person" else {})} for one in rows] for kind, rows in WORLD.items()}
    assert "ZZ-" not in render(page_of(world))
    assert render(page_of(world)) == render(page_of(WORLD))


def test_no_more_than_the_cap_of_a_rule_and_of_the_page_stand_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fill, "OF_ONE_RULE", 2)
    world = many(4)
    data = page_of(world)
    assert (data.count, len(data.patterns)) == (4, 2)
    assert [one.finding.id for one in data.patterns] == [one.id for one in found(world)][:2]
    said = text(data)
    assert "4 patterns were found. The first of each rule stand here, 2 in all; findings.json has every one" in said
    [told] = [one for one in data.rules if one.rule.id == CIRCLE]
    assert (told.found, told.shown) == (4, 2)
    monkeypatch.setattr(fill, "MOST", 1)
    assert len(page_of(world).patterns) == 1


def test_a_long_list_of_facts_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    from concerted.desk.patterns import pattern

    monkeypatch.setattr(pattern, "FACTS", 2)
    data = page_of(WORLD)
    assert len(data.patterns[0].facts) == 2
    assert "findings.json has 1 more record." in text(data)


def test_one_person_has_one_mark_and_is_led_to_from_each_pattern() -> None:
    more = scope([child("eve")], crime("c3", "2025-07-01", "pat", "eve"), crime("c4", "2025-08-01", "quin", "eve"))
    world = {kind: [*WORLD.get(kind, ()), *more.get(kind, ())] for kind in WORLD}
    both = changes([], found(world))
    [one] = [told for told in both if told.finding.rule == CIRCLE]
    again = replace(one, finding=replace(one.finding, id="another"))
    data = page_with(world, [one, again])
    assert [item.mark for item, _ in data.patterns[0].people] == [item.mark for item, _ in data.patterns[1].people]
    assert data.patterns[0].also["P1"] == (2,)
    assert data.together is not None
    html = render(data)
    assert '<a href="#pattern-2">2</a>' in html
    assert "R1 of pattern 1" in html
    assert "R1 of pattern 2" in html
    rows = cells(html, "together-ties")
    assert (
        len(rows)
        == len(data.together.links)
        == html.split('id="together-links-title"')[1].split("</div>")[0].count("<line")
    )
    assert len(cells(html, "together-items")) == len(data.together.items)


def test_what_changed_is_said_only_when_there_is_a_last_time() -> None:
    assert "changed" not in sections(page_of(WORLD))
    before = found(without(WORLD, "r1")) or [replace(one, facts=one.facts[:2]) for one in found(WORLD)]
    data = page_of(WORLD, before)
    assert "changed" in sections(data)
    said = text(data)
    assert "Stronger: 1. Two or more people of concern" in said
    assert "Stronger. Now it also rests on force-a : c2" in said


def test_what_is_refuted_or_gone_stands_apart_with_its_reason() -> None:
    [one] = found(WORLD)
    data = page_of(WORLD, marks=[refuted(one)])
    assert (data.count, len(data.patterns)) == (0, 0)
    said = text(data)
    assert f"{one.id} 2 people of concern and 1 child" in said
    assert "Refuted by A. Analyst on 2026-03-01 one incident, told twice" in said
    gone = text(page_of(scope([row("x", family_name="Testcase")]), [one]))
    assert "Gone It rested on force-a : c1 , council-b : r1 , force-a : c2" in gone


def test_a_refuted_pattern_with_new_facts_is_back_and_says_which() -> None:
    [one] = found(WORLD)
    data = page_of(WORLD, marks=[refuted(one, facts=[RecordKey("force-a", "c1"), RecordKey("council-b", "r1")])])
    said = text(data)
    assert "Refuted By A. Analyst on 2026-03-01: one incident, told twice" in said
    assert "It rests on records that came since: force-a : c2 ." in said


def test_children_missing_at_the_same_times_stand_in_a_table_the_latest_first() -> None:
    data = page_of(TOGETHER)
    rows = cells(render(data), "missing-caption")
    assert len(rows) == data.missing.count == 3
    assert rows[0][2:] == ["3", "3", "0", "0", "2025-03-10", "2025-06-10"]
    assert "Children missing at the same times" not in text(page_of(WORLD))


def test_a_mark_and_an_urgency_that_are_not_known_are_told_as_they_are() -> None:
    assert words.check("missing now") == "Soon: a child of it is missing now"
    assert words.check("some day") == "Some day."
    assert words.grade("2") == "untested"
    assert words.grade("E") == "suspected to be false"
    assert words.grade("9Z") == words.grade("") == ""
    assert words.marks([]) == "–"
    assert words.short("A name that is rather long") == "A name that is…"
    item = Item(1, "P1", "person", "x", RecordKey("a", "1"))
    assert words.said(Link(item, item, "related")) == "what is recorded of them besides"
    assert words.tie(Link(item, item, "related", says="sibling")) == "A record says who they are to each other: sibling"


def test_a_picture_writes_the_page_says_where_and_its_report_leads_there(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    extracts, profiles = circle.laid_out(tmp_path)
    monkeypatch.chdir(tmp_path)
    words = ["--profiles", str(profiles), "--out", "out", "--as-of", "2026-03-02", "--purpose", "1"]
    assert main(["picture", str(extracts), *words]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "Open out/report.html",
        "Patterns to check: out/networks.html",
    ]
    html = (tmp_path / "out" / "networks.html").read_text(encoding="utf-8")
    assert "1. Two or more people of concern" in Outline(html).text
    assert "concerted finding out circle-of-adults-and-children-" in Outline(html).text
    report = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert report.count('<a href="networks.html">') == 2
    assert page.SECTIONS["alone"] in html


def test_what_is_told_to_one_agency_alone_is_only_counted() -> None:
    told = [one for one in changes([], found(WORLD)) for _ in range(2)]
    own = replace(told[1], finding=replace(told[1].finding, id="own", to="force-a", words="a secret of force-a"))
    data = page_with(WORLD, [told[0], own])
    assert (data.count, len(data.patterns), data.apart) == (1, 1, (("force-a", 1),))
    html = render(data)
    assert "a secret of force-a" not in html
    assert cells(html, "apart-caption") == [["force-a", "1"]]
    assert "concerted findings out --for AGENCY" in Outline(html).text
    assert "apart" not in sections(page_of(WORLD))
