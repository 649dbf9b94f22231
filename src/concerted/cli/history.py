"""`concerted history`: what joined or parted a record's entity, when, by whom, under which release."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.cli.plain import printable
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concerted.common.ids import RecordKey
    from concerted.desk.explain import EntityExplained
    from concerted.desk.history import Change, Step

SHOWN = 5  # records of a set that are named; --json names all


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("history", help="tell what joined or parted the entity of a record, and when")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("record", metavar="SOURCE:ID", help="a record, or the id of an entity")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: told. A record that is not there raises UsedWronglyError: 2."""
    from concerted.desk import explain, history
    from concerted.desk.store import Store

    with Store.open(args.folder) as store:
        key = explain.named(store, args.record)
        entity, steps = explain.entity_of(store, key), history.of(store, key)
    if args.json:
        print(json.dumps(history_dict(entity, steps), indent=1, ensure_ascii=False))
    else:
        print("\n".join(map(printable, history_lines(entity, steps))))
    return 0


def history_dict(entity: EntityExplained, steps: Sequence[Step]) -> dict[str, Any]:
    """For machines."""
    members = entity.explanation.members
    return {
        "record": str(entity.record),
        "entity_id": entity.entity,
        "members": _names(members),
        "steps": [{**_change(one.change), **_step(one)} for one in steps],
    }


def _step(one: Step) -> dict[str, Any]:
    sets = {"joined": list(map(_names, one.joined)), "new": _names(one.new)}
    return {
        "came": one.came,
        "went": one.went,
        **sets,
        "parted": list(map(_names, one.parted)),
        "gone": _names(one.gone),
    }


def _change(one: Change) -> dict[str, Any]:
    made = [
        {"number": made.number, "decision": made.decision, "who": made.who, "why": made.why} for made in one.decisions
    ]
    by = {"command": one.command, "who": one.who or None, "files": list(one.files), "decisions": made}
    return {"change": one.number, "when": one.at, **by, "release": one.release, "model": one.model}


def _names(keys: Sequence[RecordKey]) -> list[str]:
    return list(map(str, keys))


def history_lines(entity: EntityExplained, steps: Sequence[Step]) -> Iterator[str]:
    """For people."""
    count = len(entity.explanation.members)
    yield f"{entity.record} is in an entity of {counted(count, 'record')} ({entity.entity})."
    for one in steps:
        yield f"{_moment(one.change.at)}  {_by(one.change)} (model {one.change.model}, {one.change.release}):"
        yield from (f"    {line}" for line in _told(one))


def _moment(at: str) -> str:
    """A moment of the store as the clock on the wall showed it: 2026-03-02 09:30."""
    from datetime import datetime

    from concerted.common.clock import LONDON

    return datetime.fromisoformat(at).astimezone(LONDON).strftime("%Y-%m-%d %H:%M")


def _by(change: Change) -> str:
    """By what: files, a decision with its words, or a command and who asked for it."""
    who = f" by {change.who}" if change.who else ""
    told = [f"{_some(change.files)} came"] if change.files else []
    told += [
        f"decision {one.number} by {one.who} ({one.decision}: {one.left} and {one.right}): {one.why.rstrip('.')}"
        for one in change.decisions
    ]
    brought = change.command in ("resolve", "picture") and not told
    return "; ".join(told) or ("a file that was withdrawn since" if brought else f"{change.command or 'a change'}{who}")


def _told(step: Step) -> Iterator[str]:
    if step.came:
        yield "the record came into the picture"
    if step.went:
        yield "the record was taken out of the picture"
    if step.joined:
        yield f"joined with {'; and with '.join(map(_some, step.joined))}"
    if step.new:
        yield f"joined with {_some(step.new)}, {'which was' if len(step.new) == 1 else 'which were'} new"
    if step.parted:
        yield f"parted from {'; and from '.join(map(_some, step.parted))}"
    if step.gone:
        yield f"{_some(step.gone)} {'was' if len(step.gone) == 1 else 'were'} taken out of the picture"


def _some(keys: Sequence[RecordKey | str]) -> str:
    more = f" and {len(keys) - SHOWN:,} more" if len(keys) > SHOWN else ""
    return f"{', '.join(map(str, keys[:SHOWN]))}{more}"
