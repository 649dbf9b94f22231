"""What an agency writes down of a person: habits, old addresses, other names, slips, copies of another's."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.columns import there
from concerted.synthetic.homes import Homes, lines
from concerted.synthetic.lexicon import Lexicon, plain
from concerted.synthetic.mentions import LISTS, File, Mentions
from concerted.synthetic.noise import rate_of
from concerted.synthetic.people import HOMES, People
from concerted.synthetic.rates import all_rates, rate
from concerted.synthetic.slips import misdialled, slipped
from concerted.synthetic.typed_births import births
from concerted.synthetic.typed_contacts import accounts, identifiers, telephones

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]
Flags = NDArray[np.bool_]
Floats = NDArray[np.float64]


@dataclass
class Typed:
    """One text a mention and field; None where nothing is written. born: 2009-03-01, 2009-03 or 2009. sex: M or F."""

    given: Texts
    middle: Texts
    family: Texts
    also: Texts
    born: Texts
    sex: Texts
    line: Texts
    town: Texts
    postcode: Texts
    phone: Texts
    nhs: Texts
    upn: Texts
    pnc: Texts
    ethnicity: Texts
    handle: Texts
    email: Texts
    birthplace: Texts

    def at(self, rows: Numbers) -> "Typed":
        """The same for these rows."""
        return Typed(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})


@dataclass(frozen=True)
class Desk:
    """How one mention comes to be written. agency: the number of the agency. careless: of person and agency together.

    habit: (mentions, 6) numbers from 0 to 1, most of them the same for one person at one agency, so that what is
    written wrongly there stays so.
    """

    agency: Numbers
    careless: Floats
    habit: Floats


def typed_of(
    people: People,
    mentions: Mentions,
    homes: Homes,
    desk: Desk,
    birthplace: Texts,
    lexicon: Lexicon,
    rng: np.random.Generator,
) -> Typed:
    """What stands in the files. birthplace: what each mention says of it at first hand."""
    typed = _first_hand(people, mentions, homes, desk, birthplace, lexicon, rng)
    _copied(typed, mentions, desk, lexicon, rng)
    _left_out(typed, mentions, rng)
    if lexicon.equal:  # a record system that knows no letter of some languages garbles no name
        for names in (typed.given, typed.middle, typed.family, typed.also):
            names[:] = [plain(name) if name else None for name in names]
    return typed


def of_file(name: str, mentions: Mentions) -> Floats:
    """A figure that differs by kind of file, for each mention."""
    given: dict[str, float] = all_rates()[name].value
    by_file = np.array([float(given[file.name.lower().removesuffix("_elsewhere")]) for file in File])
    found: Floats = by_file[mentions.file]
    return found


def habits(mentions: Mentions, agency: Numbers, rng: np.random.Generator) -> Floats:
    """Numbers from 0 to 1, three in four of which an agency keeps for a person."""
    key = mentions.person * (int(agency.max(initial=0)) + 1) + agency
    _, pair = np.unique(key, return_inverse=True)
    kept = rng.random((int(pair.max(initial=0)) + 1, 6))[pair]
    anew = rng.random(kept.shape)
    return np.where(rng.random(kept.shape) < rate("habit_kept"), kept, anew)


def _first_hand(
    people: People,
    mentions: Mentions,
    homes: Homes,
    desk: Desk,
    birthplace: Texts,
    lexicon: Lexicon,
    rng: np.random.Generator,
) -> Typed:
    who = mentions.person
    given, middle, family, also = _names(people, mentions, desk, lexicon, rng)
    line, town, postcode = lines(homes, _address(people, mentions, desk))
    wrong = rng.random(len(who)) < rate("postcode_slip") * desk.careless
    phone = telephones(people, mentions, rng)
    nhs, upn, pnc = identifiers(people, mentions, rng)
    handle, email = accounts(people, mentions, rng)
    female = people.families.female[who] ^ (rng.random(len(who)) < rate("wrong_sex") * desk.careless)
    return Typed(
        given=given,
        middle=middle,
        family=family,
        also=also,
        born=births(people.families, mentions, of_file("wrong_birth", mentions) * desk.careless, rng),
        sex=np.where(female, "F", "M").astype(object),
        line=line,
        town=town,
        postcode=misdialled(postcode, wrong, rng),
        phone=phone,
        nhs=nhs,
        upn=upn,
        pnc=pnc,
        ethnicity=people.ethnicity[who].copy(),
        handle=handle,
        email=email,
        birthplace=birthplace.copy(),
    )


def _names(
    people: People, mentions: Mentions, desk: Desk, lexicon: Lexicon, rng: np.random.Generator
) -> tuple[Texts, Texts, Texts, Texts]:
    who, count = mentions.person, len(mentions)
    families = people.families
    given, middle, family = (column[who].copy() for column in (families.given, families.middle, families.family))
    other = there(people.other_family[who]) & (desk.habit[:, 0] < rate("other_family_name_used"))
    family[other] = people.other_family[who][other]
    also = _also(people, mentions, rng)
    short = there(people.short[who]) & (desk.habit[:, 1] < of_file("short_name_used", mentions))
    given[short] = people.short[who][short]
    otherwise = rate_of("spelled_otherwise", lexicon)
    given = _spelled(given, desk.habit[:, 2] < otherwise, desk.habit[:, 3], lexicon.variants)
    family = _spelled(family, desk.habit[:, 3] < otherwise, desk.habit[:, 2], lexicon.variants)
    by_middle = there(middle) & (desk.habit[:, 4] < rate("goes_by_middle_name"))
    given[by_middle], middle[by_middle] = middle[by_middle], None
    given = slipped(given, rng.random(count) < rate("given_name_slip") * desk.careless, rng, equal=lexicon.equal)
    family = slipped(family, rng.random(count) < rate("family_name_slip") * desk.careless, rng, equal=lexicon.equal)
    swapped = desk.habit[:, 5] < _exchanged(families.origin[who], lexicon)
    given[swapped], family[swapped] = family[swapped], given[swapped]
    street = there(people.street_name[who]) & (mentions.file == File.INTELLIGENCE)
    street &= rng.random(count) < rate("only_a_street_name")
    given[street], family[street], middle[street] = people.street_name[who][street], None, None
    return given, middle, family, also


def _exchanged(origin: Numbers, lexicon: Lexicon) -> Floats:
    """How likely each person's names are to be written in the wrong order."""
    odd = np.array([of.exchanged or of.patronymic for of in lexicon.origins])[origin]
    mostly = rate_of("names_exchanged", lexicon)
    return np.where(odd & (not lexicon.equal), rate("names_exchanged_odd_order"), mostly)


def _also(people: People, mentions: Mentions, rng: np.random.Generator) -> Texts:
    """A short name, a street name or another family name that is noted beside."""
    who = mentions.person
    also = people.short[who].copy()
    street = there(people.street_name[who]) & (rng.random(len(who)) < rate("street_name_noted"))
    also[street] = people.street_name[who][street]
    also[rng.random(len(who)) >= of_file("also_known_as", mentions)] = None
    return also


def _spelled(names: Texts, otherwise: Flags, pick: Floats, variants: Mapping[str, tuple[str, ...]]) -> Texts:
    """Another spelling of the same name, where there is one."""
    for at in np.flatnonzero(otherwise & there(names)).tolist():
        ways = variants.get(names[at])
        if ways:
            names[at] = ways[int(pick[at] * len(ways))]
    return names


def _address(people: People, mentions: Mentions, desk: Desk) -> Numbers:
    """The address at which an agency believes a person to live: as old as what the agency knows."""
    lag = -np.log1p(-desk.habit[:, 0] * 0.999) * rate("days_address_is_old")
    known = mentions.day - lag.astype(np.int64)
    since = people.since[mentions.person]
    moved = np.minimum((known[:, None] < since).sum(axis=1), HOMES - 1)
    at: Numbers = people.home[mentions.person, moved]
    return at


_COPIED = ("given", "middle", "family", "born", "sex", "line", "town", "postcode", "phone", "nhs", "birthplace")


def _copied(typed: Typed, mentions: Mentions, desk: Desk, lexicon: Lexicon, rng: np.random.Generator) -> None:
    """Three in ten records of a person whom another agency knows already are typed from that one's paper."""
    count = len(mentions)
    own = rng.random(count) >= rate("typed_from_another_agency")
    source = np.maximum.accumulate(np.where(own, np.arange(count), 0))
    source = np.r_[0, source[:-1]][:count]
    copies = ~own & (mentions.person[source] == mentions.person) & (desk.agency[source] != desk.agency)
    copies &= ~np.isin(mentions.file[source], [File.INTELLIGENCE])
    for name in _COPIED:
        column: Texts = getattr(typed, name)
        column[copies] = column[source[copies]]
    again = copies & (rng.random(count) < rate("slip_in_copying"))
    typed.family = slipped(typed.family, again, rng, equal=lexicon.equal)


def _left_out(typed: Typed, mentions: Mentions, rng: np.random.Generator) -> None:
    """What the kind of file mostly does not hold."""
    count = len(mentions)
    for name in ("middle", "born", "sex", "phone", "given", "family", "ethnicity"):
        column: Any = getattr(typed, name)
        column[rng.random(count) < of_file(f"{name}_left_out", mentions)] = None
    nowhere = rng.random(count) < of_file("address_left_out", mentions)
    only_town = nowhere & (rng.random(count) < rate("town_alone_is_known"))
    typed.line[nowhere], typed.postcode[nowhere], typed.town[nowhere & ~only_town] = None, None, None
    nobody = ~there(typed.given) & ~there(typed.family)
    typed.given[nobody] = "Unknown"


def is_list(mentions: Mentions) -> Flags:
    """Whether each stands in a list that should hold a person once."""
    return mentions.file < LISTS
