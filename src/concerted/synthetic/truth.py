"""The truth beside the extracts: which record is whose, who they are, which networks there are, and which groups have
nothing to hide."""

import csv
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.synthetic.circles.circle import Circle
from concerted.synthetic.district import District

Told = tuple[str, NDArray[np.object_], NDArray[np.int64]]
"""A source, record ids of it, and the person of each by number in the district; -1 for nobody."""


@dataclass(frozen=True, slots=True)
class Network:
    """A network as the truth has it. traces: the source and the record id of every row that it left."""

    circle: Circle
    traces: list[tuple[str, str]]


_HEADERS: Final = {
    "people.csv": ("source", "record_id", "truth_id"),
    "persons.csv": ("truth_id", "household", "name_origin", "sex", "born", "in_care", "district"),
    "decoys.csv": ("group_id", "kind", "truth_id"),
    "networks.csv": ("network", "kind", "district", "agencies"),
    "network_people.csv": ("network", "truth_id", "role"),
    "network_traces.csv": ("network", "source", "record_id"),
    "groups.csv": ("source", "record_id", "name_origin", "age_band", "sex", "agency"),
}
AGE_BANDS: Final = ("under 10", "10 to 13", "14 to 15", "16 to 17", "18 to 24", "25 to 44", "45 and over")
_BEGIN: Final = (10, 14, 16, 18, 25, 45)  # the age with which each band but the first begins


class TruthFiles:
    """Open files of the truth. records, people: how many were written."""

    def __init__(self, folder: Path, stack: ExitStack, origins: Sequence[str]) -> None:
        folder.mkdir()
        self._writers: dict[str, Any] = {}
        for name, header in _HEADERS.items():
            handle = stack.enter_context((folder / name).open("w", encoding="utf-8", newline=""))
            self._writers[name] = csv.writer(handle, lineterminator="\n")
            self._writers[name].writerow(header)
        self._origins = np.array(origins, object)
        self.records = self.people = 0

    def write(self, district: District, told: Sequence[Told], networks: Sequence[Network] = ()) -> None:
        """Add the truth of a district."""
        for source, ids, who in told:
            there = np.flatnonzero(who >= 0)
            sources = [source] * len(there)
            rows = zip(sources, ids[there].tolist(), district.truth_ids(who[there]).tolist(), strict=True)
            self._writers["people.csv"].writerows(rows)
            groups = zip(sources, ids[there].tolist(), *self._groups(district, who[there]), sources, strict=True)
            self._writers["groups.csv"].writerows(groups)
            self.records += len(there)
        self._persons(district, np.unique(np.concatenate([who[who >= 0] for _, _, who in told])))
        for number, group in enumerate(district.gatherings.groups):
            name = f"D{district.number:02d}{number:05d}"
            members = district.truth_ids(group.members).tolist()
            self._writers["decoys.csv"].writerows((name, group.kind, member) for member in members)
        for network in networks:
            self._network(district, network)

    def _network(self, district: District, network: Network) -> None:
        """What it is, who is in it, and where it left a trace."""
        circle, agencies = network.circle, sorted({source for source, _ in network.traces})
        about = (circle.name, circle.kind, district.number, ";".join(agencies))
        self._writers["networks.csv"].writerow(about)
        for role, who in (("adult", circle.adults), ("child", circle.children)):
            ids = district.truth_ids(np.array(who, np.int64)).tolist()
            self._writers["network_people.csv"].writerows((circle.name, one, role) for one in ids)
        self._writers["network_traces.csv"].writerows((circle.name, *trace) for trace in network.traces)

    def _groups(self, district: District, who: NDArray[np.int64]) -> tuple[list[str], ...]:
        """Origin of the name, age band on the region's day and sex, as they are and not as any record has them."""
        families = district.people.families
        bands = np.digitize(families.age(district.as_of)[who], _BEGIN)
        return (
            self._origins[families.origin[who]].tolist(),
            np.array(AGE_BANDS, object)[bands].tolist(),
            np.where(families.female[who], "female", "male").tolist(),
        )

    def _persons(self, district: District, recorded: NDArray[np.int64]) -> None:
        """Those of whom there is any record."""
        families = district.people.families
        households = [f"H{district.number:02d}{number:06d}" for number in families.household[recorded].tolist()]
        columns = (
            district.truth_ids(recorded).tolist(),
            households,
            self._origins[families.origin[recorded]].tolist(),
            np.where(families.female[recorded], "F", "M").tolist(),
            families.born[recorded].astype("datetime64[D]").astype(str).tolist(),
            np.where(district.people.care[recorded], "yes", "no").tolist(),
            [str(district.number)] * len(recorded),
        )
        self._writers["persons.csv"].writerows(zip(*columns, strict=True))
        self.people += len(recorded)
