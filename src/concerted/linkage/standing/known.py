"""What pictures that follow one another work out once, and hand on."""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from typing import Final

import numpy as np

from concerted.common.ids import RecordKey
from concerted.linkage.coded import Numbers
from concerted.linkage.compare import Comparer
from concerted.linkage.decisions import Decision, current
from concerted.linkage.standing.few import Ready, ready
from concerted.linkage.standing.few_names import Share
from concerted.linkage.standing.shelved import Kinds
from concerted.linkage.witnesses import Witness

Standing = Mapping[tuple[RecordKey, RecordKey], Decision]
Told = Mapping[RecordKey, Sequence[Witness]]


_SPARE: Final = 16  # one record more for every so many


class Known:
    """Nothing of it changes what is found, only how soon. shares: of values, under the release of these pictures."""

    def __init__(self) -> None:
        self.shares = dict[Share, float]()
        self._ready = dict[frozenset[str], Ready]()
        self._room, self._used = np.empty(0, np.int32), 0
        self._kinds = dict[tuple[str, ...], Kinds]()
        self._decided: tuple[tuple[Decision, ...], Standing, frozenset[RecordKey]] = ((), {}, frozenset())
        self._told: tuple[tuple[Witness, ...], Told] = ((), {})

    def ready(self, filled: frozenset[str], comparer: Callable[[], Comparer]) -> Ready:
        """What pairs are compared by one by one. filled: the columns in which any record has a value. comparer: of
        records of these columns."""
        if filled not in self._ready:
            self._ready[filled] = ready(comparer(), filled.__contains__)
        return self._ready[filled]

    def kinds(self, others: tuple[str, ...]) -> Kinds:
        """The kinds of keys. others: columns of the profiles' own naming."""
        if others not in self._kinds:
            self._kinds[others] = Kinds.of(others)
        return self._kinds[others]

    def extended(self, stands_for: Numbers, by: Numbers) -> Numbers:
        """These and then those. They are written behind these where that place is free, so that they need not be copied
        for every record; nothing that is there already may be changed in what is returned."""
        end = len(stands_for) + len(by)
        if stands_for.base is not self._room or self._used != len(stands_for) or end > len(self._room):
            self._room = np.empty(end + end // _SPARE + 1, np.int32)
            self._room[: len(stands_for)] = stands_for
        self._room[len(stands_for) : end] = by
        self._used = end
        return self._room[:end]

    def standing(self, decisions: tuple[Decision, ...]) -> Standing:
        """The decision that counts for each pair that has one."""
        return self._of(decisions)[1]

    def named(self, decisions: tuple[Decision, ...]) -> frozenset[RecordKey]:
        """The records of which anything is decided."""
        return self._of(decisions)[2]

    def told(self, witnesses: tuple[Witness, ...]) -> Told:
        """The witnesses who tell of each record of which any does."""
        if self._told[0] is not witnesses:
            found = defaultdict[RecordKey, list[Witness]](list)
            for one in witnesses:
                for key in one.members:
                    found[key].append(one)
            self._told = witnesses, dict(found)
        return self._told[1]

    def _of(self, decisions: tuple[Decision, ...]) -> tuple[tuple[Decision, ...], Standing, frozenset[RecordKey]]:
        if self._decided[0] is not decisions:
            now = current(decisions)
            self._decided = decisions, now, frozenset(key for pair in now for key in pair)
        return self._decided
