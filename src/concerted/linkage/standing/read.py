"""A written picture, open: nothing of it is read before it is asked for."""

import json
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from numpy.typing import NDArray

from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.compare import Comparer
from concerted.linkage.frequencies import Frequencies
from concerted.linkage.keys import Family
from concerted.linkage.release import Release
from concerted.linkage.standing import keyed
from concerted.linkage.standing.near import Near
from concerted.linkage.standing.sides import Layout
from concerted.linkage.standing.texts import Texts
from concerted.linkage.standing.write import ABOUT, OF_THE_RECORD, REFINED_BY, RELEASE

if TYPE_CHECKING:
    from concerted.linkage.standing.few import Ready

SCOPES: Final = 32  # that are kept in mind


@dataclass(frozen=True)
class Standing:
    """A picture that questions are looked up in. release: that it was linked with. layout: where each column stands in
    a row, and whether it is a list. others: column of the profiles' own naming -> its name in records. texts: of all
    columns. arrays: as `write` wrote them, mapped."""

    release: Release
    records: int
    layout: Layout
    others: dict[str, str]
    unique_sources: frozenset[str]
    texts: Texts
    near: Near
    arrays: dict[str, NDArray[Any]]

    @classmethod
    def open(cls, folder: Path) -> "Standing":
        """The picture that stands in this folder."""
        about = json.loads((folder / ABOUT).read_text(encoding="utf-8"))
        release = Release.from_json((folder / RELEASE).read_text(encoding="utf-8"), RELEASE)
        arrays = {path.stem: np.asarray(np.load(path, mmap_mode="r")) for path in sorted(folder.glob("*.npy"))}
        layout = {name: (one, other, bool(is_list)) for name, (one, other, is_list) in about["layout"].items()}
        texts, unique = Texts(arrays), frozenset(about["unique_sources"])
        near = Near(arrays, texts)
        return cls(release, about["records"], layout, about["others"], unique, texts, near, arrays)

    @cached_property
    def families(self) -> tuple[Family, ...]:
        """The families of its keys."""
        return keyed.families(list(self.others))

    @cached_property
    def comparer(self) -> Comparer:
        """What compares its records: the comparisons as far as all of them go, as batch has them."""
        return Comparer(
            _Held(self.layout), self.release.comparisons, Frequencies(_Held({}), {}, {}), self.release.columns
        )

    @cached_property
    def ready(self) -> "Ready":
        """Its comparisons made ready for questions."""
        from concerted.linkage.standing.few import ready

        return ready(self.comparer, self.has)

    def has(self, name: str) -> bool:
        """Whether any of its records has a value in a column."""
        return name in self.layout

    @cached_property
    def sources(self) -> dict[str, int]:
        """Its sources, and the number of each."""
        numbers = np.unique(self.arrays["of_source"])
        return {self.texts.text(number): number for number in numbers.tolist() if number}

    def within(self, sources: tuple[str, ...]) -> NDArray[np.bool_] | None:
        """For each record whether it is of one of these sources; None for all. What was asked before is kept."""
        if len(sources) == len(self.sources):
            return None
        if sources not in self._scopes:
            if len(self._scopes) >= SCOPES:
                self._scopes.clear()
            numbers = [self.sources[name] for name in sources]
            self._scopes[sources] = np.isin(self.arrays["of_source"], numbers)
        return self._scopes[sources]

    @cached_property
    def _scopes(self) -> dict[tuple[str, ...], NDArray[np.bool_]]:
        return {}

    def column(self, name: str, records: Numbers) -> Numbers:
        """The numbers of a column's values in some records; 0 where the picture has no such column."""
        if name not in self.layout:
            return np.zeros(len(records), np.int32)
        begin, end, is_list = self.layout[name]
        found = self.arrays["rows"][records, begin:end]
        return found if is_list else found[:, 0]

    def keys(self, records: Numbers) -> tuple[str, ...]:
        """The records as their owners know them: SOURCE:ID."""
        columns = (map(self.texts.text, self.column(name, records).tolist()) for name in OF_THE_RECORD)
        return tuple(map(":".join, zip(*columns, strict=True)))

    def refining(self, name: str) -> Numbers:
        """One of the columns that keys are refined by, of all records."""
        assert name in REFINED_BY
        found: Numbers = self.arrays[f"of_{name}"]
        return found

    def members(self, entity: int) -> Numbers:
        """The records of an entity."""
        starts = self.arrays["member_starts"]
        found: Numbers = self.arrays["members"][starts[entity] : starts[entity + 1]]
        return found

    def links(self, entity: int) -> tuple[Numbers, Numbers]:
        """The links that hold an entity together."""
        begin, end = self.arrays["link_starts"][entity : entity + 2]
        return self.arrays["link_left"][begin:end], self.arrays["link_right"][begin:end]


class _Held(Coded):
    """Records of which no more is said than which columns have a value."""

    def __init__(self, layout: Layout) -> None:
        self.records = 0
        self._layout: Final = layout

    def has(self, name: str) -> bool:
        """Whether any record has a value."""
        return name in self._layout
