"""What works beside a command's own thread: Arrow and numpy sort and look up without holding the others."""

from collections.abc import Callable
from concurrent.futures import Executor, Future, ThreadPoolExecutor
from typing import Any, Final

TOGETHER: Final = 2  # threads that work on one graph
FEW: Final = 20_000  # rows, below which a thread takes longer to start than it saves


class _Here(Executor):
    """Does at once what it is given, where there is too little for another thread."""

    def submit(self, does: Callable[..., Any], /, *given: Any, **named: Any) -> "Future[Any]":
        """The result, already there."""
        done: Future[Any] = Future()
        done.set_result(does(*given, **named))
        return done


def beside(rows: int) -> Executor:
    """Another thread for so many rows, or none where they are few."""
    return ThreadPoolExecutor(TOGETHER) if rows > FEW else _Here()
