"""Records in, entities and explained links out: the one path that every command takes."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from concerted.common.collector import uncollected
from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.progress import Progress, Silent
from concerted.linkage import keys
from concerted.linkage.candidates import Pairs, apart, as_one, propose
from concerted.linkage.cells import CellOf, numbers_of_cells
from concerted.linkage.coded import Coded, Numbers
from concerted.linkage.compare import Comparer
from concerted.linkage.comparisons import ONE_A_PERSON
from concerted.linkage.decisions import Decision, current
from concerted.linkage.errors import Errors, errors
from concerted.linkage.folding import Folded, fold, listed_once
from concerted.linkage.frequencies import Bits, Frequencies
from concerted.linkage.held import HeldPair, numbered, with_questions
from concerted.linkage.labels import labels_of
from concerted.linkage.linked import Linked, pairs_table, unfolded
from concerted.linkage.noted import notes_of
from concerted.linkage.partition import Claims, Links, partition
from concerted.linkage.release import Release, by_hand, shipped
from concerted.linkage.standard import OTHER, other_columns, standardise
from concerted.linkage.thresholds import calibrated
from concerted.linkage.train import ENOUGH, NotTrainedError, insist, taught, train
from concerted.linkage.weigh import SILENT, Weighed, least_kept, probability, weigh
from concerted.linkage.witnesses import Said, Witness, against, confused, judged, told, with_vetoes
from concerted.linkage.words import Strength, reasons, strengths

Settled = dict[tuple[int, int], Decision]
STANDS: Final = "the release that stands"  # why it was chosen


def link(
    records: Sequence[Path],
    *,
    model: str | Release = "auto",
    decisions: Sequence[Decision] = (),
    unique_sources: frozenset[str] = frozenset(),
    without: Sequence[str] = (),
    witnesses: Sequence[Witness] = (),
    held: Sequence[HeldPair] = (),
    cells: CellOf | None = None,
    progress: Progress | None = None,
) -> Linked:
    """Join the records in these Parquet files.

    model: `auto` trains where the records are enough and takes the shipped release where they are not; `default`,
    `train`, or a release. With enough decided pairs `auto` and `train` go on to a child of that release, which learns
    from them. decisions: what people decided; they outrank the evidence. unique_sources: sources that list nobody
    twice. without: names of comparisons to leave out. witnesses: what third records say of two. held: pairs that the
    release before held together: those that are apart now are asked about in review. cells: the cell that a record
    lies in; one for all where it is not given. All decisions and witnesses count here, whatever cells they name
    (`scopes` chooses those of a scope). Raises UsedWronglyError when `train` was asked for and cannot be done, a name
    is none, or memory is not enough.
    """
    try:
        return _linked(records, model, decisions, unique_sources, without, witnesses, held, cells, progress or Silent())
    except MemoryError as error:
        raise UsedWronglyError(
            "so many records cannot be joined at once",
            why="comparing them takes more memory than there is",
            mend="join fewer at a time",
        ) from error


def _linked(
    records: Sequence[Path],
    model: str | Release,
    decisions: Sequence[Decision],
    unique_sources: frozenset[str],
    without: Sequence[str],
    witnesses: Sequence[Witness],
    held: Sequence[HeldPair],
    cells: CellOf | None,
    progress: Progress,
) -> Linked:
    progress.step("prepare", "Preparing names, dates and places for comparison")
    table = standardise(records)
    every, whole = record_keys(table), Coded(table)
    in_cell = numbers_of_cells(every, cells)
    alike = fold(whole, (), unique_sources, in_cell)
    folded = as_said(alike, every, decisions, witnesses)
    # A decision counts in some scopes only, so that it may not bear on what is proposed where there are any.
    paired = folded if in_cell is None else alike
    coded, keys_of = whole.take(folded.kept, folded.named), [every[at] for at in folded.kept.tolist()]
    progress.step("pairs", "Finding pairs worth comparing")
    to_pair = coded if paired is folded else whole.take(paired.kept, paired.named)
    proposed, cut = proposed_of(to_pair, table, None if in_cell is None else in_cell[paired.kept])
    proposed, listed = paired.carried(proposed, folded), listed_once(coded, unique_sources)
    proposed = proposed[~of_one_list(listed, proposed)]
    impossible = sum(many * (many - 1) // 2 for many in np.bincount(listed)[1:].tolist())
    progress.step("model", "Choosing the model")
    release, shares, chosen = _choose(coded, model, other_columns(records), proposed, without, len(every))
    progress.step("compare", "Comparing")
    settled = settled_of(keys_of, decisions)
    comparer = Comparer(coded, release.comparisons, shares, release.columns)
    weighed, release = weigh(comparer, release, proposed, settled, impossible=impossible)
    labels = labels_of(settled)
    if model in ("auto", "train") and labels.enough:
        child = taught(comparer, release, proposed, labels)
        chosen = f"{chosen}, then taught by {len(labels.pairs):,} decided pairs"
        comparer = Comparer(coded, child.comparisons, shares, child.columns)
        weighed, release = weigh(comparer, child, proposed, settled, labels, impossible)
    progress.step("decide", "Deciding what belongs together")
    said = told(witnesses, release.witnessed, dict(zip(every, folded.of.tolist(), strict=True)) if witnesses else {})
    own = {int(folded.of[at]): held for at, held in claims_of(table, unique_sources).items()}
    claims = with_vetoes(own, said)
    found = decided(keys_of, _InArrays(comparer), weighed, release, chosen, decisions, settled, claims, said)
    found = _asking(found, comparer, release, held, folded, every, said)
    del comparer, weighed, proposed  # room for the same of all that the records stand for
    return replace(unfolded(found, folded, whole, every), cut=cut)


def among(
    table: pa.Table,
    whole: Coded,
    folded: Folded,
    release: Release,
    proposed: Pairs,
    decisions: Sequence[Decision],
    unique_sources: frozenset[str],
    held: Sequence[HeldPair] = (),
    witnesses: Sequence[Witness] = (),
) -> Linked:
    """What linking finds among these records, of which it is known how they fold and which pairs are worth comparing.

    table: standardised. release: bound. proposed: by the places of those that are kept, in order. held, witnesses: as
    `link` has them."""
    every = record_keys(table)
    coded, keys_of = whole.take(folded.kept, folded.named), [every[at] for at in folded.kept.tolist()]
    comparer = Comparer(coded, release.comparisons, release.shares(coded), release.columns)
    settled = settled_of(keys_of, decisions)
    found, _ = weigh(comparer, release, proposed, settled)
    said = told(witnesses, release.witnessed, dict(zip(every, folded.of.tolist(), strict=True)) if witnesses else {})
    own = {int(folded.of[at]): held for at, held in claims_of(table, unique_sources).items()}
    claims = with_vetoes(own, said)
    linked = decided(keys_of, _InArrays(comparer), found, release, STANDS, decisions, settled, claims, said)
    linked = _asking(linked, comparer, release, held, folded, every, said)
    return unfolded(linked, folded, whole, every)


def _asking(
    found: Linked,
    comparer: Comparer,
    release: Release,
    held: Sequence[HeldPair],
    folded: Folded,
    every: list[RecordKey],
    said: Said,
) -> Linked:
    """What linking found, with the pairs among those to review that the release before held together."""
    if not held:
        return found
    before = numbered(held, dict(zip(every, folded.of.tolist(), strict=True)))
    return with_questions(found, comparer, release, before, said)


def record_keys(table: pa.Table) -> list[RecordKey]:
    """The keys of the records of a table."""
    texts = (pc.cast(table[name], pa.string()) for name in ("source", "record_id"))  # a dictionary is slow to list
    with uncollected():
        return list(map(RecordKey, *(column.to_pylist() for column in texts)))


def as_said(
    alike: Folded, keys: list[RecordKey], decisions: Sequence[Decision], witnesses: Sequence[Witness]
) -> Folded:
    """The records, those that say the same as one; but for those of which something was said by itself: by a decision,
    or by a witness who tells two of them apart."""
    number = {key: at for at, key in enumerate(keys)} if decisions or witnesses else {}
    named = {number[key] for pair in current(decisions) for key in pair if key in number}
    folded = alike.alone(named, keys)
    if not witnesses:
        return folded
    parted = {number[key] for key in confused(witnesses, dict(zip(keys, folded.of.tolist(), strict=True)))}
    return alike.alone(named | parted, keys) if parted else folded


def proposed_of(coded: Coded, table: pa.Table, cells: Numbers | None) -> tuple[Pairs, dict[str, int]]:
    """The pairs of these records, of this table, that are worth comparing; and how many stood in cut keys."""
    others = tuple(name for name in table.column_names if name.startswith(OTHER))
    found = propose(coded, (*keys.FAMILIES, *keys.others(others)), cells)
    return as_one(found.left, found.right), found.cut


def proposed_among(
    records: Sequence[Path], decisions: Sequence[Decision], unique_sources: frozenset[str]
) -> tuple[list[RecordKey], Numbers, Numbers]:
    """The records of these files, and all pairs of them that `link` compares because a key proposes them, or because
    they are folded: places, the lower first."""
    table = standardise(records)
    every, whole = record_keys(table), Coded(table)
    folded = as_said(fold(whole, (), unique_sources), every, decisions, ())
    coded = whole.take(folded.kept, folded.named)
    proposed, _ = proposed_of(coded, table, None)
    proposed = proposed[~of_one_list(listed_once(coded, unique_sources), proposed)]
    _, left, right = folded.every_pair(*apart(proposed))
    one, other = folded.others
    return every, np.append(left, one), np.append(right, other)


def of_one_list(listed: Numbers, pairs: Pairs) -> NDArray[np.bool_]:
    """Which pairs are of one source that lists nobody twice, and so of two people."""
    left, right = apart(pairs)
    return np.asarray((listed[left] == listed[right]) & (listed[left] > 0))


def settled_of(keys: list[RecordKey], decisions: Sequence[Decision]) -> Settled:
    """The decision that counts for each decided pair of these records, by record numbers, the lower first."""
    number = {key: at for at, key in enumerate(keys)}
    pairs = {pair: decision for pair, decision in current(decisions).items() if number.keys() >= set(pair)}
    return {(min(a, b), max(a, b)): made for (one, two), made in pairs.items() for a, b in [(number[one], number[two])]}


def claims_of(table: pa.Table, unique_sources: frozenset[str]) -> Claims:
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
    coded: Coded, model: str | Release, others: dict[str, str], proposed: Pairs, without: Sequence[str], records: int
) -> tuple[Release, Frequencies, str]:
    """The release, how common these records' values are by it, and why it was chosen. records: how many there are, with
    those for which others stand."""
    if isinstance(model, Release):
        given = model.without(without)
        given = given if given.frequencies else given.counted(coded)
        return given, given.shares(coded), f"the release {model.name} that was given"
    ready = shipped(others).without(without).counted(coded)
    shares = ready.shares(coded)
    if model == "default":
        return ready, shares, "the shipped release, as asked"
    if model == "auto" and records < ENOUGH:
        return ready, shares, f"the shipped release: training needs {ENOUGH:,} records and here {_there(records)}"
    start = replace(ready, comparisons=by_hand(others).without(without).comparisons)
    try:
        trained = train(Comparer(coded, start.comparisons, shares), start, proposed)
    except NotTrainedError as reason:
        if model == "train":
            raise insist(reason) from reason
        return ready, shares, f"the shipped release, since these records cannot train one: {reason}"
    return trained, shares, f"trained on these {records:,} records"


def _there(records: int) -> str:
    return "is 1" if records == 1 else f"are {records:,}"


class Speaks(Protocol):
    """Puts compared pairs in words. places: of some records those in the order of their ids, by which ties go."""

    def places(self, records: Numbers) -> Numbers: ...
    def reasons(self, weighed: Weighed, band: NDArray[np.str_], settled: Settled) -> pa.Table: ...
    def strengths(self, joined: Weighed) -> list[Strength]: ...


class _InArrays:
    """What `Speaks` says, of pairs that were compared all at once."""

    def __init__(self, comparer: Comparer) -> None:
        self._comparer, self.places = comparer, comparer.coded.by_key

    def reasons(self, weighed: Weighed, band: NDArray[np.str_], settled: Settled) -> pa.Table:
        return reasons(self._comparer, weighed, band, settled)

    def strengths(self, joined: Weighed) -> list[Strength]:
        return strengths(self._comparer, joined)


def decided(
    keys: list[RecordKey],
    speaks: Speaks,
    weighed: Weighed,
    release: Release,
    chosen: str,
    decisions: Sequence[Decision],
    settled: Settled,
    claims: Claims,
    said: Said,
) -> Linked:
    """What is found of these records once their pairs are weighed."""
    same, apart = (pairs_decided(settled, word) for word in ("same", "different"))
    entity, suspended, raised = partition(
        len(keys),
        judged(links_of(weighed), said),
        join=release.join,
        set_mean=release.set_mean,
        same=same,
        apart=apart,
        claims=claims,
        places=speaks.places,
        limit=release.limit,
    )
    band = _bands(weighed, entity, release, settled)
    pairs = pairs_table(weighed, band)
    shown = against(speaks.reasons(weighed.take(band != "apart"), band[band != "apart"], settled), said)
    notes = notes_of(keys, entity, release, decisions, same, suspended, claims, raised)
    strong = speaks.strengths(weighed.take(band == "join"))
    likely = weighed.take(weighed.weight >= least_kept(release))
    sides, linked = (likely.compared.left, likely.compared.right), _bands(likely, entity, release, settled) == "join"
    found = errors_of(*sides, calibrated(release, likely.weight), entity, linked, settled)
    answers = {pair: made.decision for pair, made in settled.items()}
    return Linked(keys, entity.tolist(), pairs, shown, release, chosen, notes, {}, strong, claims, found, answers)


def errors_of(
    left: Numbers, right: Numbers, worth: Bits, entity: Numbers, joined: NDArray[np.bool_], settled: Settled
) -> Errors:
    """How often the links among these pairs are false, and pairs missed. worth: what each pair's weight is worth."""
    word = _decided_words(left, right, settled)
    of_one = np.where(word == "same", 1.0, np.where(word == "different", 0.0, probability(worth)))
    return errors(of_one, joined, entity[left] == entity[right], left, right)


def links_of(weighed: Weighed) -> Links:
    """The pairs as the partition takes them.

    A pair of which nothing speaks for or against counts for nothing when sets are judged: a record without names says
    no more against the others of its person than for them.
    """
    silent = np.abs(weighed.evidence) <= SILENT
    return Links(weighed.compared.left, weighed.compared.right, np.where(silent, 0.0, weighed.weight))


def pairs_decided(settled: Settled, word: str) -> list[tuple[int, int]]:
    return sorted(pair for pair, decision in settled.items() if decision.decision == word)


def _bands(weighed: Weighed, entity: Numbers, release: Release, settled: Settled) -> NDArray[np.str_]:
    left, right, weight = weighed.compared.left, weighed.compared.right, weighed.weight
    word = _decided_words(left, right, settled)
    together = entity[left] == entity[right]
    joined = together & ((weight >= release.join) | (word == "same")) & (word != "unsure")
    review = ~joined & ~together & (weight >= release.keep) & (word != "different") | (word == "unsure")
    return np.where(joined, "join", np.where(review, "review", "apart"))


def _decided_words(left: Numbers, right: Numbers, settled: Settled) -> NDArray[np.str_]:
    """For each pair what was decided of it, or nothing."""
    decided = sorted((one << 32 | two, made.decision) for (one, two), made in settled.items())
    if not decided:
        return np.full(len(left), "", dtype="<U9")
    numbers = np.array([number for number, _ in decided])
    words = np.array([word for _, word in decided])
    pair = as_one(left, right)
    at = np.minimum(np.searchsorted(numbers, pair), len(numbers) - 1)
    return np.where(numbers[at] == pair, words[at], "")
