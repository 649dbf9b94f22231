"""A truth and findings of a dozen people, small enough to be worked out by hand."""

import csv
import json
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

Findings = Sequence[tuple[str, Sequence[str]]]
"""A rule, and the entities that it names."""

# Two networks that two agencies saw, one that one agency saw, and one of whom there is no trace.
ROLES = {
    "N1": {"a1": "adult", "a2": "adult", "c1": "child", "c2": "child"},
    "N2": {"a3": "adult", "c3": "child", "c4": "child"},
    "N3": {"a4": "adult", "a5": "adult", "c5": "child"},
    "N4": {"a6": "adult", "c6": "child"},
}
KINDS = {"N1": "street", "N2": "online", "N3": "street", "N4": "familial"}
TRACES = {
    "N1": [("police", f"r{at}") for at in range(9)] + [("council", "r9")],
    "N2": [("police", "s1"), ("charity", "s2"), ("charity", "s3"), ("charity", "s4")],
    "N3": [("police", "t1")],
    "N4": [],
}
GROUPS = {"D1": ["d1", "d2", "d3"], "D2": ["d3", "d4"], "D3": ["d5", "c1"], "D4": ["d6"]}
PEOPLE = sorted({one for of in [*ROLES.values(), *GROUPS.values()] for one in of})


def table(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> Path:
    """A CSV file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([header, *rows])
    return path


def truth(folder: Path) -> Path:
    """The folder `truth`: everybody has one record with the police and one with the council."""
    records = [(source, f"{one}-{source}", one) for one in PEOPLE for source in ("police", "council")]
    table(folder / "people.csv", ("source", "record_id", "truth_id"), records)
    table(
        folder / "networks.csv",
        ("network", "kind", "district", "agencies"),
        [(n, k, "0", "") for n, k in KINDS.items()],
    )
    members = [(name, one, role) for name, of in ROLES.items() for one, role in of.items()]
    table(folder / "network_people.csv", ("network", "truth_id", "role"), members)
    traces = [(name, *trace) for name, of in TRACES.items() for trace in of]
    table(folder / "network_traces.csv", ("network", "source", "record_id"), traces)
    groups = [(name, "team", one) for name, of in GROUPS.items() for one in of]
    table(folder / "decoys.csv", ("group_id", "kind", "truth_id"), groups)
    return folder


def result(folder: Path, findings: Findings, entities: Iterable[Sequence[str]] | None = None) -> Path:
    """A result folder. entities: record id, source, entity; by default everybody is one, named E and theirs."""
    perfect = [(f"{one}-{source}", source, f"E{one}") for one in PEOPLE for source in ("police", "council")]
    table(folder / "entities.csv", ("record_id", "source", "entity_id"), perfect if entities is None else entities)
    content = [written(f"F{at}", rule, named) for at, (rule, named) in enumerate(findings)]
    (folder / "findings.json").write_text(json.dumps(content), encoding="utf-8")
    return folder


def written(name: str, rule: str, named: Sequence[str]) -> dict[str, Any]:
    """A finding in full."""
    people = [{"entity_id": entity, "role": "named"} for entity in named]
    fact = {"source": "police", "record_id": "r0", "grade": "B2", "date": "2025-11-02", "says": "named together"}
    return {
        "id": name, "rule": rule, "version": 1, "facts": [fact], "people": people, "weakened_by": [],
        "innocent_explanations": [], "agencies": ["police"], "one_agency_alone": True, "urgency": "none", "words": "",
    }  # fmt: skip
