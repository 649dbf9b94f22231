"""The records of a row while they are put together."""

from dataclasses import dataclass, field

from concerted.extracts.profile_fill import PartPlan
from concerted.extracts.profile_kinds import Rows
from concerted.extracts.profile_people import Named


@dataclass(slots=True)
class Draft:
    """The records of a row while they are put together. people: those of persons, with what the columns call each."""

    record_id: str
    rows: Rows
    questions: list[str]
    parts: list[PartPlan] = field(default_factory=list)
    people: list[tuple[PartPlan, Named]] = field(default_factory=list)

    def add(self, part: PartPlan) -> None:
        """Take a record in, under a name of its own."""
        names = {one.name for one in self.parts}
        wanted, count = part.name, 1
        while part.name in names:
            count += 1
            part.name = f"{wanted}-{count}"
        self.parts.append(part)
