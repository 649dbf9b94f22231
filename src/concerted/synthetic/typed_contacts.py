"""Telephone numbers and identifiers as they are written down: whose they are is not always right."""

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic import numbers
from concerted.synthetic.lexicon import plain
from concerted.synthetic.mentions import File, Mentions
from concerted.synthetic.people import PHONES, People
from concerted.synthetic.rates import all_rates, rate
from concerted.synthetic.slips import misdialled

Numbers = NDArray[np.int64]
Texts = NDArray[np.object_]


def telephones(people: People, mentions: Mentions, rng: np.random.Generator) -> Texts:
    """Mostly a mobile of the person's own; a parent's for a child; the household's landline."""
    who, count = mentions.person, len(mentions)
    turn = np.minimum(rng.geometric(rate("latest_telephone_given"), count) - 1, PHONES - 1)
    number = people.phone[who, turn]
    number = np.where(number < 0, people.phone[who, 0], number)
    mother = people.families.mother[who]
    parents = (mother >= 0) & ((number < 0) | (rng.random(count) < rate("parents_telephone")))
    number = np.where(parents, people.phone[mother, 0], number)
    texts = np.empty(count, object)
    has = number >= 0
    texts[has] = numbers.mobiles(number[has])
    house = rng.random(count) < rate("household_telephone")
    texts[house] = numbers.landlines(people.landline[who[house]])
    return misdialled(texts, rng.random(count) < rate("telephone_slip"), rng)


def identifiers(people: People, mentions: Mentions, rng: np.random.Generator) -> tuple[Texts, Texts, Texts]:
    """NHS number, pupil number and PNC id, each where the kind of file holds it for this share of its people."""
    who, count = mentions.person, len(mentions)
    nhs, upn, pnc = people.nhs[who].copy(), people.upn[who].copy(), people.pnc[who].copy()
    relative = people.families.mother[who]
    relative = np.where(relative >= 0, relative, np.maximum(who - 1, 0))
    wrong = np.flatnonzero(rng.random(count) < rate("relatives_nhs_number"))
    nhs[wrong] = people.nhs[relative[wrong]]
    for name, column in (("nhs", nhs), ("upn", upn), ("pnc", pnc)):
        column[rng.random(count) >= held(f"{name}_held", mentions)] = None
    pnc[people.worth[who] == 0] = None
    return nhs, upn, pnc


def held(name: str, mentions: Mentions) -> NDArray[np.float64]:
    """In what share of each mention's kind of file something is held; nought where the rate does not name the kind."""
    given: dict[str, float] = all_rates()[name].value
    by_file = np.array([float(given.get(file.name.lower().removesuffix("_elsewhere"), 0.0)) for file in File])
    found: NDArray[np.float64] = by_file[mentions.file]
    return found


def accounts(people: People, mentions: Mentions, rng: np.random.Generator) -> tuple[Texts, Texts]:
    """User names and e-mail addresses, the same wherever a person gives them; the domain can be nobody's (RFC 2606)."""
    handles, emails = np.empty(len(mentions), object), np.empty(len(mentions), object)
    families = people.families
    for name, column, form in (
        ("handle", handles, "{given}{number}"),
        ("email", emails, "{given}.{family}{number}@post.example"),
    ):
        for at in np.flatnonzero(rng.random(len(mentions)) < held(f"{name}_held", mentions)).tolist():
            who = int(mentions.person[at])
            if mentions.day[at] - families.born[who] > _OLD_ENOUGH:
                given, family = (_letters(text[who]) for text in (families.given, families.family))
                column[at] = form.format(given=given, family=family, number=who * 37 % 9_973)
    return handles, emails


_OLD_ENOUGH = 10 * 365  # days


def _letters(name: str) -> str:
    return "".join(char for char in plain(name).lower() if char.isascii() and char.isalpha())
