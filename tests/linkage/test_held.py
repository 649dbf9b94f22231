"""What the release before held together: asked about where it is apart now, and never joined or parted by asking."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage import Decision, Linked, link, review_order
from concerted.linkage.held import BEFORE, HeldPair
from concerted.linkage.release import Release, shipped
from tests.linkage.records import AGENCY, Row, agencies, person, write

PAIRS: Final = [(RecordKey("force", f"f{at}"), RecordKey("council", f"c{at}")) for at in range(AGENCY)]
STRANGERS: Final = (RecordKey("force", "f3"), RecordKey("council", "c4"))
NOBODY: Final = (RecordKey("force", "f3"), RecordKey("council", "gone"))


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    folder, rows = tmp_path_factory.mktemp("held"), agencies()
    return [write(folder / "force.parquet", rows[:AGENCY]), write(folder / "council.parquet", rows[AGENCY:])]


@pytest.fixture(scope="module")
def strict(files: list[Path]) -> Release:
    """A release that joins only the stronger half of what the shipped one does."""
    found = link(files)
    joined = sorted(row["weight"] for row in found.shown.to_pylist() if row["band"] == "join")
    return replace(found.release, join=joined[len(joined) // 2], join_from="by hand")


def asked(found: Linked) -> dict[HeldPair, str]:
    """The pairs that stand in review as held before, with their reasons."""
    rows = found.shown.to_pylist()
    named = {(found.keys[row["left"]], found.keys[row["right"]]): row for row in rows}
    held = {(found.keys[one], found.keys[other]) for one, other in found.held}
    assert held == {pair for pair, row in named.items() if BEFORE in row["reasons"]}
    assert {named[pair]["band"] for pair in held} <= {"review"}
    return {pair: named[pair]["reasons"] for pair in held}


def decided(pair: HeldPair, word: str) -> Decision:
    return Decision(*pair, word, "A", "2026-03-02", "asked both")


def test_those_that_are_apart_now_are_asked_about_and_the_sets_stay(files: list[Path], strict: Release) -> None:
    plain, found = link(files, model=strict), link(files, model=strict, held=PAIRS)
    assert found.entity == plain.entity
    number = {key: at for at, key in enumerate(found.keys)}
    apart = {pair for pair in PAIRS if found.entity[number[pair[0]]] != found.entity[number[pair[1]]]}
    assert 5 < len(apart) < len(PAIRS)
    assert asked(found).keys() == apart
    assert all(text.startswith(f"{BEFORE}; ") for text in asked(found).values())
    assert found.errors == plain.errors


def test_whatever_they_weigh_and_whether_they_were_proposed_or_not(files: list[Path]) -> None:
    found = link(files, held=[STRANGERS, NOBODY, (PAIRS[0][1], PAIRS[0][0])])
    assert asked(found).keys() == {STRANGERS}
    [row] = [row for row in found.shown.to_pylist() if BEFORE in row["reasons"]]
    assert row["weight"] < 0
    kept = [one for one in found.pairs.to_pylist() if (one["left"], one["right"]) == (row["left"], row["right"])]
    assert [(one["band"], one["weight"]) for one in kept] == [("review", row["weight"])]
    weights = [row["weight"] for row in found.shown.to_pylist()]
    assert weights == sorted(weights, reverse=True)


def test_each_pair_is_there_once_and_stays_a_candidate_if_it_was_one(files: list[Path], strict: Release) -> None:
    plain, found = link(files, model=strict), link(files, model=strict, held=[*PAIRS, *PAIRS, STRANGERS])
    named = [{(row["left"], row["right"]): row for row in one.pairs.to_pylist()} for one in (plain, found)]
    assert len(named[1]) == found.pairs.num_rows
    assert named[1].keys() >= named[0].keys()
    for pair, row in named[1].items():
        assert row["candidate"] == (pair in named[0] and named[0][pair]["candidate"])


@pytest.mark.parametrize("word", ["same", "different", "unsure"])
def test_what_was_decided_is_not_asked_again(files: list[Path], strict: Release, word: str) -> None:
    pair = next(iter(asked(link(files, model=strict, held=PAIRS))))
    found = link(files, model=strict, held=PAIRS, decisions=[decided(pair, word)])
    assert pair not in asked(found)
    number = {key: at for at, key in enumerate(found.keys)}
    assert (found.entity[number[pair[0]]] == found.entity[number[pair[1]]]) == (word == "same")


def test_nor_is_another_pair_of_two_sets_that_were_decided_different(files: list[Path]) -> None:
    """Any two records of them say it of both sets."""
    parted = [decided((PAIRS[3][0], PAIRS[4][0]), "different")]
    assert asked(link(files, held=[STRANGERS])).keys() == {STRANGERS}
    assert asked(link(files, held=[STRANGERS], decisions=parted)) == {}


def test_the_question_says_what_it_is_and_comes_before_those_without_a_conflict(files: list[Path]) -> None:
    found = link(files, held=[STRANGERS])
    first = review_order(found)[0]
    assert (
        found.keys[found.shown["left"][first.row].as_py()],
        found.keys[found.shown["right"][first.row].as_py()],
    ) == (STRANGERS)
    assert first.what_it_would_change.startswith("4 records would be one person (2 and 2)")
    assert first.what_it_would_change.endswith("; the release before held them together, and `same` joins them again")


def test_records_for_which_another_stands_are_asked_about_by_it(tmp_path: Path) -> None:
    """Two lines that say the same are compared once."""
    rows: list[Row] = [{"source": "force", "record_id": str(at), **person(at // 2)} for at in range(4)]
    held = [(RecordKey("force", "1"), RecordKey("force", "3"))]
    found = link([write(tmp_path / "twice.parquet", rows)], held=held)
    assert asked(found).keys() == {(RecordKey("force", "0"), RecordKey("force", "2"))}
    assert link([tmp_path / "twice.parquet"], held=[(RecordKey("force", "0"), RecordKey("force", "1"))]).held == set()


def keys_of() -> Sequence[RecordKey]:
    return [key for pair in PAIRS for key in pair]


@given(held=st.lists(st.tuples(st.sampled_from(keys_of()), st.sampled_from(keys_of())), max_size=30))
def test_asking_changes_no_set_and_no_other_pair(files: list[Path], held: list[HeldPair]) -> None:
    plain, found = PLAIN.setdefault("linked", link(files)), link(files, held=held)
    assert found.entity == plain.entity
    rows, others = ({(row["left"], row["right"]): row for row in one.shown.to_pylist()} for one in (plain, found))
    assert {pair: row for pair, row in others.items() if pair not in found.held} == {
        pair: row for pair, row in rows.items() if pair not in found.held
    }


PLAIN: Final[dict[str, Linked]] = {}


def test_the_shipped_release_holds_all_of_them(files: list[Path]) -> None:
    assert asked(link(files, model=shipped(), held=PAIRS)) == {}
