"""What the page says can be trusted agrees with the folder."""

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from concerted.desk import fill_trust
from concerted.desk.columns import Columns
from concerted.desk.report.data import Filled, Trust
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.linkage.comparisons import STANDARD
from tests.desk.extracts import PEOPLE, decisions, rows_of, small


def _trust(folder: Path) -> Trust:
    with Store.open(folder) as store:
        return fill_trust.trust(store, Columns.of(store), "DIR")


def _sentence(row: dict[str, str]) -> str:
    change = row["what_it_would_change"]
    return f"Decided the same, {change}." if row["band"] == "review" else f"{change[0].upper()}{change[1:]}."


def test_every_link_is_counted_between_its_sources(result: Path) -> None:
    found, links = _trust(result).between, rows_of(result / "links.csv")
    assert sum(one.joined for one in found) == sum(row["band"] == "join" for row in links)
    assert sum(one.review for one in found) == sum(row["band"] == "review" for row in links)
    pair = {"council", "force"}
    [both] = [one for one in found if {one.left, one.right} == pair]
    here = [row for row in links if {row["left_source"], row["right_source"]} == pair and row["band"] == "join"]
    assert both.false == pytest.approx(sum(1 - float(row["probability"]) for row in here), abs=1e-6)
    shares = [one.share or 0 for one in found]
    assert shares == sorted(shares, reverse=True)


def test_what_a_person_decided_is_not_in_doubt(tmp_path: Path) -> None:
    given = decisions(tmp_path, ("5", "6", "same"))  # which the evidence alone would not join
    [found] = _trust(small(tmp_path, options=Options(decisions=given))).between
    assert found.joined > 1
    assert 0 < found.false < 1e-3


def test_the_links_to_look_at_first_are_those_of_review(result: Path) -> None:
    shown, asked = _trust(result).look, rows_of(result / "review.csv")
    assert len(shown) == fill_trust.LOOKED_AT
    first = asked[: fill_trust.LOOKED_AT]
    assert len({row["group"] for row in first}) == len(first)
    assert [(one.left.record_id, one.right.record_id) for one in shown] == [
        (row["left_id"], row["right_id"]) for row in first
    ]
    assert [(one.change, one.reasons) for one in shown] == [(_sentence(row), row["reasons"]) for row in first]
    assert shown[0].command.startswith("concerted explain DIR force:")


def test_pairs_between_the_thresholds_are_counted(result: Path) -> None:
    weights = pq.read_table(result / "pairs.parquet")["weight"].to_pylist()
    join = json.loads((result / "summary.json").read_text())["thresholds"]["join"]
    found = _trust(result)
    assert (found.unsure, found.compared) == (sum(0 <= one < join for one in weights), len(weights))


def test_what_each_source_has_of_what_is_compared(tmp_path: Path) -> None:
    rows = [(number, first, last, born if number > "3" else "", *more) for number, first, last, born, *more in PEOPLE]
    found = _trust(small(tmp_path, rows))
    share = sum(bool(row[3]) for row in rows) / len(rows)
    filled = {one.field: one for one in found.filled}
    assert filled["Date of birth"].shares == pytest.approx((share,))
    assert filled["Given name"].shares == (1.0,)
    assert found.costs[0].startswith("Date of birth: ")
    assert "NHS number" in found.costs[-1]
    assert "Date of birth" not in found.costs[-1]


def test_the_costliest_is_spoken_of_first_and_what_costs_little_is_not() -> None:
    filled = [
        (Filled("A", (), 10.0), 0.1),
        (Filled("b", (), 4.0), 0.9),
        (Filled("c", (), 0.5), 0.9),
        (Filled("d", (), 9.0), 0),
    ]
    assert list(fill_trust._costs(filled)) == [
        "b: 90 in 100 records have none. Where two records of one person both have it, it adds about 4 bits.",
        "A: 10 in 100 records have none. Where two records of one person both have it, it adds about 10 bits.",
    ]


def test_every_comparison_but_the_local_id_has_its_fields() -> None:
    assert {one.name for one in STANDARD} - set(fill_trust.FIELDS) == {"local_id"}


def test_the_summary_has_the_figures_and_no_record(result: Path) -> None:
    said = json.loads((result / "summary.json").read_text())["trust"]
    assert set(said) == {"unsure", "compared", "between", "filled"}
    assert said == _trust(result).to_dict()
    assert set(said["filled"]["Sex"]) == {"force", "council", "charity"}
