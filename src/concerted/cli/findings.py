"""`concerted findings`: the patterns to check, first to check first."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.cli.joining import day
from concerted.cli.plain import printable
from concerted.common.words import counted, listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concerted.common.ids import RecordKey
    from concerted.desk.findings import Shown

NO_GUILT = "A finding is a pattern to check: it says nothing of guilt, and a person named in one is no offender."
OTHERS = "Others may hold more."


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("findings", help="list the patterns to check, and what would explain them")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("--as-of", metavar="DAY", help="look anew as of this day, and keep nothing")
    parser.add_argument(
        "--for", dest="agency", metavar="AGENCY", help="what this agency alone is told, of its own records"
    )
    parser.add_argument("--all", action="store_true", help="with those that were refuted, and those that are gone")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: told, whatever was found. An agency of which there are no records raises UsedWronglyError: 2."""
    from concerted.desk import findings
    from concerted.desk.store import Store

    with Store.open(args.folder, to_read=True) as store:
        if args.agency is not None:
            findings.refuse_unknown(store, args.agency)
        every = findings.shown(store, findings.told(store, day(args.as_of)))
        found = [one for one in every if one.told.finding.to == (args.agency or "")]
        kept = [one for one in found if args.all or not (one.standing.hidden or one.told.state == "gone")]
        said = [finding_dict(one, findings.for_machines(store, one.told.finding)) for one in kept] if args.json else []
    if args.json:
        print(json.dumps(said, indent=1, ensure_ascii=False))
    else:
        print(
            "\n".join(
                map(printable, [*lines(kept, len(found) - len(kept)), *(others(every) if args.agency is None else ())])
            )
        )
    return 0


def finding_dict(one: Shown, finding: dict[str, Any]) -> dict[str, Any]:
    """For machines: the finding, what became of it, and the mark that counts."""
    mark = one.standing.mark
    made = {"mark": mark.mark, "who": mark.who, "when": mark.when, "why": mark.why} if mark else None
    changed = {"state": one.told.state, "more": _names(one.told.more), "fewer": _names(one.told.fewer)}
    return {
        **finding,
        **changed,
        "unnamed": one.told.unnamed,
        "mark": made,
        "since_the_mark": _names(one.standing.since),
    }


def lines(found: Sequence[Shown], left_out: int) -> Iterator[str]:
    """For people."""
    from concerted.networks.findings import ORDER

    yield f"{counted(len(found), 'pattern')} to check. {NO_GUILT}"
    if found:
        yield f"Order: {ORDER}"
    for searched in [one.told.finding.searched for one in found if one.told.state != "gone"][:1]:
        yield f"Made from the records of {listed(searched)}. {OTHERS}"
    for one in found:
        yield ""
        yield from _finding(one)
    if left_out:
        yield ""
        yield f"{counted(left_out, 'pattern')} refuted or gone: --all shows them."


def others(every: Sequence[Shown]) -> Iterator[str]:
    """How many each agency is told alone."""
    from collections import Counter

    told = Counter(one.told.finding.to for one in every if one.told.finding.to and one.told.state != "gone")
    if told:
        yield ""
        yield "Of their own records agencies are told alone, with --for:"
        yield from (f"  {agency}: {counted(count, 'pattern')}" for agency, count in sorted(told.items()))


def _finding(one: Shown) -> Iterator[str]:
    from concerted.networks.findings import title_of

    told = one.told.finding
    to = f", for {told.to} alone" if told.to else ""
    if one.told.state == "gone":
        yield f"{told.id}: {title_of(told.rule)} (gone{to})"
        yield from _changed(one)
        return
    yield f"{told.id}: {title_of(told.rule)} ({one.told.state}; {told.urgency}{to})"
    yield f"  {told.words[0].upper()}{told.words[1:]}."
    yield f"  {_whose(told.agencies, alone=told.one_agency_alone)}"
    if told.absence:
        yield f"  Mind: {told.absence}."
    yield from (f"  {role}: {key}" for key, role in told.people)
    for fact in told.facts:
        grade = f", grade {fact.grade}" if fact.grade else ""
        yield f"  {fact.date or 'no date'}  {fact.key}{grade}: {fact.says}"
    yield f"  Test first: {'; '.join(told.innocent_explanations)}."
    yield f"  Weakened if: {'; '.join(told.weakened_by)}."
    yield from _changed(one)


def _whose(agencies: Sequence[str], *, alone: bool) -> str:
    whose = f"It rests on records of {listed(agencies)}"
    return f"{whose}; {'one of them alone would have made it' if alone else 'none of them alone would have made it'}."


def _changed(one: Shown) -> Iterator[str]:
    from concerted.networks.findings import taken_back

    if one.told.state in ("stronger", "weaker") and one.told.more:
        yield f"  Stronger since the last time by {listed(_names(one.told.more))}."
    if less := [*_names(one.told.fewer), *([taken_back(one.told.unnamed)] if one.told.unnamed else [])]:
        yield f"  It no longer rests on {listed(less)}."
    if mark := one.standing.mark:
        yield f"  {mark.mark.capitalize()} by {mark.who} on {mark.when}: {mark.why}"
        if mark.mark == "refuted" and one.standing.since:
            yield f"  It is back for what came since: {listed(_names(one.standing.since))}."


def _names(keys: Sequence[RecordKey]) -> list[str]:
    return list(map(str, keys))
