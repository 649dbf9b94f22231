"""What a person should know of what linking made of the decisions, and of very large groups."""

from collections.abc import Iterator, Sequence

from concerted.common.ids import RecordKey
from concerted.common.words import counted
from concerted.linkage.coded import Numbers
from concerted.linkage.components import Raised
from concerted.linkage.decisions import Decision, current
from concerted.linkage.partition import Claims
from concerted.linkage.release import Release

Pair = tuple[int, int]


def notes_of(
    keys: list[RecordKey],
    entity: Numbers,
    release: Release,
    decisions: Sequence[Decision],
    same: Sequence[Pair],
    suspended: Sequence[Pair],
    claims: Claims,
    raised: Raised,
) -> tuple[str, ...]:
    """Sentences on these records. entity: of each record the number of its entity. same: the pairs decided the same.
    suspended: those of them that others keep from being followed. claims, raised: as the partition has them."""
    overruled = _overruled(entity, [pair for pair in same if pair not in suspended], claims)
    return (*_notes(keys, decisions, suspended, overruled, release.left_out), *_raised(raised, release.size_limit))


def _overruled(entity: Numbers, same: Sequence[Pair], claims: Claims) -> Iterator[tuple[int, int, str]]:
    """Records that a decision brings together although they hold two values of what a person has one of, and what."""
    decided = {int(entity[one]) for one, _ in same} if claims else set()
    holders: dict[tuple[int, str], dict[str, int]] = {}
    for record in claims if decided else ():
        if entity[record] in decided:
            for kind, value in claims[record].items():
                holders.setdefault((int(entity[record]), kind), {}).setdefault(value, record)
    for (_, kind), of_value in sorted(holders.items()):
        first, *others = of_value.values()
        yield from ((first, other, kind) for other in others)


def _raised(raised: Raised, limit: int) -> Iterator[str]:
    if raised.components:
        groups = counted(raised.components, "group")
        yield (
            f"{groups} of more than {limit:,} linked records ({raised.records:,} in all): inside them links join from "
            f"up to {raised.bits:g} bits"
        )


def _notes(
    keys: list[RecordKey],
    decisions: Sequence[Decision],
    suspended: Sequence[Pair],
    overruled: Iterator[tuple[int, int, str]],
    left_out: Sequence[str],
) -> Iterator[str]:
    if left_out:
        yield f"left out of what is compared, as asked: {', '.join(left_out)}"
    here = set(keys)
    absent = sum(1 for pair in current(decisions) if not here.issuperset(pair))
    if absent:
        many = "1 decision waits: it names" if absent == 1 else f"{absent:,} decisions wait: they name"
        yield f"{many} a record that is not among these"
    why = "with others it would join two that are decided different"
    for left, right in suspended:
        yield f"the decision that {keys[left]} and {keys[right]} are the same waits: {why}"
    for left, right, kind in overruled:
        yield f"{keys[left]} and {keys[right]} are joined by decision although each has another {kind}"
