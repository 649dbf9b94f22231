"""Two files that list nobody twice: FEBRL 3 with one record a person in each half, and its pairs F1.

A person with two records or more has the first two, one in each half; a person with one has it in either half by turns.
"""

import tempfile
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.linkage import FEBRL3, PROFILES, Truth, febrl3_truth, resolved
from benchmarks.yardstick import Say
from concerted.common.ids import RecordKey

MUST, AIM = 0.998, 0.9995
_SOURCE: Final = "source: {constant: febrl}"
_NOBODY_TWICE: Final = "source: {{constant: half-{half}}}\none_record_per_person: true"


def halves(say: Say) -> list[Figure]:
    """Pairs F1 between the halves, at the default threshold and without labels."""
    say("concerted resolve on the halves of FEBRL 3")
    half_of = by_halves(febrl3_truth())
    with tempfile.TemporaryDirectory() as name:
        data, profiles = _written(half_of, Path(name))
        truth = {
            RecordKey(f"half-{half_of[key]}", key.record_id): person
            for key, person in febrl3_truth().items()
            if key in half_of
        }
        found = resolved(data, profiles, truth)
    return [Figure("halves", "pairs F1", found["pair_f1"], None, MUST, AIM)]


def by_halves(truth: Truth) -> dict[RecordKey, int]:
    """Record -> the half that it goes into; a record that neither half takes is left out."""
    records: dict[str, list[RecordKey]] = {}
    for key, person in truth.items():
        records.setdefault(person, []).append(key)
    half_of, turn = {}, 0
    for keys in records.values():
        if len(keys) == 1:
            half_of[keys[0]] = turn
            turn = 1 - turn
        else:
            half_of |= {key: half for half, key in enumerate(keys[:2])}
    return half_of


def _written(half_of: dict[RecordKey, int], folder: Path) -> tuple[list[Path], list[Path]]:
    """The halves as files, lines as they stand in the data, and a profile for each."""
    heading, *lines = FEBRL3.read_text(encoding="utf-8").splitlines(keepends=True)
    profile = (PROFILES / "febrl3.yaml").read_text(encoding="utf-8")
    data, profiles = [], []
    for half in (0, 1):
        data.append(folder / f"half-{half}.csv")
        data[-1].write_text(heading + "".join(line for line in lines if _half(line, half_of) == half), encoding="utf-8")
        profiles.append(folder / f"half-{half}.yaml")
        text = profile.replace(_SOURCE, _NOBODY_TWICE.format(half=half)).replace("dataset3.csv", f"half-{half}.csv")
        text = text.replace("profile: febrl3", f"profile: half-{half}")
        profiles[-1].write_text(text, encoding="utf-8")
    return data, profiles


def _half(line: str, half_of: dict[RecordKey, int]) -> int | None:
    return half_of.get(RecordKey("febrl", line.partition(",")[0].strip()))
