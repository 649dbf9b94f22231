"""Figures in words, alike on every page and in every message."""

from collections.abc import Sequence


def counted(count: int, one: str, several: str = "") -> str:
    """A count with its noun: "1 row", "2,000 rows"."""
    return f"{count:,} {one if count == 1 else several or one + 's'}"


def listed(words: Sequence[str]) -> str:
    """As in a sentence: "a", "a and b", "a, b and c"."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else words[0]


def in_every(share: float) -> str:
    """A probability as things counted: "about 98 in 100", "fewer than 1 in 10,000"; never all or none."""
    for scale in (100, 1_000, 10_000):
        count = round(share * scale)
        if 0 < count < scale:
            return f"about {count:,} in {scale:,}"
    return "more than 9,999 in 10,000" if share > 0.5 else "fewer than 1 in 10,000"
