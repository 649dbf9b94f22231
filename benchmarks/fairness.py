"""For whom links are missed or false, by origin of the name, on invented regions.

With equal noise everybody's records go wrong alike, so that what differs between origins is linkage's own, and there
are bounds. As evidence has noise it differs by origin itself; those figures are published. Many medium regions are
linked each by itself and counted together, since one of them has too few people of most origins. What counts for the
bounds is every record alike: by pairs a few people who are met again and again decide what an origin's figures are.
"""

import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Literal

import numpy as np
import pyarrow.parquet as pq

from benchmarks.figures import Figure
from benchmarks.yardstick import Say
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows
from concerted.desk.given import found_in
from concerted.extracts import take_many
from concerted.linkage import Fairness, GroupFigures, Linked, link, read_truth
from concerted.linkage.fairness import Each, Numbers, figures
from concerted.synthetic import synthesise

# With equal errors everywhere the largest of some twenty ratios is above 1 by chance: with four regions by 1.4 times at
# the middle, with eighty by 1.08, and in one run of twenty above what it must be.
SEEDS: Final[Mapping[str, range]] = {"equal": range(3, 83), "evidence": range(3, 11)}
ORIGIN_HAS: Final = 2_000  # true pairs, of an origin that is looked at
LEFT_OUT: Final = {"place": "place_of_birth", "country": "country"}  # a comparison and the column that it needs
MISSED, MISSED_LIMIT, FALSE = (1.15, 1.10), 1.25, (1.5, 1.25)  # must and aim of a ratio; must of its upper limit
Noise = Literal["equal", "evidence"]
Kind = Literal["missed", "false"]


@dataclass(frozen=True, slots=True)
class Joined:
    """All regions together, one after the other: for each record the numbers of its entity, of its person and of the
    origin of that one's name, of which `names` has the number."""

    entity: list[Numbers] = field(default_factory=list)
    person: list[Numbers] = field(default_factory=list)
    origin: list[Numbers] = field(default_factory=list)
    names: dict[str, int] = field(default_factory=dict)

    def add(
        self, entity: Mapping[RecordKey, object], truth: Mapping[RecordKey, str], origin: Mapping[RecordKey, str]
    ) -> None:
        """Add a region, which shares no person and no entity with another."""
        keys = [key for key in truth if key in entity and origin.get(key)]
        self.entity.append(_numbered(self.entity, [entity[key] for key in keys]))
        self.person.append(_numbered(self.person, [truth[key] for key in keys]))
        self.origin.append(np.array([self.names.setdefault(origin[key], len(self.names)) for key in keys], np.int64))

    def by(self, each: Each) -> Fairness:
        """The figures of each origin."""
        entity, person, origin = (np.concatenate(parts) for parts in (self.entity, self.person, self.origin))
        return figures("name_origin", entity, person, origin, list(self.names), least=ORIGIN_HAS, each=each)


def _numbered(before: Sequence[Numbers], values: Sequence[object]) -> Numbers:
    """A number for each different value, beyond all numbers before."""
    first = max((int(numbers.max(initial=-1)) + 1 for numbers in before[-1:]), default=0)
    found = {value: first + at for at, value in enumerate(dict.fromkeys(values))}
    return np.array([found[value] for value in values], np.int64)


def by_origin(say: Say) -> list[Figure]:
    """The largest ratios of an origin to all others; with and without place of birth and country."""
    rows: list[Figure] = []
    for noise in ("equal", "evidence"):
        whole, less = _joined(noise, say)
        rows += _rows(f"{noise} noise", whole.by("record"), bounded=noise == "equal")
        rows += _rows(f"{noise} noise, every pair alike", whole.by("pair"))
        rows += _rows(f"{noise} noise, without place of birth and country", less.by("record"))
    return rows


def _joined(noise: Noise, say: Say) -> tuple[Joined, Joined]:
    """The regions linked with all that is compared, and without some."""
    whole, less = Joined(), Joined()
    with tempfile.TemporaryDirectory() as name:
        for seed in SEEDS[noise]:
            say(f"a medium region of {noise} noise, seed {seed}")
            place = Path(name) / str(seed)
            synthesise(place / "region", "medium", seed, noise=noise, circles=False)
            records = _records(place)
            linked = link(records)
            _add(whole, place / "region" / "truth", linked)
            if any(_held(records)):  # else leaving them out leaves out nothing
                linked = link(records, without=tuple(LEFT_OUT))
            _add(less, place / "region" / "truth", linked)
            shutil.rmtree(place)
    return whole, less


def _held(records: Sequence[Path]) -> Iterator[bool]:
    """Of each file, whether any record has what is left out."""
    for path in records:
        columns = [name for name in pq.read_schema(path).names if name in LEFT_OUT.values()]
        yield any(column.null_count < len(column) for column in pq.read_table(path, columns=columns).columns)


def _records(place: Path) -> list[Path]:
    """The people of a region's extracts, as they are read."""
    found = found_in(place / "region" / "extracts", place / "region" / "profiles")
    extracts = [one for one in found if "person" in one.profile.kinds]
    pairs = [(one.path, one.profile) for one in extracts]
    taken = take_many(pairs, place / "records", lambda _: None, names=[one.name for one in extracts])
    return [one.records for one in taken if one.counts.records]


def _add(joined: Joined, truth: Path, linked: Linked) -> None:
    """Add a region."""
    rows = read_rows(truth / "groups.csv")
    origin = {RecordKey(row["source"], row["record_id"]): row["name_origin"] for row in rows}
    joined.add(dict(zip(linked.keys, linked.entity, strict=True)), read_truth(truth / "people.csv"), origin)


def _rows(what: str, found: Fairness, *, bounded: bool = False) -> Iterator[Figure]:
    """Of either kind the origin with the largest ratio: that, and the upper limit of its interval."""
    bounds: dict[Kind, tuple[float | None, float | None]] = {"missed": MISSED, "false": FALSE}
    for kind, (must, aim) in bounds.items():
        worst = largest(found, kind)
        ratio = getattr(worst, f"{kind}_ratio")
        words, note = f"{kind}-link ratio, {what}", _note(what, kind, found, worst)
        limits = (must, aim) if bounded else (None, None)
        limit = MISSED_LIMIT if bounded and kind == "missed" else None
        yield Figure("fairness", words, ratio.value, None, *limits, "times", less=True, places=2, note=note)
        yield Figure("fairness", f"{words}, upper limit", ratio.high, None, limit, None, "times", less=True, places=2)


def largest(found: Fairness, kind: Kind) -> GroupFigures:
    """The origin with enough true pairs whose ratio is the largest."""
    enough = [group for group in found.groups if not group.few and getattr(group, f"{kind}_ratio")]
    return max(enough, key=lambda group: float(getattr(group, f"{kind}_ratio").value))


def _note(what: str, kind: Kind, found: Fairness, worst: GroupFigures) -> str:
    enough = sum(not group.few for group in found.groups)
    share, all_ = getattr(worst, kind), getattr(found, kind)
    return (
        f"{kind} links, {what}: the largest of {enough} origins with {ORIGIN_HAS:,} true pairs or more is "
        f"{worst.group.replace('_', ' ')}'s, {share.share:.4f} beside {all_.share:.4f} over all"
    )
