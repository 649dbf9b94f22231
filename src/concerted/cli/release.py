"""`concerted release`: another model release tried beside the one in force, adopted, and given up again."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.cli import release_words
from concerted.cli.plain import printable

if TYPE_CHECKING:
    from collections.abc import Iterable

    from concerted.desk.release_change import Changed

SAMPLE = 10  # a test holds it to what the desk draws: this file is read at every --help


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    about = "try another model release beside the one in force, adopt it, return to the one before, or list them"
    parser = subparsers.add_parser("release", help=about)
    parts = parser.add_subparsers(required=True, metavar="try|adopt|return|list")
    _add_try(parts.add_parser("try", help="what a release would join and split here, with a sample to judge"))
    _add_change(parts.add_parser("adopt", help="put the release in force that was tried last"))
    _add_change(parts.add_parser("return", help="put the release in force again that was before the one adopted last"))
    listing = parts.add_parser("list", help="the releases that the folder had, when, by whom, why")
    _add_common(listing)
    listing.set_defaults(run=run_list, on_folder=True)


def _add_common(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--into", type=Path, required=True, metavar="DIR", dest="folder", help="a result folder")
    parser.add_argument("--json", action="store_true", help="for machines")


def _add_try(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "model",
        metavar="MODEL",
        help="a model.json; `default`, the shipped one; `train`, a new one; or the id of one that the folder had",
    )
    _add_common(parser)
    parser.add_argument("--sample", type=int, default=SAMPLE, metavar="N", help="questions to draw of each kind")
    parser.add_argument("--csv", type=Path, metavar="FILE", help="write those as a decisions file to be filled in")
    parser.set_defaults(run=run_try, on_folder=True)


def _add_change(parser: argparse.ArgumentParser) -> None:
    _add_common(parser)
    parser.add_argument("--who", required=True, metavar="NAME", help="who asks for it")
    parser.add_argument("--why", required=True, metavar="REASON", help="on what ground")
    parser.set_defaults(run=run_change)


def run_try(args: argparse.Namespace) -> int:
    """0: tried, and nothing of the picture changed. A model that cannot be used raises UsedWronglyError: 2."""
    from concerted.common.progress import watched
    from concerted.desk.release_try import Trial, try_beside

    with watched() as progress:
        found = try_beside(args.folder, Trial(args.model, args.sample, args.csv), progress)
    if args.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        _print(release_words.found_lines(found, args.folder))
        if args.csv:
            print(f"{args.csv}: {len(found['sample'])} questions, to be answered and given to --decisions")
    return 0


def run_change(args: argparse.Namespace) -> int:
    """0: in force, and the folder written anew. None that was tried, or to return to, raises UsedWronglyError: 2."""
    from concerted.common.progress import watched
    from concerted.desk.release_change import adopt, give_back

    change = adopt if args.words[2] == "adopt" else give_back
    with watched() as progress:
        done = change(args.folder, args.who, args.why, progress, args.words)
    if args.json:
        print(json.dumps(_changed_dict(done), indent=1, ensure_ascii=False))
    else:
        _print(release_words.changed_lines(done, args.folder))
    return 0


def _changed_dict(done: Changed) -> dict[str, object]:
    release, over = ({"id": one.id, "name": one.name} for one in (done.release, done.over))
    return {
        "act": done.act,
        "release": release,
        "in_place_of": over,
        "sets": done.sets,
        "shifts": [one.to_dict() for one in done.shifts],
        "asked": done.asked,
        "summary": done.summary.to_dict(),
    }


def run_list(args: argparse.Namespace) -> int:
    """0: listed."""
    from concerted.desk.release_list import listed
    from concerted.desk.store import Store

    with Store.open(args.folder) as store:
        found = listed(store)
    if args.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        _print(release_words.list_lines(found))
    return 0


def _print(lines: Iterable[str]) -> None:
    print("\n".join(map(printable, lines)))
