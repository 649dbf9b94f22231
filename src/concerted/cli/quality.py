"""`concerted quality`: what the records of a result folder hold and lack, by agency and field, with the reasons."""

from __future__ import annotations

import argparse
import json
from pathlib import Path
from typing import TYPE_CHECKING

from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concerted.desk.quality.figures import EthnicityFigures, FieldFigures, KindFigures, Quality

HEADS = ("field", "share", "recorded", "records", "missing", "not read")
NOT_THERE = "not in the extract"


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("quality", help="say how complete the records are, by agency and field, and why not")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def run(args: argparse.Namespace) -> int:
    """0: said. A folder that is no result raises UsedWronglyError: 2."""
    from concerted.desk.quality import quality
    from concerted.desk.store import Store

    with Store.open(args.folder) as store:
        found = quality(store)
    if args.json:
        print(json.dumps(found.to_dict(), indent=1, ensure_ascii=False))
    else:
        page = args.folder / "quality.html"
        print("\n".join(map(_printable, [*lines(found), *([f"Open {page}"] if page.exists() else [])])))
    return 0


def lines(found: Quality) -> Iterator[str]:
    """The figures for people: a table for each agency and kind of record, ethnicity apart, then the quarantine."""
    from concerted.desk.quality.words import agency

    for one in found.agencies:
        for kind in one.kinds:
            yield from _kind(agency(one.source), kind)
    yield from _ethnicity(found.ethnicity)
    if found.waiting:
        yield "In quarantine, by agency and reason:"
        yield from (f"  {one.count:,}  {agency(one.source)}  {one.what}: {one.reason}" for one in found.waiting)


def _kind(agency: str, one: KindFigures) -> Iterator[str]:
    from concerted.desk.quality.words import KINDS

    yield f"{agency}: {counted(one.records, 'record')} of {KINDS[one.kind]}"
    yield from _table(HEADS, [(it.field, it) for it in one.fields])
    if one.said:
        yield f"  filled by the profile: {', '.join(one.said)}"
    if one.absent:
        yield f"  {NOT_THERE}: {', '.join(one.absent)}"


def _ethnicity(found: Sequence[EthnicityFigures]) -> Iterator[str]:
    """Each kind of ethnicity apart, and of each how much is known."""
    from concerted.desk.quality.words import agency

    for field in dict.fromkeys(one.field for one in found):
        yield f"{field}: never compared, only counted"
        rows = [(agency(one.source), one.figures) for one in found if one.field == field]
        yield from _table(("agency", "known", *HEADS[2:]), rows)


def _table(heads: Sequence[str], rows: Sequence[tuple[str, FieldFigures | None]]) -> Iterator[str]:
    width = max((len(name) for name, _ in (*rows, (heads[0], None))), default=0)
    if rows:
        yield f"  {heads[0]:<{width}}  " + "  ".join(f"{head:>9}" for head in heads[1:]) + "  why"
    for name, it in rows:
        yield f"  {name:<{width}}  {_cells(it) if it else NOT_THERE}"


def _cells(it: FieldFigures) -> str:
    from concerted.desk.report.words import share

    counts = "  ".join(f"{count:>9,}" for count in (it.recorded, it.records, it.lacking, it.values_unread))
    why = [f"{one.reason} {one.records:,}{_texts(one.texts)}" for one in it.missing]
    why += [f"required: {counted(it.rows_refused, 'row')} refused for want of it"] if it.rows_refused else []
    return f"{share(it.share):>9}  {counts}  {'; '.join(why)}".rstrip()


def _texts(texts: Sequence[tuple[str, int]], shown: int = 6) -> str:
    more = f" and {len(texts) - shown:,} more" if len(texts) > shown else ""
    return f" ({', '.join(repr(text[:60]) for text, _ in texts[:shown])}{more})" if texts else ""


def _printable(line: str) -> str:
    """Without what steers a terminal: values come from files that nobody vouches for."""
    return "".join(char if char.isprintable() else " " for char in line)
