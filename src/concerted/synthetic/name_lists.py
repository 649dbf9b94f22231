"""Lists of names: read from a table, weighted by rank, composed of stems and endings."""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from itertools import product
from types import MappingProxyType
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

Texts = NDArray[np.object_]


@dataclass(frozen=True, slots=True)
class Names:
    """Names to draw from. words: the most frequent first; None among them stands for no name. weights: sum to 1."""

    words: Texts
    weights: NDArray[np.float64]

    def draw(self, count: int, rng: np.random.Generator) -> Texts:
        """`count` names, each drawn by its weight."""
        drawn: Texts = self.words[rng.choice(len(self.words), count, p=self.weights)]
        return drawn


@dataclass(frozen=True, slots=True)
class BySex:
    """The same for men and for women."""

    male: Names
    female: Names

    def of(self, *, female: bool) -> Names:
        """Those of one sex."""
        return self.female if female else self.male


def table(name: str) -> dict[str, Any]:
    """The content of a table beside this module."""
    text = (files("concerted.synthetic") / "tables" / f"{name}.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # ten times as fast, where it was built
    found: dict[str, Any] = yaml.load(text, loader)  # noqa: S506
    return found


def words_of(text: str) -> list[str]:
    """The words of a list as the tables write it: "Smith, Jones, Taylor"."""
    return text.split(", ")


def frozen(array: NDArray[Any]) -> NDArray[Any]:
    """The same array, which nobody can change any more."""
    array.flags.writeable = False
    return array


def texts(words: Iterable[str | None]) -> Texts:
    """Words as an array that nobody can change."""
    return frozen(np.array(list(words), object))


def ranked(words: Sequence[str], exponent: float, offset: float) -> Names:
    """The weight of rank r, from 1, is as 1 / (r + offset) ** exponent."""
    weights = 1.0 / (np.arange(1, len(words) + 1) + offset) ** exponent
    return Names(texts(words), frozen(weights / weights.sum()))


def mixed(parts: Sequence[Names]) -> Names:
    """All in equal parts."""
    total: dict[str, float] = {}
    for part in parts:
        for word, weight in zip(part.words, part.weights.tolist(), strict=True):
            total[word] = total.get(word, 0.0) + weight / len(parts)
    order = sorted(total, key=lambda word: -total[word])
    return Names(texts(order), frozen(np.array([total[word] for word in order])))


def borne_by_some(shares: dict[str, dict[str, float]]) -> BySex:
    """Names that a share of people bear, by sex; None for the others."""
    made = []
    for sex in ("male", "female"):
        given = shares.get(sex, {})
        made.append(Names(texts([*given, None]), frozen(np.array([*given.values(), 1 - sum(given.values())]))))
    return BySex(*made)


def composed(stems: str, endings: str) -> list[str]:
    """Every stem with every ending, no name twice and none with a letter three times running.

    The endings come in tiers of eight as the table has them, those of the first tier first; within a tier the order
    puts like names far apart, so that a rank says nothing of the stem.
    """
    tier: dict[str, int] = {}
    for (at, ending), stem in product(enumerate(words_of(endings)), words_of(stems)):
        if _fits(stem, ending):
            tier.setdefault(stem + ending, at // 8)
    return sorted(tier, key=lambda name: (tier[name], zlib.crc32(name.encode()), name))


def _fits(stem: str, ending: str) -> bool:
    thrice = stem[-1] == ending[0] and ending[0] in (stem[-2:-1], ending[1:2])
    return not thrice and stem.lower() != ending


def feminine_forms(family: Sequence[str], rules: str) -> Mapping[str, str]:
    """The form that women bear of each family name that a rule fits, by the first that does.

    rules: "ski>ska, a>ova" are endings; "=Singh>Kaur" is a whole name.
    """
    pairs = [(old, new) for old, _, new in (rule.partition(">") for rule in words_of(rules) if rule)]
    made = {name: next((form for old, new in pairs if (form := _changed(name, old, new))), "") for name in family}
    return MappingProxyType({name: form for name, form in made.items() if form})


def _changed(name: str, old: str, new: str) -> str:
    """The name with its ending changed; nothing where it does not end so."""
    if old.startswith("="):
        return new if name == old[1:] else ""
    return name.removesuffix(old) + new if name.endswith(old) else ""
