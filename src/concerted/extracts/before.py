"""What an extract meets that came before it: rows that stand as they are, and keys that were erased and stay away.

Both are asked before anything of a row is stored or compared. Neither is kept in a form that could be read back: a row
is known by a keyed digest of its cells, and an erased key by a keyed hash.
"""

import hashlib
import hmac
from collections.abc import Collection, Iterable, Sequence
from typing import Final

import numpy as np
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.extracts.readers import Chunk

DIGEST: Final = 16  # bytes
_BETWEEN: Final = "\x1f"
Flags = NDArray[np.bool_]


class Before:
    """secret: what digests and hashes are made with. standing: the digests of rows that the same profile read, each
    `DIGEST` bytes, one after the other. erased: keyed hashes of source keys."""

    def __init__(self, secret: bytes, standing: bytes = b"", erased: Collection[str] = ()) -> None:
        self._secret, self._erased = secret, frozenset(erased)
        halves = np.frombuffer(standing, dtype=">u8").reshape(-1, 2)
        self._standing = halves[np.argsort(halves[:, 0], kind="stable")]

    def digests(self, rows: Iterable[Sequence[str]]) -> list[bytes]:
        """Of the cells of each row that a profile reads, trimmed."""
        make, key = hashlib.blake2b, self._secret[:64]
        return [
            make(_BETWEEN.join(row).encode("utf-8", "surrogatepass"), digest_size=DIGEST, key=key).digest()
            for row in rows
        ]

    def stand(self, digests: Sequence[bytes]) -> Flags:
        """Which of these rows stand already, in every cell."""
        if not len(self._standing) or not digests:
            return np.zeros(len(digests), dtype=np.bool_)
        asked = np.frombuffer(b"".join(digests), dtype=">u8").reshape(-1, 2)
        at = np.minimum(np.searchsorted(self._standing[:, 0], asked[:, 0]), len(self._standing) - 1)
        alike: Flags = (self._standing[at] == asked).all(axis=1)
        return alike

    def erased(self, sources: Sequence[str], ids: Sequence[str]) -> Flags | None:
        """Which of these keys were erased; None for none of them."""
        if not self._erased:
            return None
        keys = zip(sources, ids, strict=True)
        found = np.fromiter((key_hash(self._secret, RecordKey(*key)) in self._erased for key in keys), bool, len(ids))
        return found if found.any() else None

    def erased_or_part_of_it(self, sources: Sequence[str], ids: Sequence[str]) -> Flags | None:
        """Which of these keys were erased, or are a part of a row that was; None for none of them."""
        rows = [one.rpartition("/")[0] or one for one in ids]
        return _either(self.erased(sources, ids), self.erased(sources, rows))


def _either(one: Flags | None, two: Flags | None) -> Flags | None:
    return (two if one is None else one) if one is None or two is None else one | two


def key_hash(secret: bytes, key: RecordKey) -> str:
    """A source key as it is kept once its record is erased: HMAC-SHA-256 in hexadecimal, which tells nothing of it."""
    return hmac.new(secret, str(key).encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def kept(chunk: Chunk, keep: Flags) -> Chunk:
    """The chunk with these of its rows alone; what could not be split, and blank rows, stay."""
    if keep.all():
        return chunk
    places = np.flatnonzero(keep).tolist()
    rows = [chunk.rows[at] for at in places]
    return Chunk(rows, [[column[at] for at in places] for column in chunk.columns], chunk.unsplit, chunk.blank)
