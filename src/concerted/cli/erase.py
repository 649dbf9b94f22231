"""`concerted erase`: records that go for good."""

from __future__ import annotations

import argparse

from concerted.cli.changing import add_verb, run_changed


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    about = "take a record out for good, and keep it out when it is delivered again"
    add_verb(subparsers, "erase", about).set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """0: done, and the folder written anew. A record of which nothing is there raises UsedWronglyError: 2."""
    from concerted.common.ids import RecordKey
    from concerted.desk import erase

    key = RecordKey.parse(args.record)
    words = [erase.ERASED if erase.mentions(word, key) else word for word in args.words]
    return run_changed(args, lambda store: erase.erase(store, key, args.who, args.why), "The record is erased", words)
