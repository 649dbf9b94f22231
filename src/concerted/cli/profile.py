"""`concerted profile`: mapping profiles tried and drafted, and those that are shipped listed and shown."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from concerted.cli import profile_try
from concerted.common.words import counted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.extracts.profile_report import FieldReport, FileReport, ProfileReport


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser(
        "profile", help="check a mapping profile, draft one from a file, or show a shipped one"
    )
    parts = parser.add_subparsers(required=True, metavar="new|check|try|list|show")
    check = parts.add_parser("check", help="say what is wrong with a profile and what it would read")
    check.add_argument("profile", type=Path, metavar="PROFILE", help="its YAML file, or the name of a shipped one")
    check.add_argument("file", type=Path, nargs="?", metavar="FILE", help="an extract to try it on")
    check.add_argument("--json", action="store_true", help="for machines")
    check.set_defaults(run=run_check)
    new = parts.add_parser("new", help="draft a profile from a file")
    new.add_argument("file", type=Path, metavar="FILE", help="the extract to look at")
    new.add_argument("--out", type=Path, metavar="PROFILE.yaml", help="write the draft here instead of printing it")
    new.add_argument("--sheet", metavar="NAME", help="the sheet of a workbook, or the list of a JSON document")
    new.add_argument("--json", action="store_true", help="for machines")
    new.set_defaults(run=run_new)
    profile_try.add(parts)
    shipped = parts.add_parser("list", help="name the profiles that are shipped, and the files they are for")
    shipped.add_argument("--json", action="store_true", help="for machines")
    shipped.set_defaults(run=run_list)
    show = parts.add_parser("show", help="print a shipped profile, to save and change")
    show.add_argument("name", metavar="NAME", help="as `profile list` has it")
    show.set_defaults(run=run_show)


def run_check(args: argparse.Namespace) -> int:
    """0: sound. 1: faults found. What cannot be opened raises UsedWronglyError: 2."""
    from concerted.extracts.profile_check import check_profile
    from concerted.extracts.profile_load import read_profile
    from concerted.extracts.profile_report import ProfileReport
    from concerted.extracts.shipped import file_or_shipped

    reading = read_profile(file_or_shipped(args.profile))
    if reading.profile is None:
        report = ProfileReport(args.profile.name, None, reading.faults)
    else:
        report = check_profile(reading.profile, args.file, reading.fault)
    print(json.dumps(_plain(report), indent=2) if args.json else "\n".join(map(_printable, _lines(report))))
    return 1 if report.faults else 0


def run_new(args: argparse.Namespace) -> int:
    """0: drafted. A file that is no table, or an `--out` that is already there, raises UsedWronglyError: 2."""
    from concerted.common.errors import Place, UsedWronglyError
    from concerted.common.folders import write_whole
    from concerted.extracts.profile_draft import draft_profile

    if args.out is not None and args.out.exists():
        raise UsedWronglyError(
            "it is there already, and a profile is not overwritten",
            where=Place(file=args.out.name),
            mend="give --out another name",
        )
    draft = draft_profile(args.file, args.sheet)
    if args.out is not None:
        write_whole(args.out, draft)
    if args.json:
        print(json.dumps({"draft": draft, "out": str(args.out) if args.out else None}, indent=2))
    elif args.out is not None:
        asks = draft.count("# ASK: ")
        questions = "1 question in it begins" if asks == 1 else f"{asks} questions in it begin"
        print(f"Drafted {args.out}. " + (f"{questions} with ASK." if asks else "Read it through."))
        print(f"Then: concerted profile try {args.out} {args.file}")
    else:
        print(draft, end="")
    return 0


def run_list(args: argparse.Namespace) -> int:
    """0: listed."""
    from concerted.extracts.profile_load import load_profile
    from concerted.extracts.shipped import PRACTICE, all_shipped

    known = {name: load_profile(path) for name, path in all_shipped().items()}
    if args.json:
        rows = [
            {"name": name, "title": one.title, "files": one.files, "unasked": not name.startswith(PRACTICE)}
            for name, one in known.items()
        ]
        print(json.dumps(rows, indent=2, ensure_ascii=False))
        return 0
    width = max(map(len, known))
    for name, one in known.items():
        print(f"{name:<{width}}  {one.title}: {', '.join(one.files)}")
    return 0


def run_show(args: argparse.Namespace) -> int:
    """0: printed. A name that no shipped profile has raises UsedWronglyError: 2."""
    from concerted.extracts.shipped import shipped

    print(shipped(args.name).read_text(encoding="utf-8"), end="")
    return 0


def _printable(line: str) -> str:
    """The line without what would steer a terminal: names in a file or profile may come from anyone."""
    return "".join(char for char in line if char.isprintable())


def _plain(report: ProfileReport) -> dict[str, Any]:
    """The report for machines."""
    return {"sound": not report.faults, **asdict(report), "drop": dict(report.drop)}


def _lines(report: ProfileReport) -> Iterator[str]:
    version = f" version {report.version}" if report.version is not None else ""
    count = len(report.faults)
    yield f"{report.profile}{version}: " + (counted(count, "fault") if count else "no faults")
    yield from (f"  {fault}" for fault in report.faults)
    yield from (f"  mind: {warning}{'' if warning.endswith('?') else '.'}" for warning in report.warnings)
    if report.file is not None:
        yield ""
        yield from _of_file(report.file)
    yield from (f"carried as evidence, not compared: {', '.join(report.evidence)}" for _ in report.evidence[:1])
    yield from (f"dropped: {column} ({reason})" for column, reason in report.drop)
    if report.file is not None and report.file.not_named:
        yield f"not read, because the profile does not name them: {', '.join(report.file.not_named)}"


def _of_file(file: FileReport) -> Iterator[str]:
    yield f"{file.file}: {_looked_at(file)}"
    part = None
    for field in file.fields:
        if field.part != part:
            part = field.part
            yield f"{part}:"
        yield from _of_field(field)


def _looked_at(file: FileReport) -> str:
    if file.rows == 0:
        return "it has no rows"
    rows = counted(file.rows, "row")
    if file.rows == 1 and file.whole:
        return "its one row looked at"
    return f"{'all' if file.whole else 'the first'} {rows} looked at"


def _of_field(field: FieldReport) -> Iterator[str]:
    columns = " + ".join(field.columns)
    yield (
        f"  {field.field:<16} from {columns}: {field.read:,} read, {field.missing:,} missing, "
        f"{field.unreadable:,} unreadable"
    )
    width = max((len(example.raw) for example in (*field.examples, *field.problems)), default=0)
    yield from (f"      {example.raw:<{width}}  is read as  {example.value}" for example in field.examples)
    yield from (f"      {example.raw:<{width}}  is not read: {example.problem}" for example in field.problems)
