"""The agencies on both sides of a district's border."""

from dataclasses import dataclass

from concerted.synthetic.agencies import Agency
from concerted.synthetic.homes import Homes
from concerted.synthetic.mentions import File


@dataclass(frozen=True, slots=True)
class Side:
    """A side: its addresses, its agencies, and the lists in which they hold people of the district."""

    homes: Homes
    agencies: dict[File, Agency]
    listed: dict[str, File]


def sides(homes: Homes, beyond: Homes, who: dict[File, Agency]) -> tuple[Side, Side]:
    """This side and the one beyond. beyond: the addresses of the next district. who: as the district's agencies are."""
    there = {
        **who, File.NOMINALS: who[File.NOMINALS_ELSEWHERE], File.PEOPLE: who[File.PEOPLE_ELSEWHERE],
        File.MISSING: who[File.NOMINALS_ELSEWHERE], File.INTELLIGENCE: who[File.NOMINALS_ELSEWHERE],
        File.CONTACTS: who[File.PEOPLE_ELSEWHERE], File.SESSIONS: who[File.SESSIONS_ELSEWHERE],
    }  # fmt: skip
    return (
        Side(homes, who, {"nominals": File.NOMINALS, "people": File.PEOPLE}),
        Side(beyond, there, {"nominals": File.NOMINALS_ELSEWHERE, "people": File.PEOPLE_ELSEWHERE}),
    )
