"""What is said of a picture as a whole, made anew once a change was joined to it: questions, errors, sentences.

A change keeps records, entities and links of what it touches. What follows from all of them, and is shown and nowhere
computed with, waits until the views are written.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import decisions, results, standing
from concerted.desk.store import PAIRS, Store
from concerted.linkage import Linked, review_order
from concerted.linkage.coded import Numbers
from concerted.linkage.components import parts
from concerted.linkage.errors import Errors
from concerted.linkage.held import BEFORE
from concerted.linkage.link import Settled, claims_of, errors_of, pairs_decided, settled_of
from concerted.linkage.noted import notes_of
from concerted.linkage.partition import Claims, Links
from concerted.linkage.standing.growing import Growing
from concerted.linkage.thresholds import calibrated
from concerted.linkage.weigh import least_kept
from concerted.linkage.witnesses import Said, judged, told, with_vetoes

_LINKS: Final = (
    "select link.number, one, other, weight, probability, band, f.words, a.words, splink_weight from link "
    "join said f on f.number = reasons join said a on a.number = against order by weight desc, link.number"
)


def renew(store: Store, progress: Silent) -> Sequence[str]:
    """Make it anew if the picture is another than it was made of. Gives the notes of linking then."""
    if store.get(results.SAID) != "no":
        return []
    progress.step("whole", "Putting questions in order")
    whole = _Whole(store, standing.opened_of(store))
    results.keep_questions(store, review_order(whole.linked), whole.links)
    store.put("errors", json.dumps(whole.errors.to_dict()))
    store.put(results.SAID, "yes")
    return whole.notes


@dataclass(frozen=True)
class _Whole:
    """The store's records by their places among all that there are."""

    store: Store
    picture: Growing

    @cached_property
    def _rows(self) -> list[Any]:
        rows: list[Any] = self.store.run("select number, source, record_id, entity from member order by number")
        return list(map(tuple, rows))

    @cached_property
    def _numbers(self) -> Numbers:
        return np.array([row[0] for row in self._rows], np.int32)

    @cached_property
    def _keys(self) -> list[RecordKey]:
        return [RecordKey(*row[1:3]) for row in self._rows]

    @cached_property
    def _entity(self) -> Numbers:
        first: dict[str, int] = {}
        return np.array([first.setdefault(row[3], at) for at, row in enumerate(self._rows)], np.int32)

    @cached_property
    def _settled(self) -> Settled:
        return settled_of(self._keys, decisions.all_of(self.store))

    @cached_property
    def _told(self) -> Said:
        """What witnesses say, of the records that are compared."""
        if not self.picture.witnesses:
            return {}
        compared = np.searchsorted(self._numbers, self.picture.stands_for[self._numbers]).tolist()
        return told(
            self.picture.witnesses, self.picture.release.witnessed, dict(zip(self._keys, compared, strict=True))
        )

    @cached_property
    def _claims(self) -> Claims:
        own = claims_of(self.picture.rows(self._numbers), self.picture.unique_sources)
        return with_vetoes(own, self._told)

    @cached_property
    def _of_links(self) -> list[tuple[Any, ...]]:
        """The columns of the links, strongest first."""
        return list(zip(*self.store.run(_LINKS).fetchall(), strict=True)) or [()] * 9

    @property
    def links(self) -> Sequence[int]:
        """The numbers of the links, by their rows in `linked`."""
        return self._of_links[0]

    @cached_property
    def linked(self) -> Linked:
        """As linking everything would have found it, as far as questions are made of it."""
        sides = np.searchsorted(self._numbers, np.array(self._of_links[1:3], np.int32)).astype(np.int32)
        left, right = sides.min(axis=0), sides.max(axis=0)
        names = ("weight", "probability", "band", "reasons", "against", "splink_weight")
        types = (pa.float64(), pa.float64(), *[pa.string()] * 3, pa.float64())
        columns = {
            name: pa.array(column, kind) for name, column, kind in zip(names, self._of_links[3:], types, strict=True)
        }
        shown = pa.table({"left": left, "right": right} | columns)
        asked = [band == "review" and said.startswith(BEFORE) for band, said in zip(*self._of_links[5:7], strict=True)]
        held = frozenset(zip(left[asked].tolist(), right[asked].tolist(), strict=True))
        decided = {pair: made.decision for pair, made in self._settled.items()}
        return Linked(
            self._keys,
            self._entity.tolist(),
            shown.slice(0, 0),
            shown,
            self.picture.release,
            "",
            claims=self._claims,
            decided=decided,
            held=held,
        )

    @cached_property
    def _compared(self) -> tuple[Numbers, Numbers, NDArray[np.float64], NDArray[np.bool_]]:
        """The pairs of records that are compared for others too, but for those that weigh little, by their places; what
        they weigh, and whether they join."""
        table = pq.read_table(self.store.folder / PAIRS)
        left, right, weight = (table[name].to_numpy() for name in ("left", "right", "weight"))
        likely = weight >= least_kept(self.picture.release)
        rows = self.picture.compared(left) & self.picture.compared(right) & likely
        joined = np.asarray(table["band"].to_numpy() == "join")
        left, right = (np.searchsorted(self._numbers, side[rows]).astype(np.int32) for side in (left, right))
        return left, right, weight[rows], joined[rows]

    @property
    def errors(self) -> Errors:
        """As linking finds them."""
        left, right, weight, joined = self._compared
        worth = calibrated(self.picture.release, weight)
        return errors_of(left, right, worth, self._entity, joined, self._settled)

    @property
    def notes(self) -> tuple[str, ...]:
        """As linking gives them."""
        left, right, weight, _ = self._compared
        release, same = self.picture.release, pairs_decided(self._settled, "same")
        decided = np.array(same, np.int32).reshape(-1, 2)
        links = judged(Links(left, right, weight), self._told)
        *_, raised = parts(links, (decided[:, 0], decided[:, 1]), len(self._keys), release.join, release.limit)
        waits = [(one, other) for one, other in same if self._entity[one] != self._entity[other]]
        made = decisions.all_of(self.store)
        return notes_of(self._keys, self._entity, release, made, same, waits, self._claims, raised)
