"""`concerted finding`: what a person made of a pattern: checked, refuted or taken up."""

from __future__ import annotations

import argparse
import json
from pathlib import Path

MARKS = ("check", "refute", "take-up")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("finding", help="say that a pattern was checked, is refuted, or is taken up")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("finding", metavar="ID", help="a finding, as `concerted findings` names it")
    parser.add_argument("mark", choices=MARKS, help="what was made of it")
    parser.add_argument("--who", required=True, metavar="NAME", help="who marks it")
    parser.add_argument("--why", required=True, metavar="REASON", help="what they looked at, and found")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: recorded. A finding that is not there, or nobody named, raises UsedWronglyError: 2."""
    from dataclasses import asdict

    from concerted.cli.plain import printable
    from concerted.desk.mark import mark

    made = mark(args.folder, args.finding, args.mark, args.who, args.why)
    if args.json:
        print(json.dumps({**asdict(made), "facts": [str(key) for key in made.facts]}, indent=1, ensure_ascii=False))
    else:
        print(printable(f"{made.finding} is marked {made.mark}, by {made.who}: {made.why}"))
    return 0
