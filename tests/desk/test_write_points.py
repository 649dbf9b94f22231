"""Stopped anywhere, by a person or a fault, a run leaves the old folder or none, and nothing beside it."""

import errno
from collections.abc import Callable
from pathlib import Path

import pytest

from concerted.desk import mending
from concerted.desk.replay import replay
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from tests.desk.extracts import PEOPLE, alone, content, ids, small

VIEWS = ("entities.csv", "links.csv", "review.csv", "model.json", "report.html", "quality.html", "summary.json")
STEPS = (
    "concerted.desk.deliver.take_many",
    "concerted.desk.deliver._columns",
    "concerted.desk.deliveries.add",
    "concerted.desk.resolve.link",
    "concerted.desk.keep_members.keep",
    "concerted.desk.results._keep_links",
    "concerted.desk.results.pq.write_table",
    "concerted.desk.scores.write_truth",
    "concerted.desk.scores.evaluate",
    "concerted.desk.fill_report.fill",
    "concerted.desk.quality.page.fill",
)
AGAIN = ("concerted.desk.anew._copy", "concerted.desk.again.gather", "concerted.desk.resolve.link")
FAULTY = (*PEOPLE, ("", "Nobody", "Known", "", "", ""))
Break = Callable[[pytest.MonkeyPatch, type[BaseException]], None]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Linking writes nothing, and is what takes time."""
    monkeypatch.setattr("concerted.desk.resolve.link", alone)


def at_view(name: str) -> Break:
    """Fail just before this view is written."""

    def broken(patch: pytest.MonkeyPatch, kind: type[BaseException]) -> None:
        def reached(point: str) -> None:
            if point == name:
                raise kind(errno.ENOSPC, "no space left")

        patch.setattr("concerted.desk.views.reached", reached)

    return broken


def at_step(name: str) -> Break:
    """Fail instead of doing this step."""

    def broken(patch: pytest.MonkeyPatch, kind: type[BaseException]) -> None:
        def stopped(*_: object, **__: object) -> None:
            raise kind(errno.ENOSPC, "no space left")

        patch.setattr(name, stopped)

    return broken


POINTS = {**{name: at_view(name) for name in VIEWS}, **{name.rpartition("desk.")[2]: at_step(name) for name in STEPS}}
AGAIN_POINTS = {**{name: at_view(name) for name in VIEWS}, **{name: at_step(name) for name in AGAIN}}


@pytest.mark.parametrize("kind", [KeyboardInterrupt, OSError])
@pytest.mark.parametrize("point", POINTS)
def test_a_first_run_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str, kind: type[BaseException]
) -> None:
    POINTS[point](monkeypatch, kind)
    with pytest.raises(kind):
        small(tmp_path, FAULTY, Options(truth=True))
    assert sorted(path.name for path in tmp_path.iterdir()) == ["small.csv", "small.yaml"]


@pytest.mark.parametrize("point", POINTS)
def test_a_second_run_leaves_the_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    before = content(small(tmp_path, FAULTY, Options(truth=True)))
    POINTS[point](monkeypatch, KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        small(tmp_path, FAULTY, Options(truth=True))
    assert content(tmp_path / "out") == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "small.csv", "small.yaml"]


@pytest.mark.parametrize("point", AGAIN_POINTS)
def test_a_replay_leaves_the_folder_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    out = small(tmp_path, FAULTY)
    with Store.open(out) as store:
        mending.mend(store, ids(out)[0], {"id": "9"}, "Ann", "asked")
    before = content(out)
    AGAIN_POINTS[point](monkeypatch, KeyboardInterrupt)
    with pytest.raises(KeyboardInterrupt):
        replay(out)
    assert content(out) == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "small.csv", "small.yaml"]
    monkeypatch.undo()
    monkeypatch.setattr("concerted.desk.resolve.link", alone)
    assert replay(out).read == 1
