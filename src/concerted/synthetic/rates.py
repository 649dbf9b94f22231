"""The rates and proportions of the invented region, from one documented file."""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


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


def between(name: str) -> tuple[float, float]:
    """The lower and the upper end of a range."""
    low, high = all_rates()[name].value
    return float(low), float(high)
