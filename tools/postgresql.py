"""A PostgreSQL server for the tests: in a folder of its own, on loopback, gone when they end."""

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

DEBIAN: Final = Path("/usr/lib/postgresql")
NOT_HERE: Final = "these tests need PostgreSQL, which is not here. Install it: apt-get install postgresql"
USER: Final = "postgres"  # whom Debian's package makes: the server refuses to run as root


def programs() -> Path | None:
    """The folder of initdb and pg_ctl: on the path, or Debian's latest. None: there is no server here."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    folders = [one.parent for one in DEBIAN.glob("*/bin/initdb")]
    return max(folders, key=lambda one: float(one.parent.name), default=None)


@contextmanager
def server(of: Path, *, lasting: bool = False) -> Iterator[str]:
    """The address of a new server, without a database's name. of: the folder of its programs. lasting: whether a commit
    reaches the disk, as it does for those who rely on it; tests have no need of that."""
    folder = Path(tempfile.mkdtemp(prefix="concerted-postgresql-"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER)
        data, port = folder / "data", _free_port()
        _run(of, "initdb", "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", f"--username={USER}", "-D", str(data))
        fsync = "on" if lasting else "off"
        options = f"-c listen_addresses=127.0.0.1 -c port={port} -c unix_socket_directories={folder} -c fsync={fsync}"
        _run(of, "pg_ctl", "-D", str(data), "-o", options, "-l", str(folder / "log"), "-w", "start")
        try:
            yield f"postgresql://{USER}@127.0.0.1:{port}"
        finally:
            _run(of, "pg_ctl", "-D", str(data), "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(of: Path, program: str, *words: str) -> None:
    as_user: Sequence[str] = ["runuser", "-u", USER, "--"] if os.geteuid() == 0 else []
    subprocess.run([*as_user, str(of / program), *words], cwd="/", stdout=subprocess.DEVNULL, check=True)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port: int = taken.getsockname()[1]
        return port
