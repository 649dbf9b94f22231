"""What lies in a backup: parts by their names, each a stream of blocks, and last the manifest."""

import json
from collections.abc import Iterator
from typing import Any, Final

from concerted.web.backup.sealed import Opening, Sealing

MANIFEST: Final = "manifest"
_LENGTH: Final = 4  # bytes of a block's length; a block of nothing ends a part
_LARGEST: Final = 2**24


class Parts:
    """Writes them."""

    def __init__(self, to: Sealing) -> None:
        self._to = to

    def begin(self, name: str) -> None:
        """A part begins."""
        self.block(name.encode())

    def block(self, data: bytes | memoryview) -> None:
        """Some of it."""
        for at in range(0, len(data), _LARGEST):
            some = data[at : at + _LARGEST]
            self._to.write(len(some).to_bytes(_LENGTH))
            self._to.write(some)

    def end(self) -> None:
        """It ends."""
        self._to.write(bytes(_LENGTH))

    def manifest(self, said: dict[str, Any]) -> None:
        """The last part."""
        self.begin(MANIFEST)
        self.block(json.dumps(said).encode())
        self.end()
        self._to.close()


def parts(of: Opening) -> Iterator[tuple[str, Iterator[bytes]]]:
    """Each part's name and its blocks, in order; the manifest's come last, and only once all that was sealed is read.
    What is left of a part is read before the next."""
    name = ""
    while name != MANIFEST:
        name = _block(of).decode()
        left = _blocks(of)
        if name == MANIFEST:
            left = iter([*left])
            of.end()
        yield name, left
        for _ in left:
            pass


def read_manifest(blocks: Iterator[bytes]) -> dict[str, Any]:
    """What the manifest says."""
    said: dict[str, Any] = json.loads(b"".join(blocks))
    return said


def _blocks(of: Opening) -> Iterator[bytes]:
    while data := _block(of):
        yield data


def _block(of: Opening) -> bytes:
    return of.read(int.from_bytes(of.read(_LENGTH)))
