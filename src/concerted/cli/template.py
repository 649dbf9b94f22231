"""`concerted template`: a workbook to type records into, for an organisation without a system to write extracts."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.extracts.template.layout import Layout


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("template", help="write a workbook to type records into, read without a profile")
    parser.add_argument(
        "file", type=Path, metavar="OUT.xlsx", help="the workbook; call it concerted-template.xlsx or so"
    )
    parser.add_argument("--json", action="store_true", help="for machines: what was written")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: written. A file that is there already, or is not called .xlsx, is refused: 2."""
    from concerted.extracts.template.names import keeps_its_name
    from concerted.extracts.template.writer import write_template

    layout, is_known = write_template(args.file), keeps_its_name(args.file.name)
    if args.json:
        print(json.dumps(_plain(args.file, layout, is_known), indent=1, ensure_ascii=False))
    else:
        print("\n".join(lines(args.file, layout, is_known)))
    return 0


def _plain(file: Path, layout: Layout, is_known: bool) -> dict[str, object]:
    sheets = {
        one.name: {"kind": one.kind, "columns": [column.heading for column in one.columns]} for one in layout.sheets
    }
    return {"file": str(file), "version": layout.version, "known_by_name": is_known, "sheets": sheets}


def lines(file: Path, layout: Layout, is_known: bool) -> Iterator[str]:
    """What was written and what to do with it, for people. is_known: whether the shipped profiles know the name."""
    names = ", ".join(one.name for one in layout.sheets)
    yield f"{file}: a page of help, and {counted(len(layout.sheets), 'sheet')} to fill in: {names}."
    if not is_known:
        yield "Its name must hold concerted-template when it comes back, or no shipped profile reads it."
    yield "Then: put it into a folder with the organisation's short name, among the extracts, and run"
    yield "      concerted picture DIR_OF_EXTRACTS --profiles DIR --out DIR"
