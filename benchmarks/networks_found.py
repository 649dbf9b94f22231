"""Which planted networks are found: five medium regions, joined beside each agency alone and beside perfect linkage.

The seeds are derived from the commit, so that nobody can set a rule by them. What is joined is read from the folder
that `concerted picture` writes. An agency alone is taken to know which of its records are of one person as the joined
picture has it, so that it would have found this much at most.
"""

import hashlib
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.compute as pc

from benchmarks.figures import Figure
from benchmarks.yardstick import ROOT, Say
from concerted.common.ids import RecordKey
from concerted.desk import deliveries
from concerted.desk.graph import records
from concerted.desk.networks_found import Run, Truth, measured, read_run, read_truth
from concerted.desk.networks_found.measure import NetworkFigures
from concerted.desk.networks_found.named import Named, finds
from concerted.desk.picture import picture
from concerted.desk.resolve import Options
from concerted.desk.store import Store
from concerted.linkage.intervals import wilson
from concerted.networks import Records, graph
from concerted.networks.findings import Finding, findings
from concerted.synthetic import synthesise

SEEDS: Final = 5
PRECISION, RECALL, FALSELY = (0.85, 0.95), (0.80, 0.90), (5.0, 1.0)  # must and aim
JOINED, PERFECT = "joined", "perfect linkage"


@dataclass(frozen=True, slots=True)
class Count:
    """So many of so many."""

    count: int = 0
    of: int = 0

    def and_(self, other: "Count") -> "Count":
        """Both together."""
        return Count(self.count + other.count, self.of + other.of)

    def share(self, per: int = 1) -> float | None:
        """Of `per`; None of nothing."""
        return per * self.count / self.of if self.of else None

    def words(self, per: int = 1) -> str:
        """With Wilson's interval, 95 in 100."""
        low, high = wilson(self.count / self.of, self.of) if self.of else (0.0, 1.0)
        return f"{self.count} of {self.of}; 95 in 100 from {per * low:.3g} to {per * high:.3g}"


@dataclass
class Sums:
    """Over all seeds. precision, recall, falsely: by how it was looked. rules, kinds: of what was joined."""

    precision: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    recall: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    falsely: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))
    parts: dict[str, Count] = field(default_factory=lambda: defaultdict(Count))

    def add(self, how: str, run: Run, truth: Truth) -> None:
        """What one way of looking found in one region."""
        found = measured(run, truth)
        for sums, part in (
            (self.precision, found.precision),
            (self.recall, found.recall),
            (self.falsely, found.falsely),
        ):
            sums[how] = sums[how].and_(Count(part.count, part.of))
        if how == JOINED:
            self._add_parts(found)

    def _add_parts(self, found: NetworkFigures) -> None:
        for what, share in (
            *((f"precision of {rule}", one["precision"]) for rule, one in found.by_rule.items()),
            *((f"found of kind {kind}", one) for kind, one in found.by_kind.items()),
            *((f"found of those with {traces} traces", one) for traces, one in found.by_traces.items()),
        ):
            self.parts[what] = self.parts[what].and_(Count(share["count"], share["of"]))


def networks_found(say: Say) -> list[Figure]:
    """Precision, recall and groups named without cause, and every part of them that is told apart."""
    sums = Sums()
    with tempfile.TemporaryDirectory() as name:
        for seed in seeds():
            say(f"a medium region, seed {seed}")
            _look(Path(name) / str(seed), seed, sums)
    return [*_bounds(sums), *_beside(sums)]


def seeds() -> list[int]:
    """Numbers that the commit gives."""
    commit = subprocess.run(["git", "rev-parse", "HEAD"], cwd=ROOT, check=True, capture_output=True).stdout.strip()
    return [int.from_bytes(hashlib.sha256(commit + bytes([turn])).digest()[:4]) for turn in range(SEEDS)]


def _look(folder: Path, seed: int, sums: Sums) -> None:
    region, out = folder / "region", folder / "picture"
    synthesise(region, "medium", seed)
    picture(region / "extracts", region / "profiles", out, Options())
    truth = read_truth(region / "truth")
    sums.add(JOINED, read_run(out, truth), truth)
    with Store.open(out, to_read=True) as store:
        held, as_of = records(store), deliveries.as_of(store)
    sums.add(PERFECT, _run(findings(graph(_as_they_are(held, truth), as_of)), truth), truth)
    for agency in sorted(path.name for path in (region / "extracts").iterdir() if path.is_dir()):
        sums.add(f"{agency} alone", _run(findings(graph(_of_one(held, agency), as_of)), truth), truth)


def _as_they_are(held: Records, truth: Truth) -> Records:
    """With the entities of the truth."""
    table = held.person_entities()
    keys = map(RecordKey, table["source"].to_pylist(), table["record_id"].to_pylist())
    who = pa.array([truth.person.get(key, f"of nobody {key}") for key in keys])
    return replace(held, entities=table.set_column(table.column_names.index("entity"), "entity", who))


def _of_one(held: Records, agency: str) -> Records:
    tables = {kind: table.filter(pc.equal(table["source"], agency)) for kind, table in held.tables.items()}
    entities, things = held.person_entities(), held.mentions()
    return Records(
        tables, entities.filter(pc.equal(entities["source"], agency)), things.filter(pc.equal(things["source"], agency))
    )


def _run(found: Iterable[Finding], truth: Truth) -> Run:
    """What was found of networks, each person as they truly are."""
    told = [one for one in found if not one.to]
    people = [frozenset(truth.person.get(key, str(key)) for key, _ in one.people) for one in told]
    named = [
        tuple(name for name, network in truth.networks.items() if who & set(network.roles) and finds(who, network))
        for who in people
    ]
    return Run(tuple(Named(one.rule, who, names) for one, who, names in zip(told, people, named, strict=True)))


def _bounds(sums: Sums) -> list[Figure]:
    precision, recall, falsely = (one[JOINED] for one in (sums.precision, sums.recall, sums.falsely))
    return [
        _figure("precision, joined", precision, PRECISION),
        _figure("recall, joined", recall, RECALL),
        _figure("innocent groups named, in 1,000", falsely, FALSELY, per=1000, less=True),
    ]


def _beside(sums: Sums) -> list[Figure]:
    others = [how for how in sums.precision if how != JOINED]
    found = [_figure(f"precision, {how}", sums.precision[how]) for how in others]
    found += [_figure(f"recall, {how}", sums.recall[how]) for how in others]
    return found + [_figure(what, count) for what, count in sorted(sums.parts.items())]


def _figure(
    what: str, count: Count, bounds: tuple[float, float] | None = None, *, per: int = 1, less: bool = False
) -> Figure:
    must, aim = bounds or (None, None)
    places = 3 if per == 1 else 1
    return Figure(
        "networks-found", f"{what} ({count.words(per)})", count.share(per), must=must, aim=aim, less=less, places=places
    )
