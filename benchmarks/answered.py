"""What labels do: the people of history resolved again with the first 500 questions of the review answered.

Answers come from the truth. Scored over the people of whom no answer names a record, so that what is measured is what
labels teach and not what they say.
"""

import csv
import tempfile
from pathlib import Path
from typing import Final

from benchmarks.figures import Figure
from benchmarks.linkage import HISTORICAL, MEASURES, PROFILES, Truth, entities_in, historical_truth, resolve, scored
from benchmarks.yardstick import Say
from concerted.common.ids import RecordKey
from concerted.common.spreadsheets import read_rows
from concerted.linkage.decisions import COLUMNS, Decision

ANSWERS: Final = 500
BOUNDS: Final = {"pair_f1": (0.915, 0.93), "b3_f1": (0.93, 0.94)}
_PROFILE: Final = PROFILES / "historical_50k.yaml"


def answered(say: Say) -> list[Figure]:
    """Pairs F1 and B-cubed F1 after the answers; beside them the same people before."""
    truth = historical_truth()
    with tempfile.TemporaryDirectory() as name:
        out, labels = Path(name) / "result", Path(name) / "decisions.csv"
        say("concerted resolve on historical_50k_dev")
        resolve([HISTORICAL], [_PROFILE], out, "--truth")
        before = entities_in(out)
        answers = answers_of(out / "review.csv", truth)[:ANSWERS]
        _write(answers, labels)
        say(f"and again with {len(answers)} answers")
        resolve([HISTORICAL], [_PROFILE], out, "--truth", "--decisions", str(labels), "--replace")
        after = entities_in(out)
    untouched = without_answered(truth, answers)
    ours, unlabelled = scored(after, untouched), scored(before, untouched)
    people = (
        f"{len(set(untouched.values())):,} people whom no answer touched; the same before the answers: "
        + ", ".join(f"{words} {unlabelled[key]:.4f}" for key, words in MEASURES.items())
    )
    return [
        Figure("answered", f"{words}, with {ANSWERS} answers", ours[key], None, *BOUNDS[key], note=people)
        for key, words in MEASURES.items()
    ]


def answers_of(review: Path, truth: Truth) -> list[Decision]:
    """Every row of a review answered from the truth, in its order."""
    pairs = [
        (RecordKey(row["left_source"], row["left_id"]), RecordKey(row["right_source"], row["right_id"]))
        for row in read_rows(review)
    ]
    return [
        Decision(one, other, "same" if truth[one] == truth[other] else "different", "benchmark", "2026-03-02", "truth")
        for one, other in pairs
    ]


def without_answered(truth: Truth, answers: list[Decision]) -> Truth:
    """The truth without the people of whom an answer names a record."""
    touched = {truth[key] for answer in answers for key in answer.pair}
    return {key: person for key, person in truth.items() if person not in touched}


def _write(answers: list[Decision], path: Path) -> None:
    with path.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(COLUMNS)
        for one in answers:
            ends = (one.left.source, one.left.record_id, one.right.source, one.right.record_id)
            writer.writerow([*ends, one.decision, one.who, one.when, one.why])
