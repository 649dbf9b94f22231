"""`concerted evaluate --networks`: which networks of an invented region the findings of a result folder found."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.desk.networks_found import NetworkFigures
    from concerted.desk.networks_found.measure import Part


def add(parser: argparse.ArgumentParser, truth: argparse._MutuallyExclusiveGroup) -> None:
    """Register the options. truth: the choice of what to compare with."""
    truth.add_argument(
        "--networks",
        type=Path,
        metavar="TRUTH_DIR",
        help="the folder `truth` of an invented region: which networks were found",
    )
    parser.add_argument(
        "--alone",
        type=Path,
        nargs="+",
        metavar="DIR",
        help="with --networks: result folders of one agency's extracts each",
    )
    parser.add_argument(
        "--perfect", type=Path, metavar="DIR", help="with --networks: a result folder whose entities are the truth's"
    )


def run(args: argparse.Namespace) -> int:
    """0: compared. Files that cannot be used raise UsedWronglyError: 2."""
    from concerted.common.errors import UsedWronglyError
    from concerted.desk.networks_found import measured, read_run, read_truth
    from concerted.desk.store import DATABASE

    if args.by is not None or args.page or args.least is not None or args.each is not None:
        raise UsedWronglyError(
            "--by, --page, --least and --each are for records", mend="give --truth TRUTH.csv with them"
        )
    if not (args.folder / DATABASE).exists():
        del args.on_folder  # two files that somebody put together keep no record of who looks into them
    truth = read_truth(args.networks)
    alone = {folder.name: read_run(folder, truth) for folder in args.alone or ()}
    if len(alone) < len(args.alone or ()):
        raise UsedWronglyError("two folders of --alone have one name", mend="name each folder for its agency")
    perfect = read_run(args.perfect, truth) if args.perfect is not None else None
    found = measured(read_run(args.folder, truth), truth, alone, perfect)
    print(json.dumps(found.to_dict(), indent=1, ensure_ascii=False) if args.json else "\n".join(lines(found)))
    return 0


def lines(found: NetworkFigures) -> Iterator[str]:
    """For people."""
    yield f"{found.found} of {found.networks} networks found"
    yield _line(found.recall, "of those with traces in two agencies or more")
    yield _line(found.one_agency, "of the others")
    yield _line(found.precision, "of the findings find a network")
    share = "none" if found.member_share is None else f"{found.member_share:.2f}"
    yield f"{share:>8}  share of a network's people named, on average, where it is found"
    yield _line(found.falsely, "innocent groups in 1,000 named without cause")
    for title, part in (("kind", found.by_kind), ("number of traces", found.by_traces), ("rule", found.by_rule)):
        yield f"By {title}:"
        for name, of in part.items():
            count = of.get("precision", of)
            yield f"  {name}: {count['count']} of {count['of']}"


def _line(part: Part, words: str) -> str:
    told = part.to_dict()
    share = "none" if told["share"] is None else f"{told['share']:.2f}"
    return f"{share:>8}  {words} ({told['count']} of {told['of']}; 95 in 100: {told['low']:.2f} to {told['high']:.2f})"
