"""The processes of an instance: the web server, the worker, and whoever keeps both."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

from concerted.common.errors import FoundWrongError

WORKERS: Final = 2
THREADS: Final = 4  # of each worker, so that a page that waits for the store keeps no other waiting
PATIENCE: Final = 10  # seconds that a process has to end by itself
_LOOKED_AT: Final = 0.1  # seconds between one look and the next
Running = dict[str, "subprocess.Popen[bytes]"]


def web(host: str, port: int, *, certificate: str = "", key: str = "") -> list[str]:
    """The command line of the web server. certificate, key: files for TLS; without them it is plain HTTP."""
    tls = ["--ssl-certificate", certificate, "--ssl-keyfile", key] if certificate else []
    size = ["--workers", str(WORKERS), "--blocking-threads", str(THREADS), "--backpressure", "64"]
    where = ["--interface", "wsgi", "--no-ws", "--host", host, "--port", str(port)]
    return [*_python(), "granian", *where, *size, "--log-level", "warning", *tls, "concerted.web.wsgi:application"]


def worker() -> list[str]:
    """The command line of the process that works on jobs."""
    return [*_python(), "concerted.web.working"]


@contextmanager
def together(commands: Mapping[str, Sequence[str]]) -> Iterator[Running]:
    """Run these beside one another, by a name for each; when the block ends, all of them end. They are out of the way
    of the terminal's own Ctrl-C, which reaches whoever keeps them."""
    running: Running = {}
    try:
        for name, words in commands.items():
            running[name] = subprocess.Popen(  # noqa: S603 -- our own command lines
                words, stdin=subprocess.DEVNULL, start_new_session=True
            )
        yield running
    finally:
        _end(running)


def until_ready(running: Running, ready: Callable[[], bool]) -> None:
    """Wait until it is so. FoundWrongError where one of the processes ends before."""
    while not ready():
        check(running)
        time.sleep(_LOOKED_AT)


def watch(running: Running) -> None:
    """Wait for as long as all of them run. FoundWrongError where one ends."""
    while True:
        check(running)
        time.sleep(_LOOKED_AT)


def check(running: Running) -> None:
    """FoundWrongError where one of the processes has ended by itself."""
    for name, process in running.items():
        code = process.poll()
        if code is not None:
            raise FoundWrongError(
                f"the {name} ended by itself, with code {code}", mend="read what it said above, mend that, start again"
            )


def _end(running: Running) -> None:
    """Ask all to end, wait for them, and kill what is left."""
    for process in running.values():
        if process.poll() is None:
            process.send_signal(signal.SIGTERM)
    for process in running.values():
        try:
            process.wait(PATIENCE)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _python() -> list[str]:
    return [sys.executable, "-m"]
