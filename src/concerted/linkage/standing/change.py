"""What a delivery changed in a picture."""

from dataclasses import dataclass

import pyarrow as pa
import pyarrow.compute as pc

from concerted.common.ids import RecordKey
from concerted.linkage.coded import Numbers
from concerted.linkage.linked import Linked


@dataclass(frozen=True)
class Change:
    """What a delivery changed. gone: records that are there no more. linked: what linking finds among the records that
    were looked at. touched: which of them were judged anew, by their numbers in `linked`; the others are there because
    a link to be reviewed leads to them, and nothing else that is said of them here holds."""

    gone: list[RecordKey]
    linked: Linked
    touched: Numbers

    @property
    def keys(self) -> list[RecordKey]:
        """The records that were judged anew. Whatever was known of their sets and links gives way to what is here."""
        return [self.linked.keys[at] for at in self.touched.tolist()]

    @property
    def sets(self) -> list[list[RecordKey]]:
        """The sets of the records that were judged anew."""
        found: dict[int, list[RecordKey]] = {}
        for at in self.touched.tolist():
            found.setdefault(self.linked.entity[at], []).append(self.linked.keys[at])
        return list(found.values())

    @property
    def links(self) -> pa.Table:
        """Every link to join or to review that one of these records has, as in `Linked.shown`."""
        shown, touched = self.linked.shown, pa.array(self.touched, pa.int32())
        return shown.filter(pc.or_(*(pc.is_in(shown[side], touched) for side in ("left", "right"))))
