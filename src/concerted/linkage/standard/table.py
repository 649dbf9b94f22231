"""The table that records are compared in."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa

from concerted.linkage.standard.addresses import address_columns
from concerted.linkage.standard.births import birth_columns
from concerted.linkage.standard.files import RecordFiles, other_columns
from concerted.linkage.standard.people import NAME_FIELDS, name_columns
from concerted.linkage.standard.sets import members, postcode_columns
from concerted.values.text import fold

_TEXTS: Final = {"place": "place_of_birth", "town": "town", "country": "country"}
_TEXTS_AFTER: Final = {"occupation": "occupation", "organisation": "organisation"}
_PLAIN: Final = ("sex", "nhs_number", "upn", "pnc_id", "local_id")
_SETS: Final = {"phones": "phone", "emails": "email", "handles": "handle"}


def standardise(records: Sequence[Path]) -> pa.Table:
    """The records of these files, in their order, as one Arrow table.

    Texts are dictionary arrays (int32 indices), lists are of texts, sorted but for `given_roots`; what is missing is
    null. Columns:

    - `n` (int32, the record's number, from 0), `source`, `record_id`;
    - `given` (the first given word), `middle` (the other given words), `family` (the whole family name); `given_root`,
      `given_roots` (list), `family_root`, `family_parts` (list): the groups that they are in by nickname or spelling;
    - `words` (list, aliases too), `alias_words` (list), `whole` (two own words or more, joined, so that order never
      counts), `native` (own words in another script than Latin);
    - `dob` (ISO, full days only), `year` (int32), `dob_doubt` (why it says little: `births.Doubt`);
    - `place`, `town`, `country`, `address`, `house`, `street`, `address_words` (list), `postcode` (no space) and
      `district` (the first half), `postcodes` and `districts` (lists);
    - `occupation`, `organisation`, `sex`, `nhs_number`, `upn`, `pnc_id`, `local_id`, `phones`, `emails`, `handles`
      (lists), and one for each `other_NAME`.
    """
    files = RecordFiles(records)
    column = files.column
    made = {"n": pa.array(np.arange(files.records, dtype=np.int32))}
    made |= {name: files.as_written(name) for name in ("source", "record_id")}
    made |= name_columns({name: column(name) for name in NAME_FIELDS})
    made |= birth_columns(column("date_of_birth"), column("year_of_birth"))
    made |= {name: column(field).each(_folded).arrow() for name, field in _TEXTS.items()}
    made |= address_columns(column("address"))
    made |= postcode_columns(column("postcode"))
    made |= {name: column(field).each(_folded).arrow() for name, field in _TEXTS_AFTER.items()}
    made |= {name: files.as_written(name) for name in _PLAIN}
    made |= {name: column(field).each(members).arrow_lists() for name, field in _SETS.items()}
    made |= {name: column(given).each(_folded).arrow() for name, given in other_columns(records).items()}
    return pa.table(made)


def _folded(text: str) -> str | None:
    return fold(text) or None
