"""How records are named: by source and the source's own id, and by a permanent id that tells nothing."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from concerted.common.errors import UsedWronglyError

PERMANENT: Final = re.compile("[a-z2-7]{26}")
_BYTES, _LONG = 16, 26  # of the hash, and letters that write them
_BLOCK: Final = 64  # bytes of SHA-256
_LETTERS: Final = b"abcdefghijklmnopqrstuvwxyz234567".ljust(256)


class RecordKey(NamedTuple):
    """One record as its owner knows it. A source holds no colon; a record id may."""

    source: str
    record_id: str

    def __str__(self) -> str:
        return f"{self.source}:{self.record_id}"

    @classmethod
    def parse(cls, text: str) -> "RecordKey":
        """Read `SOURCE:ID`, splitting at the first colon."""
        source, colon, record_id = text.partition(":")
        if not (source and colon and record_id):
            raise UsedWronglyError(
                f"{text!r} does not name a record", mend="write the source, a colon and the record's id: force-a:1234"
            )
        return cls(source, record_id)


def permanent_id(secret: bytes, key: RecordKey, arrival: int) -> str:
    """The record's permanent id: 26 letters and digits, a keyed hash of source, own id and arrival.

    Opaque so that a page address or a list tells nothing of the owner's numbering (`ACCESS.md` section 2).
    """
    return permanent_ids(secret, [key], [arrival])[0]


def permanent_ids(secret: bytes, keys: Iterable[RecordKey], arrivals: Iterable[int]) -> list[str]:
    """The permanent ids of many records, in their order.

    HMAC-SHA-256 as RFC 2104 has it, in two hashes that begin with the secret once for all records: `hmac` makes three
    objects for each."""
    inner, outer = (hashlib.sha256(_keyed(secret, pad)) for pad in (0x36, 0x5C))
    made = []
    for (source, record_id), arrival in zip(keys, arrivals, strict=True):
        one, two = inner.copy(), outer.copy()
        one.update(f"{source}\x1f{record_id}\x1f{arrival}".encode())
        two.update(one.digest())
        made.append(two.digest()[:_BYTES])
    return _in_letters(made)


def _keyed(secret: bytes, pad: int) -> bytes:
    """A block of the secret, a longer one as its hash, mixed with the byte by which RFC 2104 tells its two hashes."""
    short = secret if len(secret) <= _BLOCK else hashlib.sha256(secret).digest()
    return bytes(byte ^ pad for byte in short.ljust(_BLOCK, b"\0"))


def _in_letters(digests: Sequence[bytes]) -> list[str]:
    """Base 32 without padding, in small letters. Each letter writes five bits, the last what is left of them."""
    import numpy as np  # most that know a key by this file make no ids

    high, low = np.frombuffer(b"".join(digests), ">u8").astype(np.uint64).reshape(-1, 2).T
    fives = np.empty((len(high), _LONG), np.uint8)
    for letter in range(_LONG):
        behind = 8 * _BYTES - 5 * (letter + 1)  # bits behind the five
        if behind >= 64:
            bits = high >> np.uint64(behind - 64)
        elif behind < 0:
            bits = low << np.uint64(-behind)
        else:
            bits = low >> np.uint64(behind) | high << np.uint64(64 - behind)
        fives[:, letter] = bits & np.uint64(31)
    text = fives.tobytes().translate(_LETTERS).decode()
    return [text[at : at + _LONG] for at in range(0, len(text), _LONG)]
