"""`concerted worker`: the process that works on jobs, beside the web server."""

from __future__ import annotations

import argparse


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("worker", help="work on jobs, beside the pages, with the same settings")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Works until a signal ends it: 0. Settings that are not safe: 2."""
    from concerted.cli.check import all_unsafe
    from concerted.web.safe import refuse

    refuse(all_unsafe())
    from concerted.web.working import work

    return work()
