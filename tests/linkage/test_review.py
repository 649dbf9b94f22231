"""The order of review: what an answer would change most comes first, and one question is one group."""

import random
from collections.abc import Sequence
from dataclasses import replace
from random import Random

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage import components, questions
from concerted.linkage.linked import Linked
from concerted.linkage.partition import Claims
from concerted.linkage.release import shipped
from concerted.linkage.review import JOINED_MOST, RANDOM, REVIEW_ONE_IN, ReviewRow, review_order

Shown = tuple[int, int, float, str]


def _linked(
    sources: str,
    entity: list[int],
    shown: Sequence[Shown],
    claims: Claims | None = None,
    decided: dict[tuple[int, int], str] | None = None,
) -> Linked:
    """sources: a letter for each record, whose id is its number."""
    keys = [RecordKey(source, str(at)) for at, source in enumerate(sources)]
    left, right, weight, band = zip(*shown, strict=True) if shown else ((), (), (), ())
    texts = pa.array([""] * len(left), pa.string())
    table = pa.table(
        {
            "left": pa.array(left, pa.int32()),
            "right": pa.array(right, pa.int32()),
            "weight": pa.array(weight, pa.float64()),
            "band": pa.array(band, pa.string()),
            "reasons": pa.array([f"reason {at}" for at in range(len(left))], pa.string()),
            "against": texts,
        }
    )
    return Linked(keys, entity, table, table, shipped(), "", claims=claims or {}, decided=decided or {})


def test_only_pairs_for_review_are_asked_about() -> None:
    linked = _linked("ab", [0, 0], [(0, 1, 9.0, "join")], decided={(0, 1): "same"})
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
        1: "3 records would be one person (2 and 1); it would join a and b",
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
    assert len(_sample(straight)) == pytest.approx(len(pairs) / REVIEW_ONE_IN, rel=0.5)


def _sample(linked: Linked) -> set[frozenset[RecordKey]]:
    shown = linked.shown.to_pylist()
    sampled = [shown[row.row] for row in review_order(linked) if row.sample == "review"]
    assert {row.sample for row in review_order(linked)} == {"review", ""}
    return {frozenset((linked.keys[row["left"]], linked.keys[row["right"]])) for row in sampled}


def test_two_numbers_that_keep_entities_apart_are_named() -> None:
    claims = {0: {"NHS number": "a", "PNC id": "x"}, 1: {"NHS number": "b", "PNC id": "y"}, 2: {"NHS number": "a"}}
    linked = _linked("aba", [0, 1, 2], [(0, 1, 9.0, "review"), (0, 2, 1.0, "review")], claims)
    said = {row.row: row.what_it_would_change for row in review_order(linked)}
    assert said[0].endswith("; each has another NHS number and PNC id")
    assert said[1] == "2 records would be one person (1 and 1)"


CHAIN = [(0, 1, 20.0, "join"), (2, 3, 20.0, "join"), (1, 2, 4.0, "join")]


def _asked(linked: Linked) -> list[ReviewRow]:
    """The rows that are not there only because they were drawn."""
    return [row for row in review_order(linked) if row.what_it_would_change != RANDOM]


def test_a_weak_link_that_alone_holds_a_large_entity_together_is_asked_about() -> None:
    [row] = _asked(_linked("aabb", [0, 0, 0, 0], CHAIN))
    assert row.row == 2
    assert row.what_it_would_change == (
        "decided different, 2 of 4 records would come away: no other link holds them; it alone joins a to b"
    )


@pytest.mark.parametrize(
    ("entity", "shown"),
    [
        ([0, 0, 0, 0], [*CHAIN[:2], (1, 2, 9.0, "join")]),  # sure
        ([0, 0, 0, 0], [*CHAIN, (0, 3, 3.0, "join")]),  # another goes round it
        ([0, 0, 0, 3], CHAIN[::2]),  # one record comes away
    ],
)
def test_a_link_that_is_sure_or_not_alone_or_of_one_record_is_not(entity: list[int], shown: list[Shown]) -> None:
    assert _asked(_linked("aabb", entity, shown)) == []


def test_a_link_that_a_person_decided_is_not_asked_about_nor_drawn() -> None:
    linked = _linked("aabb", [0, 0, 0, 0], CHAIN, decided={(1, 2): "same", (0, 1): "same", (2, 3): "same"})
    assert review_order(linked) == []


def test_what_settles_a_conflict_comes_before_what_joins_more() -> None:
    shown = [(0, 1, 9.0, "review"), (2, 3, 1.0, "review"), (4, 5, 1.0, "review")]
    claims = {2: {"NHS number": "x"}, 3: {"NHS number": "y"}}
    linked = _linked("aaaaaa", [0, 1, 2, 3, 4, 5], shown, claims, {(4, 5): "same"})
    assert [row.row for row in review_order(linked)] == [1, 2, 0]
    assert review_order(linked)[1].what_it_would_change.endswith(
        "; a decision that they are the same waits, since others keep them apart"
    )


def test_questions_about_one_entity_on_the_same_evidence_share_a_group() -> None:
    shown = [(0, 1, 2.0, "review"), (0, 2, 2.0, "review"), (0, 3, 2.0, "review"), (4, 5, 2.0, "review")]
    linked = _linked("abcdef", [0, 1, 2, 3, 4, 5], shown)
    reasons = pa.array(["same name", "same name", "same town", "same name"])
    linked = replace(linked, shown=linked.shown.set_column(4, "reasons", reasons))
    assert [(row.row, row.group) for row in review_order(linked)] == [(0, "1"), (2, "2"), (3, "3"), (1, "1")]


def test_nobody_is_asked_twice_before_every_question_was_asked_once() -> None:
    shown = [(0, 2, 9.0, "review"), (1, 3, 8.0, "review"), (4, 5, 1.0, "review")]
    rows = review_order(_linked("aaaaaa", [0, 0, 2, 2, 4, 5], shown))
    assert [(row.row, row.group) for row in rows] == [(0, "1"), (2, "2"), (1, "1")]


def test_the_strongest_of_very_many_pairs_counts_for_less() -> None:
    """Between two sets of six one link of 1 bit is likely chance; between two of two, one of 3 bits is not."""
    shown = [(0, 6, 1.0, "review"), (12, 14, 3.0, "review")]
    rows = review_order(_linked("a" * 16, [0] * 6 + [6] * 6 + [12] * 2 + [14] * 2, shown))
    assert [row.row for row in rows] == [1, 0]


def _pairs_of_two(many: int, band: str) -> Linked:
    shown = [(2 * at, 2 * at + 1, 9.0, band) for at in range(many)]
    entity = [at // 2 * 2 for at in range(2 * many)] if band == "join" else list(range(2 * many))
    return _linked("a" * 2 * many, entity, shown)


def test_joined_links_are_drawn_at_random_and_never_too_many() -> None:
    rows = review_order(_pairs_of_two(400, "join"))
    assert {row.sample for row in rows} == {"joined"}
    assert len(rows) == JOINED_MOST
    assert [row.row for row in rows] != sorted(row.row for row in rows)
    assert len(review_order(_pairs_of_two(7, "join"))) == 7


def test_drawn_links_are_met_on_the_way_and_never_swamp_the_questions() -> None:
    asked, joined = _pairs_of_two(100, "review"), _pairs_of_two(200, "join")
    keys = [*asked.keys, *(RecordKey("b", key.record_id) for key in joined.keys)]
    moved = [pc.add(joined.shown[side], pa.scalar(200, pa.int32())) for side in ("left", "right")]
    other = joined.shown.set_column(0, "left", moved[0]).set_column(1, "right", moved[1])
    entity = [*asked.entity, *(one + 200 for one in joined.entity)]
    both = Linked(keys, entity, asked.pairs, pa.concat_tables([asked.shown, other]), shipped(), "")
    drawn = [place for place, row in enumerate(review_order(both)) if row.sample == "joined"]
    assert drawn[:10] == list(range(9, 110, 10))[:10]
    assert len(drawn) == JOINED_MOST


@given(st.randoms(use_true_random=False))
def test_the_order_of_records_and_links_changes_nothing(random: Random) -> None:
    shown = [*CHAIN, (4, 6, 1.0, "review"), (5, 6, 1.0, "review"), (4, 7, 2.0, "review"), (0, 6, 2.0, "review")]
    shown += [(1, 6, 2.0, "review"), (8, 9, 5.0, "join"), (7, 9, 0.5, "review"), (7, 8, 0.5, "review")]
    entity = [0, 0, 0, 0, 4, 4, 6, 7, 8, 8]
    straight = _linked("aabbabcabc", entity, shown)
    order = random.sample(range(10), 10)
    place = {record: at for at, record in enumerate(order)}
    there = [(place[one], place[two], weight, band) for one, two, weight, band in shown]
    turned = [(min(one, two), max(one, two), weight, band) for one, two, weight, band in there]
    rows = random.sample(range(len(shown)), len(shown))
    first = {one: min(place[record] for record in range(10) if entity[record] == one) for one in entity}
    other = _linked("a" * 10, [first[entity[record]] for record in order], [turned[row] for row in rows])
    other = replace(other, keys=[straight.keys[record] for record in order])
    other = replace(other, shown=other.shown.set_column(4, "reasons", straight.shown["reasons"].take(pa.array(rows))))
    assert _said(other) == _said(straight)


def _said(linked: Linked) -> list[tuple[list[RecordKey], str, str, str]]:
    shown = linked.shown.to_pylist()
    return [
        (
            sorted(linked.keys[shown[row.row][side]] for side in ("left", "right")),
            row.what_it_would_change,
            row.group,
            row.sample,
        )
        for row in review_order(linked)
    ]


@given(st.data())
def test_an_entity_is_passed_over_only_where_no_link_of_it_would_be_asked_about(data: st.DataObject) -> None:
    """Those whose weak links all lie between records that sure ones connect are not walked through."""
    many = data.draw(st.integers(4, 9))
    ends = st.tuples(st.integers(0, many - 1), st.integers(0, many - 1)).filter(lambda pair: pair[0] < pair[1])
    pairs = data.draw(st.lists(ends, min_size=3, max_size=14, unique=True))
    shown = [(*pair, data.draw(st.sampled_from([3.0, 5.0, 9.0, 12.0])), "join") for pair in pairs]
    entity = components.components(many, *(np.array(side, np.int32) for side in zip(*pairs, strict=True))).tolist()
    linked = _linked("ab" * (many // 2) + "c" * (many % 2), entity, shown)
    found = list(questions.questions(linked))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(questions, "components", lambda records, *_: np.arange(records))
        assert found == list(questions.questions(linked))
