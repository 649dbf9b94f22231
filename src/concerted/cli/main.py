"""The `concerted` command: picks the verb, and turns what goes wrong into one line and an exit code.

0: done. 1: the work found something wrong, as its verb says. 2: used wrongly. Nothing heavy is imported before a verb
runs, so that `concerted --help` answers at once.
"""

import argparse
import os
import re
import signal
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import Final, NoReturn

from concerted import __version__
from concerted.cli import (
    audit,
    backup,
    check,
    co_missing,
    connectors,
    decide,
    demonstrate,
    erase,
    evaluate,
    explain,
    export,
    finding,
    findings,
    history,
    match,
    path,
    picture,
    profile,
    quality,
    quarantine,
    release,
    resolve,
    restore,
    restrict,
    serve,
    store,
    synthesise,
    template,
    timeline,
    upgrade,
    withdraw,
    withdrawals,
    worker,
)
from concerted.common.errors import ConcertedError, Place, UsedWronglyError

_VERBS: Final = (
    *(demonstrate, store, check, serve, worker, backup, restore),
    *(synthesise, picture, resolve, match, explain, decide, history, quality, evaluate, profile, template),
    *(findings, finding, path, timeline, co_missing, connectors, export),
    *(quarantine, withdrawals, withdraw, restrict, erase, release, upgrade),
    audit,
)
STOPPED: Final = 130  # what a shell gives for a command that Ctrl-C ended


class Parser(argparse.ArgumentParser):
    """argparse, with its complaints in one line like every other error."""

    def error(self, message: str) -> NoReturn:
        """Raise UsedWronglyError."""
        raise UsedWronglyError(message, mend=f"see {self.prog} --help")


def parser() -> argparse.ArgumentParser:
    """The whole command line."""
    made = Parser(prog="concerted", description="Joins what agencies hold separately, with a reason for every link.")
    made.add_argument("--version", action="version", version=f"concerted {__version__}")
    verbs = made.add_subparsers(required=True, metavar="VERB", parser_class=Parser)
    for verb in _VERBS:
        verb.add(verbs)
    return made


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command; returns its exit code."""
    try:
        with _stoppable():
            code = _run(argv)
            sys.stdout.flush()
    except ConcertedError as error:
        return _said(str(error), error.exit_code)
    except KeyboardInterrupt:
        return _said("stopped; nothing was written", STOPPED)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # whoever read our output has gone
        return 0
    except OSError as error:
        return _said(str(_of_system(error)), UsedWronglyError.exit_code)
    return code


def _run(argv: Sequence[str] | None) -> int:
    words = sys.argv[1:] if argv is None else list(argv)
    try:
        args = parser().parse_args(words)
    except SystemExit as done:  # --help and --version end here
        return int(done.code or 0)
    args.words = ["concerted", *words]
    try:
        code: int = args.run(args)
    except (BrokenPipeError, KeyboardInterrupt):  # some of the answer may have been read all the same
        with suppress(ConcertedError):
            _note(args)
        raise
    _note(args)
    return code


def _note(args: argparse.Namespace) -> None:
    """A command that read or changed a result folder stands in the folder's own record."""
    if hasattr(args, "on_folder"):
        from concerted.desk import log

        log.looked_into(args.folder, args.words)


@contextmanager
def _stoppable() -> Iterator[None]:
    """Ctrl-C ends the block with KeyboardInterrupt, also where a library turns it into an error of its own: DuckDB says
    "Query interrupted"."""
    pressed = False

    def stop(*_: object) -> None:
        nonlocal pressed
        pressed = True
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGINT, stop)
    try:
        yield
    except Exception:
        if pressed:
            raise KeyboardInterrupt from None
        raise
    finally:
        signal.signal(signal.SIGINT, before)


def _said(text: str, code: int) -> int:
    """One line on standard error, without anything in it that steers a terminal."""
    line = "".join(char if char.isprintable() else " " for char in text)
    print(f"concerted: {' '.join(line.split())}", file=sys.stderr)
    return code


def _of_system(error: OSError) -> UsedWronglyError:
    """A full disk, a folder that may not be written in: what the system said, and of which file."""
    name = os.fsdecode(error.filename).rpartition(os.sep)[2] if isinstance(error.filename, str | bytes) else None
    if isinstance(error, FileExistsError):
        mend = "give another name: what is there is never overwritten"
        return UsedWronglyError("it is there already", where=Place(file=_asked_for(name)), mend=mend)
    mend = "see that it is there, that you may read and write there, and that the disk is not full; nothing was written"
    return UsedWronglyError(
        "the system refused", where=Place(file=_asked_for(name)), why=error.strerror or str(error), mend=mend
    )


def _asked_for(name: str | None) -> str | None:
    """The name that the user knows: what is written whole has another one until it is done."""
    unfinished = re.fullmatch(r"\.(.+)\.(?:building-|replaced-)?[0-9a-f]{8}", name or "")
    return unfinished[1] if unfinished else name
