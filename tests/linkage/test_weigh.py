"""The weights of all pairs that matter: candidates, decided pairs, and what is missing inside a component."""

from pathlib import Path

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage import weigh as weighing
from concerted.linkage.candidates import propose
from concerted.linkage.partition import partition
from concerted.linkage.release import shipped
from concerted.linkage.score import prior_weight
from concerted.linkage.weigh import components, links_of, weigh, within_components
from tests.linkage.records import engine_with, people, write

RECORDS = 24


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> duckdb.DuckDBPyConnection:
    made = engine_with(write(tmp_path_factory.mktemp("weigh") / "records.parquet", people(RECORDS // 2)))
    propose(made, ())
    return made


def _rows(table: pa.Table) -> dict[tuple[int, int], dict[str, float]]:
    return {(row["left"], row["right"]): row for row in table.to_pylist()}


def test_every_candidate_is_weighed_by_its_evidence_and_the_prior(engine: duckdb.DuckDBPyConnection) -> None:
    scored, release = weigh(engine, shipped(), {}, RECORDS)
    assert release.prior is not None
    rows = _rows(scored.evidence)
    candidates = set(engine.execute('select "left", "right" from candidate').fetchall())
    assert {pair for pair, row in rows.items() if row["candidate"]} == candidates
    assert all(row["weight"] == row["evidence"] + prior_weight(release.prior) for row in rows.values())


def test_a_bound_release_keeps_its_prior(engine: duckdb.DuckDBPyConnection) -> None:
    bound = shipped().bound(0.01)
    assert weigh(engine, bound, {}, RECORDS)[1] is bound


def test_decided_pairs_are_weighed_and_keep_their_parts_however_little_speaks_for_them(
    engine: duckdb.DuckDBPyConnection,
) -> None:
    candidates = set(engine.execute('select "left", "right" from candidate').fetchall())
    unlike = next((0, right) for right in range(1, RECORDS) if (0, right) not in candidates)
    scored, _ = weigh(engine, shipped(), {unlike: None, (0, RECORDS // 2): None}, RECORDS)
    assert {unlike, (0, RECORDS // 2)} <= set(_rows(scored.parts))
    assert _rows(scored.evidence)[unlike]["weight"] < 0
    assert scored.evidence.num_rows == len(_rows(scored.evidence))


def test_without_any_pair_there_is_a_prior_and_nothing_else(tmp_path: Path) -> None:
    alone = engine_with(write(tmp_path / "one.parquet", people(1, ("force",))))
    propose(alone, ())
    scored, release = weigh(alone, shipped(), {}, 1)
    assert (scored.evidence.num_rows, scored.parts.num_rows) == (0, 0)
    assert release.prior is not None
    assert weigh(alone, shipped().bound(0.01), {}, 1)[1].prior == 0.01


def test_large_components_are_not_completed(engine: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch) -> None:
    chain = shipped().bound(0.09)
    everything = weigh(engine, chain, {}, RECORDS)[0].evidence.num_rows
    monkeypatch.setattr(weighing, "LARGEST_COMPLETED", 2)
    assert weigh(engine, chain, {}, RECORDS)[0].evidence.num_rows <= everything


pairs = st.tuples(st.integers(0, 7), st.integers(0, 7)).filter(lambda pair: pair[0] < pair[1])
graphs = st.dictionaries(pairs, st.sampled_from([-6.0, 0.0, 1.9, 2.0, 7.0]), max_size=16)


def _table(graph: dict[tuple[int, int], float]) -> pa.Table:
    left, right = zip(*graph, strict=True) if graph else ((), ())
    columns = {"left": pa.array(left, pa.int32()), "right": pa.array(right, pa.int32())}
    weights = pa.array(graph.values(), pa.float64())
    return pa.table({**columns, "evidence": weights, "weight": weights})


@given(graphs, st.sets(pairs, max_size=3))
def test_pairs_between_components_change_no_set(
    graph: dict[tuple[int, int], float], same: set[tuple[int, int]]
) -> None:
    table, decided = _table(graph), sorted(same)
    kept = within_components(table, 8, 2.0, decided)
    everything = partition(8, links_of(table), join=2.0, set_mean=-2.0, same=decided)
    assert partition(8, links_of(kept), join=2.0, set_mean=-2.0, same=decided) == everything


@given(graphs)
def test_components_are_what_strong_links_connect(graph: dict[tuple[int, int], float]) -> None:
    first = components(_table(graph), 8, 2.0)
    assert all(first[left] == first[right] for (left, right), weight in graph.items() if weight >= 2)
    assert all(first[one] == one and one <= at for at, one in enumerate(first))


def test_a_pair_of_which_nothing_speaks_counts_for_nothing() -> None:
    table = pa.table(
        {
            "left": pa.array([0, 0, 1], pa.int32()),
            "right": pa.array([1, 2, 2], pa.int32()),
            "evidence": [0.0, 12.0, -3.0],
            "weight": [-9.0, 3.0, -12.0],
        }
    )

    assert links_of(table) == [(0, 1, 0.0), (0, 2, 3.0), (1, 2, -12.0)]
