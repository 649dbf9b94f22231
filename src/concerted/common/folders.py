"""Results taken whole or not at all: a folder is built beside its place and moved there when complete."""

import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_BUILDING = ".building-"
_REPLACED = ".replaced-"


def recover(folder: Path) -> None:
    """Finish what a killed replacement left: bring back the old folder if the new one never arrived.

    Only folders that this module named are touched; a half-built one is removed.
    """
    if not folder.parent.is_dir():
        return
    for old in sorted(folder.parent.glob(f".{folder.name}{_REPLACED}*")):
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    for half in folder.parent.glob(f".{folder.name}{_BUILDING}*"):
        shutil.rmtree(half)


@contextmanager
def built_whole(folder: Path) -> Iterator[Path]:
    """Give an empty folder to build in; when the block ends well it becomes `folder`, else nothing has changed.

    An existing `folder` is replaced as one step that `recover` can complete after a crash.
    """
    folder = folder.absolute()
    recover(folder)
    folder.parent.mkdir(parents=True, exist_ok=True)
    token = uuid.uuid4().hex[:8]
    building = folder.with_name(f".{folder.name}{_BUILDING}{token}")
    building.mkdir()
    try:
        yield building
        _put_in_place(building, folder, folder.with_name(f".{folder.name}{_REPLACED}{token}"))
    except BaseException:
        shutil.rmtree(building, ignore_errors=True)
        raise


def _put_in_place(building: Path, folder: Path, replaced: Path) -> None:
    if not folder.exists():
        building.rename(folder)
        return
    folder.rename(replaced)
    try:
        building.rename(folder)
    except BaseException:
        replaced.rename(folder)
        raise
    shutil.rmtree(replaced, ignore_errors=True)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that a reader sees the old content or the new, never a part."""
    data = content.encode() if isinstance(content, str) else content
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        with part.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
