"""Every rule, in the order in which its findings are printed."""

from collections.abc import Callable, Iterable, Iterator
from typing import Final

from tools.house_rules import code, identifiers, outside, places
from tools.house_rules.tree import Finding, KeptFile

FILE_RULES: Final[tuple[Callable[[KeptFile], Iterator[Finding]], ...]] = (
    code.asks_the_time,
    code.naive_timestamp,
    code.prints_in_engine,
    code.imports_network,
    places.machine_path,
    places.registry_host,
    identifiers.nhs_number,
    identifiers.telephone,
    identifiers.email,
    identifiers.postcode,
    identifiers.registration,
)
TREE_RULES: Final[tuple[Callable[[Iterable[KeptFile]], Iterator[Finding]], ...]] = (outside.licence_named,)


def check(files: Iterable[KeptFile]) -> Iterator[Finding]:
    """All that breaks a rule, file by file, then what only shows over the whole tree."""
    kept = list(files)
    for file in kept:
        for rule in FILE_RULES:
            yield from rule(file)
    for whole in TREE_RULES:
        yield from whole(kept)
