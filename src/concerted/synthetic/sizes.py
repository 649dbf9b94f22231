"""How large a region is, and how its agencies are laid out over it."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Size:
    """records: of people, over all agencies. districts: parts that are made one after another, so that memory does not
    grow with the region; each lies in one council's area."""

    name: str
    records: int
    forces: int
    councils: int
    health: int
    charities: int
    districts: int


SIZES: Final = {
    size.name: size
    for size in (
        Size("small", 2_000, forces=2, councils=2, health=1, charities=2, districts=2),
        Size("medium", 50_000, forces=2, councils=4, health=2, charities=3, districts=4),
        Size("large", 1_000_000, forces=4, councils=8, health=4, charities=6, districts=48),
    )
}
