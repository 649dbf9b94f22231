"""Which fields the profiles of each agency take from its extracts, and which they fill themselves."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath

from concerted.desk import deliveries
from concerted.desk.deliveries import Delivery, records_file
from concerted.desk.quality.tally import RecordsFile
from concerted.desk.store import Store
from concerted.extracts.fields import KINDS, Kind
from concerted.extracts.profile import Profile
from concerted.extracts.protected import judge_name


@dataclass(slots=True)
class Mapped:
    """What is said of one agency's records of a kind. taken: fields made from columns. said: filled by the profile.

    required: fields without which no row is taken. left_out: columns that by their names hold ethnicity, not mapped.
    """

    taken: set[str] = field(default_factory=set)
    said: set[str] = field(default_factory=set)
    required: set[str] = field(default_factory=set)
    left_out: dict[str, None] = field(default_factory=dict)


def mapped(store: Store) -> dict[tuple[str, Kind], Mapped]:
    """By agency and kind of record, for every extract that came."""
    found: dict[tuple[str, Kind], Mapped] = {}
    for delivery in deliveries.all_of(store):
        if delivery.mends is not None:
            continue
        sources = _sources(store, delivery)
        for kind, of_kind in _of_profile(delivery.profile).items():
            for source in sources:
                known = found.setdefault((source, kind), Mapped())
                known.taken |= of_kind.taken
                known.said |= of_kind.said
                known.required |= of_kind.required
                known.left_out |= dict.fromkeys(_ethnicity_left_out(delivery))
    return found


def source_of(profile: Profile, file: str) -> str:
    """The one agency whose extract a file is; empty when each row says its own."""
    if profile.source.file:
        return PurePath(file).stem.strip()
    return profile.source.constant or ""


def _sources(store: Store, delivery: Delivery) -> list[str]:
    one = source_of(delivery.profile, delivery.file)
    if one:
        return [one]
    paths = [records_file(store.folder, delivery.number, kind) for kind in KINDS]
    return list(dict.fromkeys(source for path in paths if path.exists() for source in RecordsFile(path).sources))


def _of_profile(profile: Profile) -> dict[Kind, Mapped]:
    found: dict[Kind, Mapped] = {}
    for part, subject in profile.subjects.items():
        known = found.setdefault(profile.kind_of(part), Mapped())
        before = "" if part is None else f"{part}."
        for name, spec in subject.fields.items():
            (known.taken if spec.columns else known.said).add(name)
            if f"{before}{name}" in profile.required:
                known.required.add(name)
    return found


def _ethnicity_left_out(delivery: Delivery) -> Iterator[str]:
    """Columns of the file that are dropped, or only carried."""
    for column in (*delivery.dropped, *delivery.profile.evidence):
        if judge_name(column).about == "ethnicity":
            yield column
