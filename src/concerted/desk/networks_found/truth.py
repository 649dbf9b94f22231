"""The truth of an invented region, as its folder `truth` holds it: whose each record is, its networks, its groups."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows
from concerted.linkage import read_truth as read_people

ADULT: Final = "adult"
ROLES: Final = (ADULT, "child")
NETWORKS: Final = "networks.csv"


@dataclass(frozen=True, slots=True)
class Network:
    """One network. roles: of each of its people, adult or child. traces: how many. agencies: whose traces they are."""

    name: str
    kind: str
    roles: Mapping[str, str]
    traces: int
    agencies: frozenset[str]


@dataclass(frozen=True, slots=True)
class Truth:
    """person: whose each record is. networks: by name. innocent: the people of each group that has nothing to hide."""

    person: Mapping[RecordKey, str]
    networks: Mapping[str, Network]
    innocent: Mapping[str, frozenset[str]]


def read_truth(folder: Path) -> Truth:
    """The truth in a folder with people.csv, networks.csv, network_people.csv, network_traces.csv and decoys.csv.

    Raises UsedWronglyError when one is missing or speaks of a network that is not in networks.csv, or of another role.
    """
    kinds = {row["network"]: row["kind"] for row in read_rows(folder / NETWORKS, ("network", "kind"))}
    roles, traces = _roles(folder, kinds), _traces(folder, kinds)
    networks = {
        name: Network(name, kind, roles[name], len(traces[name]), frozenset(source for source, _ in traces[name]))
        for name, kind in kinds.items()
    }
    return Truth(read_people(folder / "people.csv"), networks, _groups(folder))


def _roles(folder: Path, known: Mapping[str, str]) -> dict[str, dict[str, str]]:
    roles: dict[str, dict[str, str]] = defaultdict(dict)
    path = folder / "network_people.csv"
    for number, row in _of_networks(path, ("truth_id", "role"), known):
        if row["role"] not in ROLES:
            where = Place(path.name, row=number, column="role")
            raise UsedWronglyError(f"there is no role {row['role']!r}", where=where, mend="write adult or child")
        roles[row["network"]][row["truth_id"]] = row["role"]
    return roles


def _traces(folder: Path, known: Mapping[str, str]) -> dict[str, set[tuple[str, str]]]:
    traces: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for _, row in _of_networks(folder / "network_traces.csv", ("source", "record_id"), known):
        traces[row["network"]].add((row["source"], row["record_id"]))
    return traces


def _of_networks(path: Path, needs: tuple[str, ...], known: Mapping[str, str]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a file that speaks of networks, with their numbers."""
    for number, row in enumerate(read_rows(path, ("network", *needs)), start=2):
        if row["network"] not in known:
            where = Place(path.name, row=number, column="network")
            mend = f"name one that is in {NETWORKS}"
            raise UsedWronglyError(f"there is no network {row['network']!r}", where=where, mend=mend)
        yield number, row


def _groups(folder: Path) -> dict[str, frozenset[str]]:
    groups: dict[str, set[str]] = defaultdict(set)
    for row in read_rows(folder / "decoys.csv", ("group_id", "truth_id")):
        groups[row["group_id"]].add(row["truth_id"])
    return {name: frozenset(people) for name, people in groups.items()}
