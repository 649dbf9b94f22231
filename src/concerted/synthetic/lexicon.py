"""The words of the invented region: names of people, streets, towns, bodies and things, from the tables beside this.

An origin says which names a household bears, and nothing else: whatever else is drawn for a person is drawn without it.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.name_lists import (
    BySex,
    Names,
    Texts,
    borne_by_some,
    composed,
    feminine_forms,
    frozen,
    mixed,
    ranked,
    table,
    texts,
    words_of,
)

__all__ = ["GENERATIONS", "BySex", "Lexicon", "Names", "Origin", "Texts", "generation_of", "load", "plain"]

Flags = NDArray[np.bool_]
GENERATIONS: Final = (1970, 2000)  # a new generation of given names begins with those born in each of these years
_USUAL: Final = (0.85, 7.0)
_LIKE_NO_LETTER: Final = str.maketrans({"ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ı": "i", "ø": "o", "Ø": "O"})


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the names of a household are from.

    name: as in the tables. share: of all households, 0 to 1. given: given names of all ages. generations: given names
    of those born before 1970, from 1970 to 1999, and since; the same three times where the table does not tell them
    apart. family: family names as men bear them, with a long tail that is composed where the table says how. feminine:
    the form that women bear, for each family name that has another. common_first, common_middle: what often stands
    before or after the given name (Mohammed, Singh), None where nothing does. own_family: what women often bear in
    place of the family's name (Begum), None for those who bear that. Who draws a middle name that is the family name
    too (Singh) leaves it out. second_family: share of people with two family names, 0 to 1. patronymic: the names
    after the given name are those of the father and the grandfather, so that `family` holds their given names.
    exchanged: records often have names in the wrong order, because the family name stands first at home or is the
    father's.
    """

    name: str
    share: float
    given: BySex
    generations: tuple[BySex, ...]
    family: Names
    feminine: Mapping[str, str]
    common_first: BySex
    common_middle: BySex
    own_family: BySex
    second_family: float
    patronymic: bool
    exchanged: bool

    def as_borne(self, family: Texts, female: Flags) -> Texts:
        """Family names, one a person, in the form that each of these people bears."""
        pairs = zip(family, female.tolist(), strict=True)
        return texts(self.feminine.get(name, name) if woman else name for name, woman in pairs)


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All words of the region. Arrays hold texts and are shared: nobody changes them.

    origins: of names; shares: of households, in the same order, sum to 1. nicknames: short forms by given name, the
    most usual first. variants: other spellings by given or family name, of any that stands in a group. street_names:
    what people are called on the street. towns: the largest first. street_stems and street_types: "Quernmoss" and
    "Road". place_stems: "Sorrelvane", for names of groups and firms. organisations: full names by kind ("school",
    "taxi_firm"); no stem stands under two kinds. forces, councils, health, charities: names of bodies.
    occupations, colours: plain words. makes and models: side by side, `makes[i]` makes `models[i]`. equal: whether
    names of every origin go wrong alike (see `noise`).
    """

    origins: tuple[Origin, ...]
    shares: NDArray[np.float64]
    nicknames: Mapping[str, tuple[str, ...]]
    variants: Mapping[str, tuple[str, ...]]
    street_names: Texts
    towns: Texts
    street_stems: Texts
    street_types: Texts
    place_stems: Texts
    organisations: Mapping[str, Texts]
    forces: Texts
    councils: Texts
    health: Texts
    charities: Texts
    occupations: Texts
    colours: Texts
    makes: Texts
    models: Texts
    equal: bool = False

    def given(self, origin: int, *, female: bool, generation: int | None = None) -> Names:
        """Given names of an origin, by its place in `origins`, of a generation (see `generation_of`) or of all ages."""
        of = self.origins[origin]
        return (of.given if generation is None else of.generations[generation]).of(female=female)

    def place_names(self, count: int, rng: np.random.Generator) -> Texts:
        """`count` names for groups and firms, no two alike; of two words when there are not so many of one."""
        mixed = rng.permutation(self.place_stems)
        rounds = range(-(-count // len(mixed)))
        if len(rounds) > len(mixed):
            raise ValueError(f"{count} names are more than {len(mixed)} stems give")
        again = (f"{stem} {other}" for at in rounds[1:] for stem, other in zip(mixed, np.roll(mixed, at), strict=True))
        return texts([*mixed, *again][:count])


def generation_of(years: NDArray[np.int64]) -> NDArray[np.int64]:
    """The generation, 0 to 2, of people born in these years."""
    found: NDArray[np.int64] = np.digitize(years, GENERATIONS).astype(np.int64)
    return found


def plain(text: str) -> str:
    """A name as systems write it that have no accents: Łukasz is Lukasz."""
    split = unicodedata.normalize("NFKD", text.translate(_LIKE_NO_LETTER))
    return "".join(letter for letter in split if not unicodedata.combining(letter))


@cache
def load() -> Lexicon:
    """The lexicon, always the same."""
    origins = tuple(_origin(name, entry) for names in _NAMES for name, entry in table(names)["origins"].items())
    spellings, places = table("variants"), table("places")
    lists = ("towns", "street_stems", "street_types", "forces", "councils", "health", "charities", "occupations")
    vehicles = [(make, model) for make, models in places["vehicles"].items() for model in words_of(models)]
    nicknames = {given: tuple(words_of(short)) for given, short in table("nicknames")["nicknames"].items()}
    stems = composed(places["stem_beginnings"], places["stem_endings"])
    return Lexicon(
        origins=origins,
        shares=frozen(np.array([origin.share for origin in origins])),
        nicknames=MappingProxyType(nicknames),
        variants=_variants(spellings["given_spellings"] + spellings["family_spellings"]),
        street_names=texts(words_of(spellings["street_names"])),
        place_stems=texts(stems),
        organisations=_organisations(stems, places["organisations"]),
        colours=texts(words_of(places["colours"])),
        makes=texts(make for make, _ in vehicles),
        models=texts(model for _, model in vehicles),
        equal=False,
        **{name: texts(words_of(places[name])) for name in lists},
    )


_NAMES: Final = ("names_britain_ireland_caribbean", "names_asia", "names_europe", "names_africa_middle_east")


def _origin(name: str, entry: dict[str, Any]) -> Origin:
    generations = _generations(entry)
    family = words_of(entry["family"])
    if "stems" in entry:
        listed = set(family)
        family += [made for made in composed(entry["stems"], entry["endings"]) if made not in listed]
    return Origin(
        name=name,
        share=entry["share"],
        given=BySex(mixed([by.male for by in generations]), mixed([by.female for by in generations])),
        generations=generations,
        family=ranked(family, *entry.get("concentration", _USUAL)),
        feminine=feminine_forms(family, entry.get("family_by_sex", "")),
        common_first=borne_by_some(entry.get("common_first", {})),
        common_middle=borne_by_some(entry.get("common_middle", {})),
        own_family=borne_by_some(entry.get("own_family", {})),
        second_family=entry.get("second_family", 0.0),
        patronymic=entry.get("patronymic", False),
        exchanged=entry.get("order") == "family_first" or "patronymic" in entry,
    )


def _generations(entry: dict[str, Any]) -> tuple[BySex, ...]:
    """Lists by generation end in a year at which the names were given; else there is one list for all."""
    marks = [f"_{year}" for year in (1950, 1980, 2010)] if "male_1950" in entry else [""] * 3
    men, women = ([ranked(words_of(entry[sex + mark]), *_USUAL) for mark in marks] for sex in ("male", "female"))
    return tuple(BySex(*pair) for pair in zip(men, women, strict=True))


def _variants(groups: list[str]) -> Mapping[str, tuple[str, ...]]:
    """Every name with the others of its group, or of both when it is a given and a family name."""
    found: dict[str, dict[str, None]] = {}
    for group in map(words_of, groups):
        for name in group:
            found.setdefault(name, {}).update(dict.fromkeys(other for other in group if other != name))
    return MappingProxyType({name: tuple(others) for name, others in found.items()})


def _organisations(stems: list[str], words: dict[str, str]) -> Mapping[str, Texts]:
    """The stems dealt out to the kinds, each with one of the kind's plain words."""
    made = {}
    for at, (kind, plain_words) in enumerate(words.items()):
        after = words_of(plain_words)
        own = stems[at :: len(words)]
        made[kind] = texts(f"{stem} {after[number % len(after)]}" for number, stem in enumerate(own))
    return MappingProxyType(made)
