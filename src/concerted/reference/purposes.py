"""What records may be used for: a closed list, by a short key for programs and in words for people."""

from functools import cache

from concerted.reference.loader import load_table


@cache
def purposes() -> dict[str, str]:
    """Words by key, in the list's order (`ACCESS.md` section 6)."""
    return dict(load_table("purposes").data["purposes"])


def in_words(key: str) -> str:
    """The purpose for a person; "not said" for none. KeyError for what is no purpose."""
    return purposes()[key] if key else "not said"
