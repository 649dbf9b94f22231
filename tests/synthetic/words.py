"""What the tests of the invented region's words share."""

import re
from collections import Counter
from collections.abc import Iterable

from concerted.synthetic.lexicon import Lexicon

NAME = re.compile(r"[^\W\d_]+(?:['’\- ][^\W\d_]+)*")


def repeated(words: Iterable[str]) -> list[str]:
    """The words that stand more than once."""
    return [word for word, count in Counter(words).items() if count > 1]


def given_names(lexicon: Lexicon) -> set[str]:
    """Every given name of every origin."""
    both = [names for origin in lexicon.origins for names in (origin.given.male, origin.given.female)]
    return {name for names in both for name in names.words}


def family_names(lexicon: Lexicon) -> set[str]:
    """Every family name of every origin, in the forms of men and of women."""
    return {name for origin in lexicon.origins for name in [*origin.family.words, *origin.feminine.values()]}
