"""The findings of a scope: every rule over its graph, in the order in which they are to be checked."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import chain
from typing import Final

from concerted.networks.beside import beside
from concerted.networks.findings.across import across_forces
from concerted.networks.findings.circles import all_ties, circles
from concerted.networks.findings.companions import companions
from concerted.networks.findings.draft import Draft, World, world
from concerted.networks.findings.finding import Finding
from concerted.networks.findings.groups import missing_together, shared_things
from concerted.networks.findings.own_cases import closed_cases, victims_as_suspects
from concerted.networks.findings.own_orders import contradicted, past_their_age
from concerted.networks.findings.own_people import after_a_move, known_to_others, one_nickname
from concerted.networks.findings.rules import urgencies
from concerted.networks.findings.ties import Ties
from concerted.networks.findings.writing import Writer
from concerted.networks.graph import Graph

Evaluator = Callable[[World, Ties], Iterator[Draft]]
NETWORK: Final[tuple[Evaluator, ...]] = (circles, across_forces, missing_together, companions, shared_things)
OWN: Final[tuple[Evaluator, ...]] = (
    *(contradicted, past_their_age, victims_as_suspects, closed_cases, after_a_move, one_nickname, known_to_others),
)
ORDER: Final = (
    "First what a record says an order forbids, then where a child is missing now, then where a date is near or past; "
    "among these by how many agencies' records a pattern joins. Never by child, and by no figure of a person."
)


def findings(graph: Graph) -> list[Finding]:
    """What the rules find in these records as of the graph's day, first to check first."""
    whole = world(graph)
    with beside(graph.links.num_rows) as pool:
        by_one_agency = pool.submit(_of_one_agency, whole)
        ties = all_ties(whole)
        drafts, own = _drafts(whole, ties, NETWORK), _drafts(whole, ties, OWN)
        alone = _alone(by_one_agency.result(), drafts)
    writer = Writer(whole, [*drafts, *own])
    told = [writer.written(draft, alone=by_one) for draft, by_one in zip(drafts, alone, strict=True)]
    told += [_own(writer, draft) for draft in own]
    return list(_each_its_own(in_order(told)))


def in_order(told: Iterable[Finding]) -> list[Finding]:
    """By urgency of the check, by how many agencies' records are joined, and by the facts, the earliest first."""
    urgency = list(urgencies())
    return sorted(
        told, key=lambda one: (urgency.index(one.urgency), -len(one.agencies), one.facts[0].date, one.id, one.people)
    )


def _each_its_own(told: Iterable[Finding]) -> Iterator[Finding]:
    """Findings of which no two have one id: brothers may be missing by the same records, each in a finding."""
    met: Counter[str] = Counter()
    for one in told:
        met[one.id] += 1
        yield replace(one, id=f"{one.id}-{met[one.id]}") if met[one.id] > 1 else one


def _own(writer: Writer, draft: Draft) -> Finding:
    """What is told to one agency; of its own records alone where no other's are among the facts."""
    made = writer.written(draft, alone=False)
    return replace(made, one_agency_alone=len(made.agencies) == 1)


def _drafts(of: World, ties: Ties, evaluators: Iterable[Evaluator]) -> list[Draft]:
    return [draft for evaluator in evaluators for draft in evaluator(of, ties)]


def _alone(made: Sequence[Draft], drafts: Sequence[Draft]) -> list[bool]:
    """Of each draft of all records whether those of one agency alone would have made it, if it knew who is who and who
    is whose family: the same rule, of people two of whom are the same, by half or more of the occasions of either. Of
    the same people an agency may see another pattern elsewhere. made: what each agency's occasions alone give."""
    of_person: dict[tuple[str, tuple[int, str]], list[int]] = defaultdict(list)
    for number, draft in enumerate(made):
        for one in draft.people:
            of_person[draft.rule, one].append(number)
    near = (_twice(of_person.get((draft.rule, one), ()) for one in draft.people) for draft in drafts)
    return [any(_alike(made[one], draft) for one in those) for draft, those in zip(drafts, near, strict=True)]


def _of_one_agency(whole: World) -> list[Draft]:
    return [draft for own in whole.each_alone() for draft in _drafts(own, all_ties(own), NETWORK)]


def _twice(numbers: Iterable[Sequence[int]]) -> list[int]:
    """The numbers that stand in two of these or more."""
    return [number for number, times in Counter(chain.from_iterable(numbers)).items() if times > 1]


def _alike(one: Draft, other: Draft) -> bool:
    return 2 * len(one.events & other.events) >= min(len(one.events), len(other.events))
