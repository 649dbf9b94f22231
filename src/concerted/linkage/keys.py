"""The kinds of evidence by which pairs are proposed: each family of keys is one, as data."""

from dataclasses import dataclass
from typing import Final

CAP: Final = 60  # holders of one key, above which it is refined
ONE_PERSON: Final = 250  # the same where nearly all who share it are one person, recorded often
WEAK_CAP: Final = 10  # the same for evidence that says little alone, of which a large file has very much
RARE_CAP: Final = 4  # the same where nearly every key of a large file is held by people who have no more in common
NEIGHBOURS: Final = 3  # how many records further on in the order of a strong key that stays common are paired
WORDS: Final = 8  # of a name, above which not every two of its words make a key


@dataclass(frozen=True, slots=True)
class Family:
    """Keys of one kind. pieces: columns, of which `column:3` is the beginning; of a list each member makes a key.

    cap: holders of one key, above which it is refined. every: so many members of the one list make a key together.
    strong: its holders may well be one person, so that a key that stays common proposes neighbours. refined: the ways
    in which a key with too many holders is refined, each beside the others: what is added, one after the other.
    cap_refined: the cap of a refined key, where it is another.
    """

    name: str
    pieces: tuple[str, ...]
    cap: int = CAP
    every: int = 0
    strong: bool = False
    refined: tuple[tuple[str, ...], ...] = ()
    cap_refined: int | None = None


_BY_YEAR: Final = (("year",),)
_BY_YEAR_AND_DISTRICT: Final = (("year", "district"),)
_BY_BIRTH_OR_HOME: Final = (*_BY_YEAR_AND_DISTRICT, ("birthday",), ("district", "year"))
_WITH_A_NAME: Final = (
    Family("name and date of birth", ("words:4", "dob"), cap=ONE_PERSON, strong=True),
    Family("name and postcode", ("words:3", "postcode"), refined=_BY_YEAR),
    Family("name and year of birth", ("words", "year"), cap=RARE_CAP, refined=(("district",),)),
    Family("name and postcode district", ("words", "district"), cap=RARE_CAP, refined=_BY_YEAR),
)
_OTHERS_WITH_A_NAME: Final = ("place", "town", "address", "occupation", "organisation")

FAMILIES: Final[tuple[Family, ...]] = (
    Family("two names", ("words",), 8, every=2, strong=True, refined=_BY_BIRTH_OR_HOME, cap_refined=ONE_PERSON),
    Family("three names", ("words",), every=3, strong=True, refined=_BY_YEAR_AND_DISTRICT),
    *_WITH_A_NAME,
    *(Family(f"name and {one}", ("words", one), refined=_BY_YEAR) for one in _OTHERS_WITH_A_NAME),
    Family("name", ("words",), cap=WEAK_CAP),
    Family("date of birth", ("dob",), cap=WEAK_CAP),
    Family("date of birth and beginnings of both names", ("dob", "given:1", "family:1"), cap=ONE_PERSON),
    Family("date of birth and postcode", ("dob", "postcode")),
    Family("date of birth and postcode district", ("dob", "district")),
    Family("date of birth and place of birth", ("dob", "place")),
    Family("date of birth and town", ("dob", "town")),
    Family("date of birth and occupation", ("dob", "occupation")),
    Family("year of birth and postcode", ("year", "postcode")),
    Family("postcode", ("postcode",), cap=WEAK_CAP),
    Family("postcode and place of birth", ("postcode", "place")),
    Family("postcode and occupation", ("postcode", "occupation")),
    Family("postcode and beginnings of both names", ("postcode", "given:1", "family:1")),
    Family("place of birth, occupation and year of birth", ("place", "occupation", "year")),
    Family("beginnings of both names", ("given:3", "family:4"), cap=20, refined=_BY_YEAR_AND_DISTRICT),
    Family("address", ("address",), refined=_BY_YEAR),
    Family("local id", ("source", "local_id"), strong=True),
    Family("NHS number", ("nhs_number",), strong=True),
    Family("unique pupil number", ("upn",), strong=True),
    Family("PNC id", ("pnc_id",), strong=True),
    Family("telephone", ("phones",), strong=True),
    Family("e-mail address", ("emails",), strong=True),
    Family("user name", ("handles",), strong=True),
)


def others(columns: tuple[str, ...]) -> tuple[Family, ...]:
    """The families of columns of the profiles' own naming."""
    return tuple(Family(column, (column,)) for column in columns)
