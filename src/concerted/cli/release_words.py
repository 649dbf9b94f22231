"""What `concerted release` says to people."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from concerted.desk.release_change import Changed

SHOWN = 10  # sets of records that are told of each kind; --json has all
NAMED = 4  # sets of one that are named
_KINDS = {
    ("join", True): "Would be joined, by a link that weighs enough under it and not under the one in force",
    ("join", False): "Would be joined, since it judges the sets otherwise",
    ("split", True): "Would come apart, at a link that weighs enough under the one in force and not under it",
    ("split", False): "Would come apart, since it judges the sets otherwise",
}


def found_lines(found: dict[str, Any], folder: Path) -> Iterator[str]:
    """What a release that was tried would do."""
    tried, in_force = found["tried"], found["in_force"]
    yield f"Tried: {_release(tried)}: {tried['why']}."
    if found["same_release"]:
        yield "It is the release in force: nothing would change."
        return
    yield f"In force: {_release(in_force)}."
    yield from (f"  {one[:1].upper()}{one[1:]}." for one in found["differs"])
    yield "Nothing is changed yet. If it is adopted:"
    yield from (f"  {line}" for line in _would(found))
    yield from _errors(found)
    yield from _agreement(found["decisions"], learnt=bool(tried["parent"]))
    yield from _sample(found)
    yield from _next(found, folder)


def _release(one: dict[str, Any]) -> str:
    return f"{one['name']} ({one['id']})"


def _would(found: dict[str, Any]) -> Iterator[str]:
    sets, entities, review = found["sets"], found["entities"], found["review"]
    if not found["shifts"]:
        yield f"no entity is changed: {entities['before']:,} stay as they are"
    else:
        became = f"{entities['before']:,} entities become {entities['after']:,}"
        yield f"{_kinds(sets)}: {counted(sets['records'], 'record')} of {found['records']:,}; {became}"
        yield from (f"  {line}" for line in _shifts(found["shifts"]))
    held = f", {review['held']:,} of them since the one in force holds them together" if review["held"] else ""
    pairs = f"{counted(review['after'], 'pair')}, now {review['before']:,}"
    yield f"review: {pairs}: {review['enter']:,} would come in{held}; {review['leave']:,} would leave"


def _kinds(sets: dict[str, int]) -> str:
    kinds = (("joined", "joined"), ("split", "split"), ("made_over", "made over"))
    return "; ".join(f"{counted(sets[name], 'set')} {word}" for name, word in kinds if sets[name])


def _shifts(shifts: Sequence[dict[str, Any]]) -> Iterator[str]:
    """Some of each kind, then how many more there are."""
    kinds: dict[str, list[dict[str, Any]]] = {"joined": [], "split": [], "made over": []}
    for one in shifts:
        kinds["joined" if len(one["after"]) == 1 else "split" if len(one["before"]) == 1 else "made over"].append(one)
    for kind, held in kinds.items():
        yield from (f"{kind}: {_shift(kind, one)}" for one in held[:SHOWN])
        if len(held) > SHOWN:
            yield f"and {len(held) - SHOWN:,} more {kind}: --json names all"


def _shift(kind: str, one: dict[str, Any]) -> str:
    if kind == "made over":
        return f"{_sets(one['before'])} become {_sets(one['after'])}"
    return _sets(one["before"] if kind == "joined" else one["after"])


def _sets(sets: Sequence[Sequence[str]]) -> str:
    told = [f"{len(one):,} with {one[0]}" if len(one) > 1 else f"{one[0]} alone" for one in sets[:NAMED]]
    if len(sets) > NAMED:
        told.append(counted(len(sets) - NAMED, "more set", "more sets"))
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]


def _errors(found: dict[str, Any]) -> Iterator[str]:
    """What each release says of itself."""
    from concerted.desk.error_words import in_short

    for name, words in (("tried", "The one tried"), ("in_force", "The one in force")):
        if said := in_short(found[name]["errors"]):
            yield f"{words}: {said[:1].lower()}{said[1:]}"


def _agreement(found: dict[str, Any], *, learnt: bool) -> Iterator[str]:
    if not found["decided"]:
        return
    pairs = counted(found["decided"], "decided pair")
    right = f"the weight alone says what people said for {found['tried']:,}"
    yield f"Of {pairs} {right}; under the one in force for {found['in_force']:,}."
    if learnt:
        yield "  Mind: the one tried has learnt from decisions, and is the better at those for it."
    for name, words in (("better", "now right"), ("worse", "now wrong")):
        for one in found[name][:SHOWN]:
            weights = f"{_bits(one['weight_tried'])}, in force {_bits(one['weight_in_force'])}"
            yield f"  {words}: {one['left']} and {one['right']}, {one['decision']} by {one['who']} ({weights})"
        if len(found[name]) > SHOWN:
            yield f"  and {len(found[name]) - SHOWN:,} more {words}: --json names all"


def _bits(weight: float | None) -> str:
    return "not compared" if weight is None else f"{weight:+.2f}"


def _sample(found: dict[str, Any]) -> Iterator[str]:
    """The questions that wait for an answer, kind by kind, and what the answers tell."""
    for one in found["strata"]:
        key = one["change"], one["by_weight"]
        rows = [row for row in found["sample"] if (row["change"], row["by_weight"]) == key and not row["decision"]]
        yield f"{_KINDS[key]}: {counted(one['questions'], 'question')}, {_drawn(one)}"
        yield from _told(one)
        for row in rows:
            yield from _question(row)


def _question(row: dict[str, Any]) -> Iterator[str]:
    weights = f"{_bits(row['weight_tried'])}, in force {_bits(row['weight_in_force'])}"
    yield f"  {row['left']} and {row['right']}: {weights}"
    for side, words in (("reasons", "for"), ("against", "against")):
        if row[side]:
            yield f"    {words}: {row[side]}"


def _drawn(one: dict[str, Any]) -> str:
    if not one["drawn"]:
        return "none drawn."
    drawn = "all to be judged" if one["drawn"] == one["questions"] else f"{one['drawn']:,} drawn at random"
    return f"{drawn}, {one['answered']:,} answered."


def _told(one: dict[str, Any]) -> Iterator[str]:
    if one["share"] is None or not one["by_weight"]:
        return
    told = one["answered"] - one["unsure"]
    share, low, high = (_in_100(one[name]) for name in ("share", "low", "high"))
    word = "joining" if one["change"] == "join" else "parting"
    yield (
        f"  By {counted(told, 'answer')} it is right in {word} {one['right']:,}: "
        f"{share} in 100 ({low} to {high}) of all {one['questions']:,}."
    )


def _in_100(share: float) -> str:
    return f"{100 * share:.0f}" if share >= 0.1 else f"{100 * share:.2g}"


def _next(found: dict[str, Any], folder: Path) -> Iterator[str]:
    if any(not row["decision"] for row in found["sample"]):
        yield (
            f"Answer with: concerted decide {folder} LEFT RIGHT same|different --who NAME --why REASON. "
            "Then try again: it says what the answers come to."
        )
    yield f"Adopt it with: concerted release adopt --into {folder} --who NAME --why REASON"


def changed_lines(done: Changed, folder: Path) -> Iterator[str]:
    """What came of it when a release was put in force."""
    release, over = (f"{one.name} ({one.id})" for one in (done.release, done.over))
    back = " again" if done.act == "returned" else ""
    yield f"{release} is in force{back}, in the place of {over}."
    if done.shifts:
        records = counted(done.sets["records"], "record")
        yield f"{_kinds(done.sets)}: {records} of {done.summary.records:,}; {done.summary.entities:,} entities."
        yield from (f"  {line}" for line in _shifts([one.to_dict() for one in done.shifts]))
    else:
        yield "No entity is changed."
    if done.asked:
        yield (
            f"{counted(done.asked, 'pair stands', 'pairs stand')} in review that the release before held together: "
            "apart until somebody decides."
        )
    if done.act == "adopted":
        yield f"Take it back with: concerted release return --into {folder} --who NAME --why REASON"


def list_lines(found: dict[str, Any]) -> Iterator[str]:
    """The releases that a folder had."""
    for one in found["releases"]:
        by = f" by {one['who']}" if one["who"] else ""
        why = f": {one['why']}" if one["why"] else ""
        in_force = " [in force]" if one["in_force"] else ""
        yield f"{one['id']}  {one['name']}{in_force}, {_ACTS[one['act']]} on {one['at'][:10]}{by}{why}"
    if tried := found["tried"]:
        state = "and may be adopted" if tried["still"] else "and the picture has changed since: try it again"
        yield f"{tried['id']}  {tried['name']}, tried on {tried['at'][:10]} {state}"


_ACTS = {
    "made": "with which the folder was made",
    "adopted": "adopted",
    "returned": "returned to",
    "replaced": "with which the folder was made anew",
}
