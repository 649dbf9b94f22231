"""How far entities agree with a known truth: over pairs, over records (B-cubed), and over whole people."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows

Figures = dict[str, float | int]


def read_truth(path: Path) -> dict[RecordKey, str]:
    """Record -> the person it is of, from a CSV file with record_id, source and truth_id; an empty one is no truth."""
    truth: dict[RecordKey, str] = {}
    for number, row in enumerate(read_rows(path, ("record_id", "source", "truth_id")), start=2):
        key, person = RecordKey(row["source"], row["record_id"]), row["truth_id"]
        if person and truth.setdefault(key, person) != person:
            raise UsedWronglyError(
                f"{key} is said to be of {truth[key]} and of {person}",
                where=Place(path.name, row=number, column="truth_id"),
                mend="keep one line for each record",
            )
    return truth


def evaluate(
    entity: Mapping[RecordKey, str], truth: Mapping[RecordKey, str], pairs: Iterable[tuple[RecordKey, RecordKey]]
) -> Figures:
    """Scores of `entity` (record -> its entity) against `truth`. pairs: the candidates, for blocking_recall.

    records: with a truth and an entity. missing: truths without a record; records without a truth are left out.
    pair_*: over pairs of records in one entity. b3_*: B-cubed, the mean over records. exact: people whose records are
    exactly one entity. mixed, over3: entities with records of more than one, more than three people. largest: records
    of the largest entity. blocking_recall: share of true pairs that were candidates. A share of
    nothing is 1: nothing was missed.
    """
    both = {key: (entity[key], person) for key, person in truth.items() if key in entity}
    cells = Counter(both.values())
    by_entity, by_person = Counter(found for found, _ in both.values()), Counter(person for _, person in both.values())
    right, found, true = (sum(map(_pairs, counts.values())) for counts in (cells, by_entity, by_person))
    people: defaultdict[str, int] = defaultdict(int)
    for found_entity, _ in cells:
        people[found_entity] += 1
    records = len(both)
    b3_p = _share(sum(n * n / by_entity[e] for (e, _), n in cells.items()), records)
    b3_r = _share(sum(n * n / by_person[p] for (_, p), n in cells.items()), records)
    pair_p, pair_r = _share(right, found), _share(right, true)
    return {
        "records": records,
        "missing": len(truth) - records,
        "pair_p": pair_p,
        "pair_r": pair_r,
        "pair_f1": _f1(pair_p, pair_r),
        "b3_p": b3_p,
        "b3_r": b3_r,
        "b3_f1": _f1(b3_p, b3_r),
        "exact": sum(1 for (e, p), n in cells.items() if n == by_entity[e] == by_person[p]),
        "mixed": sum(1 for count in people.values() if count > 1),
        "over3": sum(1 for count in people.values() if count > 3),
        "largest": max(by_entity.values(), default=0),
        "blocking_recall": _share(sum(_one_person(both, pair) for pair in _each_once(pairs)), true),
    }


def _each_once(pairs: Iterable[tuple[RecordKey, RecordKey]]) -> set[tuple[RecordKey, RecordKey]]:
    return {(one, two) if one < two else (two, one) for one, two in pairs if one != two}


def _one_person(both: Mapping[RecordKey, tuple[str, str]], pair: tuple[RecordKey, RecordKey]) -> bool:
    left, right = both.get(pair[0]), both.get(pair[1])
    return left is not None and right is not None and left[1] == right[1]


def _pairs(count: int) -> int:
    return count * (count - 1) // 2


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 1.0


def _f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0
