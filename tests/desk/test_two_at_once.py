"""What works in a thread beside a command is over when the command is stopped, and leaves nothing half done."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from concerted.common.progress import Silent
from concerted.desk import resolve as resolving
from concerted.desk import views
from concerted.desk.decide import Said, decide
from tests.desk.extracts import content, small

WORDS = ("concerted", "some")


class Beside:
    """In the place of what works in the thread: begins, waits until the command is stopped, and goes on a while."""

    def __init__(self, real: Callable[..., Any]) -> None:
        self._real, self.begun, self.ended, self.on = real, threading.Event(), False, threading.Event()

    def __call__(self, *given: Any) -> Any:
        self.begun.set()
        assert self.on.wait(20)
        time.sleep(0.2)
        try:
            return self._real(*given)
        finally:
            self.ended = True

    def stop(self, *_: Any, **__: Any) -> Any:
        """What the command does meanwhile, when a person presses Ctrl-C."""
        assert self.begun.wait(20)
        self.on.set()
        raise KeyboardInterrupt


def decided(out: Path) -> None:
    decide(out, Said("force:3", "force:4", "different", "A", "seen"), Silent(), WORDS)


def test_a_stop_while_tables_are_written_waits_for_them_and_leaves_the_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(small(tmp_path))
    beside = Beside(views.write_tables)
    monkeypatch.setattr(views, "write_tables", beside)
    monkeypatch.setattr("concerted.desk.fill_report.fill", beside.stop)
    with pytest.raises(KeyboardInterrupt):
        decided(tmp_path / "out")
    assert beside.ended
    assert content(tmp_path / "out") == before
    assert left_over(tmp_path) == []


def test_a_second_stop_does_not_wait_and_the_next_command_clears_away_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(small(tmp_path))
    beside, gone, ended = Beside(views.write_tables), threading.Event(), threading.Event()

    def goes_on(folder: Path, _: object) -> None:
        beside.begun.set()
        assert gone.wait(20)
        (folder / "late").mkdir(parents=True)
        ended.set()

    with monkeypatch.context() as patch:
        patch.setattr(resolving, "ThreadPoolExecutor", Impatient)
        patch.setattr(views, "write_tables", goes_on)
        patch.setattr("concerted.desk.fill_report.fill", beside.stop)
        with pytest.raises(KeyboardInterrupt):
            decided(tmp_path / "out")
        gone.set()
        assert content(tmp_path / "out") == before
        assert ended.wait(20)
    assert left_over(tmp_path) != []
    decided(tmp_path / "out")
    assert content(tmp_path / "out") != before
    assert left_over(tmp_path) == []


class Impatient(ThreadPoolExecutor):
    """Of which nobody waits for the end: Ctrl-C is pressed again."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait=False)
        raise KeyboardInterrupt


def left_over(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(".out")]


def test_a_fault_beside_fails_the_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = content(small(tmp_path))

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(views, "write_tables", full)
    with pytest.raises(OSError, match="No space left"):
        decided(tmp_path / "out")
    assert content(tmp_path / "out") == before
