"""The order of review: what an answer would change most comes first, and one question is one group."""

import random
from collections.abc import Sequence

import pyarrow as pa
import pytest

from concerted.common.ids import RecordKey
from concerted.linkage.link import Linked
from concerted.linkage.partition import Claims
from concerted.linkage.release import shipped
from concerted.linkage.review import SAMPLE_ONE_IN, review_order

Shown = tuple[int, int, float, str]


def _linked(sources: str, entity: list[int], shown: Sequence[Shown], claims: Claims | None = None) -> Linked:
    """sources: a letter for each record, whose id is its number."""
    keys = [RecordKey(source, str(at)) for at, source in enumerate(sources)]
    left, right, weight, band = zip(*shown, strict=True) if shown else ((), (), (), ())
    table = pa.table({"left": left, "right": right, "weight": weight, "band": pa.array(band, pa.string())})
    return Linked(keys, entity, table, table, shipped(), "", claims=claims or {})


def test_only_pairs_for_review_are_asked_about() -> None:
    linked = _linked("ab", [0, 0], [(0, 1, 9.0, "join")])
    assert review_order(linked) == []
    assert review_order(_linked("", [], [])) == []


def test_joining_sources_comes_first_then_size_then_weight() -> None:
    shown = [
        (0, 1, 1.9, "review"),  # one source, two records
        (2, 3, 1.8, "review"),  # two sources, two records
        (4, 7, 1.0, "review"),  # two sources, four records
        (8, 9, 0.5, "review"),  # two sources, two records, weaker
    ]
    linked = _linked("aaabaaabab", [0, 1, 2, 3, 4, 4, 4, 7, 8, 9], shown)
    assert [row.row for row in review_order(linked)] == [2, 1, 3, 0]
    assert [row.group for row in review_order(linked)] == ["1", "2", "3", "4"]


def test_pairs_between_the_same_two_entities_are_one_question_strongest_first() -> None:
    shown = [(0, 2, 0.4, "review"), (0, 1, 0.9, "review"), (2, 3, 0.8, "review"), (3, 4, 0.1, "review")]
    linked = _linked("aabbc", [0, 1, 2, 0, 4], shown)
    rows = review_order(linked)
    groups: dict[str, list[int]] = {}
    for row in rows:
        groups.setdefault(row.group, []).append(row.row)
    assert sorted(groups.values()) == [[1], [2, 0], [3]]


def test_what_an_answer_would_change_is_said_in_words() -> None:
    shown = [(0, 1, 1.0, "review"), (0, 2, 0.9, "review"), (0, 4, 0.8, "review"), (2, 3, 0.7, "review")]
    linked = _linked("aabbc", [0, 1, 2, 2, 4], shown)
    said = {row.row: row.what_it_would_change for row in review_order(linked)}
    assert said == {
        0: "2 records would be one person (1 and 1)",
        1: "3 records would be one person (1 and 2); it would join a and b",
        2: "2 records would be one person (1 and 1); it would join a and c",
        3: "nothing in who is joined; it settles a doubt about one of the links",
    }


def test_three_sources_are_listed_as_in_a_sentence() -> None:
    linked = _linked("abc", [0, 0, 2], [(0, 2, 1.0, "review")])
    assert review_order(linked)[0].what_it_would_change.endswith("it would join a, b and c")


def test_the_sample_is_the_same_for_any_order_of_records_and_pairs() -> None:
    pairs = [(left, right) for left in range(40) for right in range(left + 1, 40)]
    straight = _linked("a" * 40, list(range(40)), [(*pair, 1.0, "review") for pair in pairs])
    order = random.Random(7).sample(range(40), 40)
    place = {record: at for at, record in enumerate(order)}
    turned = [(place[left], place[right]) for left, right in reversed(pairs)]
    shown = [(min(pair), max(pair), 1.0, "review") for pair in turned]
    other = _linked("a" * 40, list(range(40)), shown)
    other = Linked([straight.keys[record] for record in order], other.entity, other.pairs, other.shown, shipped(), "")
    assert _sample(straight) == _sample(other)
    assert len(_sample(straight)) == pytest.approx(len(pairs) / SAMPLE_ONE_IN, rel=0.5)


def _sample(linked: Linked) -> set[frozenset[RecordKey]]:
    shown = linked.shown.to_pylist()
    sampled = [shown[row.row] for row in review_order(linked) if row.sample == "yes"]
    assert {row.sample for row in review_order(linked)} == {"yes", ""}
    return {frozenset((linked.keys[row["left"]], linked.keys[row["right"]])) for row in sampled}


def test_two_numbers_that_keep_entities_apart_are_named() -> None:
    claims = {0: {"NHS number": "a", "PNC id": "x"}, 1: {"NHS number": "b", "PNC id": "y"}, 2: {"NHS number": "a"}}
    linked = _linked("aba", [0, 1, 2], [(0, 1, 9.0, "review"), (0, 2, 1.0, "review")], claims)
    said = {row.row: row.what_it_would_change for row in review_order(linked)}
    assert said[0].endswith("; each has another NHS number and PNC id")
    assert said[1] == "2 records would be one person (1 and 1)"
