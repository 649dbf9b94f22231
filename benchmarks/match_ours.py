"""Our side of `match`, in a process of its own: `python -m benchmarks.match_ours prepare|ask DIR`. Prints JSON."""

import json
import sys
import time
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import numpy as np
import pyarrow.parquet as pq

from benchmarks.million_ours import in_sets
from concerted.linkage import keys, match
from concerted.linkage.candidates import as_one, propose
from concerted.linkage.coded import Coded
from concerted.linkage.compare import Comparer
from concerted.linkage.folding import fold
from concerted.linkage.release import by_hand, shipped
from concerted.linkage.standard import other_columns, standardise
from concerted.linkage.standing.answer import Answer
from concerted.linkage.standing.asked import Question
from concerted.linkage.standing.few import Few
from concerted.linkage.standing.judged import compared
from concerted.linkage.standing.read import Standing
from concerted.linkage.standing.write import Picture, write
from concerted.linkage.train import train
from concerted.linkage.weigh import weigh

TIMED: Final = 2_000  # questions, half of them of people who are known, one in ten of a common name
PAIRS: Final = 20_000  # of batch, weighed again
Found = dict[str, Any]
Record = dict[str, str]


def prepared(folder: Path) -> Found:
    """Link as `resolve` links so many records, with a release trained on them; write the picture, and keep some pairs
    with what they weigh."""
    files = [folder / "records.parquet"]
    others = other_columns(files)
    whole = Coded(standardise(files))
    folded = fold(whole)
    coded = whole.take(folded.kept)
    proposed = propose(coded, (*keys.FAMILIES, *keys.others(tuple(others))))
    release = shipped(others).counted(coded)
    shares, candidates = release.shares(coded), as_one(proposed.left, proposed.right)
    start = replace(release, comparisons=by_hand(others).comparisons)
    release = train(Comparer(coded, start.comparisons, shares), start, candidates)
    pairs, release = weigh(Comparer(coded, release.comparisons, shares), release, candidates, ())
    entity = in_sets(coded, pairs, release)
    left, right = pairs.compared.left, pairs.compared.right
    some = np.random.default_rng(1).choice(len(pairs.weight), PAIRS, replace=False)
    np.savez(folder / "pairs.npz", left=left[some], right=folded.kept[right[some]], weight=pairs.weight[some])
    join = (pairs.weight >= release.join) & (entity[left] == entity[right])
    joined = as_one(folded.kept[left[join]], folded.kept[right[join]])
    ids = [f"{number:026}" for number in range(len(folded.of))]
    entities = [ids[first] for first in folded.kept[entity][folded.of].tolist()]
    place = folder / "picture"
    place.mkdir()
    began = time.perf_counter()
    write(place, files, Picture(release, entities, ids, range(len(ids)), joined))
    size = sum(path.stat().st_size for path in place.iterdir()) / 2**20
    return {"seconds": time.perf_counter() - began, "megabytes": size}


def asked(folder: Path) -> Found:
    """Open the picture and ask."""
    began = time.perf_counter()
    standing = Standing.open(folder / "picture")
    opened = time.perf_counter() - began
    records, what, person, twin = _questions(folder / "asked")
    for record in records[:20]:
        match(standing, record)  # the first questions read the tables of names
    of_each = {one: np.flatnonzero(what == one) for one in np.unique(what).tolist()}
    timed = _timed(records, of_each)
    first: list[float] = []
    second: list[float] = []
    used: list[float] = []
    for at in timed:
        began = time.process_time()
        answer = match(standing, records[at])
        (second if answer.second_pass else first).append(answer.ms)
        if not answer.second_pass:
            used.append((time.process_time() - began) * 1000)
    memory = _memory()
    truth = pq.read_table(folder / "truth.parquet")["cluster"].to_numpy()
    answers = {one: [(at, match(standing, records[at], top=1)) for at in of_each[one].tolist()] for one in of_each}
    right = np.mean([_is_first(answer, int(person[at]), truth) for at, answer in answers["known"]])
    apart = [answer for at, answer in answers["relative"] if not twin[at]]
    return {
        "opened": opened,
        "memory": memory["RssAnon"],
        "mapped": memory["RssFile"],
        "p50": float(np.percentile(first, 50)),
        "p95": float(np.percentile(first, 95)),
        "processor": np.percentile(used, [50, 95]).tolist(),
        "second_p95": float(np.percentile(second, 95)),
        "with_second_look": len(second) / len(timed),
        "right": float(right),
        "joined_of_known": float(np.mean([_joins(answer) for _, answer in answers["known"]])),
        "strangers": float(np.mean([_joins(answer) for _, answer in answers["stranger"]])),
        "relatives": float(np.mean([_joins(answer) for answer in apart])),
        "off": _off(standing, folder),
    }


def _questions(folder: Path) -> tuple[list[Record], Any, Any, Any]:
    """The records that are asked about and say anything, what each is, who it is of, and who has a twin there."""
    rows = pq.read_table(folder / "records.parquet").to_pylist()
    records = [{name: str(value) for name, value in row.items() if value and name not in _KEY} for row in rows]
    told, truth = pq.read_table(folder / "what.parquet"), pq.read_table(folder / "truth.parquet")
    says = np.array([bool(record.keys() - {"sex"}) for record in records])
    columns = (np.array(one.to_pylist())[says] for one in (told["what"], truth["cluster"], told["twin"]))
    return [record for record, one in zip(records, says.tolist(), strict=True) if one], *columns


_KEY: Final = ("source", "record_id")


def _timed(records: list[Record], of_each: dict[str, Any]) -> list[int]:
    """Half of the known and half strangers, one in ten of a common name, in a mixed order."""
    names = np.array([f"{one.get('given_name', '')}+{one.get('family_name', '')}".lower() for one in records])
    _, of, many = np.unique(names, return_inverse=True, return_counts=True)
    common = many[of] >= np.sort(many[of])[-len(names) // 20]
    chosen: list[int] = []
    for one in ("known", "stranger"):
        rows = of_each[one]
        half, some = TIMED // 2, TIMED // 20
        chosen += [*rows[common[rows]][:some].tolist(), *rows[~common[rows]][: half - some].tolist()]
    return [int(row) for row in np.random.default_rng(2).permutation(chosen)]


def _joins(answer: Answer) -> bool:
    return bool(answer.hits) and answer.hits[0].band == "join"


def _is_first(answer: Answer, person: int, truth: Any) -> bool:
    return bool(answer.hits) and int(truth[int(answer.hits[0].entity_id)]) == person


def _memory() -> dict[str, float]:
    """What the process holds, in MB: its own, and pages of files."""
    lines = Path("/proc/self/status").read_text(encoding="utf-8").splitlines()
    return {line.partition(":")[0]: int(line.split()[1]) / 1024 for line in lines if line.startswith("Rss")}


def _off(standing: Standing, folder: Path) -> float:
    """The most that a pair weighs otherwise than in batch."""
    kept = np.load(folder / "pairs.npz")
    records = pq.read_table(folder / "records.parquet").take(kept["right"].tolist()).to_pylist()
    off = 0.0
    for left, record, weight in zip(kept["left"].tolist(), records, kept["weight"].tolist(), strict=True):
        question = Question(standing, {name: str(value) for name, value in record.items() if value})
        found = compared(Few(question), np.array([left], np.int32))
        off = max(off, abs(float(found.weighed.weight[0]) - weight))
    return off


if __name__ == "__main__":
    where = Path(sys.argv[2])
    print(json.dumps(prepared(where) if sys.argv[1] == "prepare" else asked(where)))
