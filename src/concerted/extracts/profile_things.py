"""Places, vehicles, telephones and accounts that a row names beside its people or its event, each a record."""

from collections.abc import Sequence
from typing import Final

from concerted.extracts.fields import Kind
from concerted.extracts.profile_fill import PartPlan, fill, fitting
from concerted.extracts.profile_marks import Marked
from concerted.extracts.profile_row import Draft

_THINGS: Final[dict[Kind, tuple[str, frozenset[str]]]] = {  # the field that names it, and those that only it has
    "vehicle": ("registration", frozenset({"make", "model", "colour"})),
    "telephone": ("phone", frozenset({"network"})),
    "account": ("handle", frozenset({"platform"})),
}
_OWNER_ASKED: Final = "ASK: is it this person's?"
_RELATION_ASKED: Final = "ASK: what is the place to the person? Write {constant: ...} with one of the list of relations"


def draft_things(draft: Draft, main: PartPlan | None) -> None:
    """A record of each vehicle, telephone or account of which more is said than its number or name; of a vehicle also
    when a person alone is beside it and the column says that it is a vehicle's."""
    columns = [one for one in draft.rows.columns if one.of in ("", *_THINGS)]
    columns += [one for _, named in draft.people for one in named.columns]
    for kind, (name, own) in _THINGS.items():
        some = [one for one in columns if one.of in ("", kind, "person") and _makes(kind, one, own | {name})]
        found = {made for one in some for made, _ in fitting(kind, one)}
        marked = any(one.of == kind for one in some)
        if name in found and (found & own or (marked and main is None)):
            _add(draft, PartPlan(kind, kind), some)


def _makes(kind: Kind, one: Marked, wanted: frozenset[str]) -> bool:
    return any(name in wanted for name, _ in fitting(kind, one))


def _add(draft: Draft, part: PartPlan, columns: Sequence[Marked]) -> None:
    fill(part, columns, [])
    if len(draft.people) == 1:
        part.said["person"] = f"{{part: {draft.people[0][0].name}}}"
        part.asks["person"] = _OWNER_ASKED
    elif not draft.people and "person" in draft.rows.refs:
        part.fields["person"] = [draft.rows.refs["person"]]
        part.asks["person"] = _OWNER_ASKED
    else:
        part.asks["person"] = "ASK: whose is it? Write {part: ...} with one of the people"
    draft.add(part)


def draft_places(draft: Draft, main: PartPlan | None) -> None:
    """A record of each place that has columns of its own: beside an event of those after the first, which is where it
    happened; beside people of each."""
    marks = draft.rows.location_marks
    of_event = main is not None and main.kind == "event"
    for mark in list(marks)[1:] if of_event else list(marks):
        part = PartPlan(f"place-{mark.replace(' ', '-')}", "location")
        fill(part, marks[mark], [])
        if not part.fields:
            continue
        draft.add(part)
        if of_event:
            draft.questions.append(
                f"What is {part.name} to the event? Write it under `location` if it is where it was."
            )
        elif len(draft.people) == 1:
            said = {"person": f"{{part: {draft.people[0][0].name}}}", "location": f"{{part: {part.name}}}"}
            tie = PartPlan(f"relation-{part.name}", "relation", said=said, asks={"relation": _RELATION_ASKED})
            draft.add(tie)
