"""How records are named: by source and the source's own id, and by a permanent id that tells nothing."""

import hmac
import re
from collections.abc import Iterable
from typing import Final, NamedTuple

import numpy as np

from concerted.common.errors import UsedWronglyError

PERMANENT: Final = re.compile("[a-z2-7]{26}")
_LETTERS: Final = np.frombuffer(b"abcdefghijklmnopqrstuvwxyz234567", np.uint8)
_BYTES: Final = 16  # of the keyed hash that an id is made of
_LONG: Final = 26  # letters that they make


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
    keyed = hmac.new(secret, digestmod="sha256")
    digests = []
    for (source, record_id), arrival in zip(keys, arrivals, strict=True):
        one = keyed.copy()
        one.update(f"{source}\x1f{record_id}\x1f{arrival}".encode())
        digests.append(one.digest()[:_BYTES])
    return _in_letters(b"".join(digests))


def _in_letters(digests: bytes) -> list[str]:
    """Each of these digests in base 32, without what fills it up. They stand one behind the other."""
    raw = np.frombuffer(digests, np.uint8).reshape(-1, _BYTES)
    bits = np.zeros((len(raw), _LONG * 5), np.uint8)
    bits[:, : _BYTES * 8] = np.unpackbits(raw, axis=1)
    fives = bits.reshape(-1, 5).T
    places = fives[0] << 4 | fives[1] << 3 | fives[2] << 2 | fives[3] << 1 | fives[4]
    text = _LETTERS[places].tobytes().decode()
    return [text[at : at + _LONG] for at in range(0, len(text), _LONG)]
