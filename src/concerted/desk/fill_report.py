"""What the report page shows, taken from the store."""

import json
import shlex
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Final, Literal

import pyarrow.compute as pc
import pyarrow.parquet as pq

from concerted import __version__
from concerted.common import clock
from concerted.common.words import counted
from concerted.desk import deliveries, fill_examples, fill_picture, fill_totals, fill_trust, purpose, quarantine
from concerted.desk.columns import Columns
from concerted.desk.deliveries import Delivery, records_file
from concerted.desk.report.data import (
    Evaluation,
    FieldLevel,
    FileRead,
    Model,
    Quarantine,
    QuarantineReason,
    ReportData,
    Step,
)
from concerted.desk.report.evaluation import measures
from concerted.desk.report.words import day, moment
from concerted.desk.results import release
from concerted.desk.scores import Figures
from concerted.desk.store import Store

REASONS: Final = 60  # shown of a quarantine; `concerted quarantine list` shows all


def fill(store: Store, held: Columns, notes: Sequence[str], evaluation: Figures | None) -> ReportData:
    """The page's content. held: what the store holds. notes: sentences on the run."""
    model, _ = release(store)
    words, folder = words_of(store), folder_of(store)
    return ReportData(
        title="What was joined, and why",
        made_at=moment(clock.now()),
        as_of=day(date.fromisoformat(store.get("as_of"))),
        made_by=f"Concerted {__version__}",
        command=words,
        files=tuple(_file(store, delivery) for delivery in deliveries.all_of(store)),
        quarantine=_quarantine(store, folder),
        totals=fill_totals.totals(held),
        scores=fill_totals.scores(store, model.thresholds),
        model=_model(store),
        trust=fill_trust.trust(store, held, folder),
        joined=fill_examples.examples(store, fill_examples.joined(store, held), model, folder),
        review=fill_examples.examples(store, fill_examples.to_review(store), model, folder),
        next_steps=_steps(store, folder),
        evaluation=_evaluation(evaluation),
        limits=tuple(_sentence(note) for note in notes),
        picture=fill_picture.fill(store),
        purpose=purpose.of(store),
    )


def words_of(store: Store) -> tuple[str, ...]:
    """The command that made the folder, as it was given."""
    return tuple(json.loads(store.get("words")))


def folder_of(store: Store) -> str:
    """The result folder as that command named it."""
    return folder_in(words_of(store))


def folder_in(words: Sequence[str]) -> str:
    """The result folder as the command named it, for commands that a reader can copy."""
    for at, word in enumerate(words):
        if word == "--out" and at + 1 < len(words):
            return words[at + 1]
        if word.startswith("--out="):
            return word.removeprefix("--out=")
    return "DIR"


def _file(store: Store, delivery: Delivery) -> FileRead:
    counts = delivery.counts
    return FileRead(
        name=delivery.file,
        sources=_sources(records_file(store.folder, delivery.number)),
        profile=f"{delivery.profile_id}, version {delivery.profile_version}",
        rows=counts.rows,
        read=counts.read,
        quarantined=counts.quarantined,
        blank=counts.blank,
        repeated=counts.repeated,
        records=counts.records,
        values_quarantined=counts.values_quarantined,
        dropped=delivery.dropped,
        notes=delivery.notes,
        mended=delivery.mends is not None,
    )


def _sources(path: Path) -> tuple[str, ...]:
    return tuple(pc.unique(pq.read_table(path, columns=["source"])["source"]).to_pylist())


def _quarantine(store: Store, folder: str) -> Quarantine:
    found = quarantine.reasons(store)
    if not found:
        return Quarantine()
    shown = tuple(
        QuarantineReason(one.first.kind, one.first.reason, one.first.mend, one.count, str(one.first.place))
        for one in found[:REASONS]
    )
    where = shlex.quote(folder)
    steps = (
        Step("See every row and value in quarantine, with its number.", f"concerted quarantine list {where}"),
        Step(
            "Mend one: say its number, and what the column should hold.",
            f"concerted quarantine mend {where} {found[0].first.id} --set COLUMN=VALUE --who NAME --why REASON",
        ),
        Step("Read again what was mended, and join anew.", f"concerted quarantine replay {where}"),
    )
    return Quarantine(shown, steps, *(quarantine.in_quarantine(store, kind) for kind in ("row", "value")))


def _model(store: Store) -> Model:
    model, chosen = release(store)
    origin: Literal["trained", "given", "shipped"]
    origin = "trained" if model.trained else "given" if chosen.endswith("that was given") else "shipped"
    levels = (FieldLevel(*row) for row in json.loads(store.get("strengths", "[]")))
    return Model(model.name, origin, _sentence(chosen), model.id, tuple(levels))


def _steps(store: Store, folder: str) -> tuple[Step, ...]:
    where, steps = shlex.quote(folder), []
    review = store.count("link", "band = 'review'")
    waiting = sum(quarantine.in_quarantine(store, kind) for kind in ("row", "value"))
    if review:
        steps.append(
            Step(
                f"{counted(review, 'pair waits', 'pairs wait')} for a person. review.csv has them, most telling first: "
                "decide on each in a file of decisions, and join again with it.",
                f"concerted {_again(store)} --into {where} --decisions DECISIONS.csv",
            )
        )
    if waiting:
        many = counted(waiting, "row or value is", "rows and values are")
        steps.append(Step(f"{many} in quarantine.", f"concerted quarantine list {where}"))
    first = store.run("select source, record_id from member order by arrival limit 1").fetchone()
    if first:
        named = shlex.quote(f"{first[0]}:{first[1]}")
        steps.append(Step("See why any record is joined to others.", f"concerted explain {where} {named}"))
    return tuple(steps)


def _again(store: Store) -> str:
    """The command that joins anew, without its options."""
    return "picture DIR_OF_EXTRACTS --profiles DIR" if store.get("things") else "resolve FILE... --profile PROFILE"


def _evaluation(figures: Figures | None) -> Evaluation | None:
    if figures is None:
        return None
    said = "the column that the profile names as the truth, which linking never saw."
    return Evaluation(said, measures(figures))


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."
