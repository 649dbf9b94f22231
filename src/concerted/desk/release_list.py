"""The releases that a folder had, as a list for people and machines."""

from typing import Any

from concerted.desk import release_tried, releases, results
from concerted.desk.anew import AS_BEFORE
from concerted.desk.results import PICTURE
from concerted.desk.store import Store
from concerted.linkage import Release


def listed(store: Store) -> dict[str, Any]:
    """`releases`: each time that one came into force, the first the one that the folder was made with: `id`, `name`,
    `act` (made, adopted, returned, replaced), `at`, `who`, `why`, and whether it is `in_force`. `tried`: the one that
    was tried last and not adopted, and whether it may be adopted `still`; None when there is none."""
    model, chosen = results.release(store)
    rows = releases.all_of(store)
    first = Release.from_json(rows[0].over) if rows else model
    made = store.run("select at from change order by number").fetchone()[0]
    why = (rows[0].over_chosen if rows else chosen).removesuffix(AS_BEFORE)
    told = [_row(first.id, first.name, "made", made, "", why)]
    told += [_row(one.release, one.name, one.act, one.at, one.who, one.why) for one in rows]
    return {
        "releases": [{**row, "in_force": at == len(told)} for at, row in enumerate(told, 1)],
        "tried": _tried(store),
    }


def _row(release: str, name: str, act: str, at: str, who: str, why: str) -> dict[str, Any]:
    return {"id": release, "name": name, "act": act, "at": at, "who": who or None, "why": why or None}


def _tried(store: Store) -> dict[str, Any] | None:
    one = release_tried.last(store)
    if one is None:
        return None
    still = one.picture == store.get(PICTURE) and bool(one.json)
    return {"id": one.release, "name": one.name, "model": one.model, "at": one.at, "still": still}
