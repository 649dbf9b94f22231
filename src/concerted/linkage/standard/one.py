"""One record standardised by itself, by the same rules as a file of them: a question has to be answered in a moment."""

from collections.abc import Iterable, Mapping
from typing import Final

from concerted.linkage.standard.addresses import Address, address
from concerted.linkage.standard.births import Birth, birth, only_year, with_year
from concerted.linkage.standard.names import NameField, Words, split_full, telling, typed
from concerted.linkage.standard.people import alias_words_of
from concerted.linkage.standard.roots import begins_a_name, family_root, given_roots
from concerted.linkage.standard.sets import compact, district, districts_of, members
from concerted.values.text import fold

Value = str | int | tuple[str, ...]
Texts = tuple[str, ...]
Fields = Mapping[str, str]

_FOLDED: Final = {
    "place": "place_of_birth",
    "town": "town",
    "country": "country",
    "occupation": "occupation",
    "organisation": "organisation",
}
_AS_WRITTEN: Final = ("source", "sex", "nhs_number", "upn", "pnc_id", "local_id")
_SETS: Final = {"phones": "phone", "emails": "email", "handles": "handle"}


def standardised(record: Fields, others: Mapping[str, str] | None = None) -> dict[str, Value]:
    """The columns of `standardise` that are compared or make keys, of one record of the standard fields: those alone
    that have a value. others: column of the profile's own naming, as it is compared -> as the record has it."""
    made: dict[str, Value | None] = {**_names(record), **_birth(record), **_home(record)}
    made |= {name: fold(record.get(field, "")) for name, field in (*_FOLDED.items(), *(others or {}).items())}
    made |= {name: record.get(name) for name in _AS_WRITTEN}
    made |= {name: members(record.get(field, "")) for name, field in _SETS.items()}
    return {name: value for name, value in made.items() if value}


def _names(record: Fields) -> dict[str, Value | None]:
    given, family, full = (_typed(record, f"{name}_name", name) for name in ("given", "family", "full"))
    middle = _told(_typed(record, "middle_names", "given"))
    if full and not given and not family:
        given, last = split_full(full)
        family = last or None
    first, last_names = _told(given), _told(family)
    called = alias_words_of(record["aliases"]) if record.get("aliases") else None
    words = {*_without_initials((*first, *middle, *last_names, *_told(full))), *_without_initials(called or ())}
    roots = _roots(first, middle)
    parts = tuple(map(family_root, last_names))
    return {
        "given": first[0] if first else None,
        "middle": " ".join(dict.fromkeys((*first[1:], *middle))),
        "given_root": roots[0] if roots else None,
        "given_roots": roots,
        "family": " ".join(word.text for word in family or ()),
        "family_root": " ".join(parts),
        "family_parts": tuple(sorted(set(parts))),
        "words": tuple(sorted(words)),
    }


def _typed(record: Fields, field: str, kind: str) -> Words | None:
    kinds: dict[str, NameField] = {"given": "given", "family": "family", "full": "full"}
    return typed(record[field], kinds[kind]) if record.get(field) else None


def _told(words: Words | None) -> Texts:
    return (telling(words) or ()) if words else ()


def _without_initials(words: Iterable[str]) -> set[str]:
    """These words, initials only where there is nothing else."""
    every = set(words)
    return {word for word in every if len(word) > 1} or every


def _roots(first: Texts, middle: Texts) -> Texts:
    """The groups of the given name; of a name of two words also where the second was written with the middle names."""
    if len(first) == 1 and middle and begins_a_name(first[0]):
        return given_roots((first[0], middle[0]))
    return given_roots(first) if first else ()


def _birth(record: Fields) -> dict[str, Value | None]:
    dated, year = ((birth(record[name]) if record.get(name) else None) for name in ("date_of_birth", "year_of_birth"))
    stands_in = only_year(year) if year else None
    both: Birth | None = with_year(dated, stands_in) if dated else stands_in
    return {"dob": both.day, "year": both.year} if both else {}


def _home(record: Fields) -> dict[str, Value | None]:
    found = address(record["address"]) if record.get("address") else Address(None, None, None)
    written = compact(record.get("postcode", "")) or ""
    first = written.partition(";")[0]
    return {
        "address": found.text,
        "street": found.street,
        "address_words": tuple(sorted(set((found.text or "").split()))),
        "postcode": first,
        "district": district(first),
        "postcodes": tuple(sorted(filter(None, written.split(";")))),
        "districts": districts_of(written) if written else None,
    }
