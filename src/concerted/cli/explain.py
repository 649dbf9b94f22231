"""`concerted explain`: why two records are joined or not, and why an entity holds together."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.common.words import counted, in_every

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concerted.common.ids import RecordKey
    from concerted.desk.explain import Beside, EntityExplained, PairExplained
    from concerted.linkage import Decision, EntityExplanation, Part
    from concerted.linkage.explain import WeightedLink

BANDS = {"join": "joined", "review": "waiting for review", "apart": "not joined"}
MOST_BESIDE = 5  # entities that a record's own could be joined to, said on a terminal


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("explain", help="say why two records are joined or not, or why an entity is one")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("record", metavar="SOURCE:ID", help="a record, or the id of an entity")
    parser.add_argument("other", nargs="?", metavar="SOURCE:ID", help="another, to compare it with")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: explained. A record that is not there raises UsedWronglyError: 2."""
    from concerted.desk import explain
    from concerted.desk.store import Store

    with Store.open(args.folder) as store:
        if args.other is None:
            entity = explain.entity_of(store, explain.named(store, args.record))
            said, plain = entity_dict(entity), entity_lines(entity)
        else:
            pair = explain.pair(store, *(explain.named(store, text) for text in (args.record, args.other)))
            said, plain = pair_dict(pair), pair_lines(pair)
    if args.json:
        print(json.dumps(said, indent=1, ensure_ascii=False))
    else:
        print("\n".join(_printable(line) for line in plain))
    return 0


def pair_dict(pair: PairExplained) -> dict[str, Any]:
    """A pair for machines: `start` and the bits of the parts sum to the weight."""
    found = pair.explanation
    names = ("field", "words", "bits", "left_value", "right_value")
    return {
        "left": _key(found.left),
        "right": _key(found.right),
        "weight": found.weight,
        "probability": found.probability,
        "start": found.start,
        "parts": [{name: getattr(part, name) for name in names} for part in found.parts],
        "flags": [flag._asdict() for flag in found.flags],
        "band": pair.band,
        "one_entity": pair.together is not None,
        "decision": _decision(pair.decision) if pair.decision else None,
        "differing": pair.differing,
        "witnessed": pair.witnessed,
        "path": [_link(link) for link in pair.together.path] if pair.together else [],
    }


def entity_dict(entity: EntityExplained) -> dict[str, Any]:
    """An entity for machines."""
    found = entity.explanation
    return {
        "record": _key(entity.record),
        "entity_id": entity.entity,
        "members": [_key(key) for key in found.members],
        "links": [
            {**_link((one.left, one.right, one.weight)), "reasons": one.reasons, "against": one.against}
            for one in entity.links
        ],
        "bridges": [
            {**_link(link), "smaller_side": len(side), "larger_side": len(found.members) - len(side)}
            for link, side in found.bridges
        ],
        "weakest": _link(found.weakest) if found.weakest else None,
        "beside": [
            {
                **_link((one.link.left, one.link.right, one.link.weight)),
                "probability": one.link.probability,
                "entity_id": one.entity,
                "records": one.records,
                "more": one.more,
                "what_it_would_change": one.link.change,
            }
            for one in entity.beside
        ],
    }


def pair_lines(pair: PairExplained) -> Iterator[str]:
    """A pair for people."""
    found = pair.explanation
    yield f"{found.left} and {found.right}: {BANDS[pair.band]}"
    if pair.decision:
        made = pair.decision
        yield f"{made.who} decided on {made.when}: {made.decision}. {made.why}"
        yield "What follows is what the evidence alone says."
    elif pair.held_before:
        yield "The release before held them together; they are apart until somebody decides."
    yield f"  {found.start:+7.2f}  before anything is compared: two records taken at random"
    for title, parts in _sides(found.parts):
        if parts:
            yield f"{title}:"
            yield from map(_part, parts)
    right = in_every(found.probability)
    yield f"  {found.weight:+7.2f}  together, in bits: {right} such pairs are one person, if the model is right"
    yield from (f"Mind {flag.name}: {flag.words}." for flag in found.flags)
    yield from (f"Mind witness: {one}." for one in pair.witnessed)
    if pair.differing:
        decides = ": a person decides" if pair.band == "review" else ""
        yield f"Each is in an entity that has another {' and '.join(pair.differing)}{decides}."
    if pair.together:
        yield from _path(pair.together)


def _sides(parts: tuple[Part, ...]) -> list[tuple[str, list[Part]]]:
    return [
        ("for it", sorted((one for one in parts if one.bits > 0), key=lambda one: -one.bits)),
        ("against it", sorted((one for one in parts if one.bits < 0), key=lambda one: one.bits)),
        ("not recorded on both sides", [one for one in parts if one.bits == 0]),
    ]


def _part(part: Part) -> str:
    values = f": {part.left_value or '-'} | {part.right_value or '-'}" if part.left_value or part.right_value else ""
    return f"  {part.bits:+7.2f}  {part.field}: {part.words}{values}"


def _path(found: EntityExplanation) -> Iterator[str]:
    if len(found.path) < 2:
        yield f"Both are in one entity, of {len(found.members):,} records."
        return
    yield f"Both are in one entity, of {len(found.members):,} records, by these links:"
    alone = {link for link, _ in found.bridges}
    for link in found.path:
        only = ": no other link goes round it" if link in alone else ""
        yield f"  {link[2]:+7.2f}  {link[0]} and {link[1]}{only}"


def entity_lines(entity: EntityExplained) -> Iterator[str]:
    """An entity for people."""
    found = entity.explanation
    count = len(found.members)
    yield f"{entity.record} is in an entity of {counted(count, 'record')} ({entity.entity}):"
    yield from (f"  {key}" for key in found.members)
    if count == 1:
        yield "Nothing is joined to it."
    else:
        yield "These links hold it together, strongest first:"
        for link in entity.links:
            yield f"  {link.weight:+7.2f}  {link.left} and {link.right}: {link.reasons}"
            if link.against:
                yield f"           against it: {link.against}"
        yield from _splits(found)
    yield from _joins(entity.beside)


def _splits(found: EntityExplanation) -> Iterator[str]:
    """What it hangs on, and which decision would split it."""
    if found.weakest:
        left, right, weight = found.weakest
        yield f"The weakest that it needs: {left} and {right} ({weight:+.2f})."
    if not found.bridges:
        yield "No single link holds it together: without any one of them the others still do."
        return
    yield "What would split it, decided different:"
    for (left, right, weight), side in found.bridges:
        rest = len(found.members) - len(side)
        yield f"  {weight:+7.2f}  {left} and {right}: {counted(len(side), 'record')} would come away from {rest:,}"


def _joins(beside: Sequence[Beside]) -> Iterator[str]:
    """What would join it to others."""
    if not beside:
        yield "No pair that waits for review would join it to another."
        return
    yield "What would join it to another, decided the same:"
    for one in beside[:MOST_BESIDE]:
        link, other = one.link, f"an entity of {counted(one.records, 'record')}"
        more = f"; {counted(one.more, 'more pair')} between the two" if one.more else ""
        yield f"  {link.weight:+7.2f}  {link.left} and {link.right}: {other}{more}"
    if len(beside) > MOST_BESIDE:
        yield f"  and {counted(len(beside) - MOST_BESIDE, 'weaker one')}: --json has all"


def _decision(made: Decision) -> dict[str, str]:
    return {name: str(getattr(made, name)) for name in ("decision", "who", "when", "why")}


def _key(key: RecordKey) -> dict[str, str]:
    return {"source": key.source, "record_id": key.record_id}


def _link(link: WeightedLink) -> dict[str, Any]:
    return {"left": _key(link[0]), "right": _key(link[1]), "weight": link[2]}


def _printable(line: str) -> str:
    """Without what steers a terminal: values come from files that nobody vouches for."""
    return "".join(char if char.isprintable() else " " for char in line)
