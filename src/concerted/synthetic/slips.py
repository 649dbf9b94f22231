"""What goes wrong at a keyboard: letters left out, doubled, exchanged, hit beside; digits too."""

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.rates import limits, rate

Texts = NDArray[np.object_]
Flags = NDArray[np.bool_]

_KEYS = "qwertyuiopasdfghjklzxcvbnm"
_NEXT = "wa qes wrd etf ryg tuh yij uok ipl ol qsz adwx sfec dgrv fhtb gjyn hkum jli ko xa zcs xvd cbf vng bmh nj"
_BESIDE = dict(zip(_KEYS, _NEXT.split(" "), strict=True))  # the keys beside each on a British keyboard


def slipped(texts: Texts, wrong: Flags, rng: np.random.Generator, *, equal: bool = False) -> Texts:
    """The same texts, with one slip in each that is `wrong` and long enough.

    equal: every text is long enough, and the slip is at a letter, so that short names and those of several words go
    wrong as often as others.
    """
    made = texts.copy()
    for at, kind, place, pick in _draws(wrong, rng):
        if made[at] and (equal or len(made[at]) > 2):
            made[at] = _slip(made[at], kind, _place(made[at], place, equal=equal), pick)
    return made


def _place(text: str, place: float, *, equal: bool) -> int:
    """Where in the text, beyond its first letter where it has more."""
    letters = [at for at, char in enumerate(text) if at and char.isalpha()] if equal else range(1, len(text))
    return letters[int(place * len(letters))] if letters else 0


def _draws(wrong: Flags, rng: np.random.Generator) -> list[tuple[int, float, float, float]]:
    at = np.flatnonzero(wrong)
    return list(zip(at.tolist(), *rng.random((3, len(at))).tolist(), strict=True))


def _slip(text: str, kind: float, at: int, pick: float) -> str:
    letter = text[at]
    if not letter.isalpha():
        return text
    left_out, exchanged, beside_it, _ = limits("kinds_of_slip")
    if kind < left_out:
        return text[:at] + text[at + 1 :]
    if kind < exchanged and at + 1 < len(text) and text[at + 1].isalpha():
        return text[:at] + text[at + 1] + letter + text[at + 2 :]
    if kind < beside_it:
        beside = _BESIDE.get(letter.lower(), "e")
        hit = beside[int(pick * len(beside))]
        return text[:at] + (hit.upper() if letter.isupper() else hit) + text[at + 1 :]
    return text[:at] + letter.lower() + text[at:]


def misdialled(texts: Texts, wrong: Flags, rng: np.random.Generator) -> Texts:
    """The same texts, with one digit wrong in each that is `wrong`; never the first four characters."""
    made = texts.copy()
    for at, kind, place, pick in _draws(wrong, rng):
        if made[at]:
            made[at] = _wrong_digit(made[at], kind, place, pick)
    return made


def _wrong_digit(text: str, kind: float, place: float, pick: float) -> str:
    digits = [at for at, char in enumerate(text) if char.isdigit() and at >= 4] or [
        at for at, char in enumerate(text) if char.isdigit()
    ]
    if not digits:
        return text
    at = digits[int(place * len(digits))]
    if kind < rate("digits_exchanged") and at + 1 < len(text) and text[at + 1].isdigit():
        return text[:at] + text[at + 1] + text[at] + text[at + 2 :]
    return text[:at] + str(int(pick * 10)) + text[at + 1 :]
