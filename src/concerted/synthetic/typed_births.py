"""Dates of birth as they are written down."""

import datetime

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.families import Families
from concerted.synthetic.mentions import File, Mentions
from concerted.synthetic.rates import limits, rate

Texts = NDArray[np.object_]
Floats = NDArray[np.float64]


def births(families: Families, mentions: Mentions, wrong: Floats, rng: np.random.Generator) -> Texts:
    """ISO dates; charities often have a month or a year. wrong: how likely each is a slip or a placeholder."""
    count = len(mentions)
    born = families.born[mentions.person]
    texts = born.astype("datetime64[D]").astype(str).astype(object)
    for at, how, pick in _draws(rng.random(count) < wrong, rng):
        texts[at] = _wrong(texts[at], how, pick)
    for at in np.flatnonzero(rng.random(count) < rate("impossible_birth")).tolist():
        texts[at] = f"{texts[at][:4]}-02-30"
    vague = np.isin(mentions.file, [File.SESSIONS, File.SESSIONS_ELSEWHERE])
    drawn = rng.random(count)
    for share, length in ((rate("birth_only_year"), 4), (rate("birth_only_month"), 7)):
        here = np.flatnonzero(vague & (drawn < share))
        texts[here] = [text[:length] for text in texts[here]]
        drawn -= share
        drawn[drawn < 0] = 1.0
    return texts


def _draws(wrong: NDArray[np.bool_], rng: np.random.Generator) -> list[tuple[int, float, float]]:
    at = np.flatnonzero(wrong)
    return list(zip(at.tolist(), *rng.random((2, len(at))).tolist(), strict=True))


def _wrong(text: str, how: float, pick: float) -> str:
    """Day and month exchanged, 1 January for "not known", or one part wrong."""
    year, month, day = int(text[:4]), int(text[5:7]), int(text[8:])
    swapped, placeholder, other_year, other_month, _ = limits("kinds_of_wrong_birth")
    if how < swapped and day <= 12:
        return f"{year}-{day:02d}-{month:02d}"
    if how < placeholder:
        return f"{year}-01-01"
    if how < other_year:
        year += 1 if pick < 0.5 else -1
    elif how < other_month:
        month = 1 + (month + int(pick * 10)) % 12
    else:
        day = 1 + (day + int(pick * 26)) % 28
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        return text
