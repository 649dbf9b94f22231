"""What is said in one scope: the decisions and witnesses that count where just its cells are held."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from concerted.common.ids import RecordKey
from concerted.linkage.cells import CellOf
from concerted.linkage.decisions import Decision, counting, current
from concerted.linkage.witnesses import Witness

Numbered = Mapping[RecordKey, int]


class Scoped:
    """The decisions and witnesses of a scope, by the records that they name."""

    def __init__(
        self,
        scope: frozenset[str],
        held: Numbered,
        decisions: Sequence[Decision],
        witnesses: Iterable[Witness],
        cell_of: CellOf,
    ) -> None:
        """held: the records of the scope, and some others, by number. A decision counts where both its records and all
        cells that it rests on are held, a witness where its own record is."""
        self._decided: defaultdict[int, list[Decision]] = defaultdict(list)
        self._told: defaultdict[int, list[Witness]] = defaultdict(list)
        self._beside: defaultdict[int, list[int]] = defaultdict(list)
        for pair, one in current(counting(decisions, scope)).items():
            if all(key in held and cell_of(key) in scope for key in pair):
                left, right = (held[key] for key in pair)
                self._decided[left].append(one)
                self._beside[left].append(right)
                self._beside[right].append(left)
        for witness in witnesses:
            if cell_of(witness.record) in scope:
                for key in set(witness.members) & held.keys():
                    self._told[held[key]].append(witness)

    def beside(self, record: int) -> list[int]:
        """The records of which something was decided together with this one."""
        return self._beside.get(record, [])

    def decisions(self, records: Iterable[int]) -> list[Decision]:
        """The decisions that count on pairs of these records, of which both or neither are among them."""
        return [one for record in records if record in self._decided for one in self._decided[record]]

    def witnesses(self, records: Iterable[int]) -> list[Witness]:
        """What tells anything of these records."""
        found = (one for record in records if record in self._told for one in self._told[record])
        return list(dict.fromkeys(found))
