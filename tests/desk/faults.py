"""Every write that a command makes, found by running it once, and each of them made to fail."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from concerted.common import folders
from concerted.desk import store, views
from concerted.extracts import staging

Point = Callable[[str], None]
_READS = ("select", "with", "pragma", "rollback")
_FILES: list[tuple[Any, str]] = [
    *((Path, name) for name in ("rename", "replace", "unlink", "mkdir", "write_text")),
    *((shutil, name) for name in ("copy2", "rmtree")),
    *((os, "link"), (pq, "write_table"), (folders, "write_whole"), (store.Store, "copy_to")),
]


@contextmanager
def watched(point: Point) -> Iterator[None]:
    """Tell `point` before every write: to the store, to a file or a folder, and of each view."""
    with pytest.MonkeyPatch.context() as patch:
        for owner, name in _FILES:
            patch.setattr(owner, name, _telling(getattr(owner, name), f"{owner.__name__}.{name}", point))
        for name in ("run", "run_many"):
            patch.setattr(store.Store, name, _statement(getattr(store.Store, name), point))
        for module in (views, staging):
            patch.setattr(module, "reached", point)
        yield


def _telling(real: Callable[..., Any], name: str, point: Point) -> Callable[..., Any]:
    def told(*arguments: Any, **named: Any) -> Any:
        point(name)
        return real(*arguments, **named)

    return told


def _statement(real: Callable[..., Any], point: Point) -> Callable[..., Any]:
    def told(self: store.Store, statement: str, *rest: Any) -> Any:
        if not statement.lstrip().lower().startswith(_READS):
            point(statement.split("(")[0])
        return real(self, statement, *rest)

    return told


def points_of(act: Callable[[], None]) -> list[str]:
    """What the act writes, in order."""
    found: list[str] = []
    with watched(found.append):
        act()
    return found


class Fault:
    """Raises at the n-th write, counted from 0, once. What cleans up after it is let be."""

    def __init__(self, at: int, kind: Callable[[], Any]) -> None:
        self.at, self.kind, self.seen = at, kind, 0

    def __call__(self, _: str) -> None:
        self.seen += 1
        if self.seen == self.at + 1:
            raise self.kind()


def some(count: int, most: int) -> list[int]:
    """Some of the numbers below `count`, evenly spread, the first and the last among them."""
    if count <= most:
        return list(range(count))
    return sorted({round(at * (count - 1) / (most - 1)) for at in range(most)})
