"""`concerted audit`: whether the store's record of who did what is whole, and what shows it to others."""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from concerted.common.words import counted

if TYPE_CHECKING:
    from concerted.audit.whole import Whole


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("audit", help="verify, tie and export the store's record of who did what")
    parts = parser.add_subparsers(required=True, metavar="verify|tie|export|key|grants")
    verify = parts.add_parser("verify", help="find whatever was changed, removed, re-ordered or inserted")
    verify.add_argument("--key", default="", metavar="PUBLIC", help="64 hexadecimal digits, or a file of them")
    verify.add_argument("--json", action="store_true", help="for machines")
    verify.set_defaults(run=run_verify)
    tie = parts.add_parser("tie", help="write the heads of all chains down together, signed where there is a key")
    tie.add_argument("--json", action="store_true", help="for machines")
    tie.set_defaults(run=run_tie)
    export = parts.add_parser("export", help="write a day to a file that is verified without the store")
    export.add_argument("--day", required=True, metavar="YYYY-MM-DD", help="in London")
    export.add_argument("--out", required=True, type=Path, metavar="FILE", help="must not be there yet")
    export.add_argument("--organisation", action="append", metavar="ID", help="its chain alone; may be repeated")
    export.add_argument("--without-payloads", action="store_true", help="digests alone, and nothing of what was done")
    export.set_defaults(run=run_export)
    key = parts.add_parser("key", help="print the public key of the one that heads are signed with")
    key.set_defaults(run=run_key)
    grants = parts.add_parser("grants", help="print what the application's role may do, for PostgreSQL")
    grants.add_argument("--role", required=True, metavar="NAME", help="the role that the application signs in as")
    grants.set_defaults(run=run_grants)


def run_verify(args: argparse.Namespace) -> int:
    """0: whole. 1: something is wrong, and named."""
    from concerted.cli.on_store import by_command, on_store
    from concerted.common.progress import watched

    key = _public(args.key)
    with on_store(), watched() as progress:
        from concerted.audit import services, whole

        found = whole.verify(progress, key)
        services.verified(by_command(), found)
    if args.json:
        print(json.dumps({**found._asdict(), "wrong": [one._asdict() for one in found.wrong]}, indent=1))
    else:
        print("\n".join(_told(found, key)))
    return 1 if found.wrong else 0


def run_tie(args: argparse.Namespace) -> int:
    """0: tied."""
    from concerted.cli.on_store import by_command, on_store

    with on_store():
        from concerted.audit import services

        tie = services.tie(by_command())
    if args.json:
        print(json.dumps({"number": tie.number, "hash": tie.hash, "signature": tie.signature, "key": tie.key}))
    else:
        print(f"Tie {tie.number} is {tie.hash}. {_signed(tie.signature)} Keep this where nobody of this machine can.")
    return 0


def run_export(args: argparse.Namespace) -> int:
    """0: written. A file that is there raises FileExistsError, and nothing is overwritten: 2."""
    from concerted.cli.joining import day
    from concerted.cli.on_store import by_command, on_store

    of = day(args.day)
    assert of is not None
    with on_store():
        from concerted.audit import services

        with _new(args.out) as out:
            done = services.export(by_command(), of, out, args.organisation, not args.without_payloads)
    print(f"{counted(done.events, 'event')} of {of.isoformat()} in {args.out.name}. {_signed(done.signature)}")
    return 0


def run_key(args: argparse.Namespace) -> int:  # noqa: ARG001 -- as every verb
    """0: printed. 1: there is no key."""
    from concerted.audit.signing import NAME, public
    from concerted.common.errors import FoundWrongError

    key = public()
    if not key:
        raise FoundWrongError(f"heads are not signed: {NAME} is not set", mend="make a key: openssl rand -hex 32")
    print(key)
    return 0


@contextmanager
def _new(place: Path) -> Iterator[TextIO]:
    """A file that was not there, and is not there after a failure."""
    with place.open("x", encoding="utf-8") as out:
        try:
            yield out
        except BaseException:
            place.unlink()
            raise


def run_grants(args: argparse.Namespace) -> int:
    """0: printed."""
    from concerted.audit.grants import grants

    print("\n".join(f"{statement};" for statement in grants(args.role)))
    return 0


def _told(found: Whole, key: str) -> list[str]:
    lines = [f"{one.chain} {one.number}: {one.what}: {one.words}." for one in found.wrong]
    lines.append(
        f"{counted(found.events, 'event')} in {counted(found.chains, 'chain')}, heads tied "
        f"{counted(found.ties, 'time')}; {len(found.wrong):,} wrong."
    )
    if found.without:
        lines.append(f"What {found.without:,} of them said was removed, as the chains themselves say.")
    if key:
        lines.append(f"{counted(found.signed, 'tie')} signed by the key that you gave.")
    else:
        lines.append("No key was given, so signatures were not looked at.")
    return lines


def _signed(signature: str) -> str:
    return "It is signed." if signature else "It is not signed, as there is no key."


def _public(given: str) -> str:
    """The key as it was given, or of the file of that name. UsedWronglyError for what is none."""
    from concerted.common.errors import UsedWronglyError

    key = given
    if given and not re.fullmatch("[0-9a-f]{64}", given):
        key = Path(given).read_text(encoding="ascii", errors="replace").strip()
    if key and not re.fullmatch("[0-9a-f]{64}", key):
        raise UsedWronglyError(f"{Path(given).name} holds no public key", mend="`concerted audit key` prints it")
    return key
