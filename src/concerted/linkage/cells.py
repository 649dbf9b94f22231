"""The cell of a record: those of one owner, setting, category, regime and compartment, of which a reader holds all or
none."""

from collections.abc import Callable, Sequence

import numpy as np

from concerted.common.ids import RecordKey
from concerted.linkage.coded import Numbers

CellOf = Callable[[RecordKey], str]


def numbers_of_cells(keys: Sequence[RecordKey], cell_of: CellOf | None) -> Numbers | None:
    """For each record the number of its cell; None where all lie in one."""
    if cell_of is None:
        return None
    number: dict[str, int] = {}
    found = np.array([number.setdefault(cell_of(key), len(number)) for key in keys], np.int32)
    return found if len(number) > 1 else None
