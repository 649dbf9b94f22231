"""Few records taken one by one: the same to the bit as what arrays make of them, and without arrays."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage import keys
from concerted.linkage.candidates import as_one
from concerted.linkage.compare import Comparer
from concerted.linkage.decisions import Decision
from concerted.linkage.link import link
from concerted.linkage.standard import standardise
from concerted.linkage.standing import few_come, joining, judging, layers
from concerted.linkage.standing.columns import OfPicture, Rows
from concerted.linkage.standing.few_come import step_of_few
from concerted.linkage.standing.few_pairs import FewPairs
from concerted.linkage.standing.few_words import OneByOne
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.joining import join
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.layers import Layer
from concerted.linkage.standing.many_come import step_of_many
from concerted.linkage.standing.shelved import Kinds, layer_of
from concerted.linkage.standing.touched import Touched
from concerted.linkage.weigh import weighed
from concerted.linkage.words import reasons, strengths
from tests.linkage.records import Row, person, write

TEXTS = st.none() | st.text("aéß字", min_size=1, max_size=4)
MANY: Sequence[Row] = [
    {**person(number % 40), "source": source, "record_id": str(number), "middle_name": "Zoë" if number % 3 else None}
    for source in ("force", "council")
    for number in range(45)
]


def standing(folder: Path, rows: Sequence[Row] = MANY, decisions: Sequence[Decision] = ()) -> Growing:
    path = write(folder / "rows.parquet", rows)
    release = link([path], model="default").release
    return Growing.begin(standardise([path]), release, decisions)


def coming(folder: Path, *rows: Row) -> pa.Table:
    return standardise([write(folder / "come.parquet", [{**dict.fromkeys(MANY[0]), **row} for row in rows])])


@given(st.lists(TEXTS, max_size=40), st.lists(st.none() | st.lists(TEXTS.filter(bool)), max_size=40), st.integers(0, 9))
def test_a_value_is_read_as_the_table_has_it(texts: list[str | None], lists: list[Any], cut: int) -> None:
    many = min(len(texts), len(lists))
    columns = {
        "plain": pa.array(texts[:many], pa.string()),
        "coded": pa.array(texts[:many], pa.string()).dictionary_encode(),
        "listed": pa.array(lists[:many], pa.list_(pa.string())),
        "year": pa.array([None if text is None else len(text) for text in texts[:many]], pa.int32()),
    }
    table = pa.table(columns).slice(cut)
    rows = Rows(table)
    for name in columns:
        written = [tuple(dict.fromkeys(one[:24])) if isinstance(one, list) else one for one in table[name].to_pylist()]
        assert [rows.value(name, at) for at in range(table.num_rows)] == written
    assert all(rows.value("none", at) is None for at in range(table.num_rows))


def test_a_column_in_several_pieces_is_read_as_one() -> None:
    table = pa.concat_tables([pa.table({"given": pa.array([text] * 10, pa.string())}) for text in ("a", "b")])
    assert [Rows(table).value("given", at) for at in (0, 9, 10, 19)] == ["a", "a", "b", "b"]


@pytest.mark.parametrize("rows", [1, 40])
def test_a_record_says_nothing_where_it_has_no_value(rows: int) -> None:
    table = pa.table({"dob": ["1968-10-28", *[None] * rows], "words": [["amara", "amara"], *[None] * rows]})
    one, other = (OfPicture(Rows(table), at) for at in (0, 1))
    assert (one["month"], one["day"], one["birthday"], one["words"]) == (10, 28, 1028, {"amara"})
    assert (other["dob"], other["month"], other["words"], other["given"]) == (0, 0, frozenset(), 0)
    assert (other["phones"], other.value("words")) == (frozenset(), None)


def test_a_layer_of_few_is_the_layer_that_arrays_make(tmp_path: Path) -> None:
    odd = {"given_name": "Ann Mary Jo Sue Kim Lee Fay Dee Bo", "nhs_number": "9990000018", "vehicle": "x"}
    rows = [*MANY[:20], {"source": "s", "record_id": "odd", **odd}, {"source": "s", "record_id": "bare"}]
    table = standardise([write(tmp_path / "rows.parquet", rows)])
    others = tuple(layers.others_of(table))
    made, few = Layer.of(table, others, 7), layer_of(table, Kinds.of(others), 7)
    assert made.found.keys.tolist() == few.found.keys.tolist()
    assert made.found.holders.tolist() == few.found.holders.tolist()
    assert {name: one.tolist() for name, one in made.refining.items()} == {
        name: one.tolist() for name, one in few.refining.items()
    }


def test_pairs_compared_one_by_one_weigh_and_say_the_same_to_the_bit(tmp_path: Path) -> None:
    picture = standing(tmp_path)
    compared = np.flatnonzero(picture.stands_for == np.arange(picture.records)).astype(np.int32)
    coded, release = picture.coded(picture.rows(compared)), picture.release
    comparer = Comparer(coded, release.comparisons, release.shares(coded), release.columns)
    left, right = (side.astype(np.int32) for side in np.triu_indices(len(compared), 1))
    in_arrays = weighed(comparer.compare(left, right), release, candidate=True)
    few = FewPairs(picture)
    one_by_one = few.weighed(as_one(compared[left], compared[right]), (left, right))
    for name in ("splink", "tokens", "kin", "telling", "common"):
        assert getattr(one_by_one.compared, name).tolist() == getattr(in_arrays.compared, name).tolist()
    assert one_by_one.weight.tolist() == in_arrays.weight.tolist()
    some = np.flatnonzero(in_arrays.weight > release.keep)
    assert len(some) == 40
    numbers = compared.tolist()
    pairs = {
        (one, other): few.pair(numbers[one], numbers[other])
        for one, other in zip(left[some].tolist(), right[some].tolist(), strict=True)
    }
    speaks = OneByOne(picture.keys(compared), pairs, few.ready.fields)
    band = np.full(len(some), "join")
    assert speaks.reasons(one_by_one.take(some), band, {}).equals(reasons(comparer, in_arrays.take(some), band, {}))
    assert speaks.strengths(one_by_one.take(some)) == strengths(comparer, in_arrays.take(some))
    assert speaks.places(compared[:9]).tolist() == coded.by_key(np.arange(9, dtype=np.int32)).tolist()


@pytest.fixture
def no_arrays(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(joining, "step_of_many", lambda *_: pytest.fail("a step with arrays"))
    monkeypatch.setattr(judging, "_at_once", lambda *_: pytest.fail("judged with arrays"))


@pytest.mark.usefixtures("no_arrays")
def test_a_record_comes_changes_and_goes_without_arrays(tmp_path: Path) -> None:
    picture = standing(tmp_path)
    new = {**person(7), "source": "charity", "record_id": "1"}
    picture, change = join(picture, coming(tmp_path, new))
    assert RecordKey("charity", "1") in change.keys
    assert any({RecordKey("charity", "1"), RecordKey("force", "7")} <= set(one) for one in change.sets)
    picture, change = join(picture, coming(tmp_path, {**new, **person(33)}))
    assert any({RecordKey("charity", "1"), RecordKey("force", "33")} <= set(one) for one in change.sets)
    assert any(set(one) == {RecordKey("force", "7"), RecordKey("council", "7")} for one in change.sets)
    _, change = join(picture, go=[RecordKey("charity", "1")])
    assert change.gone == [RecordKey("charity", "1")]
    assert any(set(one) == {RecordKey("force", "33"), RecordKey("council", "33")} for one in change.sets)


@pytest.mark.usefixtures("no_arrays")
def test_a_record_that_says_what_another_says_is_folded_without_arrays(tmp_path: Path) -> None:
    picture = standing(tmp_path)
    picture, change = join(picture, coming(tmp_path, {**MANY[7], "record_id": "again"}))
    again, first = (picture.numbers([RecordKey("force", name)]) for name in ("again", "7"))
    assert picture.stands_for[[*again.values()]].tolist() == [*first.values()]
    assert any({RecordKey("force", "again"), RecordKey("council", "7")} <= set(one) for one in change.sets)
    picture, _ = join(picture, go=[RecordKey("force", "7")])
    assert picture.stands_for[[*again.values()]].tolist() == [*again.values()]


@pytest.mark.parametrize(
    ("come", "go"),
    [
        ([{"source": "force", "record_id": "7", **person(8)}], []),  # of which something is decided
        ([], [RecordKey("council", "7")]),
        ([{"source": "x", "record_id": "1", "occupation": "welder"}], []),  # a column has its first value
        ([{"source": "x", "record_id": "1", "other_vrm": "zz1"}], []),  # a column that was not there
        ([{"source": "x", "record_id": str(at)} for at in range(few_come.FEW + 1)], []),
    ],
)
def test_what_takes_more_than_a_look_at_few_is_left_to_arrays(
    tmp_path: Path, come: list[Row], go: list[RecordKey]
) -> None:
    decided = [
        Decision(RecordKey("force", "7"), RecordKey("council", "7"), "different", "a reader", "today", "seen", 1)
    ]
    picture = standing(tmp_path, decisions=decided)
    table = coming(tmp_path, *come) if come else picture.layers[0].table.slice(0, 0)
    assert step_of_few(picture, table, go) is None
    assert step_of_few(picture, coming(tmp_path, {**person(9), "source": "x", "record_id": "1"}), []) is not None


@pytest.mark.parametrize("refined", [(), (("year",),)])
def test_a_key_that_a_record_makes_common_takes_its_pairs_and_no_other_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refined: tuple[tuple[str, ...], ...]
) -> None:
    """What is left of it where it is refined is for the code of batch."""
    only = keys.Family("postcode", ("postcode",), cap=4, refined=refined)
    monkeypatch.setattr(keys, "FAMILIES", (only,))
    rows = [
        {**person(10 * place + at), "source": "s", "record_id": f"{place}{at}", "postcode": f"QQ{place} 1CI"}
        for place, many in ((1, 3), (2, 4), (3, 5))
        for at in range(many)
    ]
    picture = standing(tmp_path, rows)
    left_open, pairs, lost = {}, {}, {}
    for place in (1, 2, 3):
        new = coming(tmp_path, {"source": "x", "record_id": "1", "postcode": f"QQ{place} 1CI"})
        step = step_of_many(picture, new, [], (), ())
        few = FewPairs(step.after)
        touched = Touched(step, {key: step.came.tolist() for key in few.keys(int(step.came[0]))})
        left_open[place], pairs[place], lost[place] = len(touched.open.keys), len(touched.new), len(touched.lost)
    assert pairs == {1: 3, 2: 0, 3: 0}
    assert lost == {1: 0, 2: 0 if refined else 6, 3: 0}
    assert left_open == {1: 0, 2: 5 if refined else 0, 3: 0}


def test_runs_hold_what_layers_hold_and_are_few(tmp_path: Path) -> None:
    picture = standing(tmp_path)
    for at in range(20):
        new = {**person(at), "source": "charity", "record_id": str(at)}
        picture, _ = join(picture, coming(tmp_path, new))
    picture, _ = join(picture, go=[RecordKey("charity", "3")])
    assert len(picture.layers) == 22
    assert len(picture.runs) < 6
    assert picture.runs[0].found is picture.layers[0].found
    asked = np.unique(np.concatenate([layer.found.keys for layer in picture.layers]))[::3]
    of_layers = layers.holders_of(picture.layers, asked)
    assert [one.tolist() for one in picture.holders(asked)] == [one.tolist() for one in of_layers]
    each = layers.holders_of_each(picture.runs, asked)
    assert np.concatenate(each).tolist() == of_layers.holders.tolist()
    records = np.arange(picture.records, dtype=np.int32)
    known, expected = picture.pairs_of(records), layers.pairs_of(picture.layers, records)
    assert [one.tolist() for one in known] == [one.tolist() for one in expected]
    again = picture.merged.of(picture.layers[:5])  # of others than it knows
    assert len(again.layers) == 5
    assert sum(len(run.found.keys) for run in again.runs) == sum(len(one.found.keys) for one in picture.layers[:5])


@settings(max_examples=30)
@given(st.lists(st.integers(0, 60), unique=True, max_size=12))
def test_rows_and_what_keys_are_refined_by_are_those_of_all_layers(places: list[int]) -> None:
    none = Keyed(np.empty(0, np.uint64), np.empty(0, np.int32)), np.empty(0, np.int64), np.empty(0)
    made, every = list[Layer](), list[str]()
    for at, many in enumerate((40, 1, 0, 20)):
        names = [f"{at}.{row}" for row in range(many)]
        table = pa.table({"n": pa.array(range(many), pa.int32()), "given": names})
        made.append(Layer(table, none[0], {"year": np.arange(many, dtype=np.uint64) + 100 * at}, *none[1:]))
        every += names
    begins, records = (0, 40, 41, 41, 61), np.array(sorted(places), np.int32)
    found = layers.rows_of(made, begins, records)
    assert found["given"].to_pylist() == [every[at] for at in sorted(places)]
    assert found["n"].to_pylist() == list(range(len(places)))
    years = np.concatenate([one.refining["year"] for one in made])
    assert layers.refining_of(made, begins, "year", records).tolist() == years[records].tolist()
