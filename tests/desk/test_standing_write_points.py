"""Stopped anywhere, a decision, an undo or a withdrawal leaves the folder as it was, and nothing beside it."""

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Final

import pytest

from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import withdraw
from concerted.desk.anew import changed
from concerted.desk.decide import Said, decide, undo
from concerted.desk.store import Store
from tests.desk.extracts import content
from tests.desk.test_delivery_write_points import folder, points, stopped, two_weeks

__all__ = ["folder", "two_weeks"]  # fixtures

WORDS: Final = ("concerted", "some", "verb")
KINDS = [KeyboardInterrupt, OSError]
HISTORY = ("history.note", "results.release")
DECISION_POINTS = points("decisions.keep", "explain.pair", *HISTORY)
UNDO_POINTS = points("decisions.keep", "decisions.states", *HISTORY)
TAKEN_BACK = ("withdraw.gather", "withdraw.clear", "withdraw_listed.tidy", "history.keep_files", *HISTORY)
FILE_POINTS = points(
    *("withdraw_files.hand_over", "withdraw_files._count", "withdraw_files._feeds", "withdraw_files._delete"),
    *("withdraw_aside.take_out", "withdraw_listed.take_out", "handed_over.write", "feeds.FeedRows.put_back"),
    *("history.forget", *TAKEN_BACK),
)
RECORD_POINTS = points(
    *("withdraw._drop", "rows_told.drop", "feeds.FeedRows.forget", "erase_rows.forget", "erase.from_log"),
    *("handed_over.write", "history.forget", *TAKEN_BACK),
)


def decided(out: Path) -> None:
    decide(out, Said("force:110/child", "force:111/child", "same", "A", "seen"), Silent(), WORDS)


def undone(out: Path) -> None:
    undo(out, 1, "A", "a slip", Silent(), WORDS)


def taken_back(out: Path, take: Callable[[Store], Sequence[str]]) -> None:
    changed(out, take, Silent(), WORDS)


FILE = partial(taken_back, take=lambda store: withdraw.file(store, "weekly.csv", 1))
RECORD = partial(taken_back, take=lambda store: withdraw.record(store, RecordKey("force", "110")))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("point", DECISION_POINTS)
def test_a_decision_leaves_the_folder_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, point: str, kind: type[BaseException]
) -> None:
    stopped(folder, monkeypatch, DECISION_POINTS[point], kind, lambda: decided(folder / "out"))


@pytest.mark.parametrize("point", UNDO_POINTS)
def test_an_undo_leaves_the_folder_as_it_was(folder: Path, monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    decided(folder / "out")
    stopped(folder, monkeypatch, UNDO_POINTS[point], KeyboardInterrupt, lambda: undone(folder / "out"))


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("point", FILE_POINTS)
def test_a_file_taken_back_leaves_the_folder_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, point: str, kind: type[BaseException]
) -> None:
    stopped(folder, monkeypatch, FILE_POINTS[point], kind, lambda: FILE(folder / "out"))


@pytest.mark.parametrize("point", RECORD_POINTS)
def test_a_record_taken_back_leaves_the_folder_as_it_was(
    folder: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    stopped(folder, monkeypatch, RECORD_POINTS[point], OSError, lambda: RECORD(folder / "out"))


def test_without_a_fault_each_of_them_is_done(folder: Path) -> None:
    """Else the tests above would show nothing."""
    out = folder / "out"
    for act in (decided, undone, FILE, RECORD):
        before = content(out)
        act(out)
        assert content(out) != before
    with Store.open(out) as store:
        assert (store.count("decision"), store.count("delivery")) == (2, 1)
        assert [command for (command,) in store.run("select command from change")][2:4] == ["decide", "decide"]
    assert sorted(path.name for path in folder.iterdir()) == ["out", "weekly.csv", "weekly.yaml"]
