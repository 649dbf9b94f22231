"""The benchmark runs, on a few events, and its world is shaped as it says."""

from benchmarks.networks import measured
from benchmarks.networks_world import PUBLIC, records
from concerted.networks import graph
from concerted.networks.sharing import WIDELY, sharing
from tests.networks.worlds import TODAY


def test_it_measures_all_that_is_budgeted() -> None:
    said: list[str] = []
    figures = measured(400, said.append)
    assert [(one.unit, one.must, one.aim) for one in figures] == [
        ("s", None, None),
        ("ms", 50.0, 5.0),
        ("ms", 200.0, 50.0),
    ]
    assert all(one.ours and one.ours > 0 for one in figures)
    assert figures[0].yardstick


def test_its_world_has_places_that_many_share() -> None:
    of = graph(records(20_000), TODAY)
    wide = sharing(of)["uninvolved"].to_numpy() >= WIDELY
    assert 0 < wide.sum() <= PUBLIC
    assert of.first[8] - of.first[6] == 20_000
