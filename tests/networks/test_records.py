"""Tables come as stores have them: in any order, with columns missing, in chunks, coded."""

import pyarrow as pa
import pytest

from concerted.extracts.fields import KINDS, Kind
from concerted.networks import Records, graph
from concerted.networks.records import COLUMNS, ENTITIES, THINGS
from tests.networks.test_graph import MEETING
from tests.networks.worlds import TODAY, records


@pytest.mark.parametrize("kind", KINDS)
def test_of_a_kind_that_is_not_there_the_table_is_empty(kind: Kind) -> None:
    table = Records().of(kind)
    assert (table.num_rows, tuple(table.column_names)) == (0, COLUMNS[kind])


def test_what_is_not_read_is_left_out_and_what_is_missing_is_empty() -> None:
    given = pa.table({"source": ["a"], "record_id": ["1"], "ethnicity_self_defined": ["W1"], "mine": ["x"]})
    [one] = Records({"person": given}).of("person").to_pylist()
    assert set(one) == set(COLUMNS["person"])
    assert {name for name, value in one.items() if value is not None} == {"source", "record_id"}


def test_records_stand_by_source_and_id() -> None:
    given = pa.table({"source": ["b", "a", "a"], "record_id": ["1", "2", "10"]})
    rows = Records({"event": given}).of("event").to_pylist()
    assert [(one["source"], one["record_id"]) for one in rows] == [("a", "10"), ("a", "2"), ("b", "1")]


def test_without_entities_or_things_there_are_tables_of_them_all_the_same() -> None:
    assert tuple(Records().person_entities().column_names) == ENTITIES
    assert tuple(Records().mentions().column_names) == THINGS


def test_chunks_and_codes_change_nothing() -> None:
    plain = records(MEETING)
    coded = {
        kind: _coded(pa.concat_tables([table.slice(0, 1), table.slice(1)])) for kind, table in plain.tables.items()
    }
    one, other = graph(plain, TODAY), graph(Records(coded, plain.entities, plain.things), TODAY)
    assert one.links.equals(other.links)
    assert one.records.to_pylist() == other.records.to_pylist()


def _coded(table: pa.Table) -> pa.Table:
    chunks = pa.concat_tables([table.slice(0, 1), table.slice(1)])
    return pa.table({name: chunks[name].dictionary_encode() for name in chunks.column_names})


def test_a_person_without_an_entity_and_a_mention_without_a_record_are_nowhere() -> None:
    plain = records(MEETING)
    assert plain.entities is not None
    assert plain.things is not None
    bob_alone = plain.entities.slice(1)
    ghost = pa.table({name: pa.array(["ghost"]) for name in plain.things.column_names})
    of = graph(Records(plain.tables, bob_alone, pa.concat_tables([plain.things, ghost])), TODAY)
    assert of.tables["person"]["record_id"].to_pylist() == ["bob"]
    assert "ghost" not in str([table.to_pydict() for table in of.tables.values()])
