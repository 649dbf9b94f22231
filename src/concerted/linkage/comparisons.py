"""What is compared and how: the one definition, as data. Each level is a condition over two records (`_l`, `_r`).

m: how often two records of one person stand at this level; u: how often two records of different people do. The
figures here are the shipped release's. They are set by hand from what linkage studies of British records found, since
no training data may be shipped yet: surnames differ in 18 and forenames in 12 of 100 true pairs (Lam and others,
IJPDS 2389), postcodes in 53 and dates of birth or sex in 0.1 to a few of 100 (BMC Med Res Methodol, PMC5297137). Each u
is the order of size that a region's population gives (366 days over some forty birth years, about fifteen households a
postcode). `trained` comparisons are estimated anew where a file is large enough; identifiers never are: in a sample of
pairs nearly all that agree on one are true pairs, so the sample cannot say how rare agreement by chance is.
"""

from typing import Final

from concerted.linkage.levels import Comparison, Level


def _near(column: str, likeness: float) -> str:
    return f"jaro_winkler_similarity({column}_l, {column}_r) >= {likeness}"


def _either_missing(column: str) -> str:
    return f"{column}_l is null or {column}_r is null"


_SHARED = "len(list_intersect(words_l, words_r))"
# A family name of two words is one name: brothers and sisters share it. Some other word must be shared as well.
_BOTH_FAMILIES = "list_intersect(string_split(coalesce(family_l, ''), ' '), string_split(coalesce(family_r, ''), ' '))"
_BEYOND_FAMILY = f"not list_has_all({_BOTH_FAMILIES}, list_intersect(words_l, words_r))"
_SHORT_FOR = "starts_with(given_l, given_r) or starts_with(given_r, given_l)"
_A_LETTER_OUT = f"(damerau_levenshtein(given_l, given_r) <= 1 or {_SHORT_FOR})"
_A_WORD_NEAR = (
    "len(list_filter(words_l, lambda a: len(list_filter(words_r, "
    "lambda b: jaro_winkler_similarity(a, b) >= 0.88)) > 0)) > 0"
)

NAME: Final = Comparison(
    "name",
    "Name",
    ("words",),
    _either_missing("words"),
    (
        Level("same full name", 0.50, 4e-5, "whole_l = whole_r", "whole"),
        Level("two or more names shared", 0.12, 4e-5, f"{_SHARED} >= 2 and {_BEYOND_FAMILY}", "family"),
        Level(
            "same family name, given names one letter out or one short for the other",
            0.07,
            2e-5,
            f"family_l = family_r and {_A_LETTER_OUT}",
            "family",
        ),
        Level(
            "same family name, given names near", 0.03, 2e-5, f"family_l = family_r and {_near('given', 0.8)}", "family"
        ),
        Level(
            "same given name, family names near", 0.08, 4e-5, f"given_l = given_r and {_near('family', 0.8)}", "given"
        ),
        Level("given and family names near", 0.03, 4e-5, f"{_near('given', 0.8)} and {_near('family', 0.8)}"),
        Level(
            "the only name recorded is shared", 0.05, 6e-4, f"{_SHARED} = 1 and least(len(words_l), len(words_r)) = 1"
        ),
        Level("same family name", 0.05, 1.5e-3, "family_l = family_r", "family"),
        Level("same given name", 0.03, 4e-3, "given_l = given_r", "given"),
        Level("one name shared", 0.01, 2.5e-3, f"{_SHARED} = 1"),
        Level("a name near", 0.02, 8e-3, _A_WORD_NEAR),
        Level("names differ", 0.01, 0.983),
    ),
    columns=("words", "whole", "family", "given"),
)
# Brothers and sisters are often given names that are near: Leah and Leanne, Kyle and Kayleigh.
NAMES_DIFFER: Final = (
    "same family name, given names near",
    "same family name",
    "one name shared",
    "a name near",
    "names differ",
)

_BIRTH_A_SLIP_OUT: Final = (
    "levenshtein(dob_l, dob_r) <= 1 or (year_l = year_r and dob_l[6:7] = dob_r[9:10] and dob_l[9:10] = dob_r[6:7])"
)
_BIRTHS_CONTRADICT: Final = (
    f"coalesce((year_l <> year_r or dob_l <> dob_r) and not coalesce({_BIRTH_A_SLIP_OUT}, false), false)"
)
BIRTH: Final = Comparison(
    "birth",
    "Date of birth",
    ("year",),
    _either_missing("year"),
    (
        Level("same date of birth", 0.85, 2e-4, "dob_l = dob_r", "dob", common=True),
        Level("date of birth one digit out, or day and month swapped", 0.08, 2e-3, _BIRTH_A_SLIP_OUT, common=True),
        Level(
            "two of day, month and year of birth the same",
            0.01,
            6e-3,
            "dob_l[6:] = dob_r[6:] or dob_l[:7] = dob_r[:7] or (year_l = year_r and dob_l[9:] = dob_r[9:])",
            common=True,
        ),
        Level("same year of birth", 0.02, 0.018, "year_l = year_r", common=True),
        Level("born within a year of each other", 0.01, 0.035, "abs(year_l - year_r) <= 1", common=True),
        Level("dates of birth differ", 0.03, 0.94),
    ),
    columns=("dob", "year"),
)
BIRTH_DIFFERS: Final = ("same year of birth", "born within a year of each other", "dates of birth differ")

HOME: Final = Comparison(
    "home",
    "Address and postcode",
    ("postcode", "address"),
    "(postcode_l is null or postcode_r is null) and (address_l is null or address_r is null)",
    (
        Level("same address", 0.30, 1e-4, "address_l = address_r", "address"),
        Level("same postcode", 0.17, 2.5e-4, "postcode_l = postcode_r", "postcode"),
        Level(
            "address or postcode nearly the same",
            0.08,
            6e-4,
            "levenshtein(postcode_l, postcode_r) <= 1 or len(list_intersect(address_words_l, address_words_r)) >= "
            "0.6 * greatest(len(address_words_l), len(address_words_r))",
        ),
        Level("same postcode district", 0.10, 0.01, "district_l = district_r", common=True),
        Level("address and postcode differ", 0.35, 0.989),
    ),
    household=True,
    columns=("postcode", "district", "address", "address_words"),
)


def _text(
    name: str, title: str, same: tuple[float, float], near: tuple[float, float], *, common: bool = False
) -> Comparison:
    words = title[:1].lower() + title[1:]
    return Comparison(
        name,
        title,
        (name,),
        _either_missing(name),
        (
            Level(f"same {words}", *same, f"{name}_l = {name}_r", name, common),
            Level(f"{words} nearly the same", *near, _near(name, 0.88), common=common),
            Level(f"{words} differs", 1 - same[0] - near[0], 1 - same[1] - near[1]),
        ),
        columns=(name,),
    )


def _identifier(name: str, title: str, m: float, u: float, missing: str = "") -> Comparison:
    return Comparison(
        name,
        title,
        (name,),
        missing or _either_missing(name),
        (
            Level(f"same {title}", m, u, f"{name}_l = {name}_r"),
            Level(f"{title} differs", 1 - m, 1 - u),
        ),
        trained=False,
        columns=(name,),
    )


def _any_of(name: str, title: str, m: float, u: float, *, household: bool = False) -> Comparison:
    return Comparison(
        name,
        title[:1].upper() + title[1:],
        (name,),
        _either_missing(name),
        (
            Level(f"same {title}", m, u, f"list_has_any({name}_l, {name}_r)"),
            Level(f"no {title} in common", 1 - m, 1 - u),
        ),
        trained=False,
        household=household,
        columns=(name,),
    )


SEX: Final = Comparison(
    "sex",
    "Sex",
    ("sex",),
    _either_missing("sex"),
    (Level("same sex", 0.98, 0.5, "sex_l = sex_r", common=True), Level("sex differs", 0.02, 0.5)),
    columns=("sex",),
)

# What a person has one of: column -> what it is called. Two valid ones that differ are held to be two people's until
# someone decides. A local id is none: one source may hold a person twice.
ONE_A_PERSON: Final = {"nhs_number": "NHS number", "upn": "unique pupil number", "pnc_id": "PNC id"}

# An owner's system gives a number away again, and a clerk types one twice: with another date of birth it says nothing.
LOCAL_ID: Final = Comparison(
    "local_id",
    "Local id",
    ("local_id",),
    "local_id_l is null or local_id_r is null or source_l <> source_r",
    (
        Level("same local id", 0.60, 1e-5, f"local_id_l = local_id_r and not {_BIRTHS_CONTRADICT}"),
        Level("same local id, but another date of birth", 1e-5, 1e-5, "local_id_l = local_id_r"),
        Level("local id differs", 0.40, 1 - 2e-5),
    ),
    trained=False,
    columns=("local_id",),
)

STANDARD: Final[tuple[Comparison, ...]] = (
    NAME,
    BIRTH,
    SEX,
    HOME,
    _text("town", "Town", (0.70, 0.05), (0.05, 0.004), common=True),
    _text("place", "Place of birth", (0.80, 0.01), (0.04, 0.002)),
    _text("country", "Country", (0.94, 0.5), (0.01, 0.01), common=True),
    _text("occupation", "Occupation", (0.55, 0.03), (0.05, 0.003)),
    _text("organisation", "Organisation", (0.45, 0.02), (0.05, 0.003)),
    _any_of("phones", "telephone", 0.45, 2e-4, household=True),
    _any_of("emails", "e-mail address", 0.60, 2e-5),
    _any_of("handles", "user name", 0.55, 2e-5),
    _identifier("nhs_number", ONE_A_PERSON["nhs_number"], 0.985, 1e-6),
    _identifier("upn", ONE_A_PERSON["upn"], 0.97, 1e-6),
    _identifier("pnc_id", ONE_A_PERSON["pnc_id"], 0.95, 1e-6),
    LOCAL_ID,
)


def other(column: str, title: str) -> Comparison:
    """The comparison of a column of the profile's own naming: the same, nearly so, or not."""
    return _text(column, title, (0.70, 0.01), (0.08, 0.002))
