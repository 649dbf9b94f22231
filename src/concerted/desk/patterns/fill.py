"""The page's content: the first findings of each rule in their order, with all that the graph holds of them."""

import shlex
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from concerted import __version__
from concerted.common import clock
from concerted.desk import fill_report, purpose
from concerted.desk.graph import records as records_of
from concerted.desk.patterns import alone, missing
from concerted.desk.patterns.chart import together
from concerted.desk.patterns.data import About, PatternsPage, RuleTold
from concerted.desk.patterns.items import Items
from concerted.desk.patterns.pattern import Shown, patterns_of
from concerted.desk.report import words
from concerted.desk.store import Store
from concerted.networks import Graph, Records
from concerted.networks.co_missing import co_missing
from concerted.networks.findings import Finding, rules
from concerted.networks.words import made_from

MOST: Final = 60  # patterns that stand whole on the page
OF_ONE_RULE: Final = 20  # of these, so that one rule does not crowd out the others


def fill(store: Store, graph: Graph, found: Sequence[Shown]) -> PatternsPage:
    """The page's content. found: every finding, first to check first, with those that are gone."""
    about = About(
        made_at=words.moment(clock.now()),
        made_by=f"Concerted {__version__}",
        purpose=purpose.of(store),
        folder=shlex.quote(fill_report.folder_of(store)),
    )
    return content(about, records_of(store), graph, found)


def content(about: About, records: Records, graph: Graph, found: Sequence[Shown]) -> PatternsPage:
    """The same of any records, with their graph. Of what is told to one agency alone only the number is."""
    mine = [one for one in found if not one[0].finding.to]
    stand = [one for one in mine if not _past(one)]
    picked = pick([one.finding for one, _ in stand])
    whole = [*(stand[at] for at in picked), *(one for at, one in enumerate(stand) if at not in set(picked))]
    told, items = co_missing(graph), Items(graph)
    patterns = tuple(patterns_of(graph, items, whole[: len(picked)], told))
    why = alone.why_not(records)
    each = [one.finding for one, _ in whole]
    return PatternsPage(
        about=about,
        as_of=words.day(graph.as_of),
        searched=tuple(made_from(graph)),
        count=len(stand),
        patterns=patterns,
        rules=tuple(_rules(each, picked)),
        again=any(one.state != "new" for one, _ in mine),
        past=[one for one in mine if _past(one)],
        apart=tuple(
            sorted(Counter(one[0].finding.to for one in found if one[0].finding.to and not _past(one)).items())
        ),
        together=together(patterns),
        missing=missing.latest(items, told),
        alone=None if why else alone.agencies_alone(records, graph.as_of, each, len(picked)),
        why_not=why,
    )


def pick(found: Sequence[Finding]) -> list[int]:
    """Which stand whole on the page: the first of each rule, MOST in all, in their order."""
    so_far: Counter[str] = Counter()
    kept = []
    for at, one in enumerate(found):
        so_far[one.rule] += 1
        if so_far[one.rule] <= OF_ONE_RULE:
            kept.append(at)
    return kept[:MOST]


def _past(one: Shown) -> bool:
    return one[0].state == "gone" or one[1].hidden


def _rules(found: Sequence[Finding], picked: Sequence[int]) -> Iterator[RuleTold]:
    """Every rule, with how many it found; of `found` the first stand on the page."""
    count, shown = Counter(one.rule for one in found), Counter(one.rule for one in found[: len(picked)])
    for name, rule in rules().items():
        yield RuleTold(rule, count[name], shown[name])
