"""Labels: what people decided of pairs teaches a child of the release."""

import random
import sys
from pathlib import Path

import numpy as np
import pytest

from concerted.common.ids import RecordKey
from concerted.linkage import train as training
from concerted.linkage.candidates import Pairs
from concerted.linkage.compare import Comparer
from concerted.linkage.decisions import Decision
from concerted.linkage.labels import ENOUGH, NO_LABELS, Labels, labels_of
from concerted.linkage.link import link
from concerted.linkage.linked import Linked
from concerted.linkage.release import Release
from concerted.linkage.train import taught, train
from tests.linkage.records import coded_with, comparer_of, write
from tests.linkage.test_train import PEOPLE, START, _region, proposed

linking = sys.modules[link.__module__]
Taught = tuple[Comparer, Pairs, Release]


def _decided(left: int, right: int, word: str) -> Decision:
    return Decision(
        RecordKey("force", f"{left}-1"), RecordKey("council", f"{right}-2"), word, "A", "2026-11-26", "seen"
    )


def _labels(pairs: list[tuple[int, int]], *, same: bool) -> Labels:
    return Labels(np.array(sorted(one << 32 | two for one, two in pairs)), np.full(len(pairs), same))


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("labels") / "region.parquet", _region())


@pytest.fixture(scope="module")
def parent(region: Path) -> Taught:
    coded = coded_with(region)
    start = START.counted(coded)
    comparer, pairs = comparer_of(coded, start.comparisons), proposed(coded)
    release = train(comparer, start, pairs).bound(0.001, 0.0001)
    return comparer_of(coded, release.comparisons), pairs, release


def _differ_in_town(comparer: Comparer) -> list[tuple[int, int]]:
    """Pairs of one person, by the plan of the region, whose towns differ."""
    one = np.arange(PEOPLE, dtype=np.int32)
    levels = comparer.levels(one, one + PEOPLE)["town"]
    differs = levels == levels.max()
    return [(int(at), int(at) + PEOPLE) for at in one[differs]]


def _share_that_differs(release: Release) -> float:
    return next(one.levels[-1].m for one in release.comparisons if one.name == "town")


def test_a_child_names_its_parent_and_what_taught_it(parent: Taught) -> None:
    comparer, pairs, release = parent
    child = taught(comparer, release, pairs, _labels([(at, at + PEOPLE) for at in range(300)], same=True))
    assert child.parent == release.id != child.id
    assert child.name == "trained, taught"
    assert child.training.endswith("Then taught by 300 decided pairs: 300 the same, 0 not.")
    assert (child.prior, child.kin_prior, child.join_from) == (None, None, "")
    assert Release.from_json(child.to_json()) == child


@pytest.mark.parametrize("same", [True, False])
def test_what_people_say_of_pairs_moves_how_often_one_persons_records_differ(parent: Taught, same: bool) -> None:
    comparer, pairs, release = parent
    asked = _differ_in_town(comparer)
    assert len(asked) >= ENOUGH
    before = _share_that_differs(taught(comparer, release, pairs, NO_LABELS))
    after = _share_that_differs(taught(comparer, release, pairs, _labels(asked, same=same)))
    assert (after > before + 0.01) is same
    assert (after < before - 0.1) is not same


def test_u_and_what_is_never_trained_stay_as_the_parent_has_them(parent: Taught) -> None:
    comparer, pairs, release = parent
    child = taught(comparer, release, pairs, _labels([(at, at + PEOPLE) for at in range(300)], same=True))
    for before, after in zip(release.comparisons, child.comparisons, strict=True):
        assert [level.u for level in after.levels] == [level.u for level in before.levels]
        assert before.trained or after == before


def test_where_too_few_pairs_are_of_one_person_only_the_threshold_learns(
    parent: Taught, monkeypatch: pytest.MonkeyPatch
) -> None:
    comparer, pairs, release = parent
    monkeypatch.setattr(training, "FEWEST_PAIRS", 10_000)
    child = taught(comparer, release, pairs, NO_LABELS)
    assert child.comparisons == release.comparisons
    assert "The weight from which links join alone: hardly any pairs are of one person" in child.training


def test_a_label_is_a_pair_decided_the_same_or_different(region: Path) -> None:
    made = {(0, 5): "same", (3, 4): "unsure", (2, 9): "different"}
    labels = labels_of({pair: _decided(*pair, word) for pair, word in made.items()})
    assert labels.pairs.tolist() == [5, 2 << 32 | 9]
    assert labels.of_each(np.array([2 << 32 | 9, 3 << 32 | 4, 5])).tolist() == [-1, 0, 1]
    assert NO_LABELS.of_each(np.array([5])).tolist() == [0]


def _linked(region: Path, count: int, model: str = "train") -> Linked:
    decisions = [_decided(at, at, "same") for at in range(count)]
    return link([region], model=model, decisions=random.Random(count).sample(decisions, count))


def test_link_goes_on_to_a_child_from_enough_decisions_on(region: Path) -> None:
    parent, child = _linked(region, ENOUGH - 1), _linked(region, ENOUGH)
    assert (parent.release.parent, parent.chosen) == ("", "trained on these 1,800 records")
    assert child.release.parent == parent.release.id
    assert child.chosen == f"trained on these 1,800 records, then taught by {ENOUGH} decided pairs"
    assert "answers" not in parent.release.join_from
    assert not _linked(region, ENOUGH, model="default").release.parent
