"""The agencies of the region: which forces, councils, health bodies and charities there are, and where each works."""

import re
from dataclasses import dataclass
from typing import Literal

from concerted.synthetic.lexicon import Lexicon
from concerted.synthetic.mentions import File
from concerted.synthetic.sizes import Size

Kind = Literal["police", "council", "health", "charity"]


@dataclass(frozen=True, slots=True)
class Agency:
    """One agency. slug: its folder and source. system: which of the two record systems of its kind it has, a or b."""

    number: int
    kind: Kind
    name: str
    slug: str
    system: str


@dataclass(frozen=True, slots=True)
class Agencies:
    """All of them."""

    police: list[Agency]
    council: list[Agency]
    health: list[Agency]
    charity: list[Agency]

    def all(self) -> list[Agency]:
        """Every agency, by number."""
        return [*self.police, *self.council, *self.health, *self.charity]

    def of_district(self, number: int) -> dict[File, Agency]:
        """Which agency keeps each kind of file on the people of a district."""
        council = self.council[number % len(self.council)]
        other_council = self.council[(number + 1) % len(self.council)]
        at = self.council.index(council)
        force = self.police[at % len(self.police)]
        other_force = self.police[(at + 1) % len(self.police)]
        charity = self.charity[at % len(self.charity)]
        other_charity = self.charity[(at + 1) % len(self.charity)]
        return {
            File.NOMINALS: force,
            File.NOMINALS_ELSEWHERE: other_force,
            File.PEOPLE: council,
            File.PEOPLE_ELSEWHERE: other_council,
            File.MISSING: force,
            File.INTELLIGENCE: force,
            File.CONTACTS: council,
            File.ATTENDANCES: self.health[at % len(self.health)],
            File.SESSIONS: charity,
            File.SESSIONS_ELSEWHERE: other_charity,
        }


def agencies_of(size: Size, lexicon: Lexicon) -> Agencies:
    """As many of each kind as the size says, in the order of the lexicon."""
    kinds: list[tuple[Kind, list[str], int]] = [
        ("police", list(lexicon.forces), size.forces),
        ("council", list(lexicon.councils), size.councils),
        ("health", list(lexicon.health), size.health),
        ("charity", list(lexicon.charities), size.charities),
    ]
    made: dict[Kind, list[Agency]] = {kind: [] for kind, _, _ in kinds}
    number = 0
    for kind, names, many in kinds:
        for turn, name in enumerate(names[:many]):
            made[kind].append(Agency(number, kind, name, _slug(name), "ab"[turn % 2]))
            number += 1
    return Agencies(made["police"], made["council"], made["health"], made["charity"])


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")
