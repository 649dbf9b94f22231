"""Files as they lie on disk, inside a ZIP, or packed with gzip: one way to open each, and to list what a ZIP holds.

A file inside a ZIP is addressed as if the ZIP were a folder: `extracts.zip/nominals.csv`. Nothing is ever unpacked to
disk, so a name inside cannot lead anywhere, and what unpacks to far more than it came as is refused.
"""

import gzip
import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path, PurePosixPath
from typing import BinaryIO, Final, cast

from concerted.common.errors import Place, UsedWronglyError

RATIO: Final = 200  # times its packed size that a file may unpack to; tables of people come to 5 to 60
FREE: Final = 64 * 2**20  # bytes that anything may unpack to
MEMBERS: Final = 1_000
_ZIP: Final = b"PK\x03\x04"
_WORKBOOK: Final = "[Content_Types].xml"
_LEFT_BEHIND: Final = ("~$", ".", "__MACOSX")
_BROKEN: Final = (zipfile.BadZipFile, zlib.error, EOFError, gzip.BadGzipFile)  # found while bytes are read
_DAMAGED: Final = (*_BROKEN, NotImplementedError, ValueError, OSError)  # found while a ZIP is opened
_WHY: Final = 200  # characters of what a library says, which may hold a name of any length
BOMB: Final = f"it unpacks to more than {RATIO} times its size, which no table of people does"


def ending(path: Path) -> str:
    """The ending of a name, in small letters; of `people.csv.gz` it is `.csv`."""
    name = path.name.lower()
    return Path(name.removesuffix(".gz")).suffix


def inside(path: Path) -> list[Path]:
    """The files that a ZIP holds, in the order of their names; of any other file itself alone.

    A file is taken for a ZIP by its ending: what another one holds, its reader says. Raises UsedWronglyError for a ZIP
    that is damaged or hostile.
    """
    if not path.is_file() or path.suffix.lower() != ".zip":
        return [path]
    if not _is_zip(path):
        raise _refused(path, "the file is not a ZIP, as its name says", "fetch it again; nothing of it was taken")
    with _archive(path) as archive:
        if _WORKBOOK in archive.namelist():
            return [path]
        names = [name for name in archive.namelist() if not name.endswith("/")]
    kept = sorted(name for name in names if not any(part.startswith(_LEFT_BEHIND) for part in name.split("/")))
    if not kept:
        raise _refused(path, "the ZIP holds no file", "put the extract into it")
    return [path / name for name in kept]


def only_file(path: Path) -> Path:
    """The file itself, or the one that a ZIP holds. Raises UsedWronglyError for a ZIP with several."""
    found = inside(path)
    if len(found) > 1:
        names = ", ".join(one.relative_to(path).as_posix() for one in found[:12])
        raise _refused(path, f"the ZIP holds several files: {names}", f"name one of them, such as {found[0]}")
    return found[0]


def on_disk(path: Path) -> Path:
    """The file itself, or the ZIP that it is in."""
    return next((one for one in (path, *path.parents) if one.is_file()), path)


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """The bytes of a file, wherever it lies, while the block lasts. Raises UsedWronglyError when they are damaged."""
    holder = on_disk(path)
    with ExitStack() as stack:
        try:
            if holder != path:
                yield _member(stack, holder, path)
            else:
                yield _plain(stack, path)
        except _BROKEN as error:
            raise _refused(path, "what is packed in it is damaged", "fetch it again", str(error)) from None


def _plain(stack: ExitStack, path: Path) -> BinaryIO:
    try:
        handle = stack.enter_context(path.open("rb"))
    except OSError as error:
        raise _refused(
            path, "the file cannot be opened", "check its name and your rights", error.strerror or ""
        ) from None
    if path.suffix.lower() != ".gz":
        return handle
    size = max(path.stat().st_size, 1)
    packed = gzip.GzipFile(fileobj=handle, mode="rb")
    return cast(BinaryIO, io.BufferedReader(_Bounded(packed, RATIO * size + FREE, path)))


def _member(stack: ExitStack, holder: Path, path: Path) -> BinaryIO:
    archive = stack.enter_context(_archive(holder))
    name = path.relative_to(holder).as_posix()
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise _refused(holder, f"it holds no {name}", "check the name") from None
    if info.flag_bits & 1:
        raise _refused(path, "it is protected by a password", "unpack it first, and keep the password apart from it")
    try:
        return cast(BinaryIO, stack.enter_context(archive.open(info)))
    except _DAMAGED as error:
        raise _refused(path, "what is packed in it is damaged", "fetch it again", str(error)) from None


class _Bounded(io.RawIOBase):
    """Reads on from another stream until more has come than may come."""

    def __init__(self, packed: gzip.GzipFile, most: int, path: Path) -> None:
        self._packed, self._most, self._path = packed, most, path

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET, /) -> int:
        return self._packed.seek(offset, whence)

    def readinto(self, room: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        data = self._packed.read(len(room))
        if self._packed.tell() > self._most:
            raise _refused(self._path, BOMB, "ask its sender what it is")
        room[: len(data)] = data
        return len(data)


def _is_zip(path: Path) -> bool:
    with path.open("rb") as handle:
        return handle.read(len(_ZIP)) == _ZIP


@contextmanager
def _archive(path: Path) -> Iterator[zipfile.ZipFile]:
    try:
        archive = zipfile.ZipFile(path)
    except _DAMAGED as error:
        raise _refused(path, "the ZIP is damaged", "fetch it again; nothing of it was taken", str(error)) from None
    with archive:
        refuse_hostile(archive, path.stat().st_size, path)
        yield archive


def refuse_hostile(archive: zipfile.ZipFile, size: int, path: Path) -> None:
    """Raise UsedWronglyError for a ZIP that would unpack without end, or that names places outside of it."""
    infos = archive.infolist()
    refuse = partial(_refused, path, mend="ask its sender what it is")
    if len(infos) > MEMBERS:
        raise refuse(f"the ZIP holds {len(infos):,} files, and at most {MEMBERS:,} are read")
    if sum(info.file_size for info in infos) > RATIO * size + FREE:
        raise refuse(BOMB)
    for info in infos:
        if _leads_out(info.filename):
            raise refuse("the ZIP holds a name that leads out of it")


def _leads_out(name: str) -> bool:
    path = PurePosixPath(name)
    return not name or path.is_absolute() or ".." in path.parts or "\\" in name or ":" in name or "\x00" in name


def _refused(path: Path, what: str, mend: str, why: str = "") -> UsedWronglyError:
    return UsedWronglyError(what, where=Place(file=path.name), why=why[:_WHY], mend=mend)
