"""Data sets that others made, at the default: what is joined is right, and nearly all that is right is joined."""

from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from concerted.common.ids import RecordKey
from concerted.extracts import load_profile, take
from concerted.extracts.shipped import shipped
from concerted.linkage.evaluate import Figures, evaluate
from concerted.linkage.link import link
from concerted.linkage.linked import Linked

DATA = Path(__file__).parents[1] / "data"


@dataclass(frozen=True)
class Resolved:
    """One data set, linked, with its scores."""

    linked: Linked
    figures: Figures


def resolved(file: str, profile: str, folder: Path, model: str = "default") -> Resolved:
    """Read, link and evaluate one data set."""
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
    linked = link([taken.records], model=model)
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
    assert febrl.figures["pair_f1"] >= 0.998
    assert febrl.figures["b3_f1"] >= 0.998


def test_febrl_pairs_are_better_still_by_a_model_of_its_own(tmp_path: Path, febrl: Resolved) -> None:
    trained = resolved("febrl3/dataset3.csv", "febrl3", tmp_path, "auto")
    assert trained.linked.chosen == "trained on these 5,000 records"
    assert trained.figures["pair_f1"] >= max(0.9992, float(febrl.figures["pair_f1"]))
    assert trained.figures["mixed"] == 0


def test_febrl_candidates_hold_nearly_every_true_pair(febrl: Resolved) -> None:
    assert febrl.figures["blocking_recall"] >= 0.999
    assert febrl.linked.pairs.num_rows < 5000 * 10


def test_febrl_entities_mix_nobody(febrl: Resolved) -> None:
    assert febrl.figures["mixed"] == 0
    assert febrl.figures["largest"] <= 6


def test_made_up_people_are_never_mixed(fake: Resolved) -> None:
    """Half of its fields are missing or another's, so that what is joined is right and much is left to be asked."""
    assert fake.figures["records"] == 1000
    assert fake.figures["mixed"] == 0
    assert fake.figures["pair_p"] == 1
    assert fake.figures["pair_f1"] >= 0.84


@pytest.mark.deep
@pytest.mark.parametrize(("model", "pair_f1", "b3_f1"), [("auto", 0.920, 0.927), ("default", 0.915, 0.922)])
def test_people_of_history(tmp_path: Path, model: str, pair_f1: float, b3_f1: float) -> None:
    figures = resolved("historical_50k_dev.parquet", "historical_50k", tmp_path, model).figures
    assert figures["pair_f1"] >= pair_f1
    assert figures["b3_f1"] >= b3_f1
    assert figures["pair_p"] >= 0.985
    assert figures["over3"] == 0
