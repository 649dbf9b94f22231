"""The audit: events a second by sixteen writers over five organisations, and a million events verified alone.

Writers are threads of two processes, as two workers of the web server are. Each event is a page that names 25 people,
and stands on the disk before its writer goes on; afterwards the chains are verified. Nothing else writes to the store.
"""

import json
import os
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import psycopg

from benchmarks import audit_day
from benchmarks.figures import Figure
from benchmarks.yardstick import ROOT, Say, processor_seconds, ran
from concerted.audit import verifier
from concerted.common import clock
from tools import postgresql

EVENTS: Final = 1_000_000
PROCESSES, THREADS = 2, 8
SECONDS: Final = 10.0
MUST, AIM = 500.0, 1_500.0
MUST_SECONDS, AIM_SECONDS = 60.0, 20.0


def audit(say: Say) -> list[Figure]:
    """Events a second on each store that is here; seconds for a million."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        figures = [writers(say, "embedded store", str(place / "store.sqlite"))]
        programs = postgresql.programs()
        if programs:
            with _server(programs) as address:
                figures.append(writers(say, "PostgreSQL", address))
        return [*figures, alone(say, place)]


@contextmanager
def _server(programs: Path) -> Iterator[str]:
    with postgresql.server(programs, lasting=True) as address:
        with psycopg.connect(f"{address}/postgres", autocommit=True) as connection:
            connection.execute("create database concerted")
        yield f"{address}/concerted"


def writers(say: Say, store: str, address: str) -> Figure:
    """Events a second there. The note says how evenly, and whether the chains are whole."""
    say(f"{PROCESSES * THREADS} writers, {store}")
    environment = {
        **os.environ,
        "CONCERTED_STORE": address,
        "CONCERTED_STORE_KEY": secrets.token_hex(32),
        "CONCERTED_SECRET": secrets.token_hex(32),
        "DJANGO_SETTINGS_MODULE": "concerted.web.settings",
    }
    ran([sys.executable, "-m", "django", "migrate", "audit", "-v", "0"], environment=environment)
    begins, before = clock.now().timestamp() + 8, processor_seconds()
    line = [sys.executable, "-m", "benchmarks.audit_writers", str(begins), str(SECONDS), str(THREADS)]
    all_of = [
        subprocess.Popen([*line, str(number * THREADS)], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
        for number in range(PROCESSES)
    ]
    each = [count for one in all_of for count in json.loads(one.communicate()[0])]
    used = processor_seconds() - before
    whole = json.loads(ran([sys.executable, "-m", "concerted", "audit", "verify", "--json"], environment=environment))
    note = (
        f"{store}: {sum(each):,} events, {min(each):,} to {max(each):,} a writer, {used:.1f} s of a processor in the "
        f"writers; {whole['events']:,} events verified in {whole['chains']} chains, {len(whole['wrong'])} wrong"
    )
    rate = sum(each) / SECONDS if not whole["wrong"] else None
    return Figure("audit", f"events a second, {store}", rate, None, MUST, AIM, places=0, note=note)


def alone(say: Say, place: Path) -> Figure:
    """Seconds that the file takes by itself for a day of a million events."""
    say(f"a day of {EVENTS:,} events")
    day = place / "day.jsonl"
    audit_day.write(day, EVENTS)
    say("verifying it")
    began, used = time.perf_counter(), processor_seconds()
    told: dict[str, Any] = json.loads(ran([sys.executable, "-I", str(verifier.__file__), str(day), "--json"]))
    seconds, used = time.perf_counter() - began, processor_seconds() - used
    note = f"{told['events']:,} events of {day.stat().st_size / 1e6:,.0f} MB; {used:.1f} s of a processor"
    what = f"{EVENTS:,} events verified alone"
    return Figure("audit", what, seconds, None, MUST_SECONDS, AIM_SECONDS, "seconds", True, 1, note)
