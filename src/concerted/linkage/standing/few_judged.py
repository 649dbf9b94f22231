"""Few records that hang together judged anew, pair by pair: what `among` finds of them, without what arrays cost."""

from dataclasses import replace
from typing import Final

import numpy as np

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import Pairs, apart, as_one
from concerted.linkage.coded import Numbers
from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.folding import Folded
from concerted.linkage.link import STANDS, decided
from concerted.linkage.linked import Linked, pairs_table, with_others
from concerted.linkage.partition import Claims, Links
from concerted.linkage.standing.few_pairs import FewPairs
from concerted.linkage.standing.few_words import OneByOne
from concerted.linkage.weigh import Weighed, to_judge

FEW: Final = 24  # records; of more every pair is quicker compared at once
_NONE: Final = np.empty(0, np.int64)


class FewJudged:
    """Records by their places among all that are looked at; nothing is decided of any."""

    def __init__(self, few: FewPairs, members: Numbers, folded: Folded) -> None:
        """members: the records, in order. folded: how they fold."""
        self._few, self._members, self._folded = few, members, folded
        self._compared = members[folded.kept]

    def linked(self, proposed: Pairs) -> Linked:
        """What linking finds. proposed: by the records' places among those that are compared, in order."""
        few, keys = self._few, self._keys(self._compared)
        found = self._weighed(self._compared, proposed)
        missing = self._missing(proposed, found)
        if len(missing):
            found = self._weighed(self._compared, np.append(proposed, missing))
            found = replace(found, candidate=np.arange(len(found.weight)) < len(proposed))
        speaks = self._speaks(self._compared, keys, found)
        linked = decided(keys, speaks, found, few.release, STANDS, (), {}, self._claims(), {})
        return self._with_others(linked) if len(self._members) > len(self._compared) else linked

    def _missing(self, proposed: Pairs, found: Weighed) -> Pairs:
        links = Links(*apart(proposed), found.weight)
        return to_judge(links, proposed, _NONE, _NONE, len(self._compared), self._few.release)[0]

    def _weighed(self, records: Numbers, pairs: Pairs) -> Weighed:
        left, right = apart(pairs)
        return self._few.weighed(as_one(records[left], records[right]), (left, right))

    def _speaks(self, records: Numbers, keys: list[RecordKey], found: Weighed) -> OneByOne:
        places = zip(found.compared.left.tolist(), found.compared.right.tolist(), strict=True)
        numbers = records.tolist()
        pairs = {(one, other): self._few.pair(numbers[one], numbers[other]) for one, other in places}
        return OneByOne(keys, pairs, self._few.ready.fields)

    def _with_others(self, linked: Linked) -> Linked:
        """With the records for which another is compared."""
        keys = self._keys(self._members)
        alike = self._weighed(self._members, as_one(*self._folded.others))
        band = np.full(len(alike.weight), "join")
        links = self._speaks(self._members, keys, alike).reasons(alike, band, {})
        return with_others(linked, self._folded, keys, pairs_table(alike, band), links)

    def _keys(self, records: Numbers) -> list[RecordKey]:
        return [RecordKey(one["source"], one["record_id"]) for one in map(self._few.record, records.tolist())]

    def _claims(self) -> Claims:
        """As `link.claims_of` has them."""
        claims: dict[int, dict[str, str]] = {}
        for place, record in enumerate(map(self._few.record, self._compared.tolist())):
            held = {title: record[name] for name, title in ONE_A_PERSON.items() if record[name]}
            if record["source"] in self._few.unique_sources:
                held[f"record in {record['source']}"] = str(place)
            if held:
                claims[place] = held
        return claims
