"""`concerted match`: do we already know them? One record, or a file of them, looked up in a result folder."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from concerted.cli.plain import printable
from concerted.common.words import in_every

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concerted.linkage.standing.answer import Answer, Hit

BANDS: Final = {
    "join": "the same person, by the evidence",
    "review": "perhaps the same person",
    "apart": "not shown to be the same",
}
NOT_KEPT: Final = "..."  # stands in the folder's own record for whom somebody asked about
STDIN: Final = "-"
RECORDS: Final = 5  # of an entity that are named


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("match", help="do we already know them? look one person up, or a file of them")
    parser.add_argument("folder", type=Path, metavar="DIR", help="a result folder")
    whom = parser.add_mutually_exclusive_group(required=True)
    known = 'what is known: {"family_name": "Penhale", "date_of_birth": "2009-03"}; - reads it from standard input'
    whom.add_argument("--record", metavar="JSON", help=known)
    whom.add_argument("--file", type=Path, metavar="FILE", help="an extract: everybody in it is looked up")
    parser.add_argument("--profile", type=Path, metavar="PROFILE", help="with --file: which column is what")
    parser.add_argument("--out", type=Path, metavar="HITS.csv", help="with --file: what was found, a row a hit")
    parser.add_argument("--top", type=_number, default=10, metavar="N", help="the most hits for one person: 10")
    parser.add_argument("--scope", metavar="SOURCE,...", help="search the records of these sources alone")
    parser.add_argument("--json", action="store_true", help="for machines")
    parser.set_defaults(run=run, on_folder=True)


def _number(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1000:
        raise argparse.ArgumentTypeError(f"{text!r} is no number from 1 to 1,000")
    return int(text)


def run(args: argparse.Namespace) -> int:
    """0: answered, whoever was found. What cannot be used raises UsedWronglyError: 2."""
    from concerted.common.progress import watched
    from concerted.desk.match import standing

    args.words = without_the_person(args.words)
    _refuse_halves(args)
    scope = [name.strip() for name in args.scope.split(",") if name.strip()] if args.scope is not None else None
    record = None if args.file else _record(sys.stdin.read() if args.record == STDIN else args.record)
    with watched() as progress:
        picture = standing(args.folder, progress)
    if record is None:
        from concerted.desk.match_file import match_file

        counts = match_file(picture, args.file, args.profile, args.out, top=args.top, scope=scope)
        print(json.dumps(counts.to_dict()) if args.json else counts.in_words(args.out))
        return 0
    from concerted.linkage import match
    from concerted.linkage.standing.fields import cleaned

    answer = match(picture, cleaned(record, picture.others), top=args.top, scope=scope)
    if args.json:
        print(json.dumps(answer.to_dict(), indent=1, ensure_ascii=False))
    else:
        print("\n".join(map(printable, lines(answer))))
    return 0


def without_the_person(words: Sequence[str]) -> list[str]:
    """The command without whom it asks about: that is in nobody's log."""
    kept = [f"{word.partition('=')[0]}={NOT_KEPT}" if _names_it(word.partition("=")[0]) else word for word in words]
    kept = [word if "=" in given or not _names_it(given) else given for word, given in zip(kept, words, strict=True)]
    return [NOT_KEPT if at and _names_it(words[at - 1]) else word for at, word in enumerate(kept)]


def _names_it(word: str) -> bool:
    """Whether a word is the option, whole or shortened as it may be."""
    return len(word) > len("--") and "--record".startswith(word)


def _refuse_halves(args: argparse.Namespace) -> None:
    from concerted.common.errors import UsedWronglyError

    if args.file and not (args.profile and args.out):
        raise UsedWronglyError(
            "--file needs a profile and a place to write", mend="give --profile PROFILE --out HITS.csv"
        )
    if not args.file and (args.profile or args.out):
        raise UsedWronglyError("--profile and --out go with --file", mend="leave them out, or give --file")


def _record(text: str) -> dict[str, Any]:
    """The record that was given. What is wrong with it is said without its values."""
    from concerted.common.errors import UsedWronglyError

    mend = 'write it as {"given_name": "Amara", "date_of_birth": "2009-03-14"}'
    try:
        found = json.loads(text)
    except (json.JSONDecodeError, RecursionError) as error:
        where = f" at character {error.pos + 1}" if isinstance(error, json.JSONDecodeError) else ""
        raise UsedWronglyError(f"the record is no JSON{where}", mend=mend) from error
    if not isinstance(found, dict):
        raise UsedWronglyError("the record is no object of fields", mend=mend)
    return found


def lines(answer: Answer) -> Iterator[str]:
    """The answer for people."""
    yield f"{answer.answer[:1].upper()}{answer.answer[1:]}."
    for rank, hit in enumerate(answer.hits, 1):
        yield from _hit(rank, hit)
    yield from (f"Mind: {one}." for one in answer.capped)
    if answer.second_pass:
        yield "Nobody was found as it was written; these were found by names that are near."
    yield f"Searched: {', '.join(answer.searched)}. Others may hold more."


def _hit(rank: int, hit: Hit) -> Iterator[str]:
    yield f"{rank}. {BANDS[hit.band]}: {hit.entity_id}"
    more = f" and {len(hit.records) - RECORDS:,} more" if len(hit.records) > RECORDS else ""
    yield f"   its records: {', '.join(hit.records[:RECORDS])}{more}"
    yield f"   {hit.weight:+.1f} bits: {in_every(hit.probability)} such pairs are one person, if the model is right"
    if hit.speaks_for:
        yield f"   for it: {'; '.join(hit.speaks_for)}"
    if hit.against:
        yield f"   against it: {'; '.join(hit.against)}"
    if hit.would_settle:
        yield f"   what would tell: {'; '.join(hit.would_settle)}"
