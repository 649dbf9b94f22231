"""The rows of circles as tables of the region's own words, numbered after those that stand there without them."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

import numpy as np

from concerted.synthetic.agencies import Agency
from concerted.synthetic.birthplaces import written
from concerted.synthetic.circles.paper import Paper, Row, Subject
from concerted.synthetic.columns import Numbers, Texts, texts_of
from concerted.synthetic.district import ROOM, District, carelessness
from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.mentions import Mentions
from concerted.synthetic.rates import rate
from concerted.synthetic.recorded import PERSON, Table, Truth, full_names
from concerted.synthetic.typed import Desk, Typed, habits, typed_of

Key = tuple[str, str]
"""An agency's slug and the table of a file."""

_PREFIX: Final = {"one": "one_", "two": "two_"}
_KEPT: Final = ("given", "middle", "family", "born", "sex")


def tables(
    paper: Paper, last: Mapping[Key, int], lexicon: Lexicon, rng: np.random.Generator
) -> Iterator[tuple[Agency, str, Table, Truth]]:
    """A table for every file that gains rows, with who they are of. last: the last number of each file so far.

    Every row of `paper` has its number afterwards.
    """
    by_file: dict[Key, list[Row]] = defaultdict(list)
    for row in paper.rows:
        by_file[row.agency.slug, row.key].append(row)
    for file, rows in by_file.items():
        _number(rows, last.get(file, paper.district.number * ROOM))
    typed = _typed(paper.district, paper.subjects, lexicon, rng)
    for (_, key), rows in by_file.items():
        yield rows[0].agency, key, *_table(rows, typed, paper.subjects)


def _number(rows: list[Row], last: int) -> None:
    """In the order of their days, as a file has them."""
    rows.sort(key=lambda row: row.day)
    for number, row in enumerate(rows, start=last + 1):
        row.ref = number


def _table(rows: list[Row], typed: Typed, subjects: list[Subject]) -> tuple[Table, Truth]:
    names = dict.fromkeys(name for row in rows for name in row.fields)
    table = {name: texts_of(_written(row.fields.get(name)) for row in rows) for name in names}
    table["ref"] = texts_of(str(row.ref) for row in rows)
    truth: Truth = {}
    for part in dict.fromkeys(part for row in rows for part in row.parts):
        number = np.array([row.parts.get(part, -1) for row in rows])
        _describe(table, part, number, typed)
        truth[part] = np.array([subjects[at].person if at >= 0 else -1 for at in number.tolist()])
    if truth:
        table["updated"] = texts_of(str(np.datetime64(row.day, "D")) for row in rows)
        _fill_second(table)
    return table, truth


def _written(value: str | Row | None) -> str | None:
    return str(value.ref) if isinstance(value, Row) else value


def _describe(table: Table, part: str, number: Numbers, typed: Typed) -> None:
    """What is written of those who have that part in the rows."""
    for name in PERSON:
        column: Texts = getattr(typed, name)[number]
        column[number < 0] = None
        table[_PREFIX.get(part, "") + name] = column
    if part == "person":
        table["full"] = full_names(table)


def _fill_second(table: Table) -> None:
    """A file of reports has columns for a second subject, though no row of these has one."""
    if "one_given" in table and "two_given" not in table:
        nobody = texts_of([None] * len(table["ref"]))
        table |= {f"two_{name}": nobody for name in PERSON}


def _typed(district: District, subjects: list[Subject], lexicon: Lexicon, rng: np.random.Generator) -> Typed:
    """What stands in each subject's row: as other records are written, or as the agency has it already."""
    person, file, day, agency = (
        np.array(column, np.int64)
        for column in ([one.person for one in subjects], [one.file for one in subjects],
                       [one.day for one in subjects], [one.agency.number for one in subjects])
    )  # fmt: skip
    order = np.lexsort((day, person))
    mentions = Mentions(person[order], file[order], day[order])
    careless = np.array([carelessness(subjects[at].agency) for at in order.tolist()])
    kept = habits(mentions, agency[order], rng)
    desk = Desk(agency[order], district.people.careless[mentions.person] * careless, kept)
    said = written(district.birthplaces, mentions, district.homes, desk, rng)
    typed = typed_of(district.people, mentions, district.homes, desk, said, lexicon, rng)
    _as_known(typed, mentions, desk, district, rng)
    back = np.empty(len(order), np.int64)
    back[order] = np.arange(len(order))
    return typed.at(back)


def _as_known(typed: Typed, mentions: Mentions, desk: Desk, district: District, rng: np.random.Generator) -> None:
    """An agency that knows somebody mostly takes names and date of birth from what it has."""
    by_file = np.zeros(max(district.agencies) + 1, np.int64)
    for file, agency in district.agencies.items():
        by_file[file] = agency.number
    pairs = zip(by_file[district.mentions.file].tolist(), district.mentions.person.tolist(), strict=True)
    known = {pair: at for at, pair in enumerate(pairs)}
    taken = rng.random(len(mentions)) < rate("taken_from_what_is_known")
    for at in np.flatnonzero(taken).tolist():
        source = known.get((int(desk.agency[at]), int(mentions.person[at])))
        if source is not None:
            for name in _KEPT:
                column: Texts = getattr(typed, name)
                column[at] = getattr(district.typed, name)[source]
