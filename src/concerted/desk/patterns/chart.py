"""Link charts: the people and things of one pattern, or of all that share somebody, with their links."""

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from concerted.desk.patterns.data import PEOPLE, Drawn, Item, Link, LinkChart, Pattern, Placed
from concerted.desk.patterns.layout import WIDTH, Places, places
from concerted.networks.findings.draft import CHILD

MOST: Final = 300  # items of one chart
NAMED: Final = 24  # items up to which names stand in a chart; in a fuller one they would hide the links
_CLOSE: Final = 12  # items that fit a narrow page
_APART: Final = {True: (132.0, 62.0), False: (52.0, 44.0)}
_SIDE: Final = 9.0  # pixels between two lines of the same two, so that a dashed one is told from a thick one
_AREA: Final = {True: 14_000, False: 6_500}  # square pixels an item


def link_chart(items: Sequence[Item], links: Sequence[Link], concern: Collection[str] = ()) -> LinkChart | None:
    """The chart of these; None where nothing is linked. concern: the marks of those who are of concern.

    Of more than MOST items the first stay, with the links between them.
    """
    if not links:
        return None
    kept = {item.mark: at for at, item in enumerate(items[:MOST])}
    lines = [link for link in links if link.left.mark in kept and link.right.mark in kept]
    named = len(kept) <= NAMED
    height = round(max(180.0, math.ceil(len(kept) * _AREA[named] / WIDTH)))
    ends = [(kept[one.left.mark], kept[one.right.mark]) for one in lines]
    at = places(len(kept), ends, height, _APART[named])
    drawn = [(round(x / WIDTH * 100, 2), round(y, 1)) for x, y in at.tolist()]
    beside = _beside(ends, at)
    return LinkChart(
        items=tuple(Placed(item, *drawn[kept[item.mark]], item.mark in concern) for item in items[:MOST]),
        links=tuple(
            Drawn(one, *drawn[left], *drawn[right], moved)
            for one, (left, right), moved in zip(lines, ends, beside, strict=True)
        ),
        height=height,
        least=0 if len(kept) <= _CLOSE else int(WIDTH * 0.8),
        named=named,
        left_out=max(0, len(items) - MOST),
    )


def _beside(ends: Sequence[tuple[int, int]], at: Places) -> list[tuple[float, float]]:
    """How far each line is moved across and down: lines of the same two stand side by side, the middle one straight.

    Sideways as the chart is drawn at its full width; on a narrower page the lines are steeper, and still apart.
    """
    times = Counter(frozenset(pair) for pair in ends)
    so_far: Counter[frozenset[int]] = Counter()
    moved = []
    for pair in ends:
        (x1, y1), (x2, y2) = at[min(pair)].tolist(), at[max(pair)].tolist()
        far = math.hypot(x2 - x1, y2 - y1) or 1.0
        step = _SIDE * (so_far[frozenset(pair)] - (times[frozenset(pair)] - 1) / 2)
        moved.append((round((y1 - y2) / far * step, 1) + 0.0, round((x2 - x1) / far * step, 1) + 0.0))
        so_far[frozenset(pair)] += 1
    return moved


def together(patterns: Sequence[Pattern]) -> LinkChart | None:
    """Patterns that have a person or a thing in common with another, in one chart; None where none has."""
    items: dict[str, Item] = {}
    links: dict[tuple[str, str, str], Link] = {}
    concern: set[str] = set()
    for one in _sharing(patterns):
        items |= {item.mark: item for item in of_pattern(one)}
        concern |= of_concern(one.people)
        for link in one.links:
            key = (link.left.mark, link.right.mark, link.tie)
            said = tuple(f"{record} of pattern {one.number}" for record in link.records)
            before = links[key].records if key in links else ()
            links[key] = Link(link.left, link.right, link.tie, (*before, *said), link.says)
    people_first = sorted(items.values(), key=lambda item: item.kind not in PEOPLE)
    return link_chart(people_first, list(links.values()), concern)


def of_pattern(one: Pattern) -> list[Item]:
    """Its people, then its things."""
    return [*(item for item, _ in one.people), *one.things]


def of_concern(people: Sequence[tuple[Item, tuple[str, ...]]]) -> set[str]:
    """The marks of those whose role is not that of a child alone."""
    return {item.mark for item, roles in people if set(roles) != {CHILD}}


def _sharing(patterns: Sequence[Pattern]) -> Iterable[Pattern]:
    marks = [{item.mark for item in of_pattern(one)} for one in patterns]
    return [
        one for at, one in enumerate(patterns) if any(marks[at] & other for to, other in enumerate(marks) if to != at)
    ]
