"""Any decisions, superseded and undone: the sets are those of a fresh run with the decisions that remain."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import decisions, results
from concerted.desk.current import record_files
from concerted.desk.decide import Said, decide, undo
from concerted.desk.store import Store
from concerted.linkage import Decision, link
from concerted.linkage.decisions import WORDS, current
from tests.desk.extracts import small

IDS = st.sampled_from("123456")
STEPS = st.lists(
    st.tuples(st.just("decide"), IDS, IDS, st.sampled_from(WORDS), st.booleans())
    | st.tuples(st.just("undo"), st.integers(1, 5)),
    min_size=1,
    max_size=6,
)
Step = tuple[Any, ...]


class Account:
    """What remains, told plainly: of each pair the decisions that nobody undid or superseded in so many words."""

    def __init__(self) -> None:
        self.made: list[tuple[str, str, str] | None] = []
        self.remain: dict[tuple[str, str], list[int]] = {}

    def step(self, step: Step) -> bool:
        """Whether anything comes of it."""
        return self._decide(*step[1:]) if step[0] == "decide" else self._undo(step[1])

    def _decide(self, one: str, other: str, word: str, supersede: bool) -> bool:
        left, right = sorted((one, other))
        remain = self.remain.setdefault((left, right), [])
        if left == right or (remain and not supersede):
            return False
        self.made.append((left, right, word))
        self.remain[left, right] = [len(self.made)]
        return True

    def _undo(self, number: int) -> bool:
        for remain in self.remain.values():
            if number in remain:
                remain.remove(number)
                self.made.append(None)
                return True
        return False

    def decisions(self) -> list[Decision]:
        """As a file would hold them."""
        told = [self.made[remain[-1] - 1] for remain in self.remain.values() if remain]
        return [
            Decision(RecordKey("force", one[0]), RecordKey("force", one[1]), one[2], "A", "2026-03-02", "B")
            for one in told
            if one
        ]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("small"))


def done(folder: Path, step: Step) -> bool:
    """Whether the folder was changed by it."""
    try:
        if step[0] == "undo":
            return undo(folder, step[1], "A", "B", Silent(), ()).summary is not None
        one, other, word, supersede = step[1:]
        said = Said(f"force:{one}", f"force:{other}", word, "A", "B", supersede=supersede)
        return decide(folder, said, Silent(), ()).summary is not None
    except UsedWronglyError:
        return False


def sets(entities: dict[RecordKey, Any]) -> set[frozenset[RecordKey]]:
    found: dict[Any, set[RecordKey]] = {}
    for key, entity in entities.items():
        found.setdefault(entity, set()).add(key)
    return set(map(frozenset, found.values()))


def check(folder: Path, steps: list[Step]) -> None:
    account = Account()
    for step in steps:
        assert done(folder, step) == account.step(step), step
    with Store.open(folder) as store:
        model, _ = results.release(store)
        fresh = link(record_files(store), model=model, decisions=account.decisions())
        assert sets(results.entities(store)) == sets(dict(zip(fresh.keys, fresh.entity, strict=True)))
        counts = {pair: one.decision for pair, one in current(decisions.all_of(store)).items()}
        assert counts == {one.pair: one.decision for one in account.decisions()}


def tried(made: Path, folder: Path, steps: list[Step]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.desk.anew.write_out", lambda *_: "written")
        check(Path(shutil.copytree(made, folder / "out")), steps)


@settings(max_examples=8)
@given(steps=STEPS)
def test_the_sets_are_those_of_the_decisions_that_remain(
    made: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    tried(made, tmp_path_factory.mktemp("decided"), steps)


@pytest.mark.deep
@settings(max_examples=500)
@given(steps=STEPS)
def test_the_sets_in_many_worlds(made: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> None:
    tried(made, tmp_path_factory.mktemp("decided"), steps)


def test_a_later_one_stays_when_an_earlier_is_undone(made: Path, tmp_path: Path) -> None:
    steps = [("decide", "1", "2", "different", False), ("decide", "2", "6", "same", False), ("undo", 1)]
    tried(made, tmp_path, steps)
