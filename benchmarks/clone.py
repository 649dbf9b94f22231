"""From `git clone` to the first page of `make run`, on a machine that has fetched nothing before."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.yardstick import ROOT, NotRunError, Say, ran
from concerted.web import loopback

MUST, AIM = 300.0, 120.0  # seconds
AGAIN_MUST, AGAIN_AIM = 30.0, 10.0
_LONGEST: Final = 900.0
_NOT_INHERITED: Final = ("VIRTUAL_ENV", "PYTHONPATH", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES")


def clone(say: Say) -> list[Figure]:
    """Seconds until the first page answers, cold, and when `make run` is run again. Measures what is committed."""
    with tempfile.TemporaryDirectory() as name:
        tree = Path(name) / "concerted"
        environment = _cold(Path(name))
        say("git clone and make run, nothing fetched before")
        began = time.perf_counter()
        ran(["git", "clone", "-q", "--no-local", str(ROOT), str(tree)])
        cold = _until_page(tree, environment) - began
        say("make run again")
        began = time.perf_counter()
        again = _until_page(tree, environment) - began
    return [
        Figure("clone", "to the page, cold", cold, must=MUST, aim=AIM, unit="seconds", less=True, places=1),
        Figure("clone", "make run again", again, must=AGAIN_MUST, aim=AGAIN_AIM, unit="seconds", less=True, places=1),
    ]


def _cold(folder: Path) -> dict[str, str]:
    """An environment with an empty home and empty caches. Where packages come from stays as this machine says."""
    kept = {key: value for key, value in os.environ.items() if key not in _NOT_INHERITED}
    homes = {"HOME": "home", "UV_CACHE_DIR": "uv", "PIP_CACHE_DIR": "pip", "XDG_CACHE_HOME": "cache"}
    for place in homes.values():
        (folder / place).mkdir()
    settings = os.environ.get("XDG_CONFIG_HOME") or str(Path.home() / ".config")
    return {**kept, **{key: str(folder / place) for key, place in homes.items()}, "XDG_CONFIG_HOME": settings}


def _until_page(tree: Path, environment: dict[str, str]) -> float:
    """The moment at which the first page answers. It is stopped then, as by Ctrl-C."""
    make, port, said = shutil.which("make"), _free_port(), tree.parent / "said"
    if make is None:
        raise NotRunError("make is not here")
    with said.open("w", encoding="utf-8") as kept:
        command = [make, "run", f"PORT={port}"]
        running = subprocess.Popen(
            command, cwd=tree, env=environment, stdout=kept, stderr=subprocess.STDOUT, start_new_session=True
        )
        while running.poll() is None and not loopback.answers(port):
            time.sleep(0.05)
    if running.returncode is not None:
        last = (said.read_text(encoding="utf-8").strip() or "it said nothing").splitlines()[-1]
        raise NotRunError(f"make run ended with {running.returncode}: {last}")
    there = time.perf_counter()
    os.killpg(running.pid, signal.SIGINT)
    running.wait(_LONGEST)
    return there


def _free_port() -> int:
    with socket.create_server((loopback.HOST, 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
