"""Scores against a known truth, held against an oracle that looks at every pair of records."""

from itertools import combinations
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import write_rows
from concerted.linkage.evaluate import evaluate, read_truth

KEYS = [RecordKey("force", str(number)) for number in range(12)]
ORDER = [
    *("records", "missing", "pair_p", "pair_r", "pair_f1", "b3_p", "b3_r", "b3_f1"),
    *("exact", "mixed", "over3", "largest", "blocking_recall"),
]

partitions = st.dictionaries(st.sampled_from(KEYS), st.sampled_from("abcd"), max_size=12)
pair_lists = st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(KEYS)), max_size=20)


def _ratio(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _slow(entity: dict[RecordKey, str], truth: dict[RecordKey, str]) -> dict[str, float]:
    """Every pair and every record looked at one by one."""
    both = [key for key in truth if key in entity]
    found = {pair for pair in combinations(both, 2) if entity[pair[0]] == entity[pair[1]]}
    true = {pair for pair in combinations(both, 2) if truth[pair[0]] == truth[pair[1]]}
    shares = []
    for key in both:
        mine = {other for other in both if entity[other] == entity[key]}
        own = {other for other in both if truth[other] == truth[key]}
        shares.append((len(mine & own) / len(mine), len(mine & own) / len(own)))
    people = [{truth[key] for key in both if entity[key] == name} for name in set(entity.values())]
    sets = [frozenset(key for key in both if entity[key] == name) for name in set(entity.values())]
    persons = {frozenset(key for key in both if truth[key] == name) for name in set(truth.values())}
    return {
        "records": len(both),
        "missing": sum(key not in entity for key in truth),
        "pair_p": _ratio(len(found & true), len(found)),
        "pair_r": _ratio(len(found & true), len(true)),
        "b3_p": _ratio(sum(share for share, _ in shares), len(both)),
        "b3_r": _ratio(sum(share for _, share in shares), len(both)),
        "exact": sum(1 for members in sets if members and members in persons),
        "mixed": sum(1 for names in people if len(names) > 1),
        "over3": sum(1 for names in people if len(names) > 3),
        "largest": max(map(len, sets), default=0),
    }


@given(partitions, partitions)
def test_each_figure_is_what_looking_at_every_pair_gives(
    entity: dict[RecordKey, str], truth: dict[RecordKey, str]
) -> None:
    figures = evaluate(entity, truth, [])
    expected = _slow(entity, truth)
    assert {name: figures[name] for name in expected} == pytest.approx(expected, abs=1e-12)
    for kind in ("pair", "b3"):
        p, r = figures[f"{kind}_p"], figures[f"{kind}_r"]
        assert figures[f"{kind}_f1"] == pytest.approx(2 * p * r / (p + r) if p + r else 0, abs=1e-12)


@given(partitions, pair_lists)
def test_blocking_recall_counts_each_true_pair_once(
    truth: dict[RecordKey, str], pairs: list[tuple[RecordKey, RecordKey]]
) -> None:
    true = {frozenset(pair) for pair in combinations(truth, 2) if truth[pair[0]] == truth[pair[1]]}
    found = true & {frozenset(pair) for pair in pairs}
    assert evaluate(truth, truth, pairs)["blocking_recall"] == pytest.approx(_ratio(len(found), len(true)))


def test_the_figures_come_in_the_order_that_scripts_rely_on() -> None:
    assert list(evaluate({}, {}, [])) == ORDER


def test_a_share_of_nothing_is_whole_and_counts_are_nought() -> None:
    figures = evaluate({}, {}, [])
    assert all(figures[name] == (1 if "_" in name else 0) for name in ORDER)


def test_nothing_right_at_all_scores_nought() -> None:
    one, two, three, four = KEYS[:4]
    entity = {one: "x", two: "x", three: "y", four: "y"}
    figures = evaluate(entity, {one: "p", two: "q", three: "p", four: "q"}, [])
    assert (figures["pair_p"], figures["pair_r"], figures["pair_f1"]) == (0, 0, 0)


def test_truths_without_a_record_are_missing_and_records_without_a_truth_left_out() -> None:
    one, two, three = KEYS[:3]
    figures = evaluate({one: "x", three: "x"}, {one: "p", two: "p"}, [])
    assert (figures["records"], figures["missing"], figures["largest"]) == (1, 1, 1)


def test_truth_is_read_by_column_name(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    write_rows(
        path, ["truth_id", "note", "source", "record_id"], [["p1", "", "force", "f:1"], ["p2", "", "council", "c1"]]
    )
    assert read_truth(path) == {RecordKey("force", "f:1"): "p1", RecordKey("council", "c1"): "p2"}


def test_records_whose_truth_is_empty_are_not_one_person(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    write_rows(path, ["record_id", "source", "truth_id"], [["f1", "force", ""], ["f2", "force", ""]])
    assert read_truth(path) == {}


@pytest.mark.parametrize("column", ["record_id", "source", "truth_id"])
def test_a_missing_column_is_named(tmp_path: Path, column: str) -> None:
    path = tmp_path / "truth.csv"
    write_rows(path, [name for name in ("record_id", "source", "truth_id") if name != column], [["a", "b"]])
    with pytest.raises(UsedWronglyError, match=f"there is no column {column}"):
        read_truth(path)


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00bad", b"record_id,source,truth_id\n" + b"x" * 2_000])
def test_a_truth_that_cannot_be_read_is_a_plain_error(
    tmp_path: Path, content: bytes | None, cells_of_a_thousand: None
) -> None:
    if content:
        (tmp_path / "truth.csv").write_bytes(content)
    with pytest.raises(UsedWronglyError, match=r"^truth\.csv: the file cannot be read"):
        read_truth(tmp_path / "truth.csv")


def test_a_record_said_to_be_of_two_people_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "truth.csv"
    path.write_text("source,record_id,truth_id\nforce,1,p1\nforce,1,p1\nforce,1,p2\n", encoding="utf-8")
    said = r"^truth\.csv, row 4, column truth_id: force:1 is said to be of p1 and of p2\."
    with pytest.raises(UsedWronglyError, match=said):
        read_truth(path)
