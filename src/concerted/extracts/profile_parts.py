"""The records that a row of a file gives, for the draft of a profile: who, what happened, who had which part in it."""

from collections.abc import Sequence
from typing import Final

from concerted.extracts.fields import KIND_FIELDS, PERSON, Kind
from concerted.extracts.profile_columns import Column
from concerted.extracts.profile_fill import PartPlan, fill, fitting
from concerted.extracts.profile_kinds import Rows, event_type_of, kind_beside_people, kind_without_people
from concerted.extracts.profile_marks import Marked, marked
from concerted.extracts.profile_people import Named, part_of, people_of
from concerted.extracts.profile_row import Draft
from concerted.extracts.profile_things import draft_places, draft_things
from concerted.extracts.profile_words import Reference, kind_names, refers_to, words_of

ROLE_ASKED: Final = "ASK: which part does the person have in it? Write {constant: ...} with one of the list of roles"


def parts_of(columns: Sequence[Column], record_id: str, title: str, questions: list[str]) -> list[PartPlan]:
    """What each row gives, the person or thing that it is about first; nothing when no column is recognised.

    columns: those that may be mapped, without the record id. title: the name of the file without its ending.
    """
    marks = marked(columns)
    refs: dict[Reference, Column] = {}
    for one in marks:
        reference = refers_to(one.column.name) if not one.of and one.column.filled else None
        if reference and not _names_a_field(one):
            refs.setdefault(reference, one.column)
    referring = {column.name for column in refs.values()}
    marks = [one for one in marks if one.column.name not in referring]
    people = people_of(marks)
    theirs = {one.column.name for person in people for one in person.columns}
    rest = [one for one in marks if one.column.name not in theirs and one.of != "worker"]
    questions += [f"{one.column.name} seems to be of a worker. Whose is it?" for one in marks if one.of == "worker"]
    draft = Draft(record_id, Rows(words_of(title), words_of(record_id), refs, rest), questions)
    _with_people(draft, people) if people else _without_people(draft)
    return [part for part in draft.parts if part.fields or part.said]


def _names_a_field(one: Marked) -> bool:
    return bool(fitting(PERSON, one)) and not one.of


def _without_people(draft: Draft) -> None:
    kind = kind_without_people(draft.rows)
    main = PartPlan(kind, kind)
    draft.add(main)
    _refer(main, draft)
    fill(main, _of_first_place(draft), draft.questions)
    if kind != "event":
        _ask_what(main)
        return
    _event_type(main, draft)
    if main.fields and "person" in draft.rows.refs:
        _tie(draft, main, None)
    draft_places(draft, main)
    draft_things(draft, main)


def _refer(part: PartPlan, draft: Draft) -> None:
    """The fields of a record that hold the id of another, where columns do."""
    for reference, column in draft.rows.refs.items():
        if reference in KIND_FIELDS[part.kind]:
            part.fields[reference] = [column]
    if part.kind in ("event", "order", "case") and "event" in draft.rows.refs and "event" not in part.fields:
        part.fields["reference"] = [draft.rows.refs["event"]]


def _ask_what(part: PartPlan) -> None:
    """A kind that has a list of types needs one of them, and it cannot be guessed."""
    for name in ("relation", "order_type", "case_type", "event_type"):
        if name in KIND_FIELDS[part.kind] and name not in part.fields and name not in part.said:
            part.asks[name] = f"ASK: which? Write {{constant: ...}} with one of the list of {_plural(name)}"
    if part.kind == "person_in_event" and not {"role"} & (part.fields.keys() | part.said.keys()):
        part.asks["role"] = ROLE_ASKED


def _plural(name: str) -> str:
    return f"{name.replace('_', ' ')}s"


def _event_type(event: PartPlan, draft: Draft) -> None:
    if "event_type" in event.fields or not event.fields:
        return
    used = [one for one in draft.rows.columns if one.column.name in event.columns]
    told = event_type_of(draft.rows, used, draft.record_id)
    if told is None:
        _ask_what(event)
        return
    event.said["event_type"] = f"{{constant: {told.event_type}}}"
    if not told.sure:
        event.asks["event_type"] = "ASK: the name of the file says so; is it?"


def _is_role(one: Marked) -> bool:
    return any(name == "role" for name, _ in fitting("person_in_event", one))


def _with_people(draft: Draft, people: Sequence[Named]) -> None:
    kind = kind_beside_people(draft.rows)
    tied = kind is not None or "event" in draft.rows.refs
    for named in people:
        if not tied and named is people[0]:
            named.columns += [one for one in draft.rows.columns if not one.of]
        part = part_of(named, draft.questions, alone=not tied)
        if part.fields:
            draft.add(part)
            draft.people.append((part, named))
    if not draft.people:
        return
    _own_number(draft)
    main = _beside(draft, kind) if kind else None
    if tied and (main is None or main.kind == "event"):
        for person, named in draft.people:
            _tie(draft, main, (person, named))
    _relate(draft)
    draft_places(draft, main)
    draft_things(draft, main)


def _own_number(draft: Draft) -> None:
    """The number of a person who is named in the row too is evidence for who it is."""
    person, column = draft.people[0][0], draft.rows.refs.get("person")
    if column and "local_id" not in person.fields:
        person.fields["local_id"] = [column]


def _beside(draft: Draft, kind: Kind) -> PartPlan | None:
    """What else the row is of."""
    main = PartPlan(kind, kind)
    if "event" in draft.rows.refs:
        main.fields["event" if kind == "case" else "reference"] = [draft.rows.refs["event"]]
    fill(main, _of_first_place(draft), draft.questions)
    if not main.fields:
        return None
    if kind == "event":
        _event_type(main, draft)
    else:
        main.said["person"] = f"{{part: {draft.people[0][0].name}}}"
        _ask_what(main)
    draft.add(main)
    return main


def _of_first_place(draft: Draft) -> list[Marked]:
    """The columns without those of a second place."""
    first = next(iter(draft.rows.location_marks), "")
    return [one for one in draft.rows.columns if one.of != "location" or one.mark == first]


def _tie(draft: Draft, event: PartPlan | None, whom: tuple[PartPlan, Named] | None) -> None:
    """The part that a person has in the event. whom: None for the person whose number the row holds; event: None for
    the one whose number it holds."""
    single = len(draft.people) < 2
    tie = PartPlan("part" if single or whom is None else f"part-{whom[0].name}", "person_in_event")
    if whom is None:
        tie.fields["person"] = [draft.rows.refs["person"]]
    else:
        tie.said["person"] = f"{{part: {whom[0].name}}}"
    if event is None:
        tie.fields["event"] = [draft.rows.refs["event"]]
    else:
        tie.said["event"] = f"{{part: {event.name}}}"
    _role(tie, draft, whom[1] if whom else None, event, single=single)
    draft.add(tie)


def _role(tie: PartPlan, draft: Draft, named: Named | None, event: PartPlan | None, *, single: bool) -> None:
    taken = event.columns if event else set()
    roles = [one for one in draft.rows.columns if _is_role(one) and one.column.name not in taken]
    told = named.told.get("role") if named else None
    usual = kind_names()["roles_in"].get((event.said.get("event_type", "") if event else "")[11:-1])
    if roles and single:
        fill(tie, roles, draft.questions)
    elif told:
        tie.said["role"] = f"{{constant: {told}}}"
    elif usual and single:
        tie.said["role"] = f"{{constant: {usual}}}"
        tie.asks["role"] = "ASK: is that the part of the person in it?"
    else:
        tie.asks["role"] = ROLE_ASKED


def _relate(draft: Draft) -> None:
    """What the others are to whom the row is about, where their marks say it; it is asked about where nothing does."""
    (first, whose), others = draft.people[0], draft.people[1:]
    for person, named in others:
        told = named.told.get("relation")
        if told and whose.is_of_the_row:
            said = {"person": f"{{part: {first.name}}}", "relation": f"{{constant: {told}}}"}
            said["other_person"] = f"{{part: {person.name}}}"
            draft.add(PartPlan(f"relation-{person.name}", "relation", said=said))
        elif not any(part.kind == "person_in_event" for part in draft.parts):
            draft.questions.append(f"Who is {person.name} to {first.name}? A part of kind relation would say it.")
