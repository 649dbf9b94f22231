"""Any releases adopted and given up among decisions: the sets are those of a fresh run with what is in force."""

import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import decisions, release_tried, releases, results
from concerted.desk.current import record_files
from concerted.desk.decide import Said, decide
from concerted.desk.release_change import adopt, give_back
from concerted.desk.store import Store
from concerted.linkage import Decision, HeldPair, Release, link
from concerted.linkage.decisions import current
from tests.desk.extracts import small
from tests.desk.models import NINE, WHO
from tests.desk.test_decide_as_a_whole import sets

IDS = st.sampled_from("123456789")
JOINS = st.sampled_from([-5.0, 12.2, 13.0, 14.5, 16.0, 30.0])
STEPS = st.lists(
    st.tuples(st.just("adopt"), JOINS)
    | st.tuples(st.just("return"))
    | st.tuples(st.just("decide"), IDS, IDS, st.sampled_from(("same", "different", "unsure"))),
    min_size=2,
    max_size=7,
)
Step = tuple[Any, ...]
Sets = set[frozenset[RecordKey]]


class Account:
    """What was in force, told plainly: the thresholds that stand on one another, and the sets before each."""

    def __init__(self, join: float) -> None:
        self.joins, self.parted = [join], list[set[HeldPair]]()

    def adopt(self, join: float, held: Sequence[HeldPair]) -> None:
        self.joins.append(join)
        self.parted.append(set(held))

    def give_back(self) -> None:
        self.joins.pop()
        self.parted.pop()


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small(tmp_path_factory.mktemp("nine"), NINE)


def with_join(store: Store, join: float) -> Release:
    model = results.release(store)[0]
    return replace(model, name=f"from {join}", join=join, join_from="by hand")


def adopted(folder: Path, join: float) -> list[HeldPair]:
    """Put in force as if it had been tried. Gives what the one before held by its weights."""
    with Store.open(folder) as store, store.writing():
        held = [*releases.joined(store)]
        release_tried.keep(store, with_join(store, join), "file", "given", {})
    adopt(folder, *WHO, Silent(), ())
    return held


def decided(folder: Path, one: str, other: str, word: str) -> None:
    try:
        said = Said(f"force:{one}", f"force:{other}", word, "A", "B", supersede=True)
        decide(folder, said, Silent(), ())
    except UsedWronglyError:
        assert one == other


def done(folder: Path, step: Step, account: Account) -> None:
    if step[0] == "adopt":
        account.adopt(step[1], adopted(folder, step[1]))
    elif step[0] == "decide":
        decided(folder, *step[1:])
    elif len(account.joins) > 1:
        give_back(folder, *WHO, Silent(), ())
        account.give_back()
    else:
        with pytest.raises(UsedWronglyError, match="none to return to"):
            give_back(folder, *WHO, Silent(), ())


def check(folder: Path, account: Account) -> None:
    """The sets are a fresh run's. What was held and is apart is asked about, unless somebody answered; nothing else is
    asked for its sake."""
    with Store.open(folder) as store:
        every = decisions.all_of(store)
        fresh = link(record_files(store), model=with_join(store, account.joins[-1]), decisions=every)
        entity = results.entities(store)
        assert sets(entity) == sets(dict(zip(fresh.keys, fresh.entity, strict=True)))
        asked = {
            frozenset((row.left, row.right))
            for row in results.links(store, "band = 'review'")
            if row.reasons.startswith("the release before")
        }
    held = account.parted[-1] if account.parted else set()
    assert asked == {frozenset(pair) for pair in held if open_still(pair, entity, every)}


def open_still(pair: HeldPair, entity: dict[RecordKey, str], every: list[Decision]) -> bool:
    counts = current(every)
    parted = [{entity[one], entity[other]} for (one, other), made in counts.items() if made.decision == "different"]
    both = {entity[key] for key in pair}
    return len(both) == 2 and (min(pair), max(pair)) not in counts and both not in parted


def tried(made: Path, folder: Path, steps: list[Step]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        for module in ("anew", "release_change"):
            patch.setattr(f"concerted.desk.{module}.write_out", lambda *_: "written")
        out = Path(shutil.copytree(made, folder / "out"))
        with Store.open(out) as store:
            account = Account(results.release(store)[0].join)
        for step in steps:
            done(out, step, account)
        check(out, account)


@settings(max_examples=8)
@given(steps=STEPS)
def test_the_sets_and_questions_are_those_of_what_is_in_force(
    made: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[Step]
) -> None:
    tried(made, tmp_path_factory.mktemp("adopted"), steps)


@pytest.mark.deep
@settings(max_examples=500)
@given(steps=STEPS)
def test_the_same_in_many_worlds(made: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[Step]) -> None:
    tried(made, tmp_path_factory.mktemp("adopted"), steps)


def test_adopted_and_returned_from_it_is_what_it_was(made: Path, tmp_path: Path) -> None:
    tried(made, tmp_path, [("adopt", 16.0), ("decide", "3", "6", "same"), ("adopt", -5.0), ("return",), ("return",)])
