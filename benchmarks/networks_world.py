"""A scope of many events, shaped as records are: most people are in few events, and thousands share a few places.

Nobody in it has a name. A tenth of the events lie at one of a hundred places that everybody uses, a third at a home.
"""

from typing import Any, Final

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from concerted.networks import Records

Numbers = NDArray[np.int64]
SOURCES: Final = np.array(["force-a", "force-b", "council-a", "trust-a"])
PUBLIC: Final = 100  # schools, hospitals, stations
_TYPES: Final = np.array(["missing episode", "crime", "meeting", "stop"])
_ROLES: Final = np.array(["victim", "suspect", "named", "missing child", "witness"])


def records(events: int, seed: int = 1) -> Records:
    """So many events; half as many records of people, of which three in four are one entity's only one; 1.3 people in
    each event."""
    draw = np.random.default_rng(seed)
    people, parts = events // 2 // 4 * 4, events + events * 3 // 10
    of_person, of_event = np.arange(people) % 4, draw.integers(0, 4, events)
    person_ids, event_ids = _ids("P", people), _ids("E", events)
    at = np.append(np.arange(events), draw.integers(0, events, parts - events))
    who = _some_often(draw, people // 4, parts) * 4 + of_event[at]  # a person of the same source
    tables = {
        "person": {
            **_keys(of_person, person_ids),
            "family_name": pa.repeat("Testcase", people),
            "date_of_birth": _days(draw, people, 0, 16_000),
        },
        "event": {
            **_keys(of_event, event_ids),
            "event_type": _TYPES[draw.integers(0, 4, events)],
            "from": _days(draw, events, 16_000, 20_500),
        },
        "person_in_event": {
            **_keys(of_event[at], _ids("X", parts)),
            "event": event_ids.take(pa.array(at)),
            "person": person_ids.take(pa.array(who)),
            "role": _ROLES[draw.integers(0, 5, parts)],
        },
    }
    entity = np.where(draw.random(people) < 0.75, np.arange(people), draw.integers(0, people, people))
    entities = pa.table({**_keys(of_person, person_ids), "entity": _names(entity)})
    things = _places(draw, (of_event, event_ids), (of_person, person_ids))
    return Records({kind: pa.table(columns) for kind, columns in tables.items()}, entities, things)  # type: ignore[misc]


def _places(draw: np.random.Generator, event: tuple[Numbers, Any], person: tuple[Numbers, Any]) -> pa.Table:
    """Where events were, and where people live."""
    homes = len(person[0]) // 2
    public, at_home = (np.flatnonzero(draw.random(len(event[0])) < share) for share in (0.1, 0.33))
    rows = [
        (event, public, draw.integers(0, PUBLIC, len(public)), "event"),
        (event, at_home, PUBLIC + draw.integers(0, homes, len(at_home)), "event"),
        (person, np.arange(len(person[0])), PUBLIC + draw.integers(0, homes, len(person[0])), "person"),
    ]
    parts = [
        pa.table(
            {
                **_keys(of[at], ids.take(pa.array(at))),
                "kind": pa.repeat("location", len(at)),
                "record_kind": pa.repeat(kind, len(at)),
                "field": pa.repeat("address", len(at)),
                "value": _names(place),
                "entity": _names(place),
            }
        )
        for (of, ids), at, place, kind in rows
    ]
    return pa.concat_tables(parts)


def _some_often(draw: np.random.Generator, people: int, count: int) -> Numbers:
    """Who was there: one in a hundred people is met in a fifth of all events."""
    often = draw.random(count) < 0.2
    return np.where(often, draw.integers(0, max(people // 100, 1), count), draw.integers(0, people, count))


def _keys(source: Numbers, ids: Any) -> dict[str, Any]:
    return {"source": SOURCES[source], "record_id": ids}


def _ids(letter: str, count: int) -> Any:
    return pa.array([f"{letter}{number:07}" for number in range(count)])


def _names(numbers: Numbers) -> Any:
    return pa.array(numbers).cast(pa.string())


def _days(draw: np.random.Generator, count: int, first: int, last: int) -> Any:
    return pa.array(draw.integers(first, last, count).astype(np.int32)).cast(pa.date32()).cast(pa.string())
