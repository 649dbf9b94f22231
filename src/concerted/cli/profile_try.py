"""`concerted profile try`: a profile tried on a whole file, beside what was delivered last."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.extracts.profile_trial import FieldTrial, Trial


def add(parts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the part of the verb."""
    parser = parts.add_parser("try", help="read a whole file by a profile, keep nothing, and say what would come of it")
    parser.add_argument("profile", type=Path, metavar="PROFILE", help="its YAML file, or the name of a shipped one")
    parser.add_argument("file", type=Path, metavar="FILE", help="the extract")
    parser.add_argument("--against", type=Path, metavar="DIR", help="a folder that its feed was delivered into before")
    parser.add_argument("--as-of", metavar="YYYY-MM-DD", help="the day that ages are reckoned from; today if not given")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: tried. 1: beside the last delivery something stands out. What cannot be read raises UsedWronglyError: 2."""
    from concerted.cli.joining import day
    from concerted.common import clock
    from concerted.common.progress import watched
    from concerted.desk.against import stands_out
    from concerted.desk.store import Store
    from concerted.extracts import load_profile
    from concerted.extracts.profile_trial import try_profile
    from concerted.extracts.shipped import file_or_shipped

    profile = load_profile(file_or_shipped(args.profile))
    with watched() as progress:
        trial = try_profile(profile, args.file, day(args.as_of) or clock.today(), progress)
    found: list[str] | None = None
    if args.against:
        with Store.open(args.against) as store:
            found = stands_out(store, profile, trial)
    if args.json:
        print(json.dumps({**_plain(trial), "against": found}, indent=2, ensure_ascii=False))
    else:
        print("\n".join(map(_printable, (*_lines(trial), *(_against(found) if args.against else ())))))
    return 1 if found else 0


def _plain(trial: Trial) -> dict[str, Any]:
    """The trial for machines, without the counts of single values."""
    fields = []
    for one in trial.fields:
        plain = {**asdict(one), "examples": [asdict(e) for e in one.examples.values()]}
        plain["problems"] = [asdict(e) for e in one.problems.values()]
        del plain["values"]
        fields.append(plain)
    return {**{key: value for key, value in asdict(trial).items() if key != "fields"}, "fields": fields}


def _lines(trial: Trial) -> Iterator[str]:
    sheet = f", sheet {trial.sheet}" if trial.sheet else ""
    aside = sum(count for count, _ in trial.put_aside.values())
    yield (
        f"{trial.file}{sheet}: {counted(trial.rows, 'row')}, {trial.read:,} would be read, {aside:,} put aside, "
        f"{trial.blank:,} blank"
    )
    kinds = ", ".join(f"{count:,} of kind {kind}" for kind, count in trial.records.items() if count)
    yield f"records: {kinds or 'none'}"
    if trial.repeated:
        yield f"rows whose record id stood above: {trial.repeated:,}"
    yield from (f"  put aside: {count:,}, {reason} (first: row {row})" for reason, (count, row) in _most(trial))
    yield from (f"  mind: {note}" for note in trial.notes)
    part: str | None = None
    for one in trial.fields:
        if one.part != part:
            part = one.part
            yield f"{part}:"
        yield from _of_field(one)
    if trial.not_named:
        yield f"not read, because the profile does not name them: {', '.join(trial.not_named)}"


def _most(trial: Trial) -> list[tuple[str, tuple[int, int]]]:
    return sorted(trial.put_aside.items(), key=lambda found: -found[1][0])


def _of_field(one: FieldTrial) -> Iterator[str]:
    yield (
        f"  {one.name:<16} from {' + '.join(one.columns)}: {one.read:,} read, {one.missing:,} missing, "
        f"{one.refused:,} refused"
    )
    shown = (*one.examples.values(), *one.problems.values())
    width = max((len(example.raw) for example in shown), default=0)
    yield from (f"      {example.raw:<{width}}  is read as  {example.value}" for example in one.examples.values())
    yield from (f"      {example.raw:<{width}}  is refused: {example.problem}" for example in one.problems.values())
    yield from (f"      unusual: {what}" for what in one.unusual)


def _against(found: list[str] | None) -> Iterator[str]:
    if found is None:
        yield "against: this feed has delivered nothing into that folder yet"
    elif not found:
        yield "against what stands: nothing stands out"
    else:
        yield f"against what stands: {counted(len(found), 'thing stands', 'things stand')} out"
        yield from (f"  ask: {one}" for one in found)


def _printable(line: str) -> str:
    return "".join(char if char.isprintable() else " " for char in line)
