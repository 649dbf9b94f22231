"""The benchmark runs, on a few events, and its world is shaped as it says."""

import pyarrow as pa

from benchmarks import networks_findings
from benchmarks.networks import measured
from benchmarks.networks_copies import EARLIER, copies
from benchmarks.networks_world import PUBLIC, records
from concerted.networks import graph
from concerted.networks.findings import findings
from concerted.networks.sharing import WIDELY, sharing
from tests.networks.findings.worlds import adult, child, crime, report, scope
from tests.networks.worlds import TODAY
from tests.networks.worlds import records as records_of


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


GROUP = [adult("pat"), adult("quin"), child("cleo")]
CIRCLE = [crime("c1", "2025-03-01", "pat", "cleo", address="x"), report("r1", "2025-05-01", "pat quin")]
CIRCLE += [report("r2", "2025-06-01", "quin cleo")]


def test_copies_are_as_many_regions_beside_each_other() -> None:
    """Each with its own people, places and events, and days that are earlier."""
    one = records_of(scope(GROUP, *CIRCLE))
    three = graph(copies(one, 9), TODAY)
    assert three.first.tolist() == [3 * first for first in graph(one, TODAY).first.tolist()]
    found, [alone] = findings(three), findings(graph(one, TODAY))
    assert {(made.rule, made.words) for made in found} == {(alone.rule, alone.words)}
    assert [made.facts[0].date for made in found] == ["2025-02-15", "2025-02-22", "2025-03-01"]
    assert EARLIER == 7


def test_days_that_are_vague_stay_as_they_are() -> None:
    one = records_of({"event": [{"source": "force-a", "record_id": "e", "from": "2025-03"}]})
    both = copies(one, 2).tables["event"]
    assert both["from"].to_pylist() == ["2025-03", "2025-03"]
    assert both["record_id"].to_pylist() == ["00 e", "01 e"]
    assert both.schema.field("from").type == pa.string()


def test_graph_and_findings_are_measured_together() -> None:
    said: list[str] = []
    [figure] = networks_findings.measured(records_of(scope(GROUP, *CIRCLE)), TODAY, 9, said.append)
    assert (figure.must, figure.aim, figure.unit) == (30.0, 12.0, "s")
    assert "3 findings" in figure.note
    assert figure.yardstick
