"""`concerted evaluate`: how far a result agrees with a known truth."""

from __future__ import annotations

import argparse
import json
from pathlib import Path


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("evaluate", help="compare a result with a known truth")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument(
        "--truth", type=Path, required=True, metavar="TRUTH.csv", help="with the columns record_id, source, truth_id"
    )
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: compared."""
    from concerted.desk.report.evaluation import measures
    from concerted.desk.report.words import figure
    from concerted.desk.scores import evaluate
    from concerted.desk.store import Store

    with Store.open(args.folder) as store:
        figures = evaluate(store, args.truth)
    if args.json:
        print(json.dumps(figures, indent=1))
    else:
        for one in measures(figures):
            print(f"{figure(one.value):>10}  {one.name}: {one.meaning}")
    return 0
