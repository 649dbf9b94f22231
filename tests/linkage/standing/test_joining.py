"""Records that come, change and go, and decisions with them, give what linking all from the beginning gives."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final, TypeVar
from uuid import uuid4

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.linkage import keys
from concerted.linkage.decisions import UNDONE, Decision
from concerted.linkage.link import link
from concerted.linkage.linked import Linked
from concerted.linkage.release import Release
from concerted.linkage.standard import standardise
from concerted.linkage.standing import few_come
from concerted.linkage.standing.growing import Growing
from concerted.linkage.standing.joining import Change, join
from concerted.linkage.standing.stored import added, follows, opened, save, with_added
from concerted.linkage.standing.traceless import traceless
from concerted.linkage.witnesses import Witness
from tests.linkage.records import Row, key, person, write

SOURCES: Final = ("force", "council", "list")  # the last lists nobody twice, in half of the worlds
WORDS: Final = ("same", "different", "unsure")
# Who is always there: so that, but where a test takes them out, no column has its first value or loses its last.
STAYING: Final = [
    {
        **person(number),
        "source": "staying",
        "record_id": str(number),
        "middle_name": "Zenobia",
        "address": "1 Long Row, Aberwold",
        "nhs_number": "9990000018",
        "occupation": "welder",
        "local_id": "7",
    }
    for number in (77, 88)
]

FEW_VALUES: Final = (
    {"given_name", "family_name", "date_of_birth"},
    {"given_name", "family_name", "postcode"},
    {"date_of_birth", "postcode"},
    {"family_name", "date_of_birth"},
    {"given_name", "family_name", "phone"},
)
Link = tuple[str, float]
Links = dict[frozenset[RecordKey], Link]
Words = dict[frozenset[RecordKey], tuple[str, str, str]]
T = TypeVar("T")
Sets = set[frozenset[RecordKey]]


@dataclass(frozen=True)
class Step:
    """What a delivery brings: rows that come or come again, places of those that go among all that are there, and
    decisions: places of two records and a word, or the place of the decision that is undone. told: what third records
    say, with the places of their members; each takes the place of what the same one said before."""

    come: list[dict[str, str | None]]
    go: list[int]
    decided: list[tuple[int, int, str]]
    told: list[tuple[str, list[int]]]


@st.composite
def rows(draw: st.DrawFn) -> dict[str, str | None]:
    """A record of one of a few people, under one of a few ids: most of its values are theirs, or it has few, so that
    only a key or two leads to it."""
    row = person(draw(st.sampled_from([1, 2, 11, 12, 21])))
    other = person(draw(st.sampled_from([1, 2, 11, 12, 21])))
    for field in sorted(draw(st.sets(st.sampled_from([*row]), max_size=3))):
        row[field] = draw(st.sampled_from([None, other[field], other[field]]))
    if draw(st.booleans()):
        said = draw(st.sampled_from(FEW_VALUES))
        row = {field: value if field in said else None for field, value in row.items()}
    more = draw(st.fixed_dictionaries({}, optional={"nhs_number": st.sampled_from(["9990000018", None, None])}))
    source = draw(st.sampled_from(SOURCES))
    return {**row, **more, "source": source, "record_id": str(draw(st.integers(0, 12)))}


places = st.integers(0, 30)
decided = st.tuples(places, places, st.sampled_from([*WORDS, "same", "different", UNDONE]))
told = st.tuples(st.sampled_from(["one_event", "related", "one_event"]), st.lists(places, max_size=3))
steps = st.builds(
    Step,
    st.lists(rows(), max_size=4),
    st.lists(places, max_size=3),
    st.lists(decided, max_size=2, unique=True),
    st.lists(told, max_size=2),
)


@dataclass(frozen=True)
class World:
    """caps: how many holders a key may have at most. limit: of how many records a component may be. one_by_one: whether
    each record of a step comes or goes in a step of its own."""

    first: list[dict[str, str | None]]
    steps: list[Step]
    caps: int
    limit: int
    lists_once: bool
    staying: bool
    one_by_one: bool


worlds = st.builds(
    World,
    st.lists(rows(), max_size=12),
    st.lists(steps, min_size=1, max_size=2),
    st.sampled_from([1, 2, 3, 5, 250]),
    st.sampled_from([2, 4, 300, 300]),
    st.booleans(),
    st.sampled_from([True, True, True, False]),
    st.booleans(),
)


class Model:
    """What is there, and what is known of it from the changes alone."""

    def __init__(self, folder: Path, world: World, *, one_layer: bool = True) -> None:
        """one_layer: whether the picture is made one layer again now and then."""
        self._folder, self._one_layer = folder, one_layer
        self.rows: dict[RecordKey, Row] = {key(row): row for row in [*STAYING, *world.first]}
        self.decisions: list[Decision] = []
        self.witnesses: dict[str, Witness] = {}
        self.once = frozenset({"list"}) if world.lists_once else frozenset[str]()
        release = link([self.written()], model="default", unique_sources=self.once).release
        self.release: Release = replace(release, size_limit=world.limit)
        if not world.staying:
            for row in STAYING:
                del self.rows[key(row)]
        found = self.linked()
        save(folder / "picture", Growing.begin(standardise([self.written()]), self.release, (), self.once))
        self.picture = opened(folder / "picture", self.release, ())
        self.sets, self.links, self.words = sets(found), links(found), words(found)

    def written(self, rows: Sequence[Row] | None = None) -> Path:
        """The records, or some, in a file."""
        empty = [{**dict.fromkeys(STAYING[0]), "source": "x", "record_id": "x"}]
        return write(self._folder / "rows.parquet", list(self.rows.values()) if rows is None else rows or empty)

    def linked(self) -> Linked:
        """What linking all of them from the beginning gives."""
        return link(
            [self.written()],
            model=self.release,
            decisions=self.decisions,
            unique_sources=self.once,
            witnesses=[*self.witnesses.values()],
        )

    def take(self, step: Step) -> Change:
        """Take a step, and apply what it changed."""
        come = {key(row): row for row in step.come}
        there = list(self.rows)
        go = {there[at] for at in step.go if at < len(there) and there[at].source != "staying"}
        self.rows = {name: row for name, row in self.rows.items() if name not in go - come.keys()} | come
        self._decide(step)
        self._tell(step)
        table = standardise([self.written(list(come.values()))])
        table = table if come else table.slice(0, 0)
        before, self.delivered = self.picture, (table, go, list(self.decisions))
        self.picture, change = join(before, *self.delivered, witnesses=[*self.witnesses.values()])
        if follows(before, self.picture):  # what is kept of it is all that there is
            kept = with_added(before, added(before, self.picture), tuple(self.decisions))
            self.picture = replace(kept, witnesses=self.picture.witnesses)
        if self._one_layer and len(self.rows) % 2:  # in one layer again, as good as before
            one_layer = self._folder / uuid4().hex  # the picture before still reads its own file
            save(one_layer, traceless(self.picture))
            opened_again = opened(one_layer, self.release, tuple(self.decisions))
            self.picture = replace(opened_again, witnesses=self.picture.witnesses)
        forgotten = {*change.gone, *change.keys}
        self.sets = {one - forgotten for one in self.sets} - {frozenset()} | {frozenset(one) for one in change.sets}
        names, touched = change.linked.keys, change.touched.tolist()
        self.links = _without(self.links, forgotten) | of_some(change.linked.pairs, names, touched)
        self.words = _without(self.words, forgotten) | table_of(change.links, names)
        return change

    def as_compared(self, words: Words) -> Words:
        """Links in words by the records that are compared for theirs: which of many that hold the same is shown follows
        from what came first in a whole run, and from their ids here."""
        stands = self._stands()
        found = {frozenset(stands[name] for name in pair): said for pair, said in words.items()}
        return {pair: said for pair, said in found.items() if len(pair) == 2}

    def as_folded(self, links: Links) -> Links:
        """Links, those of records that hold the same by the one that is compared for both: which of them are linked, so
        that all hang together, follows from the same."""
        stands = self._stands()
        one = {pair: frozenset(stands[name] for name in pair) for pair in links}
        return {one[pair] if len(one[pair]) == 1 else pair: said for pair, said in links.items()}

    def _stands(self) -> dict[RecordKey, RecordKey]:
        number = self.picture.numbers(self.rows)
        names = {at: name for name, at in number.items()}
        return {name: names[int(self.picture.stands_for[at])] for name, at in number.items()}

    def _tell(self, step: Step) -> None:
        there = list(self.rows)
        for at, (constraint, members) in enumerate(step.told):
            names = tuple(sorted({there[one] for one in members if one < len(there)}))
            self.witnesses[f"{constraint}{at}"] = Witness(constraint, RecordKey("events", str(at)), names)

    def _decide(self, step: Step) -> None:
        there = list(self.rows)
        for one, other, word in step.decided:
            number = len(self.decisions) + 1
            if word == UNDONE:
                if self.decisions:
                    taken_back = self.decisions[one % len(self.decisions)]
                    undo = replace(taken_back, decision=UNDONE, number=number, undoes=taken_back.number)
                    self.decisions.append(undo)
            elif one != other and max(one, other) < len(there):
                self.decisions.append(Decision(there[one], there[other], word, "a reader", "today", "seen", number))


def sets(linked: Linked) -> Sets:
    """The sets of a whole run."""
    found: dict[int, set[RecordKey]] = {}
    for name, entity in zip(linked.keys, linked.entity, strict=True):
        found.setdefault(entity, set()).add(name)
    return {frozenset(members) for members in found.values()}


def _without(of_pairs: dict[frozenset[RecordKey], T], records: set[RecordKey]) -> dict[frozenset[RecordKey], T]:
    return {pair: said for pair, said in of_pairs.items() if not pair & records}


def table_of(shown: Any, names: Sequence[RecordKey]) -> Words:
    """Links by their two records: band and what is said."""
    columns = [shown[name].to_pylist() for name in ("left", "right", "band", "reasons", "against")]
    return {
        frozenset((names[left], names[right])): (band, said, against)
        for left, right, band, said, against in zip(*columns, strict=True)
    }


def of_some(pairs: Any, names: Sequence[RecordKey], touched: Sequence[int]) -> Links:
    """Those of the pairs that are links and have one of these records: band and weight."""
    columns = [pairs[name].to_pylist() for name in ("left", "right", "band", "weight")]
    some = set(touched)
    return {
        frozenset((names[left], names[right])): (band, weight)
        for left, right, band, weight in zip(*columns, strict=True)
        if band != "apart" and {left, right} & some
    }


def links(linked: Linked) -> Links:
    """The links of a whole run."""
    return of_some(linked.pairs, linked.keys, range(len(linked.keys)))


def words(linked: Linked) -> Words:
    """The links of a whole run in words."""
    return table_of(linked.shown, linked.keys)


def agree(one: Links, other: Links) -> bool:
    """Whether they are the same, weights to 1e-9."""
    return one.keys() == other.keys() and all(
        one[pair][0] == other[pair][0] and abs(one[pair][1] - other[pair][1]) <= 1e-9 for pair in one
    )


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    yield tmp_path_factory.mktemp("joining")


def lowered(most: int) -> tuple[keys.Family, ...]:
    """The families with caps of so many holders."""
    return tuple(
        replace(one, cap=min(one.cap, most), cap_refined=one.cap_refined and min(one.cap_refined, most))
        for one in keys.FAMILIES
    )


SLOW: Final = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=200, suppress_health_check=SLOW)
@given(world=worlds)
def test_what_comes_and_goes_gives_what_linking_everything_gives(folder: Path, world: World) -> None:
    _holds(folder, world)


@pytest.mark.deep
@settings(max_examples=10_000, suppress_health_check=SLOW)
@given(world=worlds)
def test_the_same_of_very_many_worlds(folder: Path, world: World) -> None:
    _holds(folder, world)


def _holds(folder: Path, world: World) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "FAMILIES", lowered(world.caps))
        model = Model(folder, world)
        for step in world.steps:
            for one in _one_by_one(step) if world.one_by_one else [step]:
                model.take(one)
            whole = model.linked()
            assert model.sets == sets(whole)
            assert agree(model.as_folded(model.links), model.as_folded(links(whole)))
            assert model.as_compared(model.words) == model.as_compared(words(whole))


def _one_by_one(step: Step) -> Iterator[Step]:
    """The same in as many steps as records come and go: some go, then each comes."""
    yield from (Step([], [place], [], []) for place in sorted(set(step.go), reverse=True))
    yield from (Step([row], [], [], []) for row in {key(row): row for row in step.come}.values())
    if step.decided or step.told:
        yield Step([], [], step.decided, step.told)


@settings(max_examples=10, suppress_health_check=SLOW)
@given(world=worlds)
def test_one_record_at_a_time_gives_to_the_bit_what_arrays_give(folder: Path, world: World) -> None:
    _holds_one_by_one(folder, world)


@pytest.mark.deep
@settings(max_examples=10_000, suppress_health_check=SLOW)
@given(world=worlds)
def test_one_record_at_a_time_in_very_many_worlds(folder: Path, world: World) -> None:
    _holds_one_by_one(folder, world)


def _holds_one_by_one(folder: Path, world: World) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "FAMILIES", lowered(world.caps))
        model = Model(folder, world, one_layer=False)
        for step in world.steps:
            for one in _one_by_one(step):
                before = model.picture
                change = model.take(one)
                with pytest.MonkeyPatch.context() as arrays:
                    arrays.setattr(few_come, "FEW", -1)
                    in_arrays, changed = join(before, *model.delivered, witnesses=[*model.witnesses.values()])
                _same(model.picture, in_arrays)
                assert change.gone == changed.gone
                assert {frozenset(one) for one in change.sets} == {frozenset(one) for one in changed.sets}
                names, touched = change.linked.keys, change.touched.tolist()
                others, of_arrays = changed.linked.keys, changed.touched.tolist()
                assert agree(
                    of_some(change.linked.pairs, names, touched), of_some(changed.linked.pairs, others, of_arrays)
                )
                assert table_of(change.links, names) == table_of(changed.links, others)


def _same(one: Growing, other: Growing) -> None:
    """To the bit."""
    assert one.stands_for.tolist() == other.stands_for.tolist()
    assert one.stood_for.tolist() == other.stood_for.tolist()
    assert {name: many for name, many in one.filled.items() if many} == {
        name: many for name, many in other.filled.items() if many
    }
    (new, made) = one.layers[-1], other.layers[-1]
    assert new.found.keys.tolist() == made.found.keys.tolist()
    assert new.found.holders.tolist() == made.found.holders.tolist()
    assert {name: numbers.tolist() for name, numbers in new.refining.items()} == {
        name: numbers.tolist() for name, numbers in made.refining.items()
    }
    assert new.pairs.tolist() == made.pairs.tolist()
    assert np.array_equal(new.weights, made.weights, equal_nan=True)


def test_what_decisions_alone_held_together_is_parted_once_the_record_between_them_goes(tmp_path: Path) -> None:
    rows = [{**person(number), "source": "force", "record_id": str(number)} for number in (1, 11, 21)]
    one, between, other = (len(STAYING) + at for at in range(3))
    world = World(rows, [], caps=250, limit=300, lists_once=False, staying=True, one_by_one=False)
    model = Model(tmp_path, world)
    model.take(Step([], [], [(one, between, "same"), (between, other, "same")], []))
    assert frozenset(map(key, rows)) in model.sets
    model.take(Step([], [between], [], []))
    assert model.sets == sets(model.linked())


def test_what_a_decision_kept_apart_is_joined_once_the_record_that_it_names_goes(tmp_path: Path) -> None:
    """Two records that say the same, and one that is the first by a decision, and not the second by another."""
    rows = [
        {**person(number), "source": "force", "record_id": record_id}
        for number, record_id in ((1, "a"), (11, "b"), (1, "c"))
    ]
    one, between, other = (len(STAYING) + at for at in range(3))
    world = World(rows, [], caps=250, limit=300, lists_once=False, staying=True, one_by_one=False)
    model = Model(tmp_path, world)
    model.take(Step([], [], [(one, between, "same"), (between, other, "different")], []))
    assert {frozenset((key(rows[0]), key(rows[1])))} < model.sets
    model.take(Step([], [between], [], []))
    assert model.sets == sets(model.linked())
    assert {frozenset((key(rows[0]), key(rows[2])))} < model.sets


def test_a_record_cannot_come_twice_or_go_without_being_there(tmp_path: Path) -> None:
    table = standardise([write(tmp_path / "rows.parquet", STAYING)])
    release = link([tmp_path / "rows.parquet"], model="default").release
    picture = Growing.begin(table, release)
    with pytest.raises(UsedWronglyError, match="there is no record nobody:1"):
        join(picture, go=[RecordKey("nobody", "1")])
    twice = standardise([write(tmp_path / "twice.parquet", [STAYING[0], STAYING[0]])])
    with pytest.raises(UsedWronglyError, match="a record is to come twice"):
        join(picture, twice)


def test_what_nothing_connects_with_a_record_that_comes_is_not_looked_at(tmp_path: Path) -> None:
    rows = [{**person(number), "source": "force", "record_id": str(number)} for number in range(60)]
    path = write(tmp_path / "rows.parquet", rows)
    release = link([path], model="default").release
    again = {**person(7), "source": "council", "record_id": "a"}
    _, change = join(
        Growing.begin(standardise([path]), release), standardise([write(tmp_path / "one.parquet", [again])])
    )
    assert RecordKey("force", "7") in change.keys
    assert len(change.keys) < 10


def test_bytes_of_another_form_are_refused(tmp_path: Path) -> None:
    table = standardise([write(tmp_path / "rows.parquet", STAYING)])
    release = link([tmp_path / "rows.parquet"], model="default").release
    before = Growing.begin(table, release)
    after, _ = join(before, go=[key(STAYING[0])])
    blob = added(before, after)
    assert with_added(before, blob, ()).stands_for.tolist() == after.stands_for.tolist()
    with pytest.raises(ValueError, match="another form"):
        with_added(before, blob.replace(b"form", b"farm"), ())
