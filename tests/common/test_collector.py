"""The collector is let be for a while, and runs afterwards as before."""

import gc

import pytest

from concerted.common.collector import uncollected


@pytest.mark.parametrize("running", [True, False])
def test_it_is_left_as_it_was(*, running: bool) -> None:
    before = gc.isenabled()
    (gc.enable if running else gc.disable)()
    try:
        with pytest.raises(KeyError), uncollected():
            assert not gc.isenabled()
            raise KeyError
        assert gc.isenabled() == running
    finally:
        (gc.enable if before else gc.disable)()
