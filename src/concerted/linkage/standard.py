"""Records as they are compared: one table of folded, typed columns, made once and versioned.

What a record holds beyond these columns (evidence, columns left out, a truth) never reaches the linker.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import count
from pathlib import Path
from typing import Any, Final

import pyarrow as pa
import pyarrow.parquet as pq

from concerted.common.vague_dates import NotADateError, read
from concerted.linkage.names import NOBODY, Names, names_of
from concerted.values.text import fold

VERSION: Final = 1  # of this page: a release says which one it was made with
OTHER: Final = "other_"  # the prefix of columns of the profile's own naming that may agree or differ

_NAMES = ("given_name", "middle_names", "family_name", "full_name", "aliases")
_TEXTS = {"place": "place_of_birth", "town": "town", "country": "country", "address": "address"}
_TEXTS |= {"occupation": "occupation", "organisation": "organisation"}
_PLAIN = {"sex": "sex", "nhs_number": "nhs_number", "upn": "upn", "pnc_id": "pnc_id", "local_id": "local_id"}
_SETS = {"phones": "phone", "emails": "email", "handles": "handle"}
_NOT_ALNUM = re.compile(r"[^A-Z0-9]+")
_BATCH = 65_536

Column = list[Any]


def standardise(records: Sequence[Path]) -> pa.Table:
    """The records of these files, in their order, as one Arrow table.

    Columns: `n` (int32, the record's number, from 0), `source`, `record_id`, `given`, `family`, `words` (list),
    `whole`, `dob` (ISO, full days only), `year`, `place`, `town`, `country`, `address`,
    `address_words` (list), `postcode` (no space), `district`, `occupation`, `organisation`, `sex`, `nhs_number`,
    `upn`, `pnc_id`, `local_id`, `phones`, `emails`, `handles` (lists), and one for each `other_NAME`.
    """
    others = other_columns(records)
    schema = _schema(others)
    batches = [batch for path in records for batch in _batches(path, others, schema)]
    table = pa.Table.from_batches(batches, schema=schema)
    return table.add_column(0, "n", pa.array(range(table.num_rows), pa.int32()))


def other_columns(records: Sequence[Path]) -> dict[str, str]:
    """Columns of the profiles' own naming: a name that is safe in SQL -> the name in the files."""
    names = sorted({name for path in records for name in pq.read_schema(path).names if _is_other(name)})
    safe: dict[str, str] = {}
    for name in names:
        slug = OTHER + (re.sub(r"[^a-z0-9]+", "_", name.removeprefix(OTHER).lower()).strip("_") or "x")
        safe[next(free for free in _numbered(slug) if free not in safe)] = name
    return safe


def _numbered(slug: str) -> Iterator[str]:
    """The slug, then the slug with 1, 2 and so on."""
    yield slug
    yield from (f"{slug}_{number}" for number in count(1))


def _is_other(name: str) -> bool:
    return name.startswith(OTHER) and not name.endswith("_as_given")


def _schema(others: Mapping[str, str]) -> pa.Schema:
    lists = {"words", "address_words", *_SETS}
    names = [
        "source",
        "record_id",
        "given",
        "family",
        "words",
        "whole",
        "dob",
        "year",
        *_TEXTS,
        "address_words",
    ]
    names += ["postcode", "district", *_PLAIN, *_SETS, *others]
    kinds = {"year": pa.int32()} | dict.fromkeys(lists, pa.list_(pa.string()))
    return pa.schema([(name, kinds.get(name, pa.string())) for name in names])


def _batches(path: Path, others: Mapping[str, str], schema: pa.Schema) -> list[pa.RecordBatch]:
    with pq.ParquetFile(path) as file:
        wanted = {"source", "record_id", "date_of_birth", "year_of_birth", "postcode", *_NAMES}
        wanted |= {*_TEXTS.values(), *_PLAIN.values(), *_SETS.values(), *others.values()}
        columns = [name for name in file.schema_arrow.names if name in wanted]
        return [
            _standard_batch(batch, others, schema) for batch in file.iter_batches(batch_size=_BATCH, columns=columns)
        ]


def _standard_batch(batch: pa.RecordBatch, others: Mapping[str, str], schema: pa.Schema) -> pa.RecordBatch:
    def column(name: str) -> Column:
        if name not in batch.schema.names:
            return [None] * batch.num_rows
        values: Column = batch.column(name).to_pylist()
        return values

    made: dict[str, Column] = {"source": column("source"), "record_id": column("record_id")}
    made |= _name_columns([column(name) for name in _NAMES])
    made |= _birth_columns(column("date_of_birth"), column("year_of_birth"))
    made |= {name: _each(_folded, column(field)) for name, field in _TEXTS.items()}
    made["address_words"] = _each(_address_words, made["address"])
    made["postcode"] = _each(_compact, column("postcode"))
    made["district"] = _each(_district, made["postcode"])
    made |= {name: column(field) for name, field in _PLAIN.items()}
    made |= {name: _each(_members, column(field)) for name, field in _SETS.items()}
    made |= {name: _each(_folded, column(given)) for name, given in others.items()}
    return pa.RecordBatch.from_arrays([pa.array(made[field.name], field.type) for field in schema], schema=schema)


def _each(make: Callable[[str], Any], values: Column) -> Column:
    """`make` of each distinct value, once."""
    known = {value: make(value) if value else None for value in set(values)}
    return [known[value] for value in values]


def _name_columns(columns: Sequence[Column]) -> dict[str, Column]:
    names: list[Names] = [names_of(*row) if any(row) else NOBODY for row in zip(*columns, strict=True)]
    return {
        "given": [name.given for name in names],
        "family": [name.family for name in names],
        "words": [name.words for name in names],
        "whole": [name.whole for name in names],
    }


def _birth_columns(days: Column, years: Column) -> dict[str, Column]:
    dates = _each(_birth, days)
    only_years = _each(_birth, years)
    return {
        "dob": [date[0] if date else None for date in dates],
        "year": [(date and date[1]) or (year and year[1]) for date, year in zip(dates, only_years, strict=True)],
    }


@lru_cache(maxsize=200_000)
def _birth(text: str) -> tuple[str | None, int | None]:
    """The full day, if it is one, and the year, if there is only one it can be."""
    try:
        vague = read(text)
    except NotADateError:
        return None, None
    if vague.exact:
        return vague.exact.isoformat(), vague.exact.year
    one_year = vague.earliest and vague.latest and vague.earliest.year == vague.latest.year
    return None, vague.earliest.year if one_year and vague.earliest else None


def _folded(text: str) -> str | None:
    return fold(text) or None


def _address_words(address: str) -> list[str]:
    return sorted(set(address.split()))


def _compact(postcode: str) -> str | None:
    return _NOT_ALNUM.sub("", postcode.upper()) or None


def _district(postcode: str) -> str | None:
    return postcode[:-3] if len(postcode) >= 5 else None


def _members(text: str) -> list[str]:
    return sorted({part.strip() for part in text.split(";") if part.strip()})
