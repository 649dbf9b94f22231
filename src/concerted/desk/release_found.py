"""What a release that is tried would do here, beside the one in force: one account for people and machines.

The account is a dict that JSON can hold, since it is kept in the store and read again:
`tried`, `in_force`: each release with its `id`, `name`, `why`, `thresholds`, `errors`. `differs`: sentences.
`records`, and `entities` before and after. `sets`: how many would be `joined`, `split`, `made_over`, and how many
`records` are in one. `shifts`: those sets, `before` and `after`. `review`: pairs `before` and `after`, that `enter` and
`leave`, and those `held` by the release in force. `decisions`: how far each release agrees with people. `strata`: the
questions by kind, with what answers tell. `sample`: those that are drawn.
"""

import json
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from concerted.common.ids import RecordKey
from concerted.desk import decisions, history, release_sample, results
from concerted.desk.history import Shift
from concerted.desk.release_differs import differences
from concerted.desk.release_sample import Beside, Kind, Pair, Stratum, Weights
from concerted.desk.store import PAIRS, Store
from concerted.linkage import Decision, HeldPair, Linked, Release
from concerted.linkage.candidates import as_one
from concerted.linkage.decisions import current
from concerted.linkage.held import BEFORE

Numbers = NDArray[np.int64]
UNDECIDED: Final = "unsure"


def found(store: Store, linked: Linked, held: Mapping[HeldPair, float], sample: int) -> dict[str, Any]:
    """The account. linked: the store's records under the release that is tried. held: the pairs that join under the
    one in force. sample: how many questions of each kind are drawn."""
    in_force, chosen = results.release(store)
    number = {key: at for at, key in enumerate(linked.keys)}
    sets = results.entities(store)
    beside = Beside(
        linked.keys, _sets_before(linked, sets), np.array(linked.entity), (in_force.join, linked.release.join)
    )
    questions = _questions(
        beside, linked, {_pair(number[one], number[other]): bits for (one, other), bits in held.items()}
    )
    wanted = {pair for pairs in questions.values() for pair in pairs} | linked.decided.keys()
    weights = _weights(store, linked, sorted(wanted))
    strata = release_sample.strata(beside, questions, linked.decided, weights, sample)
    shifts = _shifts(store, beside)
    errors = json.loads(store.get("errors", "null"))
    return {
        "tried": _release(linked.release, linked.chosen, linked.errors.to_dict() if linked.errors else None),
        "in_force": _release(in_force, chosen, errors),
        "same_release": linked.release.id == in_force.id,
        "differs": differences(linked.release, in_force),
        "records": len(linked.keys),
        "entities": {"before": len(set(sets.values())), "after": len(set(linked.entity))},
        "sets": history.counts(shifts),
        "shifts": [one.to_dict() for one in shifts],
        "review": _review(store, linked, number),
        "decisions": _agreement(store, linked, weights, beside.join),
        "strata": [release_sample.estimate(one, linked.decided) for one in strata],
        "sample": _sample(store, linked, strata, weights),
    }


def _release(one: Release, why: str, errors: object) -> dict[str, Any]:
    told = {"id": one.id, "name": one.name, "trained": one.trained, "parent": one.parent or None, "why": why}
    return {**told, "thresholds": one.thresholds, "errors": errors}


def _sets_before(linked: Linked, sets: Mapping[RecordKey, str]) -> Numbers:
    """The set that each record is in now, as a number."""
    code: dict[str, int] = {}
    return np.array([code.setdefault(sets[key], len(code)) for key in linked.keys], np.int64)


def _questions(beside: Beside, linked: Linked, held: Mapping[Pair, float]) -> dict[Kind, list[Pair]]:
    new = [linked.shown[name].to_numpy() for name in ("left", "right", "weight")]
    left, right = np.array([*held], np.int64).reshape(-1, 2).T
    old = left, right, np.array([*held.values()], np.float64)
    return {
        "join": release_sample.standing_for(beside, "join", *new),
        "split": release_sample.standing_for(beside, "split", *old),
    }


def _weights(store: Store, linked: Linked, wanted: Sequence[Pair]) -> dict[Pair, Weights]:
    """What these pairs weigh under each release."""
    kept = results.numbers(store)
    number = [kept[key] for key in linked.keys]
    table = pq.read_table(store.folder / PAIRS, columns=["left", "right", "weight"])
    old = _weights_in(table, [_pair(number[one], number[other]) for one, other in wanted])
    new = _weights_in(linked.pairs, wanted)
    return {pair: Weights(*both) for pair, *both in zip(wanted, old, new, strict=True)}


def _weights_in(table: pa.Table, wanted: Sequence[Pair]) -> list[float | None]:
    if not wanted:
        return []
    pairs = as_one(*np.array(wanted, np.int32).T)
    rows = as_one(*(table[side].to_numpy() for side in ("left", "right")))
    here = np.flatnonzero(np.isin(rows, pairs))
    weight = dict(zip(rows[here].tolist(), table["weight"].to_numpy()[here].tolist(), strict=True))
    return [weight.get(pair) for pair in pairs.tolist()]


def _shifts(store: Store, beside: Beside) -> list[Shift]:
    """The sets that would become others."""
    both = beside.before * len(beside.keys) + beside.after
    _, of_both, together = np.unique(both, return_inverse=True, return_counts=True)
    was, becomes = np.bincount(beside.before), np.bincount(beside.after)
    stays = (was[beside.before] == together[of_both]) & (becomes[beside.after] == together[of_both])
    arrival = results.arrivals(store)
    moved = sorted(np.flatnonzero(~stays).tolist(), key=lambda at: arrival[beside.keys[at]])
    rows = ((beside.keys[at], int(beside.before[at]), int(beside.after[at])) for at in moved)
    return history.shifted(rows)


def _review(store: Store, linked: Linked, number: Mapping[RecordKey, int]) -> dict[str, int]:
    rows = store.run("select left_source, left_id, right_source, right_id from told where band = 'review'")
    pairs = ((number[RecordKey(*row[:2])], number[RecordKey(*row[2:])]) for row in rows)
    old = {(min(pair), max(pair)) for pair in pairs}
    sides = (linked.shown[name].to_pylist() for name in ("left", "right", "band"))
    new = {(left, right) for left, right, band in zip(*sides, strict=True) if band == "review"}
    counts = {"before": len(old), "after": len(new), "enter": len(new - old), "leave": len(old - new)}
    return {**counts, "held": len(linked.held)}


def _agreement(
    store: Store, linked: Linked, weights: Mapping[Pair, Weights], join: tuple[float, float]
) -> dict[str, Any]:
    """How far the weight of each decided pair alone, under each release, says what a person said."""
    made = _made(store, linked)
    told = [(pair, word) for pair, word in linked.decided.items() if word != UNDECIDED]
    right = {
        pair: [
            ((bits if bits is not None else -np.inf) >= least) == (word == "same")
            for bits, least in zip(weights[pair], join, strict=True)
        ]
        for pair, word in told
    }
    better = [_told(made[pair], weights[pair]) for pair, _ in told if right[pair] == [False, True]]
    worse = [_told(made[pair], weights[pair]) for pair, _ in told if right[pair] == [True, False]]
    in_force, tried = (sum(both[side] for both in right.values()) for side in (0, 1))
    return {"decided": len(told), "in_force": in_force, "tried": tried, "better": better, "worse": worse}


def _made(store: Store, linked: Linked) -> dict[Pair, Decision]:
    number = {key: at for at, key in enumerate(linked.keys)}
    counts = {pair: one for pair, one in current(decisions.all_of(store)).items() if number.keys() >= set(pair)}
    return {_pair(number[one], number[other]): made for (one, other), made in counts.items()}


def _pair(one: int, other: int) -> Pair:
    return (min(one, other), max(one, other))


def _told(one: Decision, weights: Weights) -> dict[str, Any]:
    said = {"left": str(one.left), "right": str(one.right), "decision": one.decision, "who": one.who}
    return {**said, "number": one.number, "weight_in_force": weights.before, "weight_tried": weights.after}


def _sample(
    store: Store, linked: Linked, strata: Sequence[Stratum], weights: Mapping[Pair, Weights]
) -> list[dict[str, Any]]:
    """The pairs that are drawn, with their reasons under the release that is tried, and what was decided of them."""
    made = _made(store, linked)
    pairs = [pair for one in strata for pair in one.drawn]
    of_rows = as_one(*(linked.shown[side].to_numpy() for side in ("left", "right")))
    here = np.flatnonzero(np.isin(of_rows, [left << 32 | right for left, right in pairs]))
    told = linked.shown.take(pa.array(here)).to_pylist()
    words = {(row["left"], row["right"]): (_bare(row["reasons"]), row["against"]) for row in told}
    return [
        {
            "change": one.kind,
            "by_weight": one.by_weight,
            "left": str(linked.keys[pair[0]]),
            "right": str(linked.keys[pair[1]]),
            "weight_in_force": weights[pair].before,
            "weight_tried": weights[pair].after,
            "reasons": words.get(pair, ("", ""))[0],
            "against": words.get(pair, ("", ""))[1],
            "decision": _answer(made.get(pair)),
        }
        for one in strata
        for pair in one.drawn
    ]


def _answer(one: Decision | None) -> list[str] | None:
    return [one.decision, one.who, one.when, one.why] if one else None


def _bare(reasons: str) -> str:
    """Without what every pair says that would come apart."""
    return reasons.removeprefix(BEFORE).removeprefix("; ")
