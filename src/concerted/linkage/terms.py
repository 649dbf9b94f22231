"""Parts of a weight that look at several comparisons at once: what takes back bits that the fields give too freely.

Each is SQL over the columns `level_NAME` and `part_NAME` of a scored pair, and a named part of the sum: nothing is
ever forbidden in silence.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from concerted.linkage.comparisons import BIRTH_DIFFERS, NAMES_DIFFER
from concerted.linkage.levels import Comparison

HOUSEHOLD: Final = "household"
COMMON: Final = "common"
# Each term's title and what it says, in the order in which they are reckoned.
WORDS: Final = {
    HOUSEHOLD: ("Household", "what they share would also fit two people of one household"),
    COMMON: (
        "Shared by thousands",
        "date of birth, sex and what else they share would fit many people, and alone never join anyone",
    ),
}
_CLEAR: Final = 1.0  # bits: how far below every threshold a pair is put that only a generous start would bring there
_NONE: Final = "0::double"  # without the cast DuckDB takes it for a decimal
_NOTHING: Final = 1e-9  # bits: more is no rounding of a sum that comes to nothing


def household(comparisons: Sequence[Comparison]) -> str:
    """What people of one household share speaks for the household when their names and births differ.

    Needs `given_l` and `given_r` where names are compared."""
    shared = [f"greatest(0, part_{c.name})" for c in comparisons if c.household]
    by_name = {c.name: c for c in comparisons}
    if not shared or "name" not in by_name:
        return _NONE
    names = _numbers(by_name["name"], NAMES_DIFFER)
    births = [*_numbers(by_name["birth"], BIRTH_DIFFERS), -1] if "birth" in by_name else []
    born = f"and level_birth in ({_listed(births)})" if births else ""
    differ = f"level_name in ({_listed(names)}) and given_l is not null and given_r is not null {born}"
    return f"case when {differ} then -({' + '.join(shared)}) else {_NONE} end"


def common(comparisons: Sequence[Comparison], least: float) -> str:
    """All that common levels gave, taken back where nothing else speaks for the pair.

    Some 40 children of one sex are born in a city of a million on one day, so that a date of birth, a sex and a town
    are no one's alone. least: the evidence (bits) that a pair needs, under the most generous start there can be, to
    reach a threshold; where a release asks so little that no evidence at all is enough, the pair is put below it.
    Needs `part_household`.
    """
    if not comparisons:
        return _NONE
    given = " + ".join(_given(comparison, common=True) for comparison in comparisons)
    telling = " + ".join(_given(comparison, common=False) for comparison in comparisons)
    beyond = max(0.0, _CLEAR - least)
    return f"case when {telling} + part_{HOUSEHOLD} <= {_NOTHING} then -({given}) - {beyond} else {_NONE} end"


def _given(comparison: Comparison, *, common: bool) -> str:
    """The bits for the pair at this comparison's common levels, or at its others."""
    numbers = _numbers(comparison, {level.words for level in comparison.levels if level.common == common})
    at = f"level_{comparison.name} in ({_listed(numbers)})"
    return f"case when {at} then greatest(0, part_{comparison.name}) else {_NONE} end" if numbers else _NONE


def _numbers(comparison: Comparison, words: Iterable[str]) -> list[int]:
    """Splink counts levels down to 0 for the last."""
    last = len(comparison.levels) - 1
    return [last - at for at, level in enumerate(comparison.levels) if level.words in words]


def _listed(numbers: Iterable[int]) -> str:
    return ", ".join(map(str, numbers))
