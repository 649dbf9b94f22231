"""The yardstick: Splink as its own documentation runs it, in an environment of its own, `.venv-bench`."""

import hashlib
import os
import resource
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
PLACE: Final = "CONCERTED_YARDSTICK"  # the variable that names the folder of the yardstick's scripts
_REQUIREMENTS: Final = ROOT / "requirements" / "bench.txt"
_ENVIRONMENT: Final = ROOT / ".venv-bench"
_UV: Final = ROOT / ".tools" / "bin" / "uv"

Say = Callable[[str], None]


class NotRunError(Exception):
    """Why something could not be measured here, as a clause."""


def folder() -> Path:
    """The folder of the yardstick's scripts, which no clone brings. NotRunError when it is not here."""
    place = Path(os.environ.get(PLACE) or ROOT.parent / "shared" / "bench")
    if not (place / "splink_h50k.py").is_file():
        raise NotRunError(f"the yardstick's scripts are not here; name their folder in {PLACE}")
    return place.resolve()


def python(say: Say) -> Path:
    """The interpreter of `.venv-bench`, made when it is missing or its requirements changed."""
    found, stamp = _ENVIRONMENT / "bin" / "python", _ENVIRONMENT / ".made-from"
    digest = hashlib.sha256(_REQUIREMENTS.read_bytes()).hexdigest()
    if found.exists() and stamp.is_file() and stamp.read_text(encoding="utf-8") == digest:
        return found
    say("setting up .venv-bench")
    _uv("venv", "-q", "--clear", "--python", sys.executable, str(_ENVIRONMENT))
    _uv("pip", "sync", "-q", "--require-hashes", "--python", str(found), str(_REQUIREMENTS))
    stamp.write_text(digest, encoding="utf-8")
    return found


def _uv(*arguments: str) -> None:
    if not _UV.exists():
        raise NotRunError("the installer is not here; run `make setup`")
    environment = {**os.environ, "UV_PYTHON_DOWNLOADS": "never"}
    ran([str(_UV), *arguments], environment=environment)


def processor_seconds(of: int = resource.RUSAGE_CHILDREN) -> float:
    """What the processes that have ended took of a processor so far: on a machine that others use, too, it tells more
    than a clock does. of: as `resource.getrusage` has it."""
    used = resource.getrusage(of)
    return used.ru_utime + used.ru_stime


def ran(command: list[str], *, environment: dict[str, str] | None = None, cwd: Path = ROOT) -> str:
    """What the command printed. NotRunError with its last words when it failed."""
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise NotRunError(f"{Path(command[0]).name} ended with {done.returncode}: {last}")
    return done.stdout
