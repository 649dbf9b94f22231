"""What a role may read, write and do, in words."""

from typing import Final, NamedTuple

from concerted.reference.roles import Extent, content_words, roles

HOW_FAR: Final[dict[Extent, str]] = {
    "all": "of everybody in the records that your organisation may see",
    "part": "in part",
    "assigned": "of those who are assigned to you",
    "own": "your own",
    "count": "as numbers alone",
}


class Rights(NamedTuple):
    """reads: what, and how far. writes, acts: in words."""

    reads: list[tuple[str, str]]
    writes: list[str]
    acts: list[str]


def rights(role: str) -> Rights:
    """Of a role; of none nothing. A child's record beyond name, date of birth and allocated worker takes an assignment
    in every role."""
    found = roles().get(role)
    if found is None:
        return Rights([], [], [])
    words = content_words()
    reads = [(words[what], HOW_FAR[far]) for what, far in found.reads.items()]
    acts = sorted(act.replace("_", " ") for act in found.acts)
    return Rights(reads, [words[what] for what in words if what in found.writes], acts)
