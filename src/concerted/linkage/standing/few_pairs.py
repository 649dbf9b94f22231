"""Few records of a growing picture, compared one pair at a time."""

from collections.abc import Iterable

import numpy as np

from concerted.linkage.candidates import Pairs, apart
from concerted.linkage.coded import Numbers
from concerted.linkage.compare import Compared
from concerted.linkage.dialects.one_pair import Seen
from concerted.linkage.standing.columns import OfPicture
from concerted.linkage.standing.few import Beside, Pair
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.layers import Bits
from concerted.linkage.standing.shelved import keys_of
from concerted.linkage.weigh import Weighed, least_kept, weighed


class FewPairs:
    """What is compared once is known from then on. picture: that the records are of, by their numbers there."""

    def __init__(self, picture: Growing) -> None:
        self.ready, self.release, self.unique_sources = picture.ready(), picture.release, picture.unique_sources
        self._picture = picture
        self._needed = {name for one in self.ready.fields for name in one.comparison.needs}
        self._seen = Seen(str, {})
        self._records = dict[int, OfPicture]()
        self._beside = dict[int, Beside]()
        self._pairs = dict[tuple[int, int], Pair]()
        self._keys = dict[int, frozenset[int]]()

    def record(self, number: int) -> OfPicture:
        """A record, read once."""
        if number not in self._records:
            self._records[number] = self._picture.record(number)
        return self._records[number]

    def keys(self, number: int) -> frozenset[int]:
        """Every key of a record."""
        if number not in self._keys:
            self._keys[number] = frozenset(self._made(number))
        return self._keys[number]

    def _made(self, number: int) -> Iterable[int]:
        found = self._picture.layers[-1].found
        if number < self._picture.begins[-2]:
            return keys_of(self.record(number), self._picture.kinds)
        made: list[int] = found.keys[found.holders == number].tolist()
        return made

    def pair(self, one: int, other: int) -> Pair:
        """Two records compared, the lower number first."""
        if (one, other) not in self._pairs:
            first, second = (one, other) if one in self._beside else (other, one)
            self._pairs[one, other] = self._of(first).of(self.record(second))
        return self._pairs[one, other]

    def _of(self, number: int) -> Beside:
        if number not in self._beside:
            own = self.record(number)
            said = [name for name in self._needed if own[name]]
            self._beside[number] = Beside(self.ready, self.release, own, said, self._seen, self._picture.known.shares)
        return self._beside[number]

    def weighed(self, pairs: Pairs, places: tuple[Numbers, Numbers] | None = None) -> Weighed:
        """These pairs, as the code of batch has them. places: by which it knows their records, if not by numbers."""
        left, right = apart(pairs)
        found = [self.pair(one, other) for one, other in zip(left.tolist(), right.tolist(), strict=True)]
        rules = [rule.constraint.name for rule in self.ready.rules]
        held = {name: np.array([name in one.held for one in found], bool) for name in rules}
        sums = np.array([one.sums for one in found]).reshape(-1, 5).T
        compared = Compared(*(places or (left, right)), {}, *sums, held=held)
        return weighed(compared, self.release, candidate=True)

    def kept(self, pairs: Pairs) -> tuple[Pairs, Bits]:
        """As `growing.kept`."""
        weight = self.weighed(pairs).weight
        enough = weight >= least_kept(self.release)
        return pairs[enough], weight[enough]
