"""The group that a name belongs to, by nickname or by spelling (reference table `name_groups`)."""

from functools import cache
from typing import Any, Final

from concerted.reference.loader import load_table

_LEAST_STEM: Final = 4  # letters that must be left before an ending is taken for the form of a wife or daughter


def given_roots(words: tuple[str, ...]) -> tuple[str, ...]:
    """The groups of a first given name, its own first, then in the table's order; itself when it is in none.

    Two words that are known as one name (Abdul Rahman, Mary Ann) have that name's groups first.
    """
    table = _given()
    joined = table.get("".join(words[:2]), ()) if len(words) > 1 else ()
    return tuple(dict.fromkeys((*joined, *(table.get(words[0]) or words[:1]))))


def begins_a_name(word: str) -> bool:
    """Whether a known given name begins with this word and goes on."""
    return word in _beginnings()


def family_root(word: str) -> str:
    """The group of one word of a family name; itself when it is in none."""
    table = _family()
    if word in table:
        return table[word]
    if word.startswith("mc") and len(word) > _LEAST_STEM:
        word = f"mac{word[2:]}"
        return table.get(word, word)
    for ending, root in _endings():
        if word.endswith(ending) and len(word) - len(ending) >= _LEAST_STEM:
            man = word.removesuffix(ending) + root
            return table.get(man, man)
    return word


def is_family_name(word: str) -> bool:
    """Whether the table knows it as a family name."""
    return word in _family()


def _groups(*keys: str) -> list[list[str]]:
    data: Any = load_table("name_groups").data
    return [line.split() for key in keys for line in data[key]]


@cache
def _given() -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for root, *others in _groups("given_and_family", "female", "male", "either"):
        for name in (root, *others):
            found.setdefault(name, []).append(root)
    return {
        name: tuple(sorted(set(roots), key=lambda root: (root != name, roots.index(root))))
        for name, roots in found.items()
    }


@cache
def _beginnings() -> frozenset[str]:
    return frozenset(name[:length] for name in _given() for length in range(2, len(name)))


@cache
def _family() -> dict[str, str]:
    found: dict[str, str] = {}
    for root, *others in _groups("family", "given_and_family"):
        for name in (root, *others):
            found.setdefault(name, root)
    return found


@cache
def _endings() -> tuple[tuple[str, str], ...]:
    """Endings of family names of women -> the ending that men of the family have."""
    return tuple((line.split()[0], line.split()[1]) for line in load_table("name_groups").data["family_endings"])
