"""A file that only its key opens, written and read as a stream.

AES-256 in Galois/Counter Mode over chunks, each with its number and whether it is the last in its nonce (the STREAM
construction of Hoang, Reyhanitabar, Rogaway and Vizár, 2015), so that chunks cannot be changed, left out, exchanged or
cut off at the end. The key of a file is derived from the backup's key and random bytes of its own.
"""

import os
import re
from collections.abc import Mapping
from typing import BinaryIO, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from concerted.common.errors import FoundWrongError, UsedWronglyError
from concerted.web.environment import secret

MAGIC: Final = b"concerted backup 1\n"
CHUNK: Final = 2**20
_SALT: Final = 32
_CHECK: Final = 16
_TAG: Final = 16
_HEADER: Final = len(MAGIC) + _SALT + _CHECK
NAME: Final = "CONCERTED_BACKUP_KEY"


def key_of(given: Mapping[str, str] = os.environ) -> bytes:
    """The key of backups. UsedWronglyError where it is not set, is no key, or is the store's own."""
    text = secret(given, NAME, "seals backups: 64 hexadecimal digits, kept where no backup and no store is")
    if not re.fullmatch("[0-9a-f]{64}", text):
        raise UsedWronglyError(f"{NAME} is not 64 hexadecimal digits", mend="make one: openssl rand -hex 32")
    if text == given.get("CONCERTED_STORE_KEY"):
        raise UsedWronglyError(f"{NAME} is the store's own key", mend="make another: openssl rand -hex 32")
    return bytes.fromhex(text)


class Sealing:
    """Writes a sealed file. `close` ends it; without that it does not open."""

    def __init__(self, to: BinaryIO, key: bytes) -> None:
        salt = os.urandom(_SALT)
        self._cipher, check = _derived(key, salt)
        self._header = MAGIC + salt + check
        self._to, self._number, self._held = to, 0, bytearray()
        to.write(self._header)

    def write(self, data: bytes | memoryview) -> None:
        """Add some bytes."""
        self._held += data
        while len(self._held) > CHUNK:  # one chunk is always kept back: the last is marked as such
            self._seal(bytes(self._held[:CHUNK]), last=False)
            del self._held[:CHUNK]

    def close(self) -> None:
        """The last chunk."""
        self._seal(bytes(self._held), last=True)

    def _seal(self, data: bytes, *, last: bool) -> None:
        self._to.write(self._cipher.encrypt(_nonce(self._number, last=last), data, self._header))
        self._number += 1


class Opening:
    """Reads a sealed file. UsedWronglyError where it is none, or another key made it. FoundWrongError as soon as
    something was changed or is missing."""

    def __init__(self, of: BinaryIO, key: bytes) -> None:
        self._of = of
        self._header = of.read(_HEADER)
        if not self._header.startswith(MAGIC) or len(self._header) < _HEADER:
            raise UsedWronglyError("this is no backup of Concerted, or it is cut short", mend="name another file")
        self._cipher, check = _derived(key, self._header[len(MAGIC) : -_CHECK])
        if check != self._header[-_CHECK:]:
            raise UsedWronglyError(
                "this key does not open the backup", mend=f"set {NAME} to the key that it was made with"
            )
        self._number, self._held, self._next = 0, b"", of.read(CHUNK + _TAG)

    def read(self, count: int) -> bytes:
        """So many bytes. FoundWrongError where there are fewer."""
        parts, needed = [], count
        while needed:
            if not self._held:
                self._held = self._opened()
            parts.append(self._held[:needed])
            self._held = self._held[needed:]
            needed -= len(parts[-1])
        return b"".join(parts)

    def end(self) -> None:
        """FoundWrongError unless all was read."""
        if self._held or self._next:
            raise _damaged()

    def _opened(self) -> bytes:
        if not self._next:
            raise _damaged()
        sealed, self._next = self._next, self._of.read(CHUNK + _TAG)
        try:
            data = self._cipher.decrypt(_nonce(self._number, last=not self._next), sealed, self._header)
        except InvalidTag as why:
            raise _damaged() from why
        self._number += 1
        if not data:
            raise _damaged()
        return data


def _derived(key: bytes, salt: bytes) -> tuple[AESGCM, bytes]:
    """The cipher of a file, and bytes by which its key is known again."""
    made = HKDF(SHA256(), 32 + _CHECK, salt=salt, info=MAGIC).derive(key)
    return AESGCM(made[:32]), made[32:]


def _nonce(number: int, *, last: bool) -> bytes:
    return number.to_bytes(11) + bytes([last])


def _damaged() -> FoundWrongError:
    return FoundWrongError("the backup is cut short or was changed", mend="use another; nothing of it was taken over")
