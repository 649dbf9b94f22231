"""What the figures were measured on, said with every figure."""

import os
import platform
import subprocess
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any, Final

from concerted.common import clock

ROOT: Final = Path(__file__).parents[1]
_PACKAGES: Final = ("splink", "duckdb", "pyarrow", "numpy", "rapidfuzz", "phonenumbers")


def machine() -> dict[str, Any]:
    """Date, commit, cores, memory (GiB), load, system, Python and the versions of what counts."""
    return {
        "date": clock.now().strftime("%Y-%m-%d %H:%M UTC"),
        "commit": _commit(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1),
        "load": round(os.getloadavg()[0], 2),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in _PACKAGES},
    }


def in_words(found: dict[str, Any]) -> str:
    """One sentence of it for a person."""
    packages = ", ".join(f"{name} {number}" for name, number in found["packages"].items())
    return (
        f"Measured {found['date']} at commit {found['commit']} on {found['cores']} cores with {found['memory_gib']} "
        f"GiB, {found['system']}, Python {found['python']}, {packages}; load when it began {found['load']}."
    )


def _commit() -> str:
    """The commit that stands in the tree, and whether files differ from it."""
    head = _git("rev-parse", "--short", "HEAD")
    return f"{head} with changes" if _git("status", "--porcelain") else head


def _git(*arguments: str) -> str:
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=False)
    return done.stdout.strip() or ("" if arguments[0] == "status" else "unknown")


def _version(package: str) -> str:
    try:
        return version(package)
    except PackageNotFoundError:
        return "missing"
