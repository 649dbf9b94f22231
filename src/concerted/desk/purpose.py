"""What a folder may be used for: a closed list, asked once and kept with the folder."""

from typing import Final

from concerted.common.errors import UsedWronglyError
from concerted.desk.store import Store
from concerted.reference import purposes as closed_list

INVENTED: Final = "practising on invented data"
_KEY: Final = "purpose"


def purposes() -> tuple[str, ...]:
    """The closed list (`ACCESS.md` section 6)."""
    return tuple(closed_list.purposes().values())


def read(text: str) -> str:
    """A purpose by its number from 1 on, or by its words. Raises UsedWronglyError for any other."""
    known = purposes()
    plain = text.strip().lower()
    if plain.isdecimal() and 1 <= int(plain) <= len(known):
        return known[int(plain) - 1]
    if plain in known:
        return plain
    listed = "; ".join(f"{number} {words}" for number, words in enumerate(known, 1))
    raise UsedWronglyError(f"{text!r} is no purpose that this may be used for", mend=f"write one of: {listed}")


def keep(store: Store, purpose: str | None) -> None:
    """Keep it with the folder."""
    store.put(_KEY, purpose or "")


def of(store: Store) -> str:
    """What was said; empty when nobody said it."""
    return store.get(_KEY)
