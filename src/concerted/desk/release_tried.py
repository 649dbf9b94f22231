"""The release that was tried last, kept until it is adopted or the picture is another."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.desk.results import PICTURE
from concerted.desk.store import Store
from concerted.linkage import Release


@dataclass(frozen=True, slots=True)
class Tried:
    """release: its id. model: as it was asked for. chosen: why it is what it is. json, found: the release whole, and
    what it would do; empty once the picture on which it was tried is another."""

    release: str
    name: str
    model: str
    at: str
    picture: str
    chosen: str
    json: str
    found: str


def keep(store: Store, release: Release, model: str, chosen: str, found: Mapping[str, Any]) -> None:
    """Keep it, in the place of any that was tried before."""
    store.run("delete from tried")
    at, text = clock.stamp(clock.now()), json.dumps(found, ensure_ascii=False)
    row = [release.id, release.name, model, at, store.get(PICTURE), chosen, release.to_json(), text]
    store.run("insert into tried values (?, ?, ?, ?, ?, ?, ?, ?)", row)


def last(store: Store) -> Tried | None:
    """The one that was tried last; None once it was adopted."""
    row = store.run("select * from tried").fetchone()
    return Tried(*row) if row else None


def to_adopt(store: Store) -> Tried:
    """The same, of this very picture. Raises UsedWronglyError when there is none, with what to do."""
    one = last(store)
    if one is None:
        raise UsedWronglyError(
            "no release waits to be adopted", mend="try one first: `concerted release try MODEL --into DIR`"
        )
    if one.picture != store.get(PICTURE) or not one.json:
        raise UsedWronglyError(
            f"the picture has changed since {one.name} ({one.release}) was tried on {one.at[:10]}",
            why="what it would join and split may be other now",
            mend=f"try it again: `concerted release try {one.model} --into DIR`",
        )
    return one


def outdate(store: Store) -> None:
    """The picture is another: nothing is kept of what the release would do, since that names records."""
    store.run("update tried set json = '', found = ''")


def done(store: Store) -> None:
    """It was adopted."""
    store.run("delete from tried")
