"""Events of several threads in one transaction, where they wait for one another and each commit goes to the disk.

Most events are of pages that were read, so nothing else is written with them. While one thread's commit goes to the
disk others come; whoever is next writes what waits, all of it, and the others find their event written. Each returns
once its event is on the disk, as if it had written it, and none is starved by a neighbour that asks more often.
"""

import threading
from collections import deque
from collections.abc import Callable
from typing import Final, Generic, TypeVar

Given = TypeVar("Given")
MOST: Final = 64  # of one transaction


class _Waiting(Generic[Given]):
    """An event that a thread waits for."""

    def __init__(self, given: Given) -> None:
        self.given = given
        self.number: int | None = None
        self.wrong: BaseException | None = None


class Together(Generic[Given]):
    """What threads add, some at a time. write: all of these in one transaction; their numbers, in order."""

    def __init__(self, write: Callable[[list[Given]], list[int]]) -> None:
        self._write = write
        self._turn = threading.Lock()
        self._waiting: deque[_Waiting[Given]] = deque()

    def add(self, given: Given) -> int:
        """Its number. Raises what writing raised, in each thread whose event was not written."""
        own = _Waiting(given)
        self._waiting.append(own)
        with self._turn:
            while own.number is None and own.wrong is None:
                self._write_some()
        if own.wrong is not None:
            raise own.wrong
        assert own.number is not None
        return own.number

    def _write_some(self) -> None:
        batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), MOST))]
        try:
            numbers = self._write([one.given for one in batch])
        except BaseException as wrong:  # each thread raises it for itself
            for one in batch:
                one.wrong = wrong
        else:
            for one, number in zip(batch, numbers, strict=True):
                one.number = number
