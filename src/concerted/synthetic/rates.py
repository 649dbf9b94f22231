"""The rates and proportions of the invented region, from one documented file."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml

from concerted.synthetic.columns import Texts, texts_of


@dataclass(frozen=True, slots=True)
class Rate:
    """One figure. value: a number, a list, or names with numbers. source: where it is from, or "assumed" and why."""

    value: Any
    source: str


@cache
def all_rates() -> dict[str, Rate]:
    """Every figure by its name, in the order of the file."""
    text = (files("concerted.synthetic") / "tables" / "rates.yaml").read_text(encoding="utf-8")
    return {
        name: Rate(entry["value"], entry["source"])
        for group in yaml.safe_load(text)["rates"].values()
        for name, entry in group.items()
    }


def rate(name: str) -> float:
    """A single figure."""
    return float(all_rates()[name].value)


def shares(name: str) -> tuple[list[str], list[float]]:
    """Names and their shares, which sum to 1."""
    given: dict[str, float] = all_rates()[name].value
    total = sum(given.values())
    return list(given), [share / total for share in given.values()]


def drawn(name: str, count: int, rng: np.random.Generator) -> Texts:
    """So many of the names, each as often as its share says; `nothing` stands for None."""
    kinds, weights = shares(name)
    codes = texts_of(None if kind == "nothing" else kind for kind in kinds)
    return rng.choice(codes, count, p=None if len(set(weights)) == 1 else weights)


def drawn_of(weights: dict[str, float], rng: np.random.Generator) -> str:
    """One of the names, each as often as its weight says."""
    limits = np.cumsum(list(weights.values()))
    return list(weights)[int(np.searchsorted(limits, rng.random() * limits[-1], side="right"))]


@cache
def limits(name: str) -> tuple[float, ...]:
    """The shares added up, for a number from 0 to 1 that says which of them it is."""
    return tuple(round(float(limit), 9) for limit in np.cumsum(shares(name)[1]))


def between(name: str) -> tuple[float, float]:
    """The lower and the upper end of a range."""
    low, high = all_rates()[name].value
    return float(low), float(high)
