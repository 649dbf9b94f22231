"""Records in, entities and explained links out: the one path that every command takes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from concerted.common.ids import RecordKey
from concerted.common.progress import Progress, Silent
from concerted.linkage import engine as db
from concerted.linkage.candidates import propose
from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.decisions import Decision, current
from concerted.linkage.partition import Claims, partition
from concerted.linkage.release import Release, shipped
from concerted.linkage.score import Scored, present, probability
from concerted.linkage.standard import OTHER, other_columns, standardise
from concerted.linkage.train import ENOUGH, NotTrainedError, insist, train
from concerted.linkage.weigh import links_of, weigh, within_components
from concerted.linkage.words import Strength, reasons, strengths

Numbers = np.ndarray[Any, np.dtype[np.int32]]
Settled = dict[tuple[int, int], Decision]


@dataclass(frozen=True)
class Linked:
    """What linking found. Record numbers follow the order of the files and the rows in them: arrival.

    entity: record number -> number of the earliest record of its entity. pairs: every pair that was scored: `left`,
    `right` (int32, left < right), `weight` (bits), `probability`, `band` (join, review, apart), `candidate` (false
    for pairs scored only to judge a merge or because they were decided). shown: the join and review pairs, strongest
    first, with `reasons` and `against` in words. chosen: which model and why. claims: what each record holds of which
    a person has only one, by what it is called.
    """

    keys: list[RecordKey]
    entity: list[int]
    pairs: pa.Table
    shown: pa.Table
    release: Release
    chosen: str
    notes: tuple[str, ...] = ()
    strengths: list[Strength] = field(default_factory=list)
    claims: Claims = field(default_factory=dict)


def link(
    records: Sequence[Path],
    *,
    model: str | Release = "auto",
    decisions: Sequence[Decision] = (),
    unique_sources: frozenset[str] = frozenset(),
    without: Sequence[str] = (),
    progress: Progress | None = None,
) -> Linked:
    """Join the records in these Parquet files.

    model: `auto` trains where the records are enough and takes the shipped release where they are not; `default`,
    `train`, or a release. decisions: what people decided; they outrank the evidence. unique_sources: sources that
    list nobody twice. without: names of comparisons to leave out. Raises UsedWronglyError when `train` was asked for
    and cannot be done, a name is none, or memory is not enough.
    """
    with db.within_memory():
        return _linked(records, model, decisions, unique_sources, without, progress or Silent())


def _linked(
    records: Sequence[Path],
    model: str | Release,
    decisions: Sequence[Decision],
    unique_sources: frozenset[str],
    without: Sequence[str],
    progress: Progress,
) -> Linked:
    progress.step("prepare", "Preparing names, dates and places for comparison")
    table = standardise(records)
    engine = db.connect()
    db.put(engine, "standard", table)
    keys = [RecordKey(*row) for row in zip(table["source"].to_pylist(), table["record_id"].to_pylist(), strict=True)]
    progress.step("model", "Choosing the model")
    release, chosen = _choose(engine, model, other_columns(records), len(keys), without)
    progress.step("pairs", "Finding pairs worth comparing")
    propose(engine, tuple(c for c in present(engine, release.comparisons) if c.name.startswith(OTHER)))
    progress.step("compare", "Comparing")
    settled = _settled(keys, decisions)
    scored, release = weigh(engine, release, settled, len(keys))
    progress.step("decide", "Deciding what belongs together")
    claims = _claims(table, unique_sources)
    return _decided(keys, scored, release, chosen, decisions, settled, claims)


def _settled(keys: list[RecordKey], decisions: Sequence[Decision]) -> Settled:
    """The decision that counts for each decided pair of these records, by record numbers, the lower first."""
    number = {key: at for at, key in enumerate(keys)}
    pairs = {pair: decision for pair, decision in current(decisions).items() if number.keys() >= set(pair)}
    return {(min(a, b), max(a, b)): made for (one, two), made in pairs.items() for a, b in [(number[one], number[two])]}


def _claims(table: pa.Table, unique_sources: frozenset[str]) -> Claims:
    """What each record holds of which one person has one: an identifier, a line in a source that lists nobody twice."""
    claims: dict[int, dict[str, str]] = {}
    for column, title in ONE_A_PERSON.items():
        held = table.filter(pc.is_valid(table[column]))
        for number, value in zip(held["n"].to_pylist(), held[column].to_pylist(), strict=True):
            claims.setdefault(number, {})[title] = value
    for source in sorted(unique_sources):
        for number in table.filter(pc.equal(table["source"], source))["n"].to_pylist():
            claims.setdefault(number, {})[f"record in {source}"] = str(number)
    return claims


def _choose(
    engine: duckdb.DuckDBPyConnection,
    model: str | Release,
    others: dict[str, str],
    records: int,
    without: Sequence[str],
) -> tuple[Release, str]:
    if isinstance(model, Release):
        return model.without(without), f"the release {model.name} that was given"
    start = shipped(others).without(without)
    if model == "default":
        return start, "the shipped release, as asked"
    if model == "auto" and records < ENOUGH:
        return start, f"the shipped release: training needs {ENOUGH:,} records and here {_there(records)}"
    try:
        return train(engine, start), f"trained on these {records:,} records: every level was seen often enough"
    except NotTrainedError as reason:
        if model == "train":
            raise insist(reason) from reason
        return start, f"the shipped release, since these records cannot train one: {reason}"


def _there(records: int) -> str:
    return "is 1" if records == 1 else f"are {records:,}"


def _decided(
    keys: list[RecordKey],
    scored: Scored,
    release: Release,
    chosen: str,
    decisions: Sequence[Decision],
    settled: Settled,
    claims: Claims,
) -> Linked:
    same, apart = (_pairs_decided(settled, word) for word in ("same", "different"))
    links = links_of(within_components(scored.evidence, len(keys), release.join, same))
    entity, suspended = partition(
        len(keys), links, join=release.join, set_mean=release.set_mean, same=same, apart=apart, claims=claims
    )
    pairs = _with_bands(scored.evidence, np.asarray(entity, np.int32), release, settled)
    explained = _with_bands(scored.parts, np.asarray(entity, np.int32), release, settled)
    shown = reasons(explained.filter(pc.not_equal(explained["band"], "apart")), release, settled)
    notes = tuple(_notes(keys, decisions, suspended, release.left_out))
    kept = pairs.select(["left", "right", "weight", "probability", "band", "candidate"])
    return Linked(keys, entity, kept, shown, release, chosen, notes, strengths(explained, release), claims)


def _pairs_decided(settled: Settled, word: str) -> list[tuple[int, int]]:
    return sorted(pair for pair, decision in settled.items() if decision.decision == word)


def _with_bands(scored: pa.Table, entity: Numbers, release: Release, settled: Settled) -> pa.Table:
    left, right, weight = (scored[name].to_numpy() for name in ("left", "right", "weight"))
    word = _decided_words(left, right, settled)
    together = entity[left] == entity[right]
    joined = together & ((weight >= release.join) | (word == "same")) & (word != "unsure")
    review = ~joined & ~together & (weight >= release.review) & (word != "different") | (word == "unsure")
    band = np.where(joined, "join", np.where(review, "review", "apart"))
    chances = pa.array(probability(weight))
    return scored.append_column("probability", chances).append_column("band", pa.array(band.tolist(), pa.string()))


def _decided_words(left: Numbers, right: Numbers, settled: Settled) -> np.ndarray[Any, Any]:
    """For each pair what was decided of it, or nothing."""
    decided = sorted((one << 32 | two, made.decision) for (one, two), made in settled.items())
    if not decided:
        return np.full(len(left), "", dtype="<U9")
    numbers = np.array([number for number, _ in decided])
    words = np.array([word for _, word in decided])
    pair = left.astype(np.int64) << 32 | right
    at = np.minimum(np.searchsorted(numbers, pair), len(numbers) - 1)
    return np.where(numbers[at] == pair, words[at], "")


def _notes(
    keys: list[RecordKey],
    decisions: Sequence[Decision],
    suspended: list[tuple[int, int]],
    left_out: Sequence[str],
) -> Iterable[str]:
    if left_out:
        yield f"left out of what is compared, as asked: {', '.join(left_out)}"
    here = set(keys)
    absent = sum(1 for pair in current(decisions) if not here.issuperset(pair))
    if absent:
        many = "1 decision waits: it names" if absent == 1 else f"{absent:,} decisions wait: they name"
        yield f"{many} a record that is not among these"
    for left, right in suspended:
        yield f"the decision that {keys[left]} and {keys[right]} are the same waits: others keep their sets apart"
