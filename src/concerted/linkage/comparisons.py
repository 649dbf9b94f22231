"""What is compared and how: the one definition, as data.

m: how often two records of one person stand at this level; u: how often two strangers do; kin: how often two people of
one household do. Training begins with the figures here, and the shipped release keeps each m and kin. They are set by
hand from what linkage studies of British records found: surnames differ in 18 and forenames in 12 of 100 true pairs
(Lam and others, IJPDS 2389), postcodes in 53 and dates of birth or sex in 0.1 to a few of 100 (BMC Med Res Methodol,
PMC5297137). Each u is the order of size that a region's population gives (366 days over some forty birth years, about
fifteen households a postcode). Twins are 1.5 in 100 births (ONS, birth characteristics), so that some 3 in 100 pairs of
brothers and sisters share a date of birth. `trained` comparisons are estimated anew where a file is large enough;
identifiers never are: in a sample of pairs nearly all that agree on one are true pairs, so the sample cannot say how
rare agreement by chance is.
"""

from typing import Final

from concerted.linkage.conditions import (
    All,
    Among,
    Begins,
    Condition,
    Crossed,
    Like,
    Missing,
    Not,
    Overlaps,
    Same,
    Says,
    Shares,
    Slip,
    Some,
    Within,
)
from concerted.linkage.levels import Comparison, Level, of

CROSSED: Final = "given and family name the other way round"
# The levels at which one name may be a reading of the other, by comparison.
ALIKE: Final = {
    "given": ("same given name", "given names of one root", "given names near", "one given name begins the other"),
    "family": ("same family name", "family names of one root", "family names near"),
    "middle": ("same middle names", "middle names near, or one begins the other"),
}


def _near(column: str) -> Condition:
    """A letter wrong in a name of three or four leaves it less alike than one in eight; it is near all the same."""
    return Some((Like(column, 0.88), Slip(column)))


GIVEN: Final = of(
    "given",
    "Given name",
    "given",
    Level("same given name", 0.78, 4e-3, 0.004, Same("given"), "given"),
    Level(CROSSED, 0.02, 1e-6, 1e-5, Crossed("given", "family")),
    Level("given names of one root", 0.06, 3e-3, 0.002, Some((Same("given_root"), Shares("given_roots")))),
    Level("given names near", 0.05, 4e-3, 0.015, _near("given")),
    Level("one given name begins the other", 0.02, 2e-3, 0.01, Begins("given")),
    Level("given name among the other's names", 0.02, 6e-3, 0.02, Among("given", "words")),
    Level("given names differ", 0.05, 0.98, 0.949),
)

# Names the other way round are one fact, and are counted at the given name.
FAMILY: Final = of(
    "family",
    "Family name",
    "family",
    Level("same family name", 0.80, 1.5e-3, 0.80, Same("family"), "family"),
    Level("family names of one root", 0.03, 1e-3, 0.03, Some((Same("family_root"), Shares("family_parts")))),
    Level("family names near", 0.08, 3e-3, 0.03, _near("family")),
    Level("family names differ", 0.09, 0.99, 0.14),
    missing=Some((Missing(("family",)), Crossed("given", "family"))),
)

# A given name that is the other's middle name is one fact, and is counted at the given name.
_TOLD_ALREADY: Final = All((Not(Same("given")), Among("given", "words")))
MIDDLE: Final = of(
    "middle",
    "Middle names",
    "middle",
    Level("same middle names", 0.80, 6e-3, 0.01, Same("middle"), "middle"),
    Level(
        "middle names near, or one begins the other", 0.12, 0.01, 0.02, Some((Like("middle", 0.88), Begins("middle")))
    ),
    Level("middle names differ", 0.08, 0.984, 0.97),
    missing=Some((Missing(("middle",)), _TOLD_ALREADY)),
)

_FIRST_OF_JANUARY: Final = All((Says("month", 1), Says("day", 1)))
_YEAR, _MONTH, _DAY = Same("year"), Same("month"), Same("day")
A_SLIP_OUT: Final = Some((All((Some((_YEAR, _MONTH, _DAY), 2), Slip("dob"))), All((_YEAR, Crossed("month", "day")))))
BIRTH: Final = of(
    "birth",
    "Date of birth",
    "year",
    Level(
        "both said to be born on the same 1 January",
        0.02,
        2e-4,
        1e-3,
        All((Same("dob"), _FIRST_OF_JANUARY)),
        common=True,
    ),
    Level("same date of birth", 0.84, 2e-4, 0.03, Same("dob"), "dob", common=True),
    Level("date of birth one digit out, or day and month swapped", 0.08, 2e-3, 0.003, A_SLIP_OUT, common=True),
    Level(
        "two of day, month and year of birth the same", 0.015, 5e-3, 0.006, Some((_YEAR, _MONTH, _DAY), 2), common=True
    ),
    Level("same year of birth", 0.025, 0.018, 0.02, _YEAR, common=True),
    Level("born within a year of each other", 0.005, 0.035, 0.09, Within("year", 1), common=True),
    Level("dates of birth differ", 0.015, 0.94, 0.85),
)

SEX: Final = of(
    "sex",
    "Sex",
    "sex",
    Level("same sex", 0.98, 0.5, 0.5, Same("sex"), common=True),
    Level("sex differs", 0.02, 0.5, 0.5),
)

HOME: Final = Comparison(
    "home",
    "Address and postcode",
    ("postcode", "address"),
    (
        Level("same address", 0.30, 1e-4, 0.70, Same("address"), "address"),
        Level("same postcode", 0.17, 2.5e-4, 0.20, Same("postcode"), "postcode"),
        Level(
            "address or postcode nearly the same",
            0.08,
            6e-4,
            0.05,
            Some((Slip("postcode"), Overlaps("address_words", 0.6))),
        ),
        Level("same postcode district", 0.10, 0.01, 0.02, Same("district"), common=True),
        Level("address and postcode differ", 0.35, 0.989, 0.03),
    ),
    All((Missing(("postcode",)), Missing(("address",)))),
)


def _text(
    name: str,
    title: str,
    same: tuple[float, float, float],
    near: tuple[float, float, float],
    *,
    common: bool = False,
) -> Comparison:
    words = title[:1].lower() + title[1:]
    m, u, kin = (1 - one - two for one, two in zip(same, near, strict=True))
    return of(
        name,
        title,
        name,
        Level(f"same {words}", *same, Same(name), name, common),
        Level(f"{words} nearly the same", *near, Like(name, 0.88), common=common),
        Level(f"{words} differs", m, u, kin),
    )


def _identifier(name: str, title: str, m: float, u: float) -> Comparison:
    """A number of one person. What is given to a brother or sister by mistake is far more than chance."""
    kin = max(1e-4, u)
    same, differs = Level(f"same {title}", m, u, kin, Same(name)), Level(f"{title} differs", 1 - m, 1 - u, 1 - kin)
    return of(name, title, name, same, differs, trained=False)


def _any_of(name: str, title: str, m: float, u: float, kin: float) -> Comparison:
    same = Level(f"same {title}", m, u, kin, Shares(name))
    differs = Level(f"no {title} in common", 1 - m, 1 - u, 1 - kin)
    return of(name, title[:1].upper() + title[1:], name, same, differs, trained=False)


# What a person has one of: column -> what it is called. Two valid ones that differ are held to be two people's until
# someone decides. A local id is none: one source may hold a person twice.
ONE_A_PERSON: Final = {"nhs_number": "NHS number", "upn": "unique pupil number", "pnc_id": "PNC id"}

_ANOTHER_BIRTH: Final = All(
    (Not(Missing(("year",))), Not(Same("dob")), Not(A_SLIP_OUT), Some((Not(_YEAR), Not(Missing(("dob",))))))
)
# An owner's system gives a number away again, and a clerk types one twice: with another date of birth it says nothing.
LOCAL_ID: Final = of(
    "local_id",
    "Local id",
    "local_id",
    Level("same local id, but another date of birth", 1e-5, 1e-5, 1e-5, All((Same("local_id"), _ANOTHER_BIRTH))),
    Level("same local id", 0.60, 1e-5, 1e-4, Same("local_id")),
    Level("local id differs", 0.40, 1 - 2e-5, 1 - 1.1e-4),
    trained=False,
    missing=Some((Missing(("local_id",)), Not(Same("source")))),
)

STANDARD: Final[tuple[Comparison, ...]] = (
    GIVEN,
    FAMILY,
    MIDDLE,
    BIRTH,
    SEX,
    HOME,
    _text("town", "Town", (0.70, 0.05, 0.90), (0.05, 0.004, 0.02), common=True),
    _text("place", "Place of birth", (0.80, 0.01, 0.50), (0.04, 0.002, 0.02)),
    _text("country", "Country", (0.94, 0.5, 0.90), (0.01, 0.01, 0.01), common=True),
    _text("occupation", "Occupation", (0.55, 0.03, 0.10), (0.05, 0.003, 0.01)),
    _text("organisation", "Organisation", (0.45, 0.02, 0.20), (0.05, 0.003, 0.01)),
    _any_of("phones", "telephone", 0.45, 2e-4, 0.15),
    _any_of("emails", "e-mail address", 0.60, 2e-5, 0.01),
    _any_of("handles", "user name", 0.55, 2e-5, 0.005),
    _identifier("nhs_number", ONE_A_PERSON["nhs_number"], 0.985, 1e-6),
    _identifier("upn", ONE_A_PERSON["upn"], 0.97, 1e-6),
    _identifier("pnc_id", ONE_A_PERSON["pnc_id"], 0.95, 1e-6),
    LOCAL_ID,
)


def other(column: str, title: str) -> Comparison:
    """The comparison of a column of the profile's own naming: the same, nearly so, or not."""
    return _text(column, title, (0.70, 0.01, 0.10), (0.08, 0.002, 0.01))
