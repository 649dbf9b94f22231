"""Deciding what each column of a file is, for the draft of a profile: by its name first, then by its values."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from concerted.common.errors import UsedWronglyError
from concerted.extracts.fields import PERSON, STANDARD_FIELDS, Kind
from concerted.extracts.profile_columns import Column, names_of, plain
from concerted.extracts.profile_counted import counted_field
from concerted.extracts.profile_fill import PartPlan, fill_by_values
from concerted.extracts.profile_marks import marked, person_fields
from concerted.extracts.profile_parts import parts_of
from concerted.extracts.profile_record_id import record_id_of, truth_of
from concerted.extracts.profile_rules import RuleFault
from concerted.extracts.protected import judge_name
from concerted.extracts.readers.headers import ADD_NAMES, looks_like_a_record

_BIRTHS: Final = frozenset({"date_of_birth", "year_of_birth"})


@dataclass(slots=True)
class Plan:
    """What a draft will say. parts: the records of a row. questions: for the person who finishes it.

    truth: a column; truth_pattern: what cuts the number of the person out of it, when that is a part of the record id.
    kept_out: columns that a check found to be unfit for the field they were drafted into.
    """

    record_id: str = ""
    parts: list[PartPlan] = field(default_factory=list)
    drop: dict[str, str] = field(default_factory=dict)
    unused: list[str] = field(default_factory=list)
    truth: str = ""
    truth_pattern: str = ""
    questions: list[str] = field(default_factory=list)
    kept_out: set[str] = field(default_factory=set)

    @property
    def kind(self) -> Kind:
        """Of what the rows are: of the event, order or case when there is one, else of the first record."""
        happened = (part.kind for part in self.parts if part.kind in ("event", "order", "case"))
        return next(happened, self.parts[0].kind if self.parts else PERSON)

    @property
    def perhaps_a_name(self) -> str | None:
        """When no column is recognised: one that may be read and was not found unfit."""
        open_ones = (name for name in self.unused if judge_name(name).verdict != "refused")
        return next((name for name in (*open_ones, self.record_id) if name not in self.kept_out), None)

    @property
    def main(self) -> PartPlan | None:
        """The first person, or what the row is of."""
        return next((part for part in self.parts if part.kind == PERSON), next(iter(self.parts), None))


def plan_of(columns: Sequence[Column], title: str = "") -> Plan:
    """The plan for a file with these columns. title: the file's name without its ending, which may say what it holds.

    Raises UsedWronglyError when there is no column that may name a record.
    """
    plan = Plan()
    open_ones = [column for column in columns if judge_name(column.name).verdict != "refused"]
    if not open_ones:
        what = "the file has no column that may name a record: ethnicity, religion and nationality never do"
        raise UsedWronglyError(what, mend="have the file written with the number of each record in it")
    if looks_like_a_record([column.name for column in columns]):
        plan.questions.append(f"The row of names seems to be a record. If so, {ADD_NAMES}.")
    plan.record_id = record_id_of(open_ones, plan.questions)
    plan.truth, plan.truth_pattern = truth_of(columns, plan.record_id)
    rest = [column for column in columns if column.name != plan.record_id]
    known = {one.column.name: one.words for one in marked(rest)}
    kept = [one for one in rest if counted_field(one) or not _is_set_aside(one, known[one.name], plan)]
    plan.parts = parts_of(kept, plan.record_id, title, plan.questions)
    _finish(plan, kept)
    return plan


def _finish(plan: Plan, kept: Sequence[Column]) -> None:
    """What no record took: by its values, among others that help a comparison, dropped, or not used."""
    left = _left(plan, kept)
    for column in left:
        if counted_field(column):
            plan.drop[column.name] = f"{judge_name(column.name).reason}, and ethnicity is never compared"
    left = [column for column in left if column.name not in plan.drop]
    if plan.main is None:
        plan.parts = [PartPlan(PERSON, PERSON)]
    main = plan.main or plan.parts[0]
    fill_by_values(main, left)
    left = _left(plan, left)
    _ask_of_dates(plan, left)
    if main.kind == PERSON:
        others = names_of("other")
        main.other = [column.name for column in left if plain(column.name) in others]
    plan.unused = [column.name for column in left if column.name not in main.other]


def _left(plan: Plan, columns: Iterable[Column]) -> list[Column]:
    used = {name for part in plan.parts for name in part.columns}
    return [column for column in columns if column.name not in used]


def _ask_of_dates(plan: Plan, left: Iterable[Column]) -> None:
    births = any(part.fields.keys() & _BIRTHS for part in plan.parts)
    asked = " ".join(plan.questions)
    for column in left:
        if not births and column.dates and column.name not in asked and plan.parts[0].kind == PERSON:
            plan.questions.append(f"{column.name} holds dates. Is it the date of birth?")


def _is_set_aside(column: Column, words: tuple[str, ...], plan: Plan) -> bool:
    """A column that is not to be compared: protected, the truth, or empty."""
    if column.name == plan.truth and not plan.truth_pattern:
        return True
    known = next((name for name, _, _ in person_fields(words)), None)
    found = column.protected(known)
    if found.verdict == "refused":
        plan.drop[column.name] = f"{found.reason}, and {found.about} is never compared"
        return True
    if found.verdict == "warned" and not known:
        plan.questions.append(f"{column.name}: {found.reason}. If so, drop it.")
        return True
    return False


def take_out(plan: Plan, fault: RuleFault) -> bool:
    """Take the field that has a fault out of the plan again, and ask about its columns. Whether there was one."""
    place, name = fault.path[:-1], str(fault.path[-1])
    for part in list(plan.parts):
        mine = ("fields",) if len(plan.parts) == 1 else ("parts", part.name)
        if (place[:2] if len(plan.parts) > 1 else place[:1]) != mine:
            continue
        columns = _taken_from(part, name, other="other" in place)
        if not columns and part.is_empty and plan.perhaps_a_name:
            columns = [plan.perhaps_a_name]
        plan.kept_out.update(columns)
        plan.unused += [column for column in columns if column not in plan.unused and column != plan.record_id]
        plan.questions.append(f"{', '.join(columns)} may not be {name}: {fault.what}.")
        _without_empty(plan)
        return bool(columns)
    return False


def _taken_from(part: PartPlan, name: str, *, other: bool) -> list[str]:
    if other:
        part.other = [column for column in part.other if column != name]
        return [name]
    part.asks.pop(name, None)
    return [column.name for column in part.fields.pop(name, ())]


def _without_empty(plan: Plan) -> None:
    """Take out records of which nothing but constants and references is left, and what refers to them."""
    told = {part.name for part in plan.parts if part.fields or part.kind in ("person_in_event", "relation")}
    for part in plan.parts:
        part.said = {name: said for name, said in part.said.items() if not _refers_elsewhere(said, told)}
    kept = [part for part in plan.parts if part.name in told and not _is_loose(part)]
    plan.parts = kept or [PartPlan(PERSON, PERSON)]


def _refers_elsewhere(said: str, told: set[str]) -> bool:
    return said.startswith("{part: ") and said.removeprefix("{part: ").removesuffix("}") not in told


def _is_loose(part: PartPlan) -> bool:
    """A tie that has lost one of its ends."""
    ends = [name for name in (*part.fields, *part.said) if STANDARD_FIELDS[name].reference]
    return part.kind in ("person_in_event", "relation") and len(ends) < 2
