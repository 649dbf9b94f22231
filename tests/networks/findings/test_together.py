"""Who is missing together is what comparing every two episodes one by one would say."""

from collections import Counter, defaultdict
from datetime import date, timedelta
from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.networks.findings.missing import together
from concerted.networks.findings.occasions import occasions
from concerted.networks.graph import Graph
from tests.networks.findings.worlds import child, missing, scope
from tests.networks.worlds import drawn

_NAMES = ("cleo", "dee", "eve", "fay")
_FIRST = date(2025, 3, 1)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(st.sampled_from(_NAMES), st.integers(0, 12)), max_size=14))
def test_pairs_of_episodes(told: list[tuple[str, int]]) -> None:
    days = [str(_FIRST + timedelta(after)) for _, after in told]
    rows = [missing(f"m{at}", day, name) for at, ((name, _), day) in enumerate(zip(told, days, strict=True))]
    of = drawn(scope([child(name) for name in _NAMES], *rows))
    parts = occasions(of)
    left, right, _ = together(of, parts)
    found = Counter(
        frozenset({(name(of, parts.who[row]), int(parts.day[row])) for row in rows})
        for rows in zip(left.tolist(), right.tolist(), strict=True)
    )
    first = (_FIRST - date(1970, 1, 1)).days
    assert found == slowly([(name, first + after) for name, after in told])


def name(of: Graph, node: int) -> str:
    return of.key(int(node)).record_id


def slowly(told: list[tuple[str, int]]) -> Counter[frozenset[tuple[str, int]]]:
    """By going through all of them: an episode that begins within a day of one before it is the same one."""
    days: dict[str, list[int]] = defaultdict(list)
    last: dict[str, int] = {}
    for who, day in sorted(told):
        if who not in last or day - last[who] > 1:
            days[who].append(day)
        last[who] = day
    found: Counter[frozenset[tuple[str, int]]] = Counter()
    for one, other in combinations(sorted(days), 2):
        near = [(this, that) for this in days[one] for that in days[other] if abs(this - that) <= 1]
        if len(near) > 1 and 2 * len(near) >= min(len(days[one]), len(days[other])):
            found.update(frozenset({(one, this), (other, that)}) for this, that in near)
    return found
