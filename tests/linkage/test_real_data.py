"""Data sets that others made, at the default: what is joined is right, and nearly all that is right is joined."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from concerted.common.ids import RecordKey
from concerted.extracts import load_profile, take
from concerted.extracts.shipped import shipped
from concerted.linkage.evaluate import Figures, evaluate
from concerted.linkage.link import Linked, link

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Resolved:
    """One data set, linked, with its scores."""

    linked: Linked
    figures: Figures


def resolved(file: str, profile: str, folder: Path) -> Resolved:
    """Read, link at the default and evaluate one data set."""
    folder.mkdir(parents=True, exist_ok=True)
    taken = take(
        DATA / "outside" / file,
        load_profile(shipped(f"practice/{profile}")),
        folder / "records.parquet",
        lambda faults: None,
        truth=folder / "truth.parquet",
    )
    assert taken.truth is not None
    rows = pq.read_table(taken.truth).to_pylist()
    truth = {RecordKey(row["source"], row["record_id"]): row["truth_id"] for row in rows}
    linked = link([taken.records], model="default")
    entity = {key: str(first) for key, first in zip(linked.keys, linked.entity, strict=True)}
    candidates = zip(linked.pairs["left"].to_pylist(), linked.pairs["right"].to_pylist(), strict=True)
    pairs = [(linked.keys[left], linked.keys[right]) for left, right in candidates]
    return Resolved(linked, evaluate(entity, truth, pairs))


@pytest.fixture(scope="module")
def febrl(tmp_path_factory: pytest.TempPathFactory) -> Resolved:
    return resolved("febrl3/dataset3.csv", "febrl3", tmp_path_factory.mktemp("febrl"))


@pytest.fixture(scope="module")
def fake(tmp_path_factory: pytest.TempPathFactory) -> Resolved:
    return resolved("fake_1000.csv", "fake_1000", tmp_path_factory.mktemp("fake"))


def test_febrl_pairs(febrl: Resolved) -> None:
    assert febrl.figures["records"] == 5000
    assert febrl.figures["missing"] == 0
    assert febrl.figures["pair_f1"] >= 0.995
    assert febrl.figures["b3_f1"] >= 0.995


def test_febrl_candidates_hold_nearly_every_true_pair(febrl: Resolved) -> None:
    assert febrl.figures["blocking_recall"] >= 0.995
    assert febrl.linked.pairs.num_rows < 5000 * 100


def test_febrl_entities_mix_nobody(febrl: Resolved) -> None:
    assert febrl.figures["mixed"] <= 2
    assert febrl.figures["largest"] <= 8


def test_made_up_people_are_never_mixed(fake: Resolved) -> None:
    assert fake.figures["records"] == 1000
    assert fake.figures["mixed"] == 0
    assert fake.figures["pair_p"] == 1
    assert fake.figures["pair_f1"] >= 0.88


@pytest.mark.deep
def test_people_of_history(tmp_path: Path) -> None:
    figures = resolved("historical_50k_dev.parquet", "historical_50k", tmp_path).figures
    assert figures["pair_f1"] >= 0.84
    assert figures["b3_f1"] >= 0.86
