"""The data-quality page: what it says, that each red number opens its rows, and what it never shows."""

import re
from collections import Counter
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
import yaml

from concerted.common.errors import Place
from concerted.desk import mending
from concerted.desk.quality import page, rows
from concerted.desk.quality.figures import Quality
from concerted.desk.quality.page import QualityPage, fill, render
from concerted.desk.quality.rows import MEND_PROTECTED, Listed, open_columns
from concerted.desk.quality.waiting import EACH, Items, Red, form, told, waiting
from concerted.desk.resolve import Options, resolve
from concerted.desk.store import Store
from concerted.extracts import load_profile
from concerted.extracts.aside import required_field
from tests.desk import extracts, report_data
from tests.desk.quality import ANCHOR, ETHNIC, FORCE, FORCE_ROWS, made
from tests.desk.test_report_page import POLICY, Outline


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A result folder that no test may change."""
    return made(tmp_path_factory.mktemp("quality"))


@pytest.fixture(scope="module")
def data(folder: Path) -> QualityPage:
    return filled(folder)


@pytest.fixture(scope="module")
def html(folder: Path) -> str:
    return (folder / "quality.html").read_text(encoding="utf-8")


def filled(folder: Path) -> QualityPage:
    with Store.open(folder) as store:
        return fill(store)


def text(html: str) -> str:
    return Outline(html).text


def behind(data: QualityPage, *red: str) -> Listed:
    return data.listed[Red._make(red)]


def many(count: int) -> list[tuple[str, ...]]:
    """So many rows with a date that cannot be read, and half of them with a telephone that cannot."""
    return [
        (str(at), "Amara", "Okonjo", f"81/01/{1990 + at % 3}", "none such" if at % 2 else "", *[""] * 6, "1")
        for at in range(1, count + 1)
    ]


def test_every_element_is_closed_and_the_page_runs_nothing(html: str) -> None:
    found = Outline(html)
    tags = Counter(tag for tag, _ in found.elements)
    assert found.open == []
    assert not {"script", "link", "img", "iframe", "object", "form", "base", "use"} & set(tags)
    attributes = {name for _, held in found.elements for name in held}
    assert not {name for name in attributes if name.startswith("on")} | attributes & {"src", "srcset"}
    assert {"http-equiv": "Content-Security-Policy", "content": POLICY} in found.named("meta")


def test_headings_tables_and_regions_are_sound(html: str) -> None:
    found = Outline(html)
    levels = [int(tag[1]) for tag, _ in found.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    assert len(found.named("caption")) == len(found.named("table"))
    assert all(one.get("scope") for one in found.named("th"))
    regions = [one for one in found.named("div") if one.get("class") == "scroll"]
    assert all(one["tabindex"] == "0" and one["role"] == "region" and one["aria-labelledby"] for one in regions)


def test_it_links_to_the_report_and_the_report_to_it(folder: Path, html: str) -> None:
    report = (folder / "report.html").read_text(encoding="utf-8")
    assert [one["href"] for one in Outline(html).named("a") if one["href"][:1] != "#"] == ["report.html"]  # type: ignore[index]
    assert report.count('href="quality.html"') == 2


def test_every_link_finds_what_it_names_and_every_id_is_one(html: str) -> None:
    found = Outline(html)
    ids = Counter(held["id"] for _, held in found.elements if "id" in held)
    assert set(ids.values()) == {1}
    for _, held in found.elements:
        named = (held.get("aria-labelledby") or "").split()
        named += [target[1:] for target in [held.get("href") or ""] if target.startswith("#")]
        assert set(named) <= set(ids)


def test_every_red_number_opens_its_rows_and_they_are_as_many(data: QualityPage, html: str) -> None:
    links = re.findall(r'<a class="red" id="(rows-\d+)-number" href="#\1"><span[^>]*>!</span>([\d,]+)<', html)
    assert len(links) == html.count(ANCHOR) == len(data.listed)
    for anchor, count in links:
        [one] = [one for one in data.listed.values() if one.anchor == anchor]
        assert int(count.replace(",", "")) == one.count == len(one.rows)
        listing = html[html.index(f'<h3 id="{anchor}"') :].partition("</article>")[0]
        assert listing.count('<th scope="row"') == one.count
        assert f'href="#{anchor}-number"' in listing


def test_red_is_told_by_a_mark_and_by_words_too(html: str) -> None:
    assert "1 value of Date of birth of force could not be read: open the rows" in text(html)
    assert "rows of force are refused for want of Family name: open the rows" in text(html)
    assert html.count('class="red"') == html.count('aria-hidden="true">!</span>') - 1  # the one that is explained


def test_a_row_behind_a_number_says_all_that_mending_needs(data: QualityPage) -> None:
    [row] = behind(data, "field", "force", "person", "date_of_birth").rows
    assert (row.file, row.row, row.column, row.cells) == ("force.csv", 4, "born", (("born", "81/01/2010"),))
    assert row.reason == "not a date: there is no 81 January 2010"
    assert row.mend.startswith("write the date as the others are")
    assert (row.number > 0, row.state, row.hidden) == (True, "waiting", "")


def test_a_whole_row_shows_the_cells_that_are_read_and_none_that_may_be_protected(data: QualityPage) -> None:
    [row] = behind(data, "required", "force", "person", "family_name").rows
    assert dict(row.cells) == {"ref": "6", "first": "Evan", "born": "01/01/1990"}
    [other] = behind(data, "reason", "force", "row", "it has no record id").rows
    assert dict(other.cells) == {"first": "Idris", "last": "Noid", "born": "01/01/1990"}


def test_nothing_of_ethnicity_or_nationality_stands_anywhere(html: str) -> None:
    said = text(html)
    assert not [one for one in ETHNIC if re.search(rf"\b{one}\b", said)]
    assert said.count("Not shown: a protected field") == 6  # three values, each by its field and by its reason
    assert MEND_PROTECTED in said
    assert "never compared and only counted" in said


def test_ethnicity_has_a_section_of_its_own_with_known_shares_apart(html: str) -> None:
    section = html[html.index('<h2 id="ethnicity"') :].partition("</section>")[0]
    assert section.count("<table") == 2
    said = text(f"<section>{section}</section>")
    assert "records of people by whether it is known" in said
    assert "force 40.0% 2 5 2 Refused: 2 ! 1" in said
    assert "force 20.0% 1 5 3 Left empty: 1 Not asked: 1 Not known: 1 ! 1" in said
    assert "Council Not in the extract 2 By its name it may stand in what the profile leaves out: Ethnicity" in said


def test_what_the_extract_has_not_is_listed_and_never_a_nought(html: str) -> None:
    said = text(html)
    assert "Filled by the profile, alike in every record: Event type." in said
    assert re.search(r"Not in the extract, as its profile takes it: Middle names;.* Sex;", said)
    assert "Not known: 1 (“ Unknown ”)" in said
    assert "0%" not in said.replace("80.0%", "").replace("40.0%", "").replace("20.0%", "").replace("100%", "")


def test_nothing_ranks_an_agency(html: str) -> None:
    names = re.findall(r'<h3 id="agency-\d+"><bdi>([^<]*)', html)
    assert names == ["Council", "force"]
    assert "Nothing here scores or ranks them" in text(html)
    assert not re.search(r"\b(best|worst|rating|league|poor)\b", text(html), re.IGNORECASE)


def test_nothing_in_quarantine_is_said_in_words(tmp_path: Path) -> None:
    empty = replace(filled(made(tmp_path)), quality=Quality((), (), ()), listed={})
    said = text(render(empty))
    for sentence in (
        "The quarantine is empty: every row and every value could be read.",
        "There is no red number, and so no row to show.",
        "No extract has records of people.",
        "No extract was read.",
    ):
        assert sentence in said


def test_at_most_so_many_rows_are_listed_and_then_the_command(tmp_path: Path) -> None:
    data = filled(made(tmp_path, rows=many(EACH + 40), out="a folder"))
    born = behind(data, "field", "force", "person", "date_of_birth")
    assert (born.count, len(born.rows)) == (EACH + 40, EACH)
    base = "concerted quarantine list 'a folder' --kind value"
    assert born.commands == tuple(
        f"{base} --reason 'not a date: there is no 81 January {year}'" for year in (1991, 1992, 1990)
    )
    alike = behind(data, "reason", "force", "value", form("not a date: there is no 81 January 1990"))
    assert alike.commands == (f"{base} --reason 'not a date: there is no'",)
    said = text(render(data))
    assert f"The first {EACH} of {EACH + 40} in quarantine" in said
    assert "To see all 240, among what else has the same reason: concerted quarantine list" in said


def test_a_page_of_many_numbers_lists_fewer_rows_for_each(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = made(tmp_path, rows=many(60))
    monkeypatch.setattr(rows, "ON_A_PAGE", 100)
    data = filled(out)
    assert len(data.listed) == 6
    assert max(len(one.rows) for one in data.listed.values()) == 16
    monkeypatch.setattr(rows, "ON_A_PAGE", 0)
    assert max(len(one.rows) for one in filled(out).listed.values()) == rows.LEAST


@pytest.mark.parametrize(
    ("red", "reasons", "commands"),
    [
        (Red("required", "a", "person", "sex"), ["it's"], ["d --kind row --reason 'it'\"'\"'s'"]),
        (Red("field", "a", "person", "sex"), ["a", "b", "c", "d"], ["d --kind value"]),
        (
            Red("reason", "a", "row", "row … and … more"),
            ["row 1 and 2 more", "row 3 and 4 more"],
            ["row --reason and"],
        ),
        (Red("reason", "a", "row", "…"), ["1", "2"], ["d --kind row"]),
    ],
)
def test_commands_that_list_the_rest(red: Red, reasons: list[str], commands: list[str]) -> None:
    found = list(rows._commands(red, Items(9, [], dict.fromkeys(reasons)), "d"))
    assert len(found) == len(commands)
    assert all(one.endswith(wanted) for one, wanted in zip(found, commands, strict=True))


def test_a_row_that_slipped_shows_no_ethnicity_in_another_column(tmp_path: Path) -> None:
    slipped = ("7", "Lark", "Reed", "White British", "IC3", "", "", "", "", "", "", "1")
    whole = ("", "Lark", "Reed", "any other mixed background, he said", "W9", "", "", "", "", "", "", "1")
    data = filled(made(tmp_path, rows=[*FORCE_ROWS, slipped, whole]))
    born = [row for row in behind(data, "field", "force", "person", "date_of_birth").rows if row.row == 9]
    assert [(row.cells, row.hidden) for row in born] == [((), "Not shown: it may be protected")]
    hidden = [row for row in behind(data, "reason", "force", "row", "it has no record id").rows if row.row == 10]
    assert [dict(row.cells) for row in hidden] == [{"first": "Lark", "last": "Reed"}]
    assert not re.search("White British|IC3|W9|mixed background", render(data))


def test_a_required_protected_field_gives_its_codes_away_nowhere(tmp_path: Path) -> None:
    profile = FORCE.replace("required: [family_name]", "required: [ethnicity_self_defined]")
    data = filled(made(tmp_path, force=profile))
    refused = behind(data, "required", "force", "person", "ethnicity_self_defined")
    assert {row.mend for row in refused.rows} == {MEND_PROTECTED}
    assert "B77" not in render(data)


def test_a_line_that_could_not_be_split_is_not_shown(tmp_path: Path) -> None:
    out = made(tmp_path)
    with Store.open(out) as store, store.writing():
        store.run("update quarantine set raw = '7,White,A2', raw_form = 'line' where kind = 'row'")
    data = filled(out)
    assert {row.hidden for one in data.listed.values() if one.red.of == "row" for row in one.rows} == {
        "Not shown: the line could not be split into cells"
    }
    assert "White" not in render(data)


def test_a_long_text_is_cut(tmp_path: Path) -> None:
    row = (*FORCE_ROWS[0][:3], "x" * 500, *FORCE_ROWS[0][4:])
    [shown] = behind(filled(made(tmp_path, rows=[row])), "field", "force", "person", "date_of_birth").rows
    assert shown.cells == (("born", "x" * rows.TEXT + " ..."),)


def test_what_was_dismissed_or_mended_says_so(tmp_path: Path) -> None:
    out = made(tmp_path)
    with Store.open(out) as store:
        [born] = waiting(store).numbers[Red("field", "force", "person", "date_of_birth")].ids
        [care] = waiting(store).numbers[Red("field", "force", "person", "care_status")].ids
        mending.mend(store, born, {"born": "18/01/2010"}, "Ann", "asked")
        mending.dismiss(store, care, "Ann", "nobody knows")
    said = text(render(filled(out)))
    assert "Dismissed: a person found nothing to mend" in said
    assert "Mended: to be read again" in said


def test_hostile_names_and_values_do_no_harm(tmp_path: Path) -> None:
    bad = f"{report_data.SCRIPT} {report_data.TURNED} {report_data.QUOTES}"
    source, column = bad.replace(":", ""), report_data.SCRIPT
    profile = {
        "profile": "h",
        "version": 1,
        "kind": "person",
        "record_id": "id",
        "source": {"column": "who"},
        "fields": {"sex": column},
        "required": ["sex"],
    }
    path = extracts.table(tmp_path / "x.csv", ("id", "who", column), [("1", source, bad), ("2", source, "female")])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.desk.resolve.link", extracts.alone)
        given = extracts.profile(tmp_path, yaml.safe_dump(profile))
        resolve([path], [given], tmp_path / "out", Options())
    html = (tmp_path / "out" / "quality.html").read_text(encoding="utf-8")
    assert "&lt;script&gt;document.title" in html
    assert "[U+202E]" in html
    assert "<script" not in html
    assert "<img" not in html
    assert Outline(html).open == []


def test_columns_that_may_be_shown(tmp_path: Path) -> None:
    made(tmp_path)
    found = open_columns(load_profile(tmp_path / "force.yaml"))
    assert list(found) == ["first", "last", "born", "tel", "care", "ref"]


@pytest.mark.parametrize(
    ("reason", "wanted"),
    [
        ("not a sex: 'white british' is none of the words known", "not a sex: … is none of the words known"),
        ('not a sex: "o\'white" is none of the words known', "not a sex: … is none of the words known"),
        ("not a date: there is no month Indian", "not a date: there is no month …"),
        ("not a date: there is no month 81", "not a date: there is no month 81"),
        ("not on the list 'Care status'", "not on the list 'Care status'"),
        ("it has 15 cells and the header has 14", "it has 15 cells and the header has 14"),
    ],
)
def test_a_reason_is_told_without_what_stands_in_the_cell(reason: str, wanted: str) -> None:
    assert told(reason) == wanted
    assert form(form(reason)) == form(reason)


def test_ethnicity_that_slipped_into_another_column_is_in_no_reason_and_no_command(tmp_path: Path) -> None:
    profile = "profile: s\nversion: 1\nkind: person\nrecord_id: id\nsource: {constant: force}\nfields: {sex: sex}\n"
    rows = [(str(at), "White British" if at < 250 else f"Asian {at}") for at in range(500)]
    path = extracts.table(tmp_path / "s.csv", ("id", "sex"), [*rows, *((f"x{at}", "female") for at in range(900))])
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.desk.resolve.link", extracts.alone)
        resolve([path], [extracts.profile(tmp_path, profile)], tmp_path / "out", Options())
    data = filled(tmp_path / "out")
    [alike] = [one for one in data.listed.values() if one.red.what == "reason"]
    assert alike.commands == ("concerted quarantine list DIR --kind value --reason 'is none of the words known'",)
    assert not re.search("white british", render(data), re.IGNORECASE)


@pytest.mark.parametrize(
    ("reason", "wanted"),
    [
        ("mother.family_name is required and is empty", ("mother", "family_name")),
        ("sex is required and cannot be read: not on the list", (None, "sex")),
        ("it has no record id", None),
        ("sex and more is required and is empty", None),
    ],
)
def test_a_required_field_is_known_from_the_reason(reason: str, wanted: tuple[str | None, str] | None) -> None:
    assert required_field(reason) == wanted


def test_the_same_data_give_the_same_page(data: QualityPage) -> None:
    assert render(data) == render(data)
    assert page.TITLE in render(data)


def test_a_place_is_said_as_a_spreadsheet_counts(data: QualityPage) -> None:
    [row] = behind(data, "field", "Council", "event", "from").rows
    assert str(Place(row.file, row=row.row, column=row.column)) == "council.csv, row 3, column on"
