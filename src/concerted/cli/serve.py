"""`concerted serve`: the web server of an instance for real work."""

from __future__ import annotations

import argparse


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("serve", help="serve the pages, with the settings of the environment")
    parser.set_defaults(run=run)


def run(_: argparse.Namespace) -> int:
    """Serves until a signal ends it: this process becomes the web server. Settings that are not safe: 2."""
    import os

    from concerted.cli.check import all_unsafe
    from concerted.web import processes
    from concerted.web.safe import refuse
    from concerted.web.service import service

    refuse(all_unsafe())
    how = service()
    command = processes.web(how.host, how.port, certificate=how.certificate, key=how.key)
    os.execv(command[0], command)  # noqa: S606 -- our own command line
