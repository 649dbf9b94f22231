"""What many records touch by coming and going: no pair is missed that any key proposes otherwise than before."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage import keys
from concerted.linkage.coded import Numbers
from concerted.linkage.link import link
from concerted.linkage.release import Release
from concerted.linkage.standard import standardise
from concerted.linkage.standing.changed import changed_pairs
from concerted.linkage.standing.few_pairs import FewPairs
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.held_by import Holds, among, held_by
from concerted.linkage.standing.keyed import Keyed
from concerted.linkage.standing.many_come import step_of_many
from concerted.linkage.standing.proposing import keys_of, proposed_by
from concerted.linkage.standing.step import Step
from concerted.linkage.standing.touched_by_many import TouchedByMany
from tests.linkage.records import Row, person, write

PEOPLE = 12


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("touched")


@pytest.fixture(scope="module")
def release(folder: Path) -> Release:
    return link([write(folder / "rows.parquet", rows(48))], model="default").release


def rows(many: int, source: str = "force") -> list[Row]:
    """Records of few people, of whom some lack what keys are refined by."""
    return [
        {**person(at % PEOPLE), "source": source, "record_id": str(at), "date_of_birth": None}
        if at % 7 == 0
        else {**person(at % PEOPLE), "source": source, "record_id": str(at), "postcode": person(at % 5)["postcode"]}
        for at in range(many)
    ]


def lowered(most: int) -> tuple[keys.Family, ...]:
    return tuple(
        replace(one, cap=min(one.cap, most), cap_refined=one.cap_refined and min(one.cap_refined, most))
        for one in keys.FAMILIES
    )


def all_of(picture: Growing) -> Keyed:
    return picture.holders(keys_of(picture, np.arange(picture.records, dtype=np.int32)))


def stepped(folder: Path, release: Release, come: set[int], go: set[int], most: int) -> Step:
    """From the records of one source: some of another come, and some go."""
    before = Growing.begin(standardise([write(folder / "before.parquet", rows(48))]), release)
    new = [row for at, row in enumerate(rows(24, "council")) if at in come]
    table = standardise([write(folder / "come.parquet", new or rows(1))]).slice(0, len(new))
    assert most == keys.FAMILIES[0].cap
    return step_of_many(before, table, [RecordKey("force", str(at)) for at in go], (), ())


some = st.sets(st.integers(0, 23), max_size=14)


@settings(max_examples=10, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(come=some, go=some, most=st.sampled_from([1, 2, 4, 6, 8]))
def test_every_pair_that_is_proposed_otherwise_is_found(
    folder: Path, release: Release, come: set[int], go: set[int], most: int
) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "FAMILIES", lowered(most))
        step = stepped(folder, release, come, go, most)
        before = replace(step.before, layers=step.after.layers, stands_for=step.was)
        were, are = (set(proposed_by(one, all_of(one)).tolist()) for one in (before, step.after))
        found, weights = changed_pairs(step, None)
        gone = set(found[np.isnan(weights)].tolist())
        came = set(found[~np.isnan(weights)].tolist())
        kept_before = set(before.layers[0].pairs.tolist())
        assert came <= are
        assert gone == {pair for pair in were - are if pair in kept_before}
        weighed, _ = FewPairs(step.after).kept(np.array(sorted(are - were), np.int64))
        assert came == set(weighed.tolist())


def test_of_a_key_that_proposes_nothing_only_so_much_is_read_as_shows_it(
    folder: Path, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    families = (keys.Family("town", ("town",), cap=2), keys.Family("sex", ("sex",), cap=2, refined=(("year",),)))
    monkeypatch.setattr(keys, "FAMILIES", families)
    picture = Growing.begin(standardise([write(folder / "rows.parquet", rows(48))]), release)
    every = keys_of(picture, np.arange(picture.records, dtype=np.int32))
    seen = list[int]()

    def flags(holders: Numbers) -> list[Holds]:
        seen.append(len(holders))
        return [np.ones(len(holders), bool)]

    held = held_by(picture, every, flags)
    whole = picture.holders(every)
    place = (whole.keys >> np.uint64(57)).astype(int)
    many = {int(key): int(np.count_nonzero(whole.keys == key)) for key in held.keys}
    assert set((held.keys >> np.uint64(57)).tolist()) == {1}  # the other is too common wherever it is held
    assert len(held.keys) == np.count_nonzero(place == 1) == sum(many.values())
    towns = len(np.unique(whole.keys[place == 0]))
    assert max(np.bincount(np.unique(whole.keys[place == 0], return_inverse=True)[1])) > 8
    assert seen[0] <= towns * 8


def test_which_are_among_some() -> None:
    values = np.array([5, 1, 9, 5], np.uint64)
    assert among(values, np.array([1, 5], np.uint64)).tolist() == [True, True, False, True]
    assert not among(values, np.empty(0, np.uint64)).any()


def test_a_step_of_nobody_touches_nothing(folder: Path, release: Release) -> None:
    before = Growing.begin(standardise([write(folder / "rows.parquet", rows(48))]), release)
    step = step_of_many(before, before.layers[0].table.slice(0, 0), [], (), ())
    touched = TouchedByMany(step, np.empty(0, np.uint64))
    assert (len(touched.new), len(touched.open.keys)) == (0, 0)
    assert [len(one) for one in changed_pairs(step, None)] == [0, 0]
