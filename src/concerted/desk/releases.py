"""The model releases that a folder had: which is in force, which came before, and what it held that the next would not.

A release that is adopted is put on those before it; one that is given up uncovers the one below. So what is in force,
and what is asked for its sake, is a function of the rows of `adoption`.
"""

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from concerted.common.ids import RecordKey
from concerted.desk import results
from concerted.desk.store import Store
from concerted.linkage import HeldPair, Release
from concerted.linkage.held import BEFORE

Act = Literal["adopted", "returned", "replaced"]
ADOPTED: Final = "adopted on "  # how the reason of a release begins that was adopted
_ALL: Final = (
    "select a.number, a.act, a.change, a.release, a.name, a.over, a.over_chosen, a.why, c.at, c.who "
    "from adoption a join change c on c.number = a.change order by a.number"
)
_INTO: Final = "insert into adoption values (?, ?, ?, ?, ?, ?, ?, ?)"


@dataclass(frozen=True, slots=True)
class Adoption:
    """A release that came into force: `release`, its id. over, over_chosen: the one before as JSON, and why that was
    chosen. change: the number of the change. at, who, why: as the command was given; no one asked for `replaced`."""

    number: int
    act: Act
    change: int
    release: str
    name: str
    over: str
    over_chosen: str
    why: str
    at: str
    who: str


@dataclass(frozen=True, slots=True)
class Kept:
    """For a folder that replaces another: its adoptions, and the release that was in force with the reason."""

    rows: list[tuple[Any, ...]]
    release: str
    chosen: str


def all_of(store: Store) -> list[Adoption]:
    """Every adoption, in their order."""
    return [Adoption(*row) for row in store.run(_ALL)]


def standing(store: Store) -> list[Adoption]:
    """The adoptions that stand on one another, the one in force last; none where the folder has the release that it was
    made with."""
    found: list[Adoption] = []
    for one in all_of(store):
        if one.act == "adopted":
            found.append(one)
        elif one.act == "returned":
            found.pop()
        else:
            found.clear()
    return found


def had(store: Store) -> dict[str, Release]:
    """The releases that were in force before this one, by their ids."""
    kept = [Release.from_json(over) for (over,) in store.run("select distinct over from adoption")]
    return {one.id: one for one in kept}


def put(store: Store, release: Release, chosen: str) -> None:
    """Put a release in force; records are linked by it next."""
    store.run("update release set id = ?, json = ?, chosen = ?", [release.id, release.to_json(), chosen])


def note(store: Store, act: Act, over: tuple[Release, str], why: str) -> int:
    """Keep that another release came into force, once its result is kept and the change noted. over: the one before,
    and why it was chosen. Gives the number."""
    model, _ = results.release(store)
    number = int(store.run("select coalesce(max(number), 0) + 1 from adoption").fetchone()[0])
    change = int(store.run("select max(number) from change").fetchone()[0])
    row = [number, act, change, model.id, model.name, over[0].to_json(), over[1], why.strip()]
    store.run(_INTO, row)
    return number


def joined(store: Store) -> dict[HeldPair, float]:
    """The pairs that join by the release in force, and not by a decision alone, with their weights in bits."""
    least = results.release(store)[0].join
    rows = store.run(
        "select left_source, left_id, right_source, right_id, weight from told where band = 'join' and weight >= ? "
        "order by weight desc, number",
        [least],
    )
    return {(RecordKey(*row[:2]), RecordKey(*row[2:4])): row[4] for row in rows}


def hold(store: Store, number: int, pairs: Iterable[HeldPair]) -> None:
    """Keep those of the pairs that an adoption parts."""
    entity = results.entities(store)
    apart = [pair for pair in pairs if entity[pair[0]] != entity[pair[1]]]
    rows = ([number, link, *key] for link, pair in enumerate(apart, 1) for key in pair)
    store.run_many("insert into held values (?, ?, ?, ?)", rows)


def asked(store: Store) -> int:
    """How many pairs stand in review since the release before held them together."""
    return store.count("told", f"band = 'review' and reasons like '{BEFORE}%'")


def held(store: Store, by: Sequence[Adoption] | None = None) -> list[HeldPair]:
    """What the release before the last of these adoptions held together and that one would not. by: those that stand
    now, if no others are named."""
    standing_now = standing(store) if by is None else by
    if not standing_now:
        return []
    rows = store.run(
        "select link, source, record_id from held where adoption = ? order by link", [standing_now[-1].number]
    )
    links = (list(sides) for _, sides in itertools.groupby(rows, key=lambda row: int(row[0])))
    return [
        (RecordKey(*one[1:]), RecordKey(*other[1:])) for one, other in (sides for sides in links if len(sides) == 2)
    ]


def kept(store: Store) -> Kept:
    """What a folder that replaces this one takes over."""
    release, chosen = results.release(store)
    rows = list(map(tuple, store.run("select * from adoption order by number")))
    return Kept(rows, release.to_json(), chosen)


def keep(store: Store, before: Kept | None) -> None:
    """Take it over: the releases of the folder before can be tried again, and none of them can be returned to."""
    if before:
        store.run_many(_INTO, before.rows)
        note(store, "replaced", (Release.from_json(before.release), before.chosen), "")
