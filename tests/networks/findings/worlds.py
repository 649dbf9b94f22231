"""Small scopes in which a rule is met, or nearly: people by age, and occasions in one line each."""

from collections.abc import Iterable, Sequence

from concerted.extracts.fields import KINDS, Kind
from concerted.networks.findings import Finding, findings
from tests.networks.worlds import Row, World, drawn, row

Parts = dict[str, str]


def adult(name: str, source: str = "force-a", /, **fields: str) -> Row:
    """Somebody of 40."""
    return _person(name, source, "1985-05-05", **fields)


def child(name: str, source: str = "force-a", /, **fields: str) -> Row:
    """Somebody of 14."""
    return _person(name, source, "2011-05-05", **fields)


def met(record_id: str, day: str, parts: Parts, source: str = "force-a", /, **fields: str) -> list[tuple[str, Row]]:
    """An event, and who had which part in it: of each record of a person a role."""
    event = row(record_id, source, **{"event_type": "crime", "from": day, **fields})
    told = [row(f"{record_id}/{name}", source, event=record_id, person=name, role=role) for name, role in parts.items()]
    return [("event", event), *(("person_in_event", one) for one in told)]


def crime(
    record_id: str, day: str, suspects: str, victims: str, source: str = "force-a", /, **fields: str
) -> list[tuple[str, Row]]:
    """A crime; suspects and victims are named one after another."""
    roles = [(name, "suspect") for name in suspects.split()] + [(name, "victim") for name in victims.split()]
    return met(record_id, day, dict(roles), source, **fields)


def report(record_id: str, day: str, names: str, source: str = "force-a", /, **fields: str) -> list[tuple[str, Row]]:
    """An intelligence report that names some people."""
    return met(
        record_id, day, dict.fromkeys(names.split(), "named"), source, event_type="intelligence report", **fields
    )


def missing(record_id: str, day: str, name: str, source: str = "force-a", /, **fields: str) -> list[tuple[str, Row]]:
    """A missing episode that ended the next day, if nothing else is said."""
    ends = {"to": day, **fields}
    return met(record_id, day, {name: "missing child"}, source, event_type="missing episode", **ends)


def scope(people: Sequence[Row], *told: Iterable[tuple[str, Row]]) -> World:
    """The records of a scope. told: each some rows with their kind."""
    made: dict[Kind, list[Row]] = {"person": list(people)}
    for rows in told:
        for name, one in rows:
            made.setdefault(_kind(name), []).append(one)
    return made


def _kind(name: str) -> Kind:
    """The kind of that name, which must be one."""
    [kind] = [one for one in KINDS if one == name]
    return kind


def found(world: World, *rules: str) -> list[Finding]:
    """What is found in it; of these rules only, if any are named."""
    return [one for one in findings(drawn(world)) if not rules or one.rule in rules]


def people(one: Finding) -> set[tuple[str, str]]:
    """Who is in a finding: record and role."""
    return {(key.record_id, role) for key, role in one.people}


def facts(one: Finding) -> list[str]:
    """The records that it rests on, by day."""
    return [fact.record_id for fact in one.facts]


def without(world: World, *record_ids: str) -> World:
    """The same scope without some records."""
    return {kind: [one for one in rows if one["record_id"] not in record_ids] for kind, rows in world.items()}


def _person(name: str, source: str, born: str, **fields: str) -> Row:
    return row(name, source, family_name="Testcase", **{"date_of_birth": born, "entity": name, **fields})


GROUP = (adult("pat"), adult("quin"), child("cleo"), child("dee"))
NIGHT = {"from_time": "23:30"}
TOLD = (report("r1", "2025-05-01", "pat quin"), report("r2", "2025-06-01", "quin cleo"))
THREE = scope(GROUP, crime("c1", "2025-03-01", "pat", "cleo"), *TOLD)
"""A circle of two adults and a child: a crime and two reports."""
NIGHTS = scope(
    GROUP,
    report("n1", "2025-03-01", "pat cleo", **NIGHT),
    TOLD[0],
    report("n2", "2025-06-01", "quin cleo", **NIGHT),
)
"""The same people, by two nights and a report."""
