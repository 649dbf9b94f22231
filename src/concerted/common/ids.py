"""How records are named: by source and the source's own id, and by a permanent id that tells nothing."""

import hmac
import re
from collections.abc import Iterable, Sequence
from typing import Final, NamedTuple

from concerted.common.errors import UsedWronglyError

PERMANENT: Final = re.compile("[a-z2-7]{26}")
_BYTES, _LONG = 16, 26  # of the hash, and letters that write them
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
    """The permanent ids of many records, in their order."""
    keyed, made = hmac.new(secret, digestmod="sha256"), []
    for (source, record_id), arrival in zip(keys, arrivals, strict=True):
        one = keyed.copy()  # quicker than to begin with the secret each time
        one.update(f"{source}\x1f{record_id}\x1f{arrival}".encode())
        made.append(one.digest()[:_BYTES])
    return _in_letters(made)


def _in_letters(digests: Sequence[bytes]) -> list[str]:
    """Base 32 without padding, in small letters. Each letter writes five bits, the last what is left of them."""
    import numpy as np  # most that know a key by this file make no ids

    bits = np.unpackbits(np.frombuffer(b"".join(digests), np.uint8).reshape(-1, _BYTES), axis=1)
    fives = np.pad(bits, ((0, 0), (0, _LONG * 5 - bits.shape[1]))).reshape(-1, _LONG, 5)
    text = (np.packbits(fives, axis=2) >> 3).tobytes().translate(_LETTERS).decode()
    return [text[at : at + _LONG] for at in range(0, len(text), _LONG)]
