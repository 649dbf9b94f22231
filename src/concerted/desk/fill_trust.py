"""What a person can trust of a result: how often it errs, where it is unsure, what to look at first, what it lacks."""

import json
import math
import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import reduce
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted.common.words import counted, in_every, listed
from concerted.desk.current import record_files
from concerted.desk.error_words import at_length
from concerted.desk.report.data import Band, Between, Filled, Look, RecordShown, Trust
from concerted.desk.results import links, release
from concerted.desk.store import PAIRS, Store
from concerted.linkage import Release
from concerted.linkage.levels import Comparison
from concerted.linkage.standard import OTHER
from concerted.linkage.store import Link

LOOKED_AT: Final = 10  # links to look at first
COSTLY: Final = 1.0  # bits that a pair of one person lacks on the mean, from which on a missing field is spoken of
SPOKEN_OF: Final = 5  # missing fields at most
# What is compared -> the fields of a record any of which fills it. A local id is compared within one source alone.
FIELDS: Final = {
    "given": ("given_name", "full_name"),
    "family": ("family_name", "full_name"),
    "middle": ("middle_names",),
    "birth": ("date_of_birth", "year_of_birth"),
    "sex": ("sex",),
    "home": ("address", "postcode"),
    "town": ("town",),
    "place": ("place_of_birth",),
    "country": ("country",),
    "occupation": ("occupation",),
    "organisation": ("organisation",),
    "phones": ("phone",),
    "emails": ("email",),
    "handles": ("handle",),
    "nhs_number": ("nhs_number",),
    "upn": ("upn",),
    "pnc_id": ("pnc_id",),
}


def trust(store: Store, folder: str) -> Trust:
    """folder: the result folder as commands name it."""
    model, files = release(store)[0], record_files(store)
    sources = tuple(row[0] for row in store.run("select source from member group by source order by min(arrival)"))
    weight = pq.read_table(store.folder / PAIRS, columns=["weight"])["weight"].to_numpy()
    filled = tuple(_filled(files, model, sources))
    return Trust(
        errors=at_length(json.loads(store.get("errors", "null"))),
        unsure=int(np.count_nonzero((weight >= model.keep) & (weight < model.join))),
        compared=len(weight),
        between=tuple(_between(store)),
        look=tuple(_look(link, folder) for link in _first(store)),
        sources=sources,
        filled=tuple(one for one, _ in filled),
        costs=tuple(_costs(filled)),
    )


def _between(store: Store) -> list[Between]:
    """By the sources of the links, those with the most doubt first. What a person decided is not in doubt."""
    rows = store.run(
        "select min(left_source, right_source), max(left_source, right_source), sum(band = 'join'), "
        "sum(band = 'review'), sum(case when band = 'join' and reasons not like 'decided same by %' "
        "then 1 - probability else 0 end) from link group by 1, 2 order by 1, 2"
    )
    return sorted((Between(*row) for row in rows), key=lambda one: (-(one.share or 0.0), -one.review))


def _first(store: Store) -> Iterator[Link]:
    """The strongest of each of the questions that come first in review.csv."""
    first = "select min(place) as first from link where place is not null group by review_group order by first limit ?"
    for (place,) in store.run(first, [LOOKED_AT]).fetchall():
        yield from links(store, "place = ?", place)


def _look(link: Link, folder: str) -> Look:
    band: Band = "joined" if link.band == "join" else "review"
    command = shlex.join(["concerted", "explain", folder, str(link.left), str(link.right)])
    sides = RecordShown(*link.left), RecordShown(*link.right)
    change = f"{'Decided the same, ' if band == 'review' else ''}{link.change}."
    change = change[:1].upper() + change[1:]
    return Look(*sides, band, link.probability, change, link.reasons, link.against, command)


def _filled(files: Sequence[Path], model: Release, sources: Sequence[str]) -> Iterator[tuple[Filled, float]]:
    """For each thing compared how much of it is there, and the share of all records that lack it."""
    records: Counter[str] = Counter()
    held: dict[str, Counter[str]] = {one.name: Counter() for one in model.comparisons if _fields(one)}
    for path in files:
        table = pq.read_table(path, columns=_columns(path, model.comparisons))
        records.update(_by_source(table["source"]))
        for one in model.comparisons:
            there = [pc.is_valid(table[field]) for field in _fields(one) if field in table.column_names]
            if there:
                held[one.name].update(_by_source(table["source"].filter(reduce(pc.or_, there))))
    for one in model.comparisons:
        if records and one.name in held:
            shares = tuple(held[one.name][source] / max(records[source], 1) for source in sources)
            title = one.title[:1].upper() + one.title[1:]
            yield Filled(title, shares, _worth(one)), 1 - held[one.name].total() / records.total()


def _fields(comparison: Comparison) -> tuple[str, ...]:
    """The fields of a record any of which fills it."""
    of_a_profile = (comparison.name,) if comparison.name.startswith(OTHER) else ()
    return FIELDS.get(comparison.name, of_a_profile)


def _columns(path: Path, comparisons: Sequence[Comparison]) -> list[str]:
    fields = {field for one in comparisons for field in _fields(one)}
    return ["source", *sorted(fields & {*pq.read_schema(path).names})]


def _by_source(sources: pa.ChunkedArray) -> dict[str, int]:
    return {row["values"]: row["counts"] for row in pc.value_counts(sources).to_pylist()}


def _worth(comparison: Comparison) -> float:
    """What two records of one person gain on the mean when both can be compared, in bits, by the plain shares."""
    return sum(level.m * math.log2(level.m / level.u) for level in comparison.levels)


def _costs(filled: Sequence[tuple[Filled, float]]) -> Iterator[str]:
    """What is missing in some records and costs most, the costliest first; and what is missing in all."""

    def cost(one: tuple[Filled, float]) -> float:
        return (1 - (1 - one[1]) ** 2) * one[0].bits  # missing on either side

    some = sorted((one for one in filled if 0 < one[1] < 1 and cost(one) >= COSTLY), key=cost, reverse=True)
    for one, lacking in some[:SPOKEN_OF]:
        yield (
            f"{one.field}: {in_every(lacking).removeprefix('about ')} records have none. Where two records of one "
            f"person both have it, it adds about {counted(round(one.bits), 'bit')}."
        )
    if nobody := [one.field for one, lacking in filled if lacking == 1]:
        yield f"No record has a value for {'this' if len(nobody) == 1 else 'these'}: {listed(nobody)}."
