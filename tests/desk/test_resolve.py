"""From extracts to a result folder: the contract of its files, and what refuses to be resolved."""

import csv
import json
import random
from collections import Counter
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from concerted.common.errors import FoundWrongError, UsedWronglyError
from concerted.common.ids import RecordKey, permanent_id
from concerted.common.spreadsheets import plain
from concerted.desk import scores, views
from concerted.desk.columns import Columns
from concerted.desk.limits import Limit
from concerted.desk.resolve import Options, resolve
from concerted.desk.store import Store
from concerted.linkage import Release, link
from tests.desk.extracts import (
    FILES,
    PEOPLE,
    PROFILE,
    PROFILES,
    content,
    decisions,
    example,
    extract,
    partition,
    profile,
    rows_of,
    small,
    table,
)

LINKS = ["left_source", "left_id", "right_source", "right_id", "weight", "probability", "band"]
LINKS += ["reasons", "against", "splink_weight"]


def header(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as handle:
        return next(csv.reader(handle))


def test_columns_are_those_of_the_contract(result: Path) -> None:
    assert header(result / "entities.csv") == ["record_id", "source", "entity_id"]
    assert header(result / "links.csv") == LINKS
    assert header(result / "review.csv") == [*LINKS, "what_it_would_change", "group", "sample"]


def test_the_folder_holds_the_files_of_the_contract_and_the_store(result: Path) -> None:
    names = {path.name for path in result.iterdir()}
    assert names == {*views_of_contract(), "store.sqlite", "records", "pairs.parquet", "log.jsonl"}
    records = sorted(path.name for path in (result / "records").iterdir())
    assert records[:3] == [f"00{at}.parquet" for at in (1, 2, 3)]
    assert [name.partition("-")[0] for name in records[3:]] == ["feed"] * 3 + ["told"] * 3


def views_of_contract() -> set[str]:
    return {"entities.csv", "links.csv", "review.csv", "model.json", "summary.json", "report.html", "quality.html"}


def test_every_record_has_one_line_in_the_order_it_came(result: Path) -> None:
    read = [pq.read_table(path, columns=["source", "record_id"]) for path in sorted((result / "records").glob("0*"))]
    came = [tuple(row.values()) for part in read for row in part.to_pylist()]
    assert [(row["source"], row["record_id"]) for row in rows_of(result / "entities.csv")] == came
    assert len(set(came)) == len(came) == 222


def test_an_entity_has_the_permanent_id_of_its_earliest_record(result: Path) -> None:
    earliest: dict[str, tuple[int, RecordKey]] = {}
    for arrival, row in enumerate(rows_of(result / "entities.csv"), 1):
        earliest.setdefault(row["entity_id"], (arrival, RecordKey(row["source"], row["record_id"])))
    with Store.open(result) as store:
        made = {permanent_id(store.secret, key, arrival) for arrival, key in earliest.values()}
    assert made == set(earliest)


def test_the_summary_has_the_keys_of_the_contract_first(result: Path) -> None:
    summary = json.loads((result / "summary.json").read_text(encoding="utf-8"))
    assert list(summary)[:9] == [
        *("records", "rows_quarantined", "values_quarantined", "entities", "links", "review"),
        *("seconds", "model", "thresholds"),
    ]
    assert (summary["records"], summary["rows_quarantined"], summary["values_quarantined"]) == (222, 6, 9)
    assert summary["entities"] == len(partition(result))
    steps = ["read", "repeats", "prepare", "pairs", "model", "compare", "decide", "write"]
    assert list(summary["seconds"]) == steps
    assert all(isinstance(spent, float) for spent in summary["seconds"].values())
    assert [file["file"] for file in summary["files"]] == ["force.csv", "council.csv", "charity.csv"]
    assert all(file["rows"] == file["read"] + file["quarantined"] + file["blank"] for file in summary["files"])
    assert "2,000" in summary["model"]["why"]
    assert set(summary["thresholds"]) == {"join", "keep", "set"}


def test_links_are_counted_in_the_summary_and_join_within_entities(result: Path) -> None:
    summary = json.loads((result / "summary.json").read_text(encoding="utf-8"))
    links = rows_of(result / "links.csv")
    assert Counter(row["band"] for row in links) == {"join": summary["links"], "review": summary["review"]}
    entity = {(row["source"], row["record_id"]): row["entity_id"] for row in rows_of(result / "entities.csv")}
    for row in links:
        both = {entity[row["left_source"], row["left_id"]], entity[row["right_source"], row["right_id"]]}
        assert len(both) == 1 if row["band"] == "join" else row["reasons"]
    weights = [float(row["weight"]) for row in links]
    assert weights == sorted(weights, reverse=True)
    assert all(len(row["weight"].partition(".")[2]) <= 6 for row in links)


def test_review_has_every_pair_that_waits_and_some_joined_links(result: Path) -> None:
    links = rows_of(result / "links.csv")
    told = rows_of(result / "review.csv")
    asked = [str({name: row[name] for name in LINKS}) for row in told]
    assert len(set(asked)) == len(asked)
    assert set(asked) <= set(map(str, links))
    assert {str(row) for row in links if row["band"] == "review"} <= set(asked)
    joined = [row for row in told if row["band"] == "join"]
    assert 10 < len([row for row in joined if row["sample"] == "joined"]) <= 50
    assert all(row["sample"] != "joined" for row in told if row["band"] == "review")
    assert all(row["what_it_would_change"] and row["group"] for row in told)


def test_model_json_is_the_release_and_can_be_given(result: Path, tmp_path: Path) -> None:
    release = Release.load(result / "model.json")
    assert release.prior is not None
    summary = resolve(FILES, PROFILES, tmp_path / "again", Options(model=str(result / "model.json")))
    assert "was given" in str(summary.model["why"])
    assert partition(tmp_path / "again") == partition(result)


def test_the_same_again_gives_the_same(result: Path, tmp_path: Path) -> None:
    example(tmp_path / "again")
    for name in ("links.csv", "review.csv", "model.json"):
        assert (tmp_path / "again" / name).read_bytes() == (result / name).read_bytes()
    assert partition(tmp_path / "again") == partition(result)


def test_the_tables_are_views_of_the_store(copied: Path) -> None:
    before = content(copied)
    for name in ("entities.csv", "links.csv", "review.csv", "model.json"):
        (copied / name).unlink()
    with Store.open(copied) as store:
        held = Columns.of(store)
        views.write_tables(store.folder, held)
        views.write_review(store.folder, held)
        views.write_model(store)
    after = content(copied)
    assert {name: after[name] == before[name] for name in after} == dict.fromkeys(before, True)


def test_records_hold_no_truth(tmp_path: Path) -> None:
    out = small(tmp_path, options=Options(truth=True))
    assert "who" not in " ".join(pq.read_schema(out / "records" / "001.parquet").names)
    assert sorted(path.name for path in (out / "records").glob("0*")) == ["001.parquet"]
    assert rows_of(out / "truth.csv")[0] == {"record_id": "1", "source": "force", "truth_id": "a"}


def test_without_truth_asked_for_none_is_kept(tmp_path: Path) -> None:
    out = small(tmp_path)
    assert not (out / "truth.csv").exists()
    assert json.loads((out / "summary.json").read_text(encoding="utf-8"))["evaluation"] is None


def test_shuffled_truth_changes_nothing_but_the_scores(tmp_path: Path) -> None:
    """The truth never reaches the linker."""
    told = [row[-1] for row in PEOPLE]
    random.Random(1).shuffle(told)
    shuffled = [(*row[:-1], other) for row, other in zip(PEOPLE, told, strict=True)]
    one = small(tmp_path, PEOPLE, Options(truth=True), out="one")
    other = small(tmp_path, shuffled, Options(truth=True), out="other")
    assert partition(one) == partition(other)
    for name in ("links.csv", "review.csv", "model.json"):
        assert (one / name).read_bytes() == (other / name).read_bytes()
    figures = [json.loads((out / "summary.json").read_text(encoding="utf-8"))["evaluation"] for out in (one, other)]
    assert figures[0]["pair_f1"] == 1.0 > figures[1]["pair_f1"]


def test_link_is_given_records_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[str] = []

    def watching(records: list[Path], **rest: object) -> object:
        given.extend(name for path in records for name in pq.read_schema(path).names)
        return link(records, **rest)  # type: ignore[arg-type] # handed on as it came

    monkeypatch.setattr("concerted.desk.resolve.link", watching)
    small(tmp_path, options=Options(truth=True))
    assert given
    assert not {"who", "truth_id", "truth"} & set(given)


def test_evaluation_of_a_folder_is_that_of_its_truth(tmp_path: Path) -> None:
    out = small(tmp_path, options=Options(truth=True))
    with Store.open(out) as store:
        figures = scores.evaluate(store, out / "truth.csv")
    assert figures == json.loads((out / "summary.json").read_text(encoding="utf-8"))["evaluation"]
    assert (figures["records"], figures["missing"], figures["blocking_recall"]) == (6, 0, 1.0)


def test_truth_that_no_profile_names_is_refused(tmp_path: Path) -> None:
    plain_profile = profile(tmp_path, PROFILE.replace("truth: who\n", ""))
    with pytest.raises(UsedWronglyError, match="no profile says where the truth is"):
        resolve([extract(tmp_path)], [plain_profile], tmp_path / "out", Options(truth=True))
    assert not (tmp_path / "out").exists()


def test_two_files_of_one_name_are_refused(tmp_path: Path) -> None:
    (tmp_path / "other").mkdir()
    files = [extract(tmp_path), extract(tmp_path / "other")]
    with pytest.raises(UsedWronglyError, match="two files have this name"):
        resolve(files, [profile(tmp_path)], tmp_path / "out", Options())


def test_a_file_with_no_records_resolves(tmp_path: Path) -> None:
    out = small(tmp_path, [])
    assert rows_of(out / "entities.csv") == []
    assert "no rows" in (out / "summary.json").read_text(encoding="utf-8")


def test_a_file_of_which_no_row_can_be_read_is_named(tmp_path: Path) -> None:
    nobody = [("", *row[1:]) for row in PEOPLE]
    notes = json.loads((small(tmp_path, nobody) / "summary.json").read_text(encoding="utf-8"))["notes"]
    assert notes == ["small.csv: not one of its rows could be read; `concerted quarantine list DIR` says why"]


def test_unique_sources_join_nobody_to_themselves(tmp_path: Path) -> None:
    text = PROFILE + "one_record_per_person: true\n"
    resolve([extract(tmp_path)], [profile(tmp_path, text)], tmp_path / "out", Options())
    assert max(map(len, partition(tmp_path / "out"))) == 1


def test_decisions_outrank_the_evidence(tmp_path: Path) -> None:
    given = decisions(tmp_path, ("1", "2", "different"), ("5", "6", "same"))
    out = small(tmp_path, options=Options(decisions=given))
    found = partition(out)
    assert frozenset({("force", "5"), ("force", "6")}) in found
    assert frozenset({("force", "1")}) in found


def test_hostile_record_ids_come_back_as_they_were(tmp_path: Path) -> None:
    hostile = ["=cmd|'/c calc'!A1", 'a,"b"', "two\nlines", "@SUM(A1)", "-1+2", "'=x", "+447", "a:b", "x'; drop table t"]
    rows = [(name, f"Given{at}", "Okonjo", f"2009-03-{at + 1:02}", "", "p") for at, name in enumerate(hostile)]
    out = small(tmp_path, rows, Options(truth=True))
    read = rows_of(out / "entities.csv")
    assert [plain(row["record_id"]) for row in read] == hostile
    assert not any(row["record_id"].startswith(("=", "@")) for row in read)
    with Store.open(out) as store:
        figures = scores.evaluate(store, out / "truth.csv")
    assert (figures["records"], figures["missing"]) == (len(hostile), 0)


@pytest.mark.parametrize(("text", "rows"), [("0", 3), ("2", 3), ("10%", 20), ("0%", 1)])
def test_more_in_quarantine_than_allowed_writes_nothing(tmp_path: Path, text: str, rows: int) -> None:
    bad = [("", "Nobody", "Known", "", "", "")] * min(rows, 3)
    good = [(str(at), "Amara", "Okonjo", "2009-03-14", "", "a") for at in range(rows - len(bad))]
    with pytest.raises(FoundWrongError, match=r"it has no record id \(first: small\.csv, row \d+, column id\)"):
        small(tmp_path, [*good, *bad], Options(limit=Limit.parse(text)))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.csv", "small.yaml"]


@pytest.mark.parametrize("text", ["1", "50%", "33.4%"])
def test_as_many_as_allowed_is_written(tmp_path: Path, text: str) -> None:
    small(tmp_path, [*PEOPLE[:2], ("", "Nobody", "Known", "", "", "")], Options(limit=Limit.parse(text)))


@pytest.mark.parametrize("text", ["", "many", "-1", "1.5", "101%", "%", "nan%", "inf%"])
def test_what_is_no_limit_is_refused(text: str) -> None:
    with pytest.raises(UsedWronglyError, match="no number of rows"):
        Limit.parse(text)


def test_several_people_in_a_row_are_records_of_their_own(tmp_path: Path) -> None:
    text = """
profile: family
version: 1
kind: person
record_id: id
source: {constant: council}
parts:
  child: {given_name: c, family_name: l, date_of_birth: d}
  mother: {given_name: m, family_name: l}
"""
    data = table(tmp_path / "f.csv", ("id", "c", "m", "l", "d"), [("1", "Amara", "Hana", "Okonjo", "2009-03-14")])
    resolve([data], [profile(tmp_path, text)], tmp_path / "out", Options())
    assert [row["record_id"] for row in rows_of(tmp_path / "out" / "entities.csv")] == ["1/child", "1/mother"]
