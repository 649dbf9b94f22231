"""What makes two mentions the same thing, or nearly: one exact key or more a kind, and the near keys with their second
fact."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from concerted.values.text import fold, one_slip

if TYPE_CHECKING:
    from concerted.linkage.things import Mention, ThingKind

# Endings of streets as people shorten them; after `fold`, so without marks.
_WORDS: Final = {
    "rd": "road", "st": "street", "ave": "avenue", "av": "avenue", "cl": "close", "ct": "court", "dr": "drive",
    "ln": "lane", "cres": "crescent", "gdns": "gardens", "gdn": "gardens", "pl": "place", "sq": "square",
    "terr": "terrace", "ter": "terrace", "gr": "grove", "apartment": "flat", "apt": "flat", "fl": "flat",
    "bldg": "building",
}  # fmt: skip
# What stands where an address should, and names no place.
_NO_PLACE: Final = frozenset(
    {
        *("no fixed abode", "nfa", "no fixed address", "of no fixed abode", "unknown", "not known", "homeless"),
        *("various", "none"),
    }
)
_LOOK_ALIKE: Final = str.maketrans("OQIZSBG", "0012586")
_NUMBER: Final = re.compile(r"[0-9]+[a-z]?")


def exact_keys(mention: Mention) -> Iterator[object]:
    """The keys of a mention; a place that is named and has an address has two. None for what names no one thing."""
    if mention.kind == "location":
        yield from _place_keys(mention)
    elif mention.kind == "account":
        yield (fold(mention.about or ""), mention.value.casefold())
    else:
        yield mention.value


def _place_keys(mention: Mention) -> Iterator[object]:
    words = address_words(mention.address)
    local = _local(mention)
    if words and local:
        yield ("address", words, local)
    name = fold(mention.name or "").removeprefix("the ")
    if name and name not in _NO_PLACE and mention.town:
        yield ("name", name, fold(mention.town))


def _local(mention: Mention) -> str:
    return (mention.postcode or "").replace(" ", "") or fold(mention.town or "")


def address_words(address: str | None) -> tuple[str, ...]:
    """The words of a line of an address, spelled out; none for a text that names no place."""
    plain = fold(address or "")
    if not plain or plain in _NO_PLACE or not any(char.isdigit() for char in plain):
        return ()
    return tuple(_WORDS.get(word, word) for word in plain.split())


@dataclass(frozen=True, slots=True)
class NearKey:
    """block: what two mentions must share to be looked at. reason: why the one is of the other, with both facts; None
    if it is not."""

    kind: ThingKind
    block: Callable[[Mention], object | None]
    reason: Callable[[Mention, Mention], str | None]


def _same_person(mention: Mention) -> object | None:
    return mention.person


def _number_out(left: Mention, right: Mention) -> str | None:
    if left.value != right.value and one_slip(left.value, right.value):
        return f"one digit from {right.value}, and both are of the same person"
    return None


def _mark(mention: Mention) -> object | None:
    return mention.value.translate(_LOOK_ALIKE)


def _mark_alike(left: Mention, right: Mention) -> str | None:
    if left.value == right.value:
        return None
    alike = f"letters and digits that look alike in {right.value}"
    if left.person and left.person == right.person:
        return f"{alike}, and both are of the same person"
    if left.about and fold(left.about) == fold(right.about or ""):
        return f"{alike}, and make, model and colour are the same"
    return None


def _house(mention: Mention) -> object | None:
    """Postcode and every number of the address: the flat's and the house's."""
    words = address_words(mention.address)
    numbers = tuple(sorted(word for word in words if _NUMBER.fullmatch(word)))
    return (_local(mention), numbers) if mention.postcode and numbers else None


def _street_alike(left: Mention, right: Mention) -> str | None:
    one, other = (address_words(mention.address) for mention in (left, right))
    if one == other or len(one) < 2 or len(other) < 2:
        return None
    if sorted(one) == sorted(other):
        return "the same words of an address in another order, and the same postcode"
    if one_slip(" ".join(one), " ".join(other)):
        return "an address one letter out, and the same postcode and number"
    return None


def _street_and_town(mention: Mention) -> object | None:
    words = address_words(mention.address)
    return (words, fold(mention.town)) if words and mention.town and mention.postcode else None


def _postcode_out(left: Mention, right: Mention) -> str | None:
    one, other = (_local(mention) for mention in (left, right))
    if one != other and one_slip(one, other):
        return "a postcode one character out, and the same address and town"
    return None


def _account(mention: Mention) -> object | None:
    return re.sub(r"[._-]", "", mention.value.casefold()) if mention.person else None


def _account_alike(left: Mention, right: Mention) -> str | None:
    if left.value != right.value and left.person == right.person:
        return f"the same account but for dots and lines as {right.value}, and both are of the same person"
    return None


NEAR_KEYS: Final = (
    NearKey("telephone", _same_person, _number_out),
    NearKey("vehicle", _mark, _mark_alike),
    NearKey("location", _house, _street_alike),
    NearKey("location", _street_and_town, _postcode_out),
    NearKey("account", _account, _account_alike),
)
