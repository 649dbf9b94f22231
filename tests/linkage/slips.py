"""Records that stand to each other in every way there is: few values, each a slip, a part or a twin of another."""

import random
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
from hypothesis import strategies as st

from concerted.linkage.coded import LISTS
from concerted.linkage.comparisons import STANDARD, other
from concerted.linkage.standard import standardise
from tests.linkage.records import Row, write

EVERY: Final = (*STANDARD, other("other_school", "School"))
KINDS: Final = {
    **dict.fromkeys(("n", "year", "month", "day"), pa.int32()),
    **dict.fromkeys(LISTS, pa.list_(pa.string())),
}
VALUES: Final[dict[str, tuple[str, ...]]] = {
    "given_name": ("Hana", "Hanna", "Haan", "Han", "H", "Danuta", "Dan", "Žofia", "Zofia", "Юлия", "محمد", "O'Hana"),
    "middle_names": ("Zora", "Zora Dan", "Zor", "Z", "Amára", "Hana"),
    "family_name": ("Varga", "Vargas", "Vagra", "Varga Varga", "Rees-Mott", "Mott", "Mott Rees", "Okonjo", "O"),
    "aliases": ("Dan; Mott", "Hana"),
    "date_of_birth": (
        *("1984-03-05", "1984-05-03", "1984-03-06", "1985-03-05", "1984-01-01", "1984-11-27", "1985-11-27"),
        *("1971-03-05", "1984", "1984-03", "0000-01-01", "0001-01-01", "9999-12-31", "9998-12-31"),
    ),
    "sex": ("female", "male"),
    "address": ("1 Low Lane", "2 Low Lane", "Low Lane 1 Dunmere", "Flat 1, High Row", "High Row High Row", "…"),
    "postcode": ("QQ1 1CC", "QQ1 1CK", "QQ1 1C", "QQ11 CC", "QQ2 2CC", "QQ1 9KK", "2119", "2191", "ZZ9 9KK"),
    "town": ("Dunmere", "Dunmeer", "Dunmère", "Eastholt"),
    "place_of_birth": ("Cold Marsham", "Cold Marshan", "Brackenford"),
    "country": ("England", "Englund", "Éire"),
    "occupation": ("driver", "drivers", "cook"),
    "organisation": ("St Brae's", "St Braes", "Reed House"),
    "phone": ("+447700900001; +447700900002", "+447700900002", "+447700900003", ";"),
    "email": ("a@reed.example", "b@reed.example; a@reed.example", "é@reed.example", " ; "),
    "handle": ("reed", "sedge; reed", "Ріка", ";"),
    "nhs_number": ("9990000018", "9990000026"),
    "upn": ("X1", "X2"),
    "pnc_id": ("X1", "X2"),
    "local_id": ("7", "8"),
    "other_school": ("Brae High", "Brae Hugh", "Reed"),
}
_ANY_LETTERS: Final = {"given_name", "family_name", "middle_names", "town", "postcode", "address", "other_school"}

ROWS: Final[st.SearchStrategy[list[Row]]] = st.lists(
    st.fixed_dictionaries(
        {
            "source": st.sampled_from(["force", "council"]),
            **{
                name: st.none()
                | st.sampled_from(values)
                | (st.text("abnr ", max_size=6) if name in _ANY_LETTERS else st.nothing())
                for name, values in VALUES.items()
            },
        }
    ),
    min_size=2,
    max_size=8,
)


def numbered(rows: Iterable[Row]) -> list[Row]:
    """The same rows, each under a record id of its own."""
    return [{"source": "force", **row, "record_id": str(at)} for at, row in enumerate(rows)]


def drawn(count: int, seed: int = 7) -> list[Row]:
    """So many records of the values above, one field in six of them empty, one name in ten the other way round."""
    draw = random.Random(seed)
    rows = []
    for _ in range(count):
        row = {name: draw.choice(values) if draw.random() < 5 / 6 else None for name, values in VALUES.items()}
        if draw.random() < 0.1:
            row["given_name"], row["family_name"] = row["family_name"], row["given_name"]
        rows.append({"source": draw.choice(("force", "council")), **row})
    return numbered(rows)


def standard_of(folder: Path, rows: Sequence[Row]) -> pa.Table:
    """The standard table of these rows with every column that a comparison looks at, the next version's too."""
    return with_all_columns(standardise([write(folder / "slips.parquet", rows)]))


def table_of(rows: Iterable[Mapping[str, Any]]) -> pa.Table:
    """A table with the columns that these rows have, typed as in the standard table; `month` and `day` from `dob`."""
    rows = [{"n": at, **row, **(_month_and_day(row["dob"]) if "dob" in row else {})} for at, row in enumerate(rows)]
    names = sorted({name for row in rows for name in row})
    return pa.table({name: pa.array([row.get(name) for row in rows], KINDS.get(name, pa.string())) for name in names})


def _month_and_day(born: str | None) -> dict[str, int | None]:
    return {"month": int(born[5:7]), "day": int(born[8:10])} if born else {"month": None, "day": None}


def with_all_columns(table: pa.Table) -> pa.Table:
    """The table with `month` and `day`, and roots, parts and middle names made up from the names where it has none."""
    rows = table.to_pylist()
    made: dict[str, list[Any]] = {
        "month": [_month_and_day(row["dob"])["month"] for row in rows],
        "day": [_month_and_day(row["dob"])["day"] for row in rows],
        "given_root": [row["given"] and row["given"][:3] for row in rows],
        "given_roots": [_ends(row["given"]) for row in rows],
        "family_root": [(row["family"] or "").rstrip("s") or None for row in rows],
        "family_parts": [row["family"] and row["family"].split() for row in rows],
        "middle": [_middle(row) for row in rows],
    }
    for name, values in made.items():
        if name not in table.column_names:
            table = table.append_column(name, pa.array(values, KINDS.get(name, pa.string())))
    return table


def _ends(given: str | None) -> list[str] | None:
    """The last two letters, twice; of a name of one letter none, which leaves an empty list."""
    return [given[-2:]] * 2 * (len(given) > 1) if given else None


def _middle(row: dict[str, Any]) -> str | None:
    told = {row["given"], *(row["family"] or "").split()}
    return " ".join(word for word in row["words"] or () if word not in told) or None
