"""`concerted evaluate`: how far a result agrees with a known truth, and for whom less; which networks it found."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.cli import evaluate_networks as networks
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concerted.desk.scores import Figures
    from concerted.desk.store import Store
    from concerted.linkage import Fairness, GroupFigures

LEAST = 100  # a test holds both to those of the figures: this file is read at every --help
EACH = ("pair", "record")
HEADS = ("group", "records", "true pairs", "missed", "against others", "false", "against others")


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("evaluate", help="compare a result with a known truth, group by group if asked")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    truth = parser.add_mutually_exclusive_group(required=True)
    truth.add_argument("--truth", type=Path, metavar="TRUTH.csv", help="with the columns record_id, source, truth_id")
    networks.add(parser, truth)
    parser.add_argument(
        "--by", type=Path, metavar="GROUPS.csv", help="with record_id, source, and a column for each attribute"
    )
    parser.add_argument(
        "--least", type=int, metavar="N", help=f"with --by: true pairs of a group that is shown; {LEAST} if not given"
    )
    parser.add_argument(
        "--each", choices=EACH, help="with --by: whether every pair or every record counts alike; pair if not given"
    )
    parser.add_argument("--page", action="store_true", help="with --by: write fairness.html into the folder")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: compared. Files that cannot be used raise UsedWronglyError: 2."""
    from concerted.common.errors import UsedWronglyError
    from concerted.desk.scores import evaluate
    from concerted.desk.store import Store

    if args.networks is not None:
        return networks.run(args)
    if args.alone is not None or args.perfect is not None:
        raise UsedWronglyError("--alone and --perfect are for networks", mend="give --networks TRUTH_DIR")
    if args.by is None and (args.page or args.least is not None or args.each is not None):
        raise UsedWronglyError("--page, --least and --each are for figures by group", mend="give --by GROUPS.csv")
    with Store.open(args.folder) as store:
        found = _fairness(store, args) if args.by is not None else None
        figures = evaluate(store, args.truth)
    if args.json:
        print(json.dumps(_plain(figures, found), indent=1, ensure_ascii=False))
        return 0
    print("\n".join(_measures(figures)))
    for line in (line for one in found or () for line in lines(one)):
        print("".join(char if char.isprintable() else " " for char in line))
    if args.page:
        print(f"Open {args.folder / 'fairness.html'}")
    return 0


def _fairness(store: Store, args: argparse.Namespace) -> tuple[Fairness, ...]:
    """The figures by group; and the page, if it is asked for."""
    from concerted.desk.fairness import measured, page
    from concerted.desk.views import write_fairness

    found = measured(store, args.truth, args.by, LEAST if args.least is None else args.least, args.each or "pair")
    if args.page:
        write_fairness(store, page.render(page.fill(store, args.truth, args.by, found)))
    return found


def _plain(figures: Figures, found: Sequence[Fairness] | None) -> dict[str, Any]:
    return {**figures, **({} if found is None else {"fairness": [one.to_dict() for one in found]})}


def _measures(figures: Figures) -> Iterator[str]:
    from concerted.desk.report.evaluation import measures
    from concerted.desk.report.words import figure

    for one in measures(figures):
        yield f"{figure(one.value):>10}  {one.name}: {one.meaning}"


def lines(one: Fairness) -> Iterator[str]:
    """A table for an attribute. In brackets the interval of each figure, 95 in 100."""
    from concerted.desk.fairness.words import of_all

    left_out = f", {one.left_out:,} left out" if one.left_out else ""
    yield ""
    yield f"By {one.attribute}: {counted(one.records, 'record')}{left_out}; {of_all(one)}"
    rows = [HEADS, *map(_cells, one.groups)]
    widths = [max(len(row[at]) for row in rows if at < len(row)) for at in range(len(HEADS))]
    yield from (_line(row, widths) for row in rows)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    name, *figures = cells
    aligned = [f"{figure:>{width}}" for figure, width in zip(figures, widths[1:], strict=False)]
    return "  ".join(["", f"{name:<{widths[0]}}", *aligned])


def _cells(group: GroupFigures) -> tuple[str, ...]:
    from concerted.desk.fairness.words import TOO_FEW, named, pairs, ratio_words, share_words

    known = (named(group), f"{group.records:,}")
    if group.few:
        return (*known, TOO_FEW)
    missed, false = (share_words(share) for share in (group.missed, group.false))
    return (
        *known, pairs(group.true_pairs), missed, ratio_words(group.missed_ratio), false,
        ratio_words(group.false_ratio),
    )  # fmt: skip
