"""`python -m benchmarks [NAME]`: run the benchmarks, print the table, write build/bench.json.

Called by `make bench` and `make bench ONLY=NAME`. Exit 1 when a must is missed.
"""

import argparse
import json
import sys
import time
from collections.abc import Callable
from functools import partial
from typing import Final

from benchmarks import (
    answered,
    audit,
    clone,
    component,
    fairness,
    files,
    five_million,
    formats,
    halves,
    joining,
    linkage,
    match,
    million,
    networks,
    networks_found,
    networks_region,
    read_figures,
    region,
)
from benchmarks.figures import Figure, missed, table
from benchmarks.machine import in_words, machine
from benchmarks.yardstick import ROOT, NotRunError, Say

OUT: Final = ROOT / "build" / "bench.json"
BENCHMARKS: Final[dict[str, Callable[[Say], list[Figure]]]] = {
    "reading": read_figures.read,
    "formats": formats.formats,
    "historical": linkage.historical,
    "answered": answered.answered,
    "febrl3": linkage.febrl3,
    "halves": halves.halves,
    "fake1000": linkage.fake1000,
    "component": component.component,
    "million": million.million,
    "files": files.files,
    "match": match.match,
    "joining": joining.joining,
    "networks": networks.networks,
    "clone": clone.clone,
    "region": region.region,
    "calibration": region.calibration,
    "fairness": fairness.by_origin,
    "networks-region": networks_region.networks_region,
    "networks-found": networks_found.networks_found,
    "audit": audit.audit,
}
DEEP: Final[dict[str, Callable[[Say], list[Figure]]]] = {"fivemillion": five_million.five_million}  # only by name


def measured(names: list[str]) -> list[Figure]:
    """The figures of these benchmarks. One that cannot be run is a line that says why."""
    figures: list[Figure] = []
    for name in names:
        began = time.perf_counter()
        try:
            figures += {**BENCHMARKS, **DEEP}[name](partial(_say, name))
        except NotRunError as why:
            figures.append(Figure(name, "all", None, note=f"not measured: {why}"))
        _say(name, f"{time.perf_counter() - began:.0f} s")
    return figures


def _say(name: str, words: str) -> None:
    print(f"{name}: {words}", file=sys.stderr, flush=True)


def main(arguments: list[str]) -> int:
    """0: every must is reached. 1: one is missed, or could not be measured. 2: there is no such benchmark."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description="Measure beside the yardstick.")
    names = [*BENCHMARKS, *DEEP]
    parser.add_argument("name", nargs="?", choices=names, metavar="NAME", help=", ".join(names))
    only = parser.parse_args(arguments).name
    on = machine()
    figures = measured([only] if only else list(BENCHMARKS))
    print(f"{table(figures)}\n\n{in_words(on)}")
    OUT.parent.mkdir(exist_ok=True)
    content = {"machine": on, "figures": [figure.plain() for figure in figures]}
    OUT.write_text(json.dumps(content, indent=2) + "\n", encoding="utf-8")
    return 1 if missed(figures) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
