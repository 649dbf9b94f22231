"""`concerted synthesise`: an invented region to work and practise on."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.synthetic import Made

SIZES = ("small", "medium", "large")  # a test holds both to what there is: this file is read at every --help
NOISES = ("evidence", "equal")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("synthesise", help="invent a region: its agencies' extracts, profiles and the truth")
    sizes = "2,000, 50,000 or a million records of people, and half as many of networks and groups"
    parser.add_argument("--size", choices=SIZES, default="small", help=sizes)
    parser.add_argument("--seed", type=int, default=1, metavar="N", help="the same size and seed give the same bytes")
    parser.add_argument(
        "--noise",
        choices=NOISES,
        default="evidence",
        help="errors as evidence has them, or at the same rates for names of every origin, to measure fairness",
    )
    parser.add_argument("--out", type=Path, required=True, metavar="DIR", help="the region's folder")
    parser.add_argument("--json", action="store_true", help="for machines: what was written")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: written. A folder that holds anything but a region, or a seed below nought, is refused: 2."""
    from concerted.common.progress import watched
    from concerted.synthetic import synthesise

    with watched() as progress:
        made = synthesise(args.out, args.size, args.seed, progress, noise=args.noise)
    if args.json:
        print(json.dumps(made.to_dict(), indent=1, ensure_ascii=False))
    else:
        print("\n".join(lines(made)))
    return 0


def lines(made: Made) -> Iterator[str]:
    """What was written, for people."""
    by_agency: dict[str, list[str]] = {}
    for path, rows in made.rows.items():
        agency, _, file = path.partition("/")
        by_agency.setdefault(agency, []).append(f"{file} {rows:,}")
    for agency, found in by_agency.items():
        yield f"{agency}: {', '.join(found)}"
    noise = ", equal noise" if made.noise == "equal" else ""
    yield (
        f"A {made.size} region, seed {made.seed}{noise}: {counted(made.records, 'record')} of "
        f"{counted(made.people, 'person', 'people')} in {counted(len(made.rows), 'file')}. Nobody in it is real."
    )
    yield f"Then: concerted picture {made.folder / 'extracts'} --profiles {made.folder / 'profiles'} --out DIR"
