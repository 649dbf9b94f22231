"""A person decides on a pair of records, or takes a decision back: one row more, and the folder linked anew."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from concerted.common import clock
from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Silent
from concerted.desk import decisions, explain, history
from concerted.desk.anew import changed
from concerted.desk.explain import PairExplained
from concerted.desk.history import By, Shift
from concerted.desk.results import release
from concerted.desk.store import Store
from concerted.desk.summary import Summary
from concerted.desk.who import refuse_nobody
from concerted.linkage import Decision
from concerted.linkage.decisions import UNDONE, WORDS, current


@dataclass(slots=True)
class Decided:
    """What came of it. made: the row that was kept, or the one that says the same already. counts: of a decision that
    was undone, the one that counts on its pair now. shifts: the sets that were joined or parted. contradicts: what
    speaks against what was decided, and what it keeps from being followed. summary: None when nothing was changed."""

    made: Decision
    counts: Decision | None = None
    shifts: list[Shift] = field(default_factory=list)
    contradicts: list[str] = field(default_factory=list)
    summary: Summary | None = None


@dataclass(frozen=True, slots=True)
class Said:
    """What a person says: same, different or unsure of two records, each as `explain` takes it. supersede: put it in
    the place of what was decided of them before."""

    left: str
    right: str
    word: str
    who: str
    why: str
    supersede: bool = False


def decide(folder: Path, said: Said, progress: Silent, words: Sequence[str]) -> Decided:
    """Record it and link the folder anew, whole or not at all. words: the command, for the folder's own record.

    Raises UsedWronglyError when a record is not there, or another decision on the pair counts and is not superseded.
    """
    refuse_nobody(said.who, said.why, "decides it")
    if said.word not in WORDS:
        raise UsedWronglyError(f"{said.word!r} is no decision", mend=f"write one of {', '.join(WORDS)}")
    with Store.open(folder) as store:
        before = _standing(store, _made(store, said))
    if before and before.decision == said.word and not said.supersede:
        return Decided(before, before)
    found: list[tuple[Decision, PairExplained]] = []
    waited: set[int] = set()

    def change(store: Store) -> list[str]:
        made = _made(store, said)
        waited.update(_suspended(store))
        _refuse_decided(_standing(store, made), supersede=said.supersede)
        found.append((made, explain.pair(store, made.left, made.right)))
        decisions.keep(store, [made])
        return []

    summary = changed(folder, change, progress, words, By("decide", said.who), traces=True)
    made, evidence = found[0]
    with Store.open(folder) as store:
        against = [*_against(store, made, evidence), *_waits_now(store, waited)]
        return Decided(made, made, history.last_shifts(store), against, summary)


def undo(folder: Path, number: int, who: str, why: str, progress: Silent, words: Sequence[str]) -> Decided:
    """Take one decision back and link the folder anew: the result is what the others give, later ones too. Raises
    UsedWronglyError for a number that is none, or of a decision that is over already."""
    refuse_nobody(who, why, "decides it")
    found: list[Decision] = []
    waited: set[int] = set()
    minded: list[str] = []

    def change(store: Store) -> list[str]:
        one = _to_undo(store, number)
        waited.update(_suspended(store))
        today, next_one = clock.today().isoformat(), decisions.next_number(store)
        made = Decision(one.left, one.right, UNDONE, who.strip(), today, why.strip(), next_one, undoes=number)
        decisions.keep(store, [made])
        found.append(made)
        minded.extend(_stays_over(one))
        return []

    summary = changed(folder, change, progress, words, By("decide", who), traces=True)
    with Store.open(folder) as store:
        minded += _waits_now(store, waited)
        return Decided(found[0], _standing(store, found[0]), history.last_shifts(store), minded, summary)


def _made(store: Store, said: Said) -> Decision:
    left, right = (explain.named(store, text) for text in (said.left, said.right))
    if left == right:
        raise UsedWronglyError(f"{left} is named twice", mend="name two records")
    made = Decision(left, right, said.word, said.who.strip(), clock.today().isoformat(), said.why.strip())
    before = _standing(store, made) if said.supersede else None
    return Decision(*made.said, decisions.next_number(store), supersedes=before.number if before else 0)


def _standing(store: Store, made: Decision) -> Decision | None:
    """The decision that counts on its pair."""
    return current(decisions.all_of(store)).get(made.pair)


def _refuse_decided(before: Decision | None, *, supersede: bool) -> None:
    if before and not supersede:
        raise UsedWronglyError(
            f"{before.who} decided on {before.when} that {before.left} and {before.right} are {in_words(before)}: "
            f"decision {before.number}",
            why=before.why,
            mend="add --supersede to put yours in its place, or leave it as it is",
        )


def in_words(made: Decision) -> str:
    """What was decided: "the same", "different", "not sure to be the same"."""
    return {"same": "the same", "unsure": "not sure to be the same"}.get(made.decision, made.decision)


def _to_undo(store: Store, number: int) -> Decision:
    found = {one.number: (one, state, by) for one, state, by in decisions.states(store)}
    if number not in found:
        mend = "`concerted decide DIR --list` shows the numbers"
        raise UsedWronglyError(f"there is no decision {number}", mend=mend)
    one, state, by = found[number]
    if state == "undo":
        raise UsedWronglyError(
            f"decision {number} only takes back decision {one.undoes}", mend="decide anew on the pair if it is to count"
        )
    if state == "undone" or (state == "superseded" and found[by][0].supersedes):
        raise UsedWronglyError(f"decision {number} is over already: {state} by {by}", mend="nothing is to be done")
    return one


def _stays_over(undone: Decision) -> Iterator[str]:
    if undone.supersedes:
        over = f"decision {undone.supersedes} was superseded by it in so many words, and stays so"
        yield f"{over}: decide again if it holds"


def _suspended(store: Store) -> set[int]:
    return {one.number for one, state, _ in decisions.states(store) if state == "suspended"}


def _against(store: Store, made: Decision, found: PairExplained) -> Iterator[str]:
    """What the evidence says against a decision."""
    weight, model = found.explanation.weight, release(store)[0]
    if made.decision == "same" and weight < 0:
        yield f"by the evidence alone they are two people ({weight:+.1f} bits)"
    if made.decision == "same" and found.differing:
        yield f"each was in an entity that has another {' and '.join(found.differing)}"
    if made.decision == "different" and weight >= model.join:
        yield f"by the evidence alone they are one person ({weight:+.1f} bits)"
    left, right = (explain.entity_of(store, key) for key in made.pair)
    if made.decision == "unsure" and left.entity == right.entity:
        yield "they are in one entity all the same: only `different` keeps two records apart"


def _waits_now(store: Store, waited: set[int]) -> Iterator[str]:
    """Decisions that others keep from being followed, and did not before."""
    for one, state, _ in decisions.states(store):
        if state == "suspended" and one.number not in waited:
            apart = ", ".join(f"{other.number} ({other.who})" for other in _keeping_apart(store, one))
            yield (
                f"decision {one.number} ({one.who}: {one.left} and {one.right} are the same) waits: "
                f"their sets are kept apart by decision {apart}"
            )


def _keeping_apart(store: Store, one: Decision) -> list[Decision]:
    """The decisions that two records of the sets of these are different."""
    sides = [set(explain.entity_of(store, key).explanation.members) for key in one.pair]
    apart = [other for other in current(decisions.all_of(store)).values() if other.decision == "different"]
    return [
        other
        for other in apart
        if (other.left in sides[0] and other.right in sides[1]) or (other.left in sides[1] and other.right in sides[0])
    ]
