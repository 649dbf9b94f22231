"""Progress for work that takes a while: shown on a terminal only, never in a pipe or a log."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol, TextIO


class Progress(Protocol):
    """What an engine reports to. Steps do not nest."""

    def step(self, part: str, title: str) -> None:
        """A new step begins; the one before it is done. part: a short fixed name, under which its time is counted.
        title: what is shown, which may name a file."""

    def at(self, done: int, total: int | None = None) -> None:
        """So many of this step's things are done, of `total` when that is known."""

    def finish(self) -> None:
        """The last step is done."""


class Silent:
    """Progress that nobody watches; it still times the steps, for the summary."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}
        self._part: str | None = None
        self._since = 0.0

    def step(self, part: str, title: str) -> None:  # noqa: ARG002 - nobody is shown it here
        self.finish()
        self._part, self._since = part, time.perf_counter()

    def at(self, done: int, total: int | None = None) -> None:
        pass

    def finish(self) -> None:
        if self._part is not None:
            spent = time.perf_counter() - self._since
            self.seconds[self._part] = round(self.seconds.get(self._part, 0.0) + spent, 3)
            self._part = None


class OnTerminal(Silent):
    """One line that rewrites itself while a step runs, and stays when it is done."""

    def __init__(self, stream: TextIO) -> None:
        super().__init__()
        self._stream = stream
        self._drawn = 0.0
        self._title = ""

    def step(self, part: str, title: str) -> None:
        super().step(part, title)
        self._title = title
        self._draw(title)

    def at(self, done: int, total: int | None = None) -> None:
        if time.perf_counter() - self._drawn >= 0.1:
            share = f" of {total:,}" if total else ""
            self._draw(f"{self._title}: {done:,}{share}")

    def finish(self) -> None:
        running, since = self._part, self._since
        super().finish()
        if running is not None:
            self._draw(f"{self._title}: done in {time.perf_counter() - since:.1f} s")
            self._stream.write("\n")
            self._stream.flush()

    def _draw(self, text: str) -> None:
        self._drawn = time.perf_counter()
        self._stream.write(f"\r\x1b[2K{text}")
        self._stream.flush()


@contextmanager
def watched(stream: TextIO | None = None) -> Iterator[Silent]:
    """Progress on `stream` (standard error) when it is a terminal, silent otherwise."""
    stream = sys.stderr if stream is None else stream
    progress = OnTerminal(stream) if stream.isatty() else Silent()
    try:
        yield progress
    finally:
        progress.finish()
