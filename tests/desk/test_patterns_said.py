"""What the page of networks says of what it leaves out, of each section, and of what is not there."""

import re
from dataclasses import replace
from typing import Any

import pytest

from concerted.desk.patterns import page
from concerted.desk.patterns.alone import MOST_AGENCIES, MOST_RECORDS
from concerted.desk.patterns.chart import MOST as MOST_ITEMS
from concerted.desk.patterns.chart import link_chart
from concerted.desk.patterns.data import AgencyAlone, ByThing, PatternsPage
from concerted.desk.patterns.fill import MOST, OF_ONE_RULE
from concerted.desk.patterns.missing import MOST as MOST_PAIRS
from concerted.desk.patterns.page import render, sections
from concerted.desk.patterns.pattern import FACTS
from concerted.desk.patterns.times import MOST as MOST_BARS
from concerted.desk.patterns.words import by_thing
from concerted.networks import NODE_KINDS
from concerted.networks.findings import Told, rules, standing, urgencies
from tests.conftest import ROOT
from tests.desk.patterns import TOGETHER, WORLD, found, page_of
from tests.desk.test_patterns_page import cells, text
from tests.desk.test_report_page import Outline
from tests.networks.findings.worlds import adult, child, crime, met, report, scope

PAGE = page_of(WORLD)


def changed(data: PatternsPage, **fields: Any) -> PatternsPage:
    """The page with another first pattern. fields: of `Pattern`, which `replace` itself does not type."""
    return replace(data, patterns=(replace(data.patterns[0], **fields), *data.patterns[1:]))


def test_what_a_chart_leaves_out_is_said() -> None:
    [one] = PAGE.patterns
    assert one.chart is not None
    assert "are left out of it" not in text(PAGE)
    cut = replace(one.chart, left_out=7)
    assert f"The chart draws {MOST_ITEMS}; 7 more are left out of it." in text(changed(PAGE, chart=cut))
    whole = text(replace(PAGE, together=replace(one.chart, left_out=1)))
    assert (
        f"A chart draws {MOST_ITEMS} people and things at most; 1 more is left out of this one, with its links."
        in whole
    )


def test_a_full_chart_scrolls_by_itself_and_has_no_names() -> None:
    [one] = PAGE.patterns
    assert one.chart is not None
    html = render(changed(PAGE, chart=replace(one.chart, least=704, named=False)))
    before = html.split('<div class="chart links" style="min-width: 704px">')[0]
    assert before.endswith('<div class="scroll" role="region" aria-labelledby="pattern-1-links-title" tabindex="0">\n')
    assert 'class="name' not in html
    assert 'class="name' in render(PAGE)


def test_who_is_in_a_record_by_a_telephone_of_theirs_is_said_so() -> None:
    """The third side of the circle is a message between two telephones; it names nobody."""
    phones = {"phone_from": "+447700900001", "phone_to": "+447700900002"}
    world = scope(
        [adult("pat", phone="+447700900001"), adult("quin", phone="+447700900002"), child("cleo")],
        crime("c1", "2025-03-01", "pat", "cleo"),
        report("c2", "2025-06-01", "quin cleo"),
        met("m1", "2025-05-01", {}, event_type="message", **phones),
    )
    html = render(page_of(world))
    rows = {row[4]: row[3] for row in cells(html, "pattern-1-facts")}
    assert rows["force-a : c1"] == "P1 and P2"
    assert rows["force-a : m1"] == "P2 by T1, a telephone of theirs P3 by T2, a telephone of theirs"
    assert ["T1 +447700900001", "T2 +447700900002", "Both are named in one record", "R2"] in cells(
        html, "pattern-1-ties"
    )
    assert by_thing(ByThing("P1", "vehicle")) == "P1 by a vehicle of theirs"
    assert by_thing(ByThing("P1", "account", "T3")) == "P1 by T3, an account of theirs"


def test_lines_of_the_same_two_are_moved_off_each_other() -> None:
    [one] = PAGE.patterns
    assert one.chart is not None
    assert "translate(" not in render(PAGE)
    first = one.links[0]
    both = link_chart([first.left, first.right], [first, replace(first, tie="missing", records=())])
    html = render(changed(PAGE, chart=both))
    moved = re.findall(r'<line class="tie \w+"[^>]*transform="translate\(([-.\d]+ [-.\d]+)\)"/>', html)
    assert len(moved) == len(set(moved)) == 2


def test_what_a_timeline_leaves_out_is_said() -> None:
    [one] = PAGE.patterns
    line = one.timeline
    assert line is not None
    few = replace(line, bars=line.bars[:2])
    assert "The timeline draws the first 2 of 3 dated records." in text(changed(PAGE, timeline=few))
    undated = replace(line, bars=line.bars[:2], undated=1)
    assert "1 record has no date." in text(changed(PAGE, timeline=undated))
    assert "The timeline draws" not in text(changed(PAGE, timeline=undated))
    without = text(changed(PAGE, timeline=None, chart=None))
    assert "Timeline of pattern 1" not in without
    assert "Who is linked with whom" not in without


def test_patterns_that_are_gone_are_cut_and_say_so(monkeypatch: pytest.MonkeyPatch) -> None:
    [one] = found(WORLD)
    gone = [(Told(replace(one, id=f"gone-{at}"), "gone", fewer=()), standing(one, [])) for at in range(4)]
    monkeypatch.setitem(page._environment().globals, "MOST_PAST", 2)
    said = text(replace(PAGE, past=gone, again=True))
    assert "gone-1" in said
    assert "gone-2" not in said
    assert "2 more patterns of these: the command concerted findings shows them with --all." in said


def test_when_nothing_changed_that_is_said() -> None:
    same = found(WORLD)
    data = page_of(WORLD, same)
    assert data.again
    said = text(data)
    assert "The patterns on this page are as they were." in said
    assert "Since the last time As before ." in said or "Since the last time As before." in said
    assert "Since the last time" not in text(PAGE)


def test_what_each_agency_alone_would_have_seen_is_a_table_or_the_reason_why_not() -> None:
    rows = cells(render(PAGE), "alone-caption")
    assert rows == [["council-b", "1", "0", "–", "0"], ["force-a", "1", "0", "–", "0"]]
    seen = replace(PAGE, alone=(AgencyAlone("force-a", 3, 2, (1,), 1),))
    html = render(seen)
    assert cells(html, "alone-caption") == [["force-a", "3", "2", "1", "1"]]
    assert '<td class="numbers"><a href="#pattern-1">1</a>' in html
    assert "There are no two agencies here. Each pattern says whether" in text(page_of(TOGETHER))


def test_every_rule_is_listed_with_its_version_and_what_must_be_recorded() -> None:
    rows = cells(render(PAGE), "rules-caption")
    assert len(rows) == len(rules())
    for row, rule in zip(rows, rules().values(), strict=True):
        assert row[0] == f"{rule.title} {rule.id}, version {rule.version}"
        assert row[1] == rule.triggers or row[1] == f"{rule.triggers}."
        assert row[2:] == (["Told to one agency alone"] if rule.about == "own" else row[2:])
    assert sum(row[2:] == ["1", "1"] for row in rows) == 1


def test_every_urgency_and_every_kind_that_is_drawn_has_words() -> None:
    from concerted.desk.patterns.words import CHECK, SHAPES, TIES

    assert list(CHECK) == list(urgencies())
    assert set(SHAPES) == set(NODE_KINDS) - {"event", "order", "case"}
    key = render(PAGE).split('<details class="key-of-charts">')[1].split("</details>")[0]
    assert all(words in key for words in (*SHAPES.values(), *TIES.values()))
    assert all(f'class="tie {kind}"' in key for kind in TIES)
    style = render(PAGE).split("<style>")[1].split("</style>")[0]
    assert all(f".tie.{kind} " in style for kind in TIES if kind != "event")


def test_each_kind_of_line_has_a_dash_or_a_width_of_its_own() -> None:
    style = (ROOT / "src/concerted/desk/patterns/style.css").read_text(encoding="utf-8")
    told = re.findall(r"^\.tie(?:\.\w+)? \{([^}]*)\}", style, re.MULTILINE)
    assert len(told) == len(set(told)) == 5
    assert all("stroke-dasharray" in one or "stroke-width" in one for one in told)
    assert not any("stroke:" in one for one in told[1:])  # one colour for all


def test_no_mark_is_sized_or_coloured_by_who_it_is() -> None:
    html = render(PAGE)
    assert set(re.findall(r'<circle class="shape[^"]*" r="(\d+)"', html)) == {"16"}
    assert not re.search(r'class="shape[^>]*(fill|stroke|transform|scale)=', html)


def test_an_unidentified_person_has_a_shape_of_their_own() -> None:
    told = met("c1", "2025-03-01", {"pat": "suspect", "cleo": "victim"}, found_with="a man called Bear")
    world = scope(
        [adult("pat"), adult("quin"), child("cleo")],
        told,
        report("c2", "2025-06-01", "quin cleo"),
        report("r1", "2025-05-01", "pat quin"),
    )
    html = render(page_of(world))
    assert '<circle class="shape unknown"' in html.split("How to read the link charts")[1]


def test_the_sections_are_those_of_which_there_is_something_to_say() -> None:
    assert list(sections(PAGE)) == ["patterns", "alone", "rules", "searched", "bounds"]
    assert list(sections(page_of(TOGETHER))) == ["patterns", "missing", "alone", "rules", "searched", "bounds"]
    outline = Outline(render(PAGE))
    links = [one["href"] for one in outline.named("a")]
    assert links[1:6] == [f"#{name}" for name in sections(PAGE)]


def test_a_purpose_that_is_not_said_is_asked_for() -> None:
    assert "Purpose protecting a child" in text(PAGE)
    silent = replace(PAGE, about=replace(PAGE.about, purpose=""))
    assert "Purpose Not said. Say it with --purpose when the folder is made again." in text(silent)


def test_the_caps_are_those_of_the_document() -> None:
    said = (ROOT / "docs/findings.md").read_text(encoding="utf-8")
    assert f"{OF_ONE_RULE} patterns of one rule, {MOST} in all" in said
    assert (
        f"{FACTS} records of a pattern, {MOST_BARS} on its timeline" in said or f"{FACTS} records of a pattern" in said
    )
    assert f"{MOST_ITEMS} people and things in a chart" in said
    assert f"{MOST_PAIRS} pairs of children" in said
    assert f"{MOST_AGENCIES} agencies and {MOST_RECORDS:,} records" in said
