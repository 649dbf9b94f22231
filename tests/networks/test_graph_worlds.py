"""What a graph must be whatever the records are: of them alone, in any order, under any names."""

from collections.abc import Mapping
from typing import Any

import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.extracts.fields import KINDS, Kind
from concerted.networks import Graph, graph
from tests.networks.worlds import TODAY, Row, World, drawn, records, row, said

_SOURCES = ("force-a", "council-a")
_NUMBERS = st.integers(0, 3)
_WORDS: Mapping[str, tuple[str, ...]] = {
    "entity": ("x", "y", "z"),
    "family_name": ("Testcase", "Sample"),
    "aliases": ("Bear",),
    "date_of_birth": ("1990-01-01", "2012", "1985/1990"),
    "address": ("1 Any St", "2 Any St"),
    "phone": ("+447700900001", "+447700900002"),
    "registration": ("QA51ABC",),
    "role": ("victim", "suspect", "missing child"),
    "event_type": ("missing episode", "stop"),
    "from": ("2025-06-01", "2025-06", "2025"),
    "to": ("2025-06-03", "2025"),
    "found_with": ("a man in a car", "alone"),
    "relation": ("peer",),
    "handling": ("P", "C"),
    "recorded_on": ("2025-07-01",),
}
_FIELDS: Mapping[Kind, tuple[str, ...]] = {
    "person": ("entity", "family_name", "aliases", "date_of_birth", "address", "phone", "role", "recorded_on"),
    "event": ("event_type", "from", "to", "address", "registration", "found_with", "handling"),
    "person_in_event": ("event", "person", "role"),
    "relation": ("person", "other_person", "relation", "from"),
    "vehicle": ("registration", "person"),
    "order": ("person", "protected_person", "from"),
    "case": ("person", "event"),
}


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Some records of each kind, which name each other or nobody."""
    world: dict[Kind, list[Row]] = {}
    for kind, fields in _FIELDS.items():
        keys = draw(st.lists(st.tuples(st.sampled_from(_SOURCES), _NUMBERS), unique=True, max_size=5))
        for source, number in keys:
            chosen = draw(st.lists(st.sampled_from(fields), unique=True, min_size=len(fields) - 2))
            world.setdefault(kind, []).append(
                row(f"{kind}-{number}", source, **{one: draw(_value(one)) for one in chosen})
            )
    return world


def _value(field: str) -> st.SearchStrategy[str]:
    if field in _WORDS:
        return st.sampled_from(_WORDS[field])
    kind = "person" if field.endswith("person") else field
    return _NUMBERS.map(lambda number: f"{kind}-{number}")


_SOME = settings(max_examples=settings().max_examples // 8)  # a graph is dear beside most things that are drawn


def whole(of: Graph) -> list[list[dict[str, Any]]]:
    """All that a graph holds, as plain rows."""
    return [table.to_pylist() for table in (*of.tables.values(), of.links, of.records)]


@_SOME
@given(world=worlds(), how=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(world: World, how: Any) -> None:
    mixed = {kind: how.sample(list(rows), len(rows)) for kind, rows in world.items()}
    assert whole(drawn(mixed)) == whole(drawn(world))


@_SOME
@given(worlds())
def test_what_entities_and_things_are_called_changes_nothing(world: World) -> None:
    plain = records(world)
    tables = [plain.entities, plain.things]
    renamed = [_called(table, "".join(reversed("some name of it"))) for table in tables]
    assert whole(graph(type(plain)(plain.tables, *renamed), TODAY)) == whole(graph(plain, TODAY))


def _called(table: pa.Table, prefix: str) -> pa.Table:
    if not table.num_rows:
        return table
    names = pa.array([prefix + name[::-1] for name in table["entity"].to_pylist()])
    return table.set_column(table.column_names.index("entity"), "entity", names)


@_SOME
@given(world=worlds(), data=st.data())
def test_a_record_that_goes_takes_links_and_brings_none(world: World, data: st.DataObject) -> None:
    kind = data.draw(st.sampled_from(KINDS))
    rows = list(world.get(kind, ()))
    if rows:
        del rows[data.draw(st.integers(0, len(rows) - 1))]
    after = _rows_of(drawn({**world, kind: rows}))
    assert after <= _rows_of(drawn(world))


def _rows_of(of: Graph) -> set[tuple[str, ...]]:
    """Rows of links by the records that say them and that they name, which are called the same in any graph."""
    keys = [f"{one['kind']} {one['source']} {one['record_id']}" for one in of.records.to_pylist()]
    return {
        (str(one["kind"]), one["role"] or "", *(keys[one[name]] for name in ("record", "left_record", "right_record")))
        for one in of.links.to_pylist()
    }


@_SOME
@given(here=worlds(), elsewhere=worlds())
def test_what_a_scope_does_not_hold_changes_nothing_in_it(here: World, elsewhere: World) -> None:
    """Records of other sources that share no entity and no thing make a part of their own."""
    apart = {kind: [_elsewhere(one) for one in rows] for kind, rows in elsewhere.items()}
    both = {kind: [*here.get(kind, ()), *apart.get(kind, ())] for kind in KINDS}
    assert said(drawn(here)) == {one for one in said(drawn(both)) if not one[-1].endswith("elsewhere")}


def _elsewhere(one: Row) -> Row:
    other = {name: f"{value} elsewhere" for name, value in one.items() if name not in ("from", "to", "date_of_birth")}
    when = {name: one[name] for name in ("from", "to", "date_of_birth") if name in one}
    return other | when | {"recorded_on": "2025-07-01", "entity": f"{one['record_id']} elsewhere"}


@_SOME
@given(world=worlds(), data=st.data())
def test_names_and_what_is_protected_change_no_link(world: World, data: st.DataObject) -> None:
    """A name tells only that there is one: which it is, and every protected value, could be another's."""
    people = [dict(one) for one in world.get("person", ())]
    for one in people:
        one["ethnicity_self_defined"] = data.draw(st.sampled_from(("W1", "A2", "B1")))
        one["nationality"] = data.draw(st.sampled_from(("here", "there")))
        if "family_name" in one:
            one["family_name"] = data.draw(st.sampled_from(("Othername", "Thirdname")))
    after, before = drawn({**world, "person": people}), drawn(world)
    assert after.links.equals(before.links)
    assert after.first.tolist() == before.first.tolist()


@_SOME
@given(worlds())
def test_a_graph_hangs_together_as_it_says(world: World) -> None:
    of = drawn(world)
    rows = of.links.to_pylist()
    assert [of.records["kind"][one["record"]].as_py() for one in rows].count(None) == 0
    pairs = {frozenset((one["left"], one["right"])) for one in rows}
    assert pairs == {frozenset((one, int(other))) for one in range(of.size) for other in of.neighbours(one)}
    assert sum(of.between(*sorted(pair)).num_rows for pair in pairs) == len(rows)
    for one in range(of.size):
        assert of.neighbours(one).tolist() == sorted(set(of.neighbours(one).tolist()))
