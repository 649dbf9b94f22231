"""`concerted quarantine causes`: why things wait, most frequent cause first."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.cli.plain import printable, short
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.desk.causes import Cause

TEXTS_SHOWN = 5  # texts of one cause; --json has twice as many


def add(parser: argparse.ArgumentParser) -> None:
    """Register the part."""
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: listed, also when nothing waits."""
    from concerted.desk.causes import causes
    from concerted.desk.store import Store

    with Store.open(args.folder) as store:
        found = causes(store)
    if args.json:
        print(json.dumps([cause.to_dict() for cause in found], indent=1, ensure_ascii=False))
    elif not found:
        print("Nothing waits in quarantine.")
    else:
        print("\n".join(printable(line) for cause in found for line in _lines(cause)))
    return 0


def _lines(cause: Cause) -> Iterator[str]:
    column = f", column {cause.column}" if cause.column else ""
    yield f"{counted(cause.count, cause.kind)}  profile {cause.profile}{column}: {cause.reason}"
    if cause.texts:
        yield f"    they hold: {_texts(cause)}"
    yield f"    such as number {cause.example}. To mend it: {cause.mend}."
    yield f"    here: {cause.do}."


def _texts(cause: Cause) -> str:
    shown = [short(text) + (f" ({count:,})" if count > 1 else "") for text, count in cause.texts.items()][:TEXTS_SHOWN]
    more = cause.different - len(shown)
    return "; ".join(shown) + (f"; and {counted(more, 'other text')}" if more else "")
