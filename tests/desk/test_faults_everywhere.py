"""Whatever a command writes, when the write fails the folder is as it was before or as it is after, never between."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest

from concerted.common import clock
from concerted.common.folders import recover
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import ended, mending, withdraw, withdrawals
from concerted.desk.anew import changed
from concerted.desk.current import gather
from concerted.desk.decide import Said, decide
from concerted.desk.given import named
from concerted.desk.into import deliver
from concerted.desk.resolve import Options, resolve
from concerted.desk.store import DATABASE, Store
from concerted.desk.told import Arrival
from tests.conftest import FROZEN, ROOT
from tests.desk.extracts import alone, content, ids, profile, table
from tests.desk.faults import Fault, points_of, some, watched
from tests.desk.test_delivery_write_points import THIRD, approve, erased, two_weeks, week
from tests.desk.test_standing_write_points import FILE, RECORD, decided, taken_back, undone
from tests.desk.weeks import HEADER, PROFILE, row

__all__ = ["two_weeks"]  # a fixture
MOST: Final = 5  # faults of a command in `make test`; all of them in `make deep`


def mended(out: Path) -> None:
    with Store.open(out) as store, store.writing():
        mending.mend(store, ids(out)[0], {"id": "901"}, "A", "asked")


def restricted(out: Path) -> None:
    def change(store: Store) -> list[str]:
        ended.restrict(store, RecordKey("force", "105"), "A", "asked")
        gather(store)
        return []

    changed(out, change, Silent())


def delivered(out: Path) -> None:
    week(out.parent, THIRD)


def resolved(out: Path) -> None:
    resolve([out.parent / "weekly.csv"], [out.parent / "weekly.yaml"], out, Options(replace=True))


def let_stay(out: Path) -> None:
    def change(store: Store) -> list[str]:
        withdrawals.settle(store, withdrawals.chosen(store, []), "kept", "A", "asked")
        return []

    changed(out, change, Silent())


ACTS: Final[dict[str, Callable[[Path], None]]] = {
    "deliver": delivered,
    "decide": decided,
    "undo": undone,
    "withdraw a source": partial(taken_back, take=lambda store: withdraw.source(store, "council")),
    "withdraw a file": FILE,
    "withdraw a record": RECORD,
    "approve": approve,
    "keep": let_stay,
    "mend": mended,
    "erase": erased,
    "restrict": restricted,
    "resolve anew": resolved,
    "replace": resolved,
}


@pytest.fixture
def weeks(two_weeks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, frozen_clock: object) -> Path:
    """Two weeks of one feed, a file of another source, and a decision, in a folder of a test's own."""
    monkeypatch.setattr("concerted.desk.resolve.link", alone)
    monkeypatch.setattr("concerted.desk.store.secrets.token_bytes", lambda count: b"s" * count)  # ids are made with it
    folder = Path(shutil.copytree(two_weeks, tmp_path / "weeks"))
    text = PROFILE.format(delivers="snapshot", version=1).replace("force", "council").replace("weekly", "other")
    file = table(folder / "other.csv", HEADER, [row(700), ("", "No", "Id", "", ""), row(701, dob="x")])
    given = named([file], [profile(folder, text, "other.yaml")])
    deliver(lambda: given, folder / "out", Options(), Arrival(), Silent())
    decided(folder / "out")
    return folder


def state(out: Path) -> dict[str, Any]:
    """All that a folder means: its tables, but for names that are new each time, and its views but for seconds."""
    recover(out)
    if not out.exists():
        return {}
    with Store.open(out) as store:
        tables = [name for (name,) in store.run("select name from sqlite_master where type = 'table' order by 1")]
        held = {name: list(map(tuple, store.run(f"select * from {name}"))) for name in tables}
    held["meta"] = [one for one in held["meta"] if one[0] not in ("picture", "summary")]
    views = {name: data for name, data in content(out).items() if name.endswith((".csv", "model.json"))}
    return {**held, **views, "files": sorted(name for name in content(out) if name != f"{DATABASE}-journal")}


def void(_: object) -> None:
    """What an act gives is of no interest here."""


def _act(name: str, weeks: Path) -> Callable[[], None]:
    out = weeks / "out"
    if name == "decide":
        said = Said("force:120/child", "force:121/child", "different", "B", "asked")
        return lambda: void(decide(out, said, Silent(), ("concerted", "decide")))
    return lambda: ACTS[name](out)


def _copy(weeks: Path, name: str) -> Path:
    return Path(shutil.copytree(weeks, weeks.with_name(name)))


def _prepare(weeks: Path, name: str) -> None:
    """A first run finds no folder; one that replaces it finds what a first run left, and a decision."""
    if name in ("resolve anew", "replace"):
        shutil.rmtree(weeks / "out")
    if name == "replace":
        resolved(weeks / "out")
        decided(weeks / "out")


def _each_fault(weeks: Path, name: str, most: int) -> None:
    _prepare(weeks, name)
    before = state(weeks / "out")
    clean = _copy(weeks, "clean")
    points = points_of(_act(name, clean))
    after = state(clean / "out")
    assert before != after
    beside = sorted(path.name for path in clean.iterdir())
    seen = set()
    for at in some(len(points), most):
        here = _copy(weeks, f"at-{at}")
        fault = Fault(at, partial(OSError, 28, "no space left"))
        try:
            with watched(fault):
                _act(name, here)()
        except Exception as error:
            assert "no space" in str(error) or error.__cause__, (name, at, points[at])
        now = state(here / "out")
        seen.add("before" if now == before else "after" if now == after else points[at])
        if now == before:
            _act(name, here)()
            assert state(here / "out") == after, (name, at, points[at])
        left = sorted(path.name for path in here.iterdir() if not path.name.startswith(".out.replaced"))
        assert left == beside, (name, at, points[at])
        shutil.rmtree(here)
    assert "before" in seen
    assert seen <= {"before", "after"}, (name, seen)


@pytest.mark.parametrize("name", ACTS)
def test_a_write_that_fails_leaves_the_folder_before_or_after(weeks: Path, name: str) -> None:
    _each_fault(weeks, name, MOST)


@pytest.mark.deep
@pytest.mark.parametrize("name", ACTS)
def test_every_write_that_fails_leaves_the_folder_before_or_after(weeks: Path, name: str) -> None:
    _each_fault(weeks, name, sys.maxsize)


def killed(name: str, weeks: Path, at: int) -> int:
    """In a process of its own: it is gone at the n-th write, and nothing cleans up after it. Gives how it ended."""
    if child := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    patch = pytest.MonkeyPatch()
    patch.setattr("concerted.desk.resolve.link", alone)
    patch.setattr(clock, "now", lambda: FROZEN)
    with watched(Fault(at, lambda: os._exit(9))):
        _act(name, weeks)()
    os._exit(0)


# A process that does nothing else, and so may be divided: what it has loaded, it loads once.
_KILLED: Final = """
import sys
from pathlib import Path
from tests.desk.test_faults_everywhere import killed
print([killed(sys.argv[1], Path(folder), int(at)) for folder, at in zip(sys.argv[2::2], sys.argv[3::2], strict=True)])
"""


@pytest.mark.parametrize("name", ["decide", "withdraw a source", "mend"])
def test_a_process_that_is_killed_leaves_the_folder_before_or_after(weeks: Path, name: str) -> None:
    before, clean = state(weeks / "out"), _copy(weeks, "clean")
    points = points_of(_act(name, clean))
    after = state(clean / "out")
    copies = {at: _copy(weeks, f"at-{at}") for at in some(len(points), 2)}
    words = [word for at, here in copies.items() for word in (str(here), str(at))]
    ended_with = subprocess.check_output([sys.executable, "-c", _KILLED, name, *words], cwd=ROOT, text=True)
    assert ended_with == f"{[9] * len(copies)}\n"
    for at, here in copies.items():
        now = state(here / "out")
        assert now in (before, after), (name, at, points[at])
        if now == before:
            _act(name, here)()
            assert state(here / "out") == after


def test_a_change_in_two_transactions_is_found_out(weeks: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the tests above would show nothing."""

    def in_two(out: Path) -> None:
        with Store.open(out) as store:
            for key in ("one", "other"):
                with store.writing():
                    store.put(key, "1")

    monkeypatch.setitem(ACTS, "in two", in_two)
    with pytest.raises(AssertionError, match="in two"):
        _each_fault(weeks, "in two", sys.maxsize)
