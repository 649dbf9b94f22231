"""The same graph and findings whether another thread works beside or none does."""

import pytest

from concerted.networks import beside
from concerted.networks.findings import findings
from tests.networks.findings.worlds import NIGHTS, THREE
from tests.networks.worlds import World, drawn


@pytest.mark.parametrize("world", [THREE, NIGHTS])
def test_threads_change_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    one, told = drawn(world), findings(drawn(world))
    monkeypatch.setattr(beside, "FEW", 0)
    other = drawn(world)
    assert findings(other) == told != []
    assert other.links.equals(one.links)
    assert {kind: table.to_pylist() for kind, table in other.tables.items()} == {
        kind: table.to_pylist() for kind, table in one.tables.items()
    }


def test_what_fails_in_either_fails_for_who_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    for few in (beside.FEW, 0):
        monkeypatch.setattr(beside, "FEW", few)
        with pytest.raises(ZeroDivisionError), beside.beside(1) as pool:
            pool.submit(lambda: 1 // 0).result()
