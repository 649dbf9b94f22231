"""Small scopes and their page of networks, for tests: a circle that two agencies' records close, children who are
missing together, and names that would be markup."""

from collections.abc import Sequence
from typing import Final

from concerted.common.ids import RecordKey
from concerted.desk.patterns.data import About, PatternsPage
from concerted.desk.patterns.fill import content
from concerted.desk.patterns.pattern import Shown
from concerted.networks.findings import Finding, Mark, Told, changes, findings, standing
from concerted.networks.findings.marks import Word
from tests.networks.findings.worlds import adult, child, crime, missing, report, scope
from tests.networks.worlds import World, drawn, records, row

ABOUT: Final = About("2 March 2026, 9:30am", "Concerted 0", "protecting a child", "out")
HOSTILE: Final = "<script>document.title='taken'</script>\u202e"
CIRCLE: Final = "circle-of-adults-and-children"
GROUP: Final = [
    *(adult("pat"), adult("quin"), child("cleo"), child("dee")),
    row("pat-c", "council-b", family_name="Testcase", date_of_birth="1985-05-05", entity="pat"),
    row("quin-c", "council-b", family_name="Testcase", date_of_birth="1985-05-05", entity="quin"),
]
WHERE: Final = {"address": "1 High Row"}
WORLD: Final = scope(
    GROUP,
    crime("c1", "2025-03-01", "pat", "cleo", phone="+447700900001"),
    report("c2", "2025-06", "quin cleo", source_evaluation="2", information_assessment="B", handling="C"),
    report("r1", "2025-05-01", "pat-c quin-c", "council-b", phone="+447700900001"),
)
"""None of the two agencies has all three sides of the circle."""

HOURS: Final = {"cleo": "23:30", "dee": "15:00", "eve": "15:00"}
TOGETHER: Final = scope(
    [adult("pat"), child("cleo"), child("dee"), child("eve")],
    *(missing(f"m{at}{name}", f"2025-0{at}-10", name) for at in (3, 4, 6) for name in ("cleo", "dee", "eve")),
    *(report(f"r{name}", "2025-05-10", f"pat {name}", from_time=at) for name, at in HOURS.items()),
)


def found(world: World) -> list[Finding]:
    """What the rules find in it."""
    return findings(drawn(world))


def page_of(world: World, before: Sequence[Finding] = (), marks: Sequence[Mark] = ()) -> PatternsPage:
    """The page of a world. before: what was found the last time."""
    return page_with(world, changes(before, found(world)), marks)


def page_with(world: World, told: Sequence[Told], marks: Sequence[Mark] = ()) -> PatternsPage:
    """The page of a world with these findings."""
    shown: list[Shown] = [(one, standing(one.finding, marks)) for one in told]
    return content(ABOUT, records(world), drawn(world), shown)


def refuted(one: Finding, mark: Word = "refuted", facts: Sequence[RecordKey] | None = None) -> Mark:
    """A mark on a finding. facts: that it rested on then; else all that it rests on."""
    known = tuple(fact.key for fact in one.facts) if facts is None else tuple(facts)
    return Mark(one.id, one.rule, mark, "A. Analyst", "2026-03-01", "one incident, told twice", known)


def hostile() -> World:
    """The same circle where names, words and ids are markup."""
    return {
        kind: [{**one, **({"family_name": HOSTILE} if kind == "person" else {"outcome": HOSTILE})} for one in rows]
        for kind, rows in WORLD.items()
    }


def many(count: int) -> World:
    """So many circles, apart from each other: four people and three occasions each."""
    people, told = [], []
    for at in range(count):
        names = [f"{name}{at}" for name in ("pat", "quin", "cleo")]
        people += [adult(names[0]), adult(names[1]), child(names[2])]
        told += [
            crime(f"c{at}", "2025-03-01", names[0], names[2]),
            report(f"d{at}", "2025-06-01", f"{names[1]} {names[2]}"),
            report(f"r{at}", "2025-05-01", f"{names[0]} {names[1]}"),
        ]
    return scope(people, *told)
