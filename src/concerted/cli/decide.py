"""`concerted decide`: what a person knows of two records, recorded, listed and taken back."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.cli.plain import printable
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.desk.decide import Decided
    from concerted.desk.decisions import State
    from concerted.desk.history import Sets, Shift
    from concerted.linkage import Decision

ONE_WAY = "write LEFT RIGHT and same, different or unsure; or --undo N; or --list"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    about = "say that two records are of one person or not, take that back, or list what was said"
    parser = subparsers.add_parser("decide", help=about)
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument(
        "said", nargs="*", metavar="LEFT RIGHT same|different|unsure", help="two records, as `explain` takes them"
    )
    parser.add_argument("--supersede", action="store_true", help="put it in the place of what counts on the pair")
    parser.add_argument("--undo", type=int, metavar="N", help="take back the decision of this number")
    parser.add_argument("--list", action="store_true", help="every decision, and what became of it")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="with --list: those that count, as --decisions reads")
    parser.add_argument("--who", metavar="NAME", help="who decides it")
    parser.add_argument("--why", metavar="REASON", help="how they know")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: recorded and the folder written anew, said already, or listed. Anything that cannot be decided: 2."""
    from concerted.common.errors import UsedWronglyError

    ways = [len(args.said) == 3, args.undo is not None, args.list]
    if sum(ways) != 1 or (args.said and not ways[0]) or (args.supersede and not ways[0]) or (args.csv and not ways[2]):
        raise UsedWronglyError("what is decided is said in one way", mend=ONE_WAY)
    if args.list:
        return _list(args)
    if args.who is None or args.why is None:
        raise UsedWronglyError("who decides it, and why, is not said", mend="write --who NAME --why REASON")
    done = _decided(args)
    if args.json:
        print(json.dumps(decided_dict(done), indent=1, ensure_ascii=False))
    else:
        print("\n".join(map(printable, decided_lines(done))))
    return 0


def _decided(args: argparse.Namespace) -> Decided:
    from concerted.common.progress import watched
    from concerted.desk.decide import Said, decide, undo

    with watched() as progress:
        if args.undo is not None:
            return undo(args.folder, args.undo, args.who, args.why, progress, args.words)
        left, right, word = args.said
        said = Said(left, right, word.lower(), args.who, args.why, supersede=args.supersede)
        return decide(args.folder, said, progress, args.words)


def _list(args: argparse.Namespace) -> int:
    from concerted.desk import decisions
    from concerted.desk.store import Store

    args.on_folder = True  # looked into: it stands in the folder's own record
    with Store.open(args.folder) as store:
        found = decisions.states(store)
        if args.csv:
            return _written(args.csv, decisions.write(store, args.csv))
    if args.json:
        print(json.dumps([_state_dict(*one) for one in found], indent=1, ensure_ascii=False))
    else:
        print("\n".join(printable(_line(*one)) for one in found) if found else "Nothing was decided.")
    return 0


def _written(path: Path, count: int) -> int:
    print(f"{path}: {counted(count, 'decision')}, to be given to --decisions")
    return 0


def _line(one: Decision, state: State, by: int) -> str:
    what = f"takes back {one.undoes}" if one.undoes else f"{one.decision}: {one.left} and {one.right}"
    return f"{one.number}  {what}{_told(state, by)}, by {one.who} on {one.when}: {one.why}"


def _told(state: State, by: int) -> str:
    words = {
        "undo": "",
        "counts": "",
        "waits": " [waits: it names a record that is not here]",
        "suspended": " [waits: others keep their sets apart]",
        "superseded": f" [superseded by {by}]",
        "undone": f" [undone by {by}]",
    }
    return words[state]


def _state_dict(one: Decision, state: State, by: int) -> dict[str, Any]:
    return {**_decision(one), "state": state, "by": by or None}


def _decision(one: Decision) -> dict[str, Any]:
    sides = {"left": str(one.left), "right": str(one.right), "decision": one.decision}
    made = {"who": one.who, "when": one.when, "why": one.why}
    return {"number": one.number, **sides, **made, "supersedes": one.supersedes or None, "undoes": one.undoes or None}


def decided_dict(done: Decided) -> dict[str, Any]:
    """For machines."""
    return {
        "decision": _decision(done.made),
        "changed": done.summary is not None,
        "counts": _decision(done.counts) if done.counts else None,
        "shifts": [{"before": _sets(one.before), "after": _sets(one.after)} for one in done.shifts],
        "contradicts": done.contradicts,
        "summary": done.summary.to_dict() if done.summary else None,
    }


def _sets(sets: Sets) -> list[list[str]]:
    return [list(map(str, one)) for one in sets]


def decided_lines(done: Decided) -> Iterator[str]:
    """For people."""
    from concerted.desk.decide import in_words

    made = done.made
    pair = f"{made.left} and {made.right}"
    if done.summary is None:
        yield f"Nothing is changed: {made.who} decided on {made.when} that {pair} are {in_words(made)}."
        return
    if made.undoes:
        yield f"Decision {made.undoes} is undone by decision {made.number}."
        yield f"On {pair} {_counts(done.counts)}."
    else:
        over = f", in the place of decision {made.supersedes}" if made.supersedes else ""
        yield f"Decision {made.number}{over}: {pair} are {in_words(made)}."
    yield from map(shift_words, done.shifts)
    if not done.shifts:
        yield "No entity is changed."
    yield from (f"Mind: {one}." for one in done.contradicts)


def _counts(one: Decision | None) -> str:
    if one is None:
        return "nothing is decided now, and the evidence alone counts"
    return f"decision {one.number} counts now: {one.decision}, by {one.who} on {one.when}"


def shift_words(shift: Shift) -> str:
    """What became of some sets: "2 entities are one now, of 5 records: 3 with force:1 and 2 with council:9"."""
    before, after = len(shift.before), len(shift.after)
    total = sum(map(len, shift.after))
    if after == 1:
        return f"{before:,} entities are one now, of {total:,} records: {_named(shift.before)}."
    if before == 1:
        return f"An entity of {total:,} records has come apart: {_named(shift.after)}."
    return f"{before:,} entities ({_named(shift.before)}) are now {after:,}: {_named(shift.after)}."


def _named(sets: Sets) -> str:
    told = [f"{len(one):,} with {one[0]}" if len(one) > 1 else f"{one[0]} alone" for one in sets]
    return f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]
