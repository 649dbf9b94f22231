"""The entities of a scope are those of a run over its records alone: no record that is not held shows by its effect."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey
from concerted.linkage import candidates, keys
from concerted.linkage.decisions import Decision
from concerted.linkage.keys import Family
from concerted.linkage.link import link
from concerted.linkage.release import Release, shipped
from concerted.linkage.scopes import Scopes, compared
from concerted.linkage.witnesses import Witness
from tests.linkage.records import Row, agencies, key, write

CELLS = ("council", "force", "force, compartment", "school")
Sets = set[frozenset[RecordKey]]


@pytest.fixture(scope="module")
def bound(tmp_path_factory: pytest.TempPathFactory) -> Release:
    """A release bound to eighty records that hold a value in most columns."""
    rows = [{**row, "address": "1 Low Lane", "occupation": "baker"} for row in agencies()]
    return link([write(tmp_path_factory.mktemp("bound") / "records.parquet", rows)]).release


@dataclass(frozen=True)
class World:
    """Records, each in a cell, and what is said of them."""

    rows: list[Row]
    cells: dict[RecordKey, str]
    decisions: list[Decision]
    witnesses: list[Witness]
    unique: frozenset[str]
    join: float
    size_limit: int
    families: tuple[Family, ...]


PEOPLE: tuple[Row, ...] = tuple(
    {
        "given_name": given_name,
        "family_name": family_name,
        "date_of_birth": birth,
        "postcode": postcode,
        "phone": phone,
        "nhs_number": number,
        "address": address,
    }
    for given_name, family_name, birth, postcode, phone, number, address in (
        ("Amara", "Okonjo", "2009-03-14", "QQ1 1CC", "+447700900001", "9990000018", "1 Low Lane"),
        ("Amara", "Okonjo", "2009-03-14", "QQ1 1CK", "+447700900002", "9990000026", "2 Low Lane"),
        ("Amara Hana", "Okonjo", "2009-03-15", "QQ1 1CC", "+447700900001", "9990000034", "1 Low Lane"),
        ("Bryony", "Okonjo", "1984-05-03", "QQ1 1CC", "+447700900001", "9990000018", "1 Low Lane"),
        ("Amara", "Penhale", "2009-03-14", "QQ2 1CC", "+447700900003", "9990000042", "3 Low Lane"),
    )
)


def _record(draw: Random) -> Row:
    """A record of one of a few people, with some of what is known of them, now and then of another."""
    person = draw.choice(PEOPLE)
    held = draw.sample(sorted(person), draw.randint(3, 6))
    row = {name: person[name] for name in held}
    if draw.random() < 0.25:
        row |= {held[0]: draw.choice(PEOPLE)[held[0]]}
    return {**row, "source": draw.choice(("one", "two"))}


def _decisions(draw: Random, records: Sequence[RecordKey]) -> list[Decision]:
    """Decisions, some of which rest on a cell; now and then one is taken back."""
    made: list[Decision] = []
    for number in range(1, 1 + draw.choice((0, 0, 1, 3, 6))):
        word = draw.choice(("same", "same", "different", "unsure"))
        left, right = made[0].pair if made and draw.random() < 0.2 else draw.sample(records, 2)
        rests = frozenset(draw.sample(CELLS, draw.choice((0, 0, 1))))
        made.append(Decision(left, right, word, "A", "2026-11-26", "seen", number, cells=rests))
    if made and draw.random() < 0.5:
        one, rests = draw.choice(made), frozenset(draw.sample(CELLS, draw.choice((0, 1))))
        made.append(replace(one, decision="undone", number=99, undoes=one.number, cells=rests))
    return made


def _families(draw: Random) -> tuple[Family, ...]:
    """A few kinds of keys, so that one key cut is one pair less, and caps that a dozen records pass."""
    few = draw.sample(keys.FAMILIES, draw.randint(1, 6))
    cap, again = draw.randint(2, 6), draw.choice((None, 2, 4, 6))
    return tuple(replace(one, cap=cap, cap_refined=again) for one in few)


def world(seed: int) -> World:
    """Records of a few people, some the same twice, in random cells, with all that can be said of them."""
    draw = Random(seed)
    drawn = [(_record(draw), draw.choice(CELLS)) for _ in range(draw.randint(4, 14))]
    drawn += [(row, draw.choice((cell, *CELLS))) for row, cell in draw.choices(drawn, k=draw.randint(0, 6))]
    rows: list[Row] = [{**row, "record_id": str(at)} for at, (row, _) in enumerate(drawn)]
    cells = {key(row): cell for row, (_, cell) in zip(rows, drawn, strict=True)}
    records, witnesses = sorted(cells), []
    for number in range(draw.choice((0, 0, 1, 3))):
        event = RecordKey("events", str(number))
        cells[event] = draw.choice(CELLS)
        members = tuple(draw.sample(records, draw.randint(2, 4)))
        witnesses.append(Witness(draw.choice(("one_event", "related")), event, members))
    unique = draw.choice((frozenset[str](), frozenset[str](), frozenset({"two"})))
    decisions, families = _decisions(draw, records), _families(draw)
    join, size_limit = draw.choice((2.5, 6.0)), draw.choice((300, 300, 3))
    return World(rows, cells, decisions, witnesses, unique, join, size_limit, families)


def _compared(world: World, release: Release, folder: Path) -> Scopes:
    return compared(
        [write(folder / "all.parquet", world.rows)],
        release,
        world.cells.__getitem__,
        decisions=world.decisions,
        witnesses=world.witnesses,
        unique_sources=world.unique,
    )


def _by_a_run(world: World, release: Release, scope: frozenset[str], folder: Path) -> Sets:
    """The same by linking the records of these cells, as if there were no others."""
    rows = [row for row in world.rows if world.cells[key(row)] in scope]
    if not rows:
        return set()
    linked = link(
        [write(folder / "held.parquet", rows)],
        model=release,
        decisions=[
            one for one in world.decisions if {*one.cells, world.cells[one.left], world.cells[one.right]} <= scope
        ],
        witnesses=[one for one in world.witnesses if world.cells[one.record] in scope],
        unique_sources=world.unique,
        cells=world.cells.__getitem__,
    )
    found: dict[int, set[RecordKey]] = {}
    for one, entity in zip(linked.keys, linked.entity, strict=True):
        found.setdefault(entity, set()).add(one)
    return {frozenset(members) for members in found.values()}


@settings(
    max_examples=max(200, settings().max_examples // 4),
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.data_too_large],
)
@given(st.builds(world, st.integers(0, 2**32)), st.frozensets(st.sampled_from(CELLS), min_size=1))
def test_a_scope_is_what_a_run_over_its_records_alone_gives(
    tmp_path: Path, bound: Release, world: World, scope: frozenset[str]
) -> None:
    release = replace(bound, join=world.join, size_limit=world.size_limit)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(keys, "FAMILIES", world.families)
        patch.setattr(candidates, "NEIGHBOURS", 1)
        scopes = _compared(world, release, tmp_path)
        wanted = _by_a_run(world, release, scope, tmp_path)
        assert {frozenset(members) for members in scopes.partition(scope).sets()} == wanted
        for row in world.rows:
            members = frozenset(scopes.entity_of(key(row), scope))
            assert members in wanted if world.cells[key(row)] in scope else not members


def _row(source: str, **held: str) -> Row:
    return {"source": source, "record_id": "1", **held}


HANA = {"given_name": "Hana", "family_name": "Varga"}
BORN = {"date_of_birth": "2009-02-24", "postcode": "QQ1 1CC"}
CALLED = {"phone": "+447700900388", "email": "hana@mail.example"}
# The school's record says what the force's says, and what the charity's says, which have only a name in common.
BRIDGED = (
    _row("force", **HANA, **BORN),
    _row("school", **HANA, **BORN, **CALLED),
    _row("charity", given_name="Hana", **CALLED),
)


def _of(release: Release, path: Path, rows: Sequence[Row], decisions: Sequence[Decision] = ()) -> Scopes:
    return compared([write(path / "records.parquet", rows)], release, lambda one: one.source, decisions=decisions)


def _sources(scopes: Scopes, source: str, scope: Sequence[str]) -> set[str]:
    return {one.source for one in scopes.entity_of(RecordKey(source, "1"), scope)}


def test_a_record_that_is_not_held_joins_nobody(bound: Release, tmp_path: Path) -> None:
    scopes = _of(bound, tmp_path, BRIDGED)
    assert _sources(scopes, "force", ["force", "school", "charity"]) == {"force", "school", "charity"}
    assert _sources(scopes, "force", ["force", "charity"]) == {"force"}
    assert len(scopes.partition(["force", "charity"]).sets()) == 2


def test_what_is_not_held_is_answered_as_what_is_not_there(bound: Release, tmp_path: Path) -> None:
    scopes = _of(bound, tmp_path, BRIDGED)
    hidden, absent = RecordKey("school", "1"), RecordKey("school", "2")
    assert scopes.entity_of(hidden, ["force"]) == scopes.entity_of(absent, ["force"]) == ()
    assert scopes.entity_of(hidden, []) == ()
    assert scopes.partition(["no such cell"]).sets() == []


def test_a_decision_counts_where_all_is_held_that_it_rests_on(bound: Release, tmp_path: Path) -> None:
    force, charity = RecordKey("force", "1"), RecordKey("charity", "1")
    same = Decision(force, charity, "same", "A", "2026-11-26", "one telephone", cells=frozenset({"school"}))
    for decision, joined in ((same, {"force"}), (replace(same, cells=frozenset()), {"force", "charity"})):
        scopes = _of(bound, tmp_path, BRIDGED, decisions=[decision])
        assert _sources(scopes, "force", ["force", "charity"]) == joined
        assert _sources(scopes, "force", ["force", "charity", "school"]) == {"force", "charity", "school"}


def test_a_release_that_is_bound_to_no_records_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError) as error:
        _of(shipped(), tmp_path, BRIDGED)
    assert "the release shipped-3 is not bound to any records" in str(error.value)
    assert "link once, and take `release` of what it gives" in str(error.value)


def test_a_column_that_others_alone_hold_changes_no_weight(bound: Release, tmp_path: Path) -> None:
    """A level at which none of the release's records could stand leaves its share to the next one; for good."""
    rows = [{**row, "address": None} for row in agencies()]
    alone = link([write(tmp_path / "alone.parquet", rows)])
    others = [{**PEOPLE[0], "source": "school", "record_id": str(at), "town": str(at)} for at in range(3)]
    more = link([tmp_path / "alone.parquet", write(tmp_path / "others.parquet", others)], model=alone.release)
    before, after = (
        {(row["left"], row["right"]): row["weight"] for row in one.shown.to_pylist()} for one in (alone, more)
    )
    assert before
    assert {pair: after.get(pair) for pair in before} == before
    of_others = [after[pair] for pair in after if pair[0] >= len(rows)]
    assert len(of_others) == 3
    assert min(of_others) > 20  # one address still speaks for them, and not against
