"""`concerted demonstrate`: an instance to look at, of an invented region, on this machine alone."""

from __future__ import annotations

import argparse
import signal
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concerted.web.demonstration import Region, SignIn

FAMILIES = {"police": "police", "council": "childrens_services", "health": "health", "charity": "third_sector"}
BESIDE = (("National Taskforce of the Fiction", "taskforce"), ("Oversight Office of the Fiction", "oversight"))


def add(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Register the verb."""
    parser = subparsers.add_parser("demonstrate", help="look at the application: an invented region on this machine")
    parser.add_argument("--store", type=Path, default=Path("out/demonstration"), metavar="DIR", help="its folder")
    parser.add_argument("--port", type=int, default=8000, metavar="N", help="of this machine's loopback (8000)")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Serves until Ctrl-C: 0. A port that is taken or a folder of something else: 2. A process that ended: 1."""
    from concerted.web import demonstration, loopback

    loopback.check_free(args.port)
    demonstration.put_in_force(demonstration.environment(args.store))
    try:
        with _stopped_alike():
            _serve(args.store, args.port)
    except KeyboardInterrupt:
        print("\nStopped. Everything is kept: the same command goes on with it.", flush=True)
    return 0


def _serve(folder: Path, port: int) -> None:
    from concerted.common.progress import watched
    from concerted.web import demonstration, loopback, processes
    from concerted.web.beginning import begin

    with watched() as progress:
        progress.step("begin", "looking at the store")
        begin()
        new = demonstration.ready(region, progress)
        progress.step("serve", "starting the pages and the worker")
        commands = {"web server": processes.web(loopback.HOST, port), "worker": processes.worker()}
        with processes.together(commands) as running:
            processes.until_ready(running, lambda: loopback.answers(port))
            progress.finish()
            print("\n".join(lines(folder, port, demonstration.sign_ins(), new=new)), flush=True)
            processes.watch(running)


def region(people: int) -> Region:
    """The agencies of the small invented region and two bodies beside them, with as many names of people."""
    from concerted.synthetic import SIZES
    from concerted.synthetic.agencies import agencies_of
    from concerted.synthetic.lexicon import load
    from concerted.web.demonstration import Invented, Region

    agencies = [Invented(one.name, one.slug, FAMILIES[one.kind]) for one in agencies_of(SIZES["small"], load()).all()]
    return Region([*agencies, *(Invented(name, family, family) for name, family in BESIDE)], names(people))


def names(count: int) -> list[str]:
    """As many invented names of people, the same each time."""
    import numpy as np

    from concerted.synthetic.lexicon import load

    lexicon, rng = load(), np.random.default_rng(1)
    origins = [lexicon.origins[each] for each in rng.choice(len(lexicon.origins), count, p=lexicon.shares)]
    women = rng.random(count) < 0.5
    return [
        f"{of.given.of(female=bool(woman)).draw(1, rng)[0]} {of.as_borne(of.family.draw(1, rng), np.array([woman]))[0]}"
        for of, woman in zip(origins, women, strict=True)
    ]


def lines(folder: Path, port: int, sign_ins: list[SignIn], *, new: bool) -> Iterator[str]:
    """What somebody needs who looks at it."""
    from concerted.web.demonstration import KEY, PASSWORD

    yield f"{'Made' if new else 'Opened'} the demonstration in {folder}. Nobody in it is real: put nobody real in."
    yield f"Its key lies beside it ({KEY}), which only a demonstration may do."
    yield ""
    wide = max(len(one.email) for one in sign_ins)
    for one in sign_ins:
        yield f"  {one.email:{wide}}  {one.role}, {one.organisation}"
    yield ""
    yield f"Password of all: {PASSWORD}"
    yield "The second factor's code stands in its field already; only a demonstration does that."
    yield f"Open http://localhost:{port}/   Ctrl-C stops it."


@contextmanager
def _stopped_alike() -> Iterator[None]:
    """What ends a terminal or a service ends this as Ctrl-C does."""

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    before = {one: signal.signal(one, stop) for one in (signal.SIGTERM, signal.SIGHUP)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
