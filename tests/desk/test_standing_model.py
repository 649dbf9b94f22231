"""Any deliveries, decisions, withdrawals and releases, some of them stopped: the folder is as a fresh run makes it."""

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.common.progress import Silent
from concerted.desk import results, standing, whole
from concerted.desk.store import Store
from concerted.linkage.decisions import WORDS
from tests.desk.extracts import table
from tests.desk.standing_account import FIELDS, LIST, Account, Pair, Told
from tests.desk.standing_steps import PROFILES, Beside, Folder, Step
from tests.linkage.records import person

NHS: Final = (None, None, "9990000018", "9990000026")
PEOPLE: Final = [{**person(number), "nhs_number": None} for number in (1, 2, 11, 12)]
# Who is always there, so that no column has its first value or loses its last.
STAYING: Final[dict[RecordKey, Told]] = {
    RecordKey("stays", str(number)): tuple({**person(number), "nhs_number": NHS[2]}.get(name) for name in FIELDS)
    for number in (77, 88)
}


@st.composite
def told(draw: st.DrawFn) -> Told:
    """What a record tells of one of few people: most values are theirs."""
    drawn, other = draw(st.sampled_from(PEOPLE)), draw(st.sampled_from(PEOPLE))
    row = {name: drawn.get(name) for name in FIELDS}
    for name in sorted(draw(st.sets(st.sampled_from(FIELDS[1:-1]), max_size=2))):
        row[name] = draw(st.sampled_from([None, other.get(name)]))
    return tuple({**row, "nhs_number": draw(st.sampled_from(NHS))}.values())


SOURCES: Final = ("force", "council")
KEYS = st.builds(RecordKey, st.sampled_from(SOURCES), st.sampled_from("12345"))
LISTED = st.builds(RecordKey, st.just(LIST), st.sampled_from("1234"))
PLACES = st.integers(0, 40)
TEAM = st.tuples(st.just("team"), st.dictionaries(KEYS, told(), min_size=2, max_size=6))
PAIRS = st.sampled_from([("1", "2"), ("1", "3"), ("2", "4")])
STEPS = (
    TEAM
    | st.tuples(st.just("list"), st.dictionaries(LISTED, told(), min_size=1, max_size=4))
    | st.tuples(st.just("ties"), st.dictionaries(KEYS, PAIRS, min_size=1, max_size=2))
    | st.tuples(st.just("decide"), PLACES, PLACES, st.sampled_from(WORDS))
    | st.tuples(st.just("decide"), PLACES, PLACES, st.sampled_from(WORDS))
    | st.tuples(st.sampled_from(["undo", "file", "record"]), PLACES)
    | st.tuples(st.just("source"), st.sampled_from((*SOURCES, LIST)))
    | st.just(("approve",))
    | st.tuples(st.just("adopt"), st.sampled_from([3.0, 9.0, 14.0, 20.0]))
    | st.just(("return",))
)
TAKEN_BACK: Final = ("file", "record", "source")
FAULTS = st.sampled_from([None, None, None, 0, 30, 60, 90, 120])


def links(account: Account, rows: Any) -> dict[Pair, set[tuple[str, float]]]:
    """Links by the records that stand for theirs: band and weight."""
    stands = account.stands_for()
    found: dict[Pair, set[tuple[str, float]]] = {}
    for left, right, band, weight in rows:
        pair = frozenset((stands[left], stands[right]))
        if len(pair) == 2:
            found.setdefault(pair, set()).add((band, round(weight, 6)))
    return found


def check(beside: Beside) -> None:
    """What the folder says is what a fresh run finds, and where there is one, what the other folder says."""
    account = beside.account
    linked = account.linked(beside.place)
    entities, keys = account.entities(linked), linked.keys
    columns = [linked.shown[name].to_pylist() for name in ("left", "right", "band", "weight")]
    wanted = links(account, ((keys[one], keys[other], *rest) for one, other, *rest in zip(*columns, strict=True)))
    for folder in (*beside.whole, beside.ours):
        with Store.open(folder.out) as store:
            assert results.entities(store) == entities
            assert results.arrivals(store) == account.arrivals
            found = [(one.left, one.right, one.band, one.weight) for one in results.links(store)]
            assert links(account, found) == wanted
    for other in beside.whole:
        alike(beside.ours.dump(), other.dump())


def nothing_left(beside: Beside) -> None:
    """No layer says what a record says no more, and no link is of a record that is not there."""
    with Store.open(beside.ours.out) as store:
        assert store.count("link") == store.count("told")
        if standing.is_kept(store):
            sources = [one.table["source"] for one in standing.opened_of(store).layers]
            assert sum(len(one) - one.null_count for one in sources) == len(beside.account.records)


def alike(ours: dict[str, Any], other: dict[str, Any]) -> None:
    """The two folders say the same."""
    for name in ("decision", "withdrawal"):
        assert ours[name] == other[name]
    for name in ("errors", "strengths"):
        assert near(ours[name], other[name]), name
    assert moved(ours) == moved(other)
    assert told_of(ours["change"]) == told_of(other["change"])
    assert {row[2:] for row in ours["held"]} == {row[2:] for row in other["held"]}


def near(one: Any, other: Any) -> bool:
    """Whether two of what JSON holds are the same but for rounding."""
    if isinstance(one, float) and isinstance(other, float):
        return abs(one - other) <= 1e-3 * max(1e-3, abs(one))
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(near, one, other))
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(near(one[name], other[name]) for name in one)
    return bool(one == other)


def moved(dump: dict[str, Any]) -> set[Any]:
    """Who came from which set into which other, by change, whatever the numbers of the sets."""
    found = set()
    for change in {row[2] for row in dump["moved"]}:
        rows = [row for row in dump["moved"] if row[2] == change]
        for at in (3, 4):
            sets: dict[Any, set[Any]] = {}
            for row in rows:
                sets.setdefault(row[at], set()).add(row[:2])
            found |= {(change, at, number is None, frozenset(one)) for number, one in sets.items()}
    return found


def told_of(rows: Any) -> Any:
    return [(number, command, who, json.loads(files), *rest[:2]) for number, _, command, who, files, *rest in rows]


@contextmanager
def quick() -> Iterator[None]:
    """Without the views, which are written from the store and take most of the time."""

    def write_out(store: Store, notes: Any, progress: Silent, written: Any = None) -> Any:
        with store.writing():
            whole.renew(store, progress)

    with pytest.MonkeyPatch.context() as patch:
        for module in ("anew", "into", "release_change", "resolve"):
            patch.setattr(f"concerted.desk.{module}.write_out", write_out)
        patch.setattr("concerted.desk.views.write_tables", lambda *_: None)
        yield


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of those who stay, to which nothing was joined yet."""
    place = tmp_path_factory.mktemp("standing")
    for name, text in PROFILES.items():
        (place / f"{name}.yaml").write_text(text, encoding="utf-8")
    lines = [(*key, *(value or "" for value in one)) for key, one in STAYING.items()]
    table(place / "first.csv", ("whose", "id", *FIELDS), lines)
    with quick():
        Folder(place / "out").deliver("team", "first.csv", None)
    return place


def holds(place: Path, template: Path, steps: list[tuple[Step, int | None]], *, whole: bool) -> None:
    """The steps are taken one after the other, and after each all is as it has to be."""
    with quick():
        beside = Beside(place, template, whole=whole)
        beside.account.deliver("first.csv", STAYING)
        beside.account.settle()
        for step, fault in steps:
            if beside.take(step, fault):
                check(beside)
                if step[0] in TAKEN_BACK:
                    nothing_left(beside)
    shutil.rmtree(place)


def steps(least: int, most: int) -> st.SearchStrategy[list[tuple[Step, int | None]]]:
    """A first delivery, and more."""
    more = st.lists(st.tuples(STEPS, FAULTS), min_size=least, max_size=most)
    return st.builds(lambda one, others: [one, *others], st.tuples(TEAM, st.none()), more)


@settings(max_examples=5)
@given(steps=steps(4, 7))
def test_any_changes_make_the_folder_that_a_fresh_run_makes(
    template: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Step, int | None]]
) -> None:
    holds(tmp_path_factory.mktemp("ours"), template, steps, whole=False)


@pytest.mark.deep
@settings(max_examples=300)
@given(steps=steps(6, 14))
def test_very_many_do_so_and_say_what_linking_everything_each_time_says(
    template: Path, tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[Step, int | None]]
) -> None:
    holds(tmp_path_factory.mktemp("beside"), template, steps, whole=True)
