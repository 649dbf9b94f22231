"""What a run came to, as summary.json has it."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

import pyarrow.parquet as pq

from concerted.desk import deliveries, quarantine
from concerted.desk.current import record_files
from concerted.desk.results import release
from concerted.desk.scores import Figures
from concerted.desk.store import Store
from concerted.extracts.fields import KINDS


@dataclass(frozen=True, slots=True)
class Summary:
    """The counts of a result folder. seconds: what each step took. evaluation: None without a truth.

    rows_quarantined, values_quarantined: what waits there now. links: joined pairs. review: pairs for a person.
    kinds: records of each kind. things: different places, telephones, vehicles and accounts, of a picture. cut: for
    each kind of key how many records have one so common that it proposed nothing, or only neighbours. errors: how many
    of the links are false, and of the true ones missed, as far as the weights tell (`linkage.errors`). trust: where the
    model is unsure, and what each source has of what is compared.
    """

    records: int
    rows_quarantined: int
    values_quarantined: int
    entities: int
    links: int
    review: int
    seconds: dict[str, float]
    model: dict[str, object]
    thresholds: dict[str, float]
    files: list[dict[str, object]]
    notes: list[str]
    evaluation: Figures | None = None
    kinds: dict[str, int] = field(default_factory=dict)
    things: dict[str, int] = field(default_factory=dict)
    cut: dict[str, int] = field(default_factory=dict)
    errors: dict[str, object] | None = None
    trust: dict[str, object] = field(default_factory=dict)

    def last_files(self) -> list[dict[str, object]]:
        """The files of the last command that brought any, with what was mended since."""
        last = max((int(str(file["batch"])) for file in self.files), default=0)
        return [file for file in self.files if file["batch"] == last]

    def to_dict(self) -> dict[str, object]:
        """As it is written: keys are only ever added at the end."""
        return asdict(self)


def summarise(
    store: Store,
    seconds: Mapping[str, float],
    notes: Sequence[str],
    evaluation: Figures | None,
    trust: dict[str, object],
) -> Summary:
    """The summary of what the store holds. trust: as the report has it."""
    model, chosen = release(store)
    return Summary(
        records=store.count("member"),
        rows_quarantined=quarantine.in_quarantine(store, "row"),
        values_quarantined=quarantine.in_quarantine(store, "value"),
        entities=int(store.run("select count(distinct entity) from member").fetchone()[0]),
        links=store.count("link", "band = 'join'"),
        review=store.count("link", "band = 'review'"),
        seconds=dict(seconds),
        model={"release": model.id, "name": model.name, "trained": model.trained, "why": chosen},
        thresholds=model.thresholds,
        files=[_file(delivery) for delivery in deliveries.all_of(store)],
        notes=list(notes),
        evaluation=evaluation,
        kinds=_kinds(store),
        things=dict(store.run("select kind, count(distinct entity) from thing group by kind order by kind")),
        cut=json.loads(store.get("cut", "{}")),
        errors=json.loads(store.get("errors", "null")),
        trust=trust,
    )


def _kinds(store: Store) -> dict[str, int]:
    counts = {kind: sum(pq.read_metadata(path).num_rows for path in record_files(store, kind)) for kind in KINDS}
    return {kind: count for kind, count in counts.items() if count}


def _file(delivery: deliveries.Delivery) -> dict[str, object]:
    return {
        "file": delivery.file,
        "profile": delivery.profile_id,
        "profile_version": delivery.profile_version,
        "sha256": delivery.sha256,
        "bytes": delivery.bytes,
        **asdict(delivery.counts),
        "dropped": list(delivery.dropped),
        "notes": list(delivery.notes),
        "mends": delivery.mends,
        "sheet": delivery.sheet,
        "batch": delivery.batch,
        "feed": delivery.feed,
        "arrived": delivery.arrived,
        "told": delivery.told,
    }
