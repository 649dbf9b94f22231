"""Names in whatever script they were written: their words in plain letters to compare, and in their own script beside.

Letters alone are a poor bridge: written out, Arabic loses its vowels. So a word that the reference table
`name_scripts` knows becomes the name as it is usually written in English, and any other is written out by its letters.
"""

import re
import unicodedata
from functools import cache
from typing import Final

from anyascii import anyascii

from concerted.reference.loader import load_table
from concerted.values.text import tidy

_APOSTROPHES = re.compile("['’‘ʼʻ`´′＇]")
# Marks over and under Arabic and Hebrew letters are written by some and left out by most; elsewhere they are vowels.
_MARKED_AT_WILL: Final = ("ARABIC", "HEBREW")
# What readers take for one letter: alef with and without its hamza, and the Persian, Urdu and Arabic forms.
_ONE_LETTER: Final = str.maketrans(
    {"أ": "ا", "إ": "ا", "آ": "ا", "ٱ": "ا", "ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك"}
    | {"ة": "ه", "ۀ": "ه", "ە": "ه", "ھ": "ه", "ہ": "ه"}
)


def native_words(text: str) -> tuple[str, ...]:
    """The words of a name that are not in Latin letters, in their own script (Unicode NFKC, casefolded), in order."""
    return () if text.isascii() else tuple(word for word in _split(text) if not _is_latin(word))


def plain(text: str) -> str:
    """The name in plain letters, without apostrophes: O'Neill and Ольга are one word each."""
    if text.isascii():
        return text.replace("'", "").replace("`", "")
    known = _known_words()
    words = (known.get(own(word)) or word for word in tidy(_APOSTROPHES.sub("", text)).split())
    return " ".join(_APOSTROPHES.sub("", anyascii(word)) for word in words)


def own(word: str) -> str:
    """A word in its own script as it is compared."""
    composed = unicodedata.normalize("NFKC", word).casefold()
    if composed.isascii():
        return composed
    return unicodedata.normalize("NFC", "".join(filter(_counts, composed))).translate(_ONE_LETTER)


@cache
def _known_words() -> dict[str, str]:
    """A word in its own script -> how it is usually written in English."""
    lines = (line.split() for line in load_table("name_scripts").data["names"])
    return {own(word): latin for latin, *words in lines for word in words}


def _split(text: str) -> list[str]:
    return "".join(char if unicodedata.category(char)[0] in "LMN" else " " for char in own(tidy(text))).split()


def _counts(char: str) -> bool:
    return unicodedata.category(char) != "Mn" or not unicodedata.name(char, "").startswith(_MARKED_AT_WILL)


@cache
def _is_latin_letter(char: str) -> bool:
    return unicodedata.name(char, "").startswith("LATIN")


def _is_latin(word: str) -> bool:
    return all(_is_latin_letter(char) or not char.isalpha() for char in word)
