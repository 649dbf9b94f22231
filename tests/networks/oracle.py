"""The graph once more, slowly: record by record, as a person would read them, with nothing of the engine's own."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from concerted.common.vague_dates import VagueDate, read
from tests.networks.worlds import Row, World

Said = tuple[str, str | None, str, str, str]  # kind, role, one end, the other end, the record that says it
Key = tuple[str, str]
_VALUE = {"address": "at", "phone": "used", "registration": "used", "handle": "used"}
_NOBODY = ("alone", "nobody", "unknown", "none")


class Oracle:
    """What a world's records say. A person is called by all records of their entity, a thing by its value."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.people: dict[Key, str] = {_key(one): self._entity(one) for one in world.get("person", ())}

    def links(self) -> set[Said]:
        """Each link with the record that says it."""
        return {*self._parts(), *self._fields(), *self._holders(), *self._relations(), *self._orders(), *self._cases()}

    def unidentified(self) -> set[str]:
        """Those of whom too little is known to say who they are."""
        named = {self._who(one) for one in self.world.get("person", ()) if self._names(one)}
        found = {self._who(one) for one in self.world.get("person", ())} - named
        found |= {f"part {_text(one)}" for one in self._present() if "person" not in one}
        return found | {f"with {_text(one)}" for one in self._events() if self._with(one)}

    def ever(self, role: str) -> set[str]:
        """Who ever had this part, by a record of them or in an event that is there; as victim also whom an order
        protects."""
        found = {self._who(one) for one in self.world.get("person", ()) if one.get("role") == role}
        found |= {self._in_part(one) for one in self._present() if one.get("role") == role}
        if role == "victim":
            found |= {self._named(one, "protected_person") for one in self.world.get("order", ())}
        return found - {""}

    def born(self) -> Mapping[str, tuple[date | None, date | None]]:
        """The first and the last day on which each person can have been born by any record that says."""
        said: dict[str, list[VagueDate]] = {self._who(one): [] for one in self.world.get("person", ())}
        for one in self.world.get("person", ()):
            if "date_of_birth" in one:
                said[self._who(one)].append(read(one["date_of_birth"]))
        return {
            who: (
                min((day.earliest for day in days if day.earliest), default=None),
                max((day.latest for day in days if day.latest), default=None),
            )
            for who, days in said.items()
        }

    def _entity(self, one: Row) -> str:
        return one.get("entity", f"{one['source']}:{one['record_id']}")

    def _who(self, one: Row) -> str:
        return f"person {self.people[_key(one)]}"

    def _names(self, one: Row) -> bool:
        born = read(one["date_of_birth"]).exact if "date_of_birth" in one else None
        return bool(one.get("family_name") or " " in one.get("full_name", "") or born)

    def _named(self, one: Row, field: str) -> str:
        """The person whom a field names by a record of the same source; empty where that is not there."""
        entity = self.people.get((one["source"], one.get(field, "")))
        return f"person {entity}" if entity else ""

    def _events(self) -> list[Row]:
        return list(self.world.get("event", ()))

    def _event(self, one: Row) -> str:
        there = (one["source"], one.get("event", "")) in {_key(event) for event in self._events()}
        return f"event {one['source']}:{one['event']}" if there else ""

    def _present(self) -> Iterator[Row]:
        return (one for one in self.world.get("person_in_event", ()) if self._event(one))

    def _in_part(self, one: Row) -> str:
        return self._named(one, "person") if "person" in one else f"part {_text(one)}"

    def _with(self, one: Row) -> bool:
        return one.get("found_with", "alone") not in _NOBODY

    def _parts(self) -> Iterator[Said]:
        for one in self._present():
            if who := self._in_part(one):
                yield "in event", one.get("role"), who, self._event(one), _text(one)
        for one in self._events():
            if self._with(one):
                yield "found with", "found_with", f"with {_text(one)}", f"event {_text(one)}", _text(one)

    def _fields(self) -> Iterator[Said]:
        for one in self.world.get("person", ()):
            for field, how in _VALUE.items():
                if field in one:
                    link = "lived at" if how == "at" else "used"
                    yield link, field, self._who(one), f"thing {one[field]}", _text(one)
        for one in self._events():
            for field, how in _VALUE.items():
                if field in one:
                    yield f"event {how}", field, f"event {_text(one)}", f"thing {one[field]}", _text(one)

    def _holders(self) -> Iterator[Said]:
        for one in self.world.get("vehicle", ()):
            if "registration" in one and (who := self._named(one, "person")):
                yield "used", "person", who, f"thing {one['registration']}", _text(one)

    def _relations(self) -> Iterator[Said]:
        for one in self.world.get("relation", ()):
            who, other = self._named(one, "person"), self._named(one, "other_person")
            if who and other and who != other:
                yield "related", one.get("relation"), who, other, _text(one)

    def _orders(self) -> Iterator[Said]:
        for one in self.world.get("order", ()):
            for field, link in (("person", "order on"), ("protected_person", "order protects")):
                if who := self._named(one, field):
                    yield link, field, who, f"order {_text(one)}", _text(one)

    def _cases(self) -> Iterator[Said]:
        for one in self.world.get("case", ()):
            ends: Mapping[str, Any] = {"person": self._named(one, "person"), "event": self._event(one)}
            for field, end in ends.items():
                if end:
                    yield "in case", field, end, f"case {_text(one)}", _text(one)


def _key(one: Row) -> Key:
    return one["source"], one["record_id"]


def _text(one: Row) -> str:
    return f"{one['source']}:{one['record_id']}"
