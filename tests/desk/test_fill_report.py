"""The report's content agrees with the folder that it is of."""

from datetime import datetime
from pathlib import Path

import pytest

from concerted.desk import fill_examples, fill_totals, mending
from concerted.desk.columns import Columns
from concerted.desk.fill_report import fill, folder_in
from concerted.desk.replay import replay
from concerted.desk.report import render
from concerted.desk.report.data import ReportData
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from tests.desk.extracts import PEOPLE, alone, decisions, partition, rows_of, small


def filled(folder: Path, *notes: str) -> ReportData:
    with Store.open(folder) as store:
        return fill(store, Columns.of(store), notes, None)


def test_files_and_quarantine_are_those_of_the_store(result: Path) -> None:
    data = filled(result)
    assert [(one.name, one.sources, one.rows) for one in data.files] == [
        ("force.csv", ("force",), 85),
        ("council.csv", ("council",), 82),
        ("charity.csv", ("charity",), 63),
    ]
    reasons = data.quarantine.reasons
    assert sum(one.count for one in reasons) == 15
    assert [one.count for one in reasons] == sorted((one.count for one in reasons), reverse=True)
    assert all(one.first.endswith(tuple("0123456789")) or "column" in one.first for one in reasons)
    assert data.quarantine.steps


def test_totals_agree_with_the_entities(result: Path) -> None:
    totals, found = filled(result).totals, partition(result)
    assert (totals.records, totals.entities) == (222, len(found))
    assert sum(size.records for size in totals.sizes) == 222
    assert sum(size.entities for size in totals.sizes) == len(found)
    assert totals.across == sum(len({source for source, _ in entity}) > 1 for entity in found)
    assert totals.sources == ("force", "council", "charity")
    both = sum({"force", "council"} <= {source for source, _ in entity} for entity in found)
    [pair] = [one for one in totals.between if {one.left, one.right} == {"force", "council"}]
    assert pair.entities == both
    twice = sum(sum(source == "force" for source, _ in entity) > 1 for entity in found)
    assert [one.entities for one in totals.between if one.left == one.right == "force"] == [twice] * bool(twice)


def test_every_compared_pair_is_in_a_bin_or_counted_as_not_drawn(result: Path) -> None:
    data = filled(result)
    drawn = sum(one.joined + one.review + one.apart for one in data.scores.bins)
    beside = sum(int(note.split()[0].replace(",", "")) for note in data.scores.notes)
    with Store.open(result) as store:
        limits = {"join": 2.0, "keep": 0.0, "set": -2.0}
        assert fill_totals.scores(store, limits).bins == data.scores.bins
    assert sum(one.joined for one in data.scores.bins) == data.totals.links
    assert drawn + beside > data.totals.links
    assert all(one.high == other.low for one, other in zip(data.scores.bins, data.scores.bins[1:], strict=False))


@pytest.mark.parametrize(
    ("size", "group"),
    [(1, (1, 1)), (9, (9, 9)), (10, (10, 19)), (99, (90, 99)), (100, (100, 199)), (1234, (1000, 1999))],
)
def test_sizes_are_grouped(size: int, group: tuple[int, int]) -> None:
    assert fill_totals._group(size) == group


def test_examples_show_records_side_by_side_with_reasons(result: Path) -> None:
    data = filled(result)
    assert len(data.joined) == fill_examples.EACH
    assert data.review
    for example in (*data.joined, *data.review):
        [link] = example.links
        assert link.start + sum(reason.weight for reason in link.reasons) == pytest.approx(link.weight, abs=0.6)
        assert {one.band for one in example.links} == {"joined" if example in data.joined else "review"}
        assert all(len(field.values) == 2 and any(field.values) for field in example.fields)
        assert example.command.startswith("concerted explain")
    first = rows_of(result / "review.csv")[0]
    assert data.review[0].records[0].record_id == first["left_id"]


def test_examples_to_review_ask_each_question_once_the_most_telling_first(result: Path) -> None:
    with Store.open(result) as store:
        links = fill_examples.to_review(store)
        asked = rows_of(result / "review.csv")
        assert [link.change for link in links] == [example.change for example in filled(result).review]
    firsts = [next(row for row in asked if row["group"] == number) for number in ("1", "2", "3")]
    assert [(link.left.record_id, link.right.record_id) for link in links] == [
        (row["left_id"], row["right_id"]) for row in firsts
    ]
    assert all(link.change == row["what_it_would_change"] for link, row in zip(links, firsts, strict=True))


@pytest.mark.parametrize(
    ("field", "left", "right", "wanted"),
    [
        ("given_name", "Amara", "Amara", "same"),
        ("given_name", "Amara", "Amarra", "near"),
        ("given_name", "Amara", None, "missing"),
        ("phone", "+447700900001; +447700900002", "+447700900002", "same"),
        ("date_of_birth", "2009-03-14", "1988-07-07", "different"),
        ("other_eye_colour", "Brown", "brown", "same"),
        ("other_eye_colour", "Brown", "green", "different"),
    ],
)
def test_how_alike_two_values_are(field: str, left: str, right: str | None, wanted: str) -> None:
    assert fill_examples._alike(field, left, right) == wanted


def test_reasons_are_read_from_their_words() -> None:
    text = "decided same by Ann on 2026: seen; same name (in full) (+13.6); no telephone in common (-0.9)"
    assert [(one.words, one.weight) for one in fill_examples._reasons(text)] == [
        ("same name (in full)", 13.6),
        ("no telephone in common", -0.9),
    ]
    assert fill_examples._reasons("") == []


def test_what_the_data_lack(tmp_path: Path) -> None:
    rows = [(number, first, last, "", "", who) for number, first, last, _, _, who in PEOPLE]
    [said] = filled(small(tmp_path, rows)).trust.costs
    assert said.startswith("No record has a value for these: ")
    assert all(name in said for name in ("Date of birth", "Address and postcode", "Telephone", "NHS number"))


def test_when_and_by_what(result: Path, frozen_clock: datetime) -> None:
    data = filled(result, "something to mind")
    assert data.made_at == "2 March 2026, 9:30am"
    assert data.made_by.startswith("Concerted ")
    assert data.limits == ("Something to mind.",)
    assert data.model.origin == "shipped"
    assert data.model.levels


@pytest.mark.parametrize(
    ("words", "folder"),
    [
        (["concerted", "resolve", "--out", "a b"], "a b"),
        (["concerted", "resolve", "--out=x"], "x"),
        (["concerted", "resolve", "--out"], "DIR"),
        ([], "DIR"),
    ],
)
def test_the_folder_as_it_was_named(words: list[str], folder: str) -> None:
    assert folder_in(words) == folder


def test_a_folder_with_nothing_wrong_and_nothing_joined(tmp_path: Path) -> None:
    data = filled(small(tmp_path, PEOPLE[4:5]))
    assert data.quarantine.reasons == ()
    assert (data.joined, data.review, data.totals.links) == ((), (), 0)
    assert "Concerted" in render(data)


def test_a_decided_pair_is_shown(tmp_path: Path) -> None:
    given = decisions(tmp_path, ("5", "6", "same"), ("1", "2", "different"), ("3", "4", "different"))
    data = filled(small(tmp_path, options=Options(decisions=given)))
    assert data.totals.links == 1
    [link] = data.joined[0].links
    assert link.weight < 0
    assert link.decided == "Ann decided on 2026-03-01: same. seen."


def test_nobody_decided_the_others(result: Path) -> None:
    assert {link.decided for example in filled(result).joined for link in example.links} == {""}


def test_after_mending_the_page_counts_what_waits_now(copied: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.desk.resolve.link", alone)
    with Store.open(copied) as store:
        mending.mend(store, 4, {"DOB": "18/01/2008"}, "Ann", "asked")
        mending.dismiss(store, 2, "Ann", "there is no telephone")
    replay(copied)
    data = filled(copied)
    assert (data.quarantine.rows, data.quarantine.values) == (6, 8)
    assert [one.mended for one in data.files] == [False, False, False, True]
    assert "6 rows and 8 values could not be read." in render(data)
    assert "14 rows and values are in quarantine." in render(data)


def test_hostile_values_do_no_harm_to_the_page(tmp_path: Path) -> None:
    bad = "<script>alert(1)</script>"
    rows = [(f"{bad}{at}", bad, f"O{bad}", "2009-03-14", "07700 900001", "a") for at in range(2)]
    out = small(tmp_path, [*rows, ("", bad, bad, "", "", "")])
    page = (out / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;" in page
