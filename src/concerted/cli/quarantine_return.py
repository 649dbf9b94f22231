"""`concerted quarantine return`: the sender's own file, with what was mended and what could not be read."""

import argparse
import json
from dataclasses import asdict
from pathlib import Path

from concerted.common.words import counted


def add(parser: argparse.ArgumentParser) -> None:
    """Register the part."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("original", type=Path, metavar="ORIGINAL", help="the extract as it was read")
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help="a new file: .xlsx or .csv")
    parser.add_argument(
        "--file", default="", metavar="NAME", help="what the folder calls it, or its profile, if it was read twice"
    )
    parser.add_argument("--only-faulty", action="store_true", help="only rows of which something could not be read")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: written. Another file than the one that was read raises UsedWronglyError: 2."""
    from concerted.desk.returned import give_back
    from concerted.desk.store import Store

    with Store.open(args.folder) as store:
        done = give_back(store, args.original, args.out, name=args.file, only_faulty=args.only_faulty)
    if args.json:
        print(json.dumps(asdict(done), indent=1, ensure_ascii=False))
        return 0
    faulty = f"in {done.faulty:,} of them something could not be read, in {done.mended:,} something is mended"
    print(f"{done.file} is written to {args.out}: {counted(done.rows, 'row')}; {faulty}.")
    for note in done.notes:
        print(f"Mind: {note}.")
    return 0
