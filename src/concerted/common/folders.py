"""Results taken whole or not at all: a folder is built beside its place and moved there when complete.

Who builds holds a lock on the half-built folder, which vanishes with the process, so that what a dead one left can be
told from what another is building. Whoever makes, removes or moves such folders holds a lock on the folder they are in.
"""

import errno
import fcntl
import os
import shutil
import uuid
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from concerted.common.errors import Place, UsedWronglyError

_BUILDING = ".building-"
_REPLACED = ".replaced-"


def absolute(path: Path) -> Path:
    """The path from the root on. A link in it stays one: `resolve` would follow it."""
    return Path(os.path.abspath(path))  # noqa: PTH100


def recover(folder: Path) -> None:
    """Finish what a killed replacement left: bring back the old folder if the new one never arrived.

    Only folders that this module named are touched; a half-built one is removed unless a living process builds it.
    """
    if folder.parent.is_dir() and os.access(folder.parent, os.R_OK):
        with _locked(folder.parent):
            _recover(folder)


def _recover(folder: Path) -> None:
    for old in sorted(folder.parent.glob(f".{folder.name}{_REPLACED}*")):
        if folder.exists():
            shutil.rmtree(old)
        else:
            old.rename(folder)
    for half in folder.parent.glob(f".{folder.name}{_BUILDING}*"):
        with suppress(BlockingIOError), _locked(half, wait=False):
            shutil.rmtree(half)


@contextmanager
def _locked(folder: Path, *, wait: bool = True) -> Iterator[None]:
    """Hold the lock of a folder. BlockingIOError when another holds it and there is no `wait`."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX if wait else fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(handle)


@contextmanager
def built_whole(folder: Path, *, new: bool = False) -> Iterator[Path]:
    """Give an empty folder to build in; when the block ends well it becomes `folder`, else nothing has changed.

    An existing `folder` is replaced as one step that `recover` can complete after a crash. new: it is not, unless it is
    empty: UsedWronglyError when somebody else made it meanwhile.
    """
    folder = folder.absolute()
    folder.parent.mkdir(parents=True, exist_ok=True)
    token = uuid.uuid4().hex[:8]
    building = folder.with_name(f".{folder.name}{_BUILDING}{token}")
    with ExitStack() as held:
        with _locked(folder.parent):
            _recover(folder)
            building.mkdir()
            held.enter_context(_locked(building))
        try:
            yield building
            with _locked(folder.parent):
                if new:
                    _refuse_filled(folder)
                _put_in_place(building, folder, folder.with_name(f".{folder.name}{_REPLACED}{token}"))
        except BaseException:
            shutil.rmtree(building, ignore_errors=True)
            raise


def _refuse_filled(folder: Path) -> None:
    if folder.exists() and any(folder.iterdir()):
        raise UsedWronglyError(
            "another command has made this folder meanwhile",
            where=Place(file=folder.name),
            mend="look at what it made, or write into another folder; nothing was changed",
        )


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


def settle(path: Path) -> None:
    """Wait until a file that was written is on the disk."""
    with path.open("rb") as handle:
        os.fsync(handle.fileno())


@contextmanager
def new_file(path: Path) -> Iterator[Path]:
    """Give the path of a file to write; when the block ends well it becomes `path`, else nothing is left of it.

    FileExistsError when `path` is there, then or now: nothing is ever overwritten.
    """
    part = path.with_name(f".{path.name}.{uuid.uuid4().hex[:8]}")
    try:
        _refuse_existing(path)
        yield part
        with _locked(path.absolute().parent):
            _refuse_existing(path)
            part.rename(path)
    finally:
        part.unlink(missing_ok=True)


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(path))
