"""Findings as a result folder holds them in `findings.json`: read, and checked as far as they are measured."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from concerted.common.errors import Place, UsedWronglyError

FINDINGS: Final = "findings.json"


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding. rule: that made it. people: the entities that it names, each once."""

    id: str
    rule: str
    people: tuple[str, ...]


def read_findings(folder: Path) -> list[Finding]:
    """Those of a folder, in their order.

    Raises UsedWronglyError, naming the file, the finding by its place in the list and the field, when there is no
    list of findings or one lacks its id, its rule or its people, or shares its id with another.
    """
    path = folder / FINDINGS
    found = [_finding(one, row) for row, one in enumerate(_listed(path), start=1)]
    seen: set[str] = set()
    for row, one in enumerate(found, start=1):
        if one.id in seen:
            raise _wrong(row, "id", f"{one.id!r} is the id of another finding too", "give each an id of its own")
        seen.add(one.id)
    return found


def _listed(path: Path) -> list[Any]:
    where, again = Place(path.name), "make it anew with the command that finds networks"
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        why = error.strerror or str(error)
        raise UsedWronglyError(
            f"{path.parent.name} has no findings to read", where=where, why=why, mend=again
        ) from error
    except ValueError as error:  # of the encoding too
        raise UsedWronglyError("it is not JSON", where=where, why=str(error), mend=again) from error
    if not isinstance(content, list):
        raise UsedWronglyError("it holds no list of findings", where=where, mend=again)
    return content


def _finding(one: Any, row: int) -> Finding:
    if not isinstance(one, dict):
        raise _wrong(row, None, "it is no finding", "write an object with id, rule and people")
    people = one.get("people")
    if not isinstance(people, list):
        raise _wrong(row, "people", "it names no list of people", "write a list, empty if nobody is named")
    named = [_text(person, "entity_id", row, "people") for person in people]
    return Finding(_text(one, "id", row), _text(one, "rule", row), tuple(dict.fromkeys(named)))


def _text(of: Any, name: str, row: int, within: str = "") -> str:
    value = of.get(name) if isinstance(of, dict) else None
    if not isinstance(value, str) or not value:
        field = f"{within}.{name}" if within else name
        raise _wrong(row, field, "a text is wanted here", f"give every {'person' if within else 'finding'} its {name}")
    return value


def _wrong(row: int, field: str | None, what: str, mend: str) -> UsedWronglyError:
    return UsedWronglyError(what, where=Place(FINDINGS, row=row, column=field), mend=mend)
