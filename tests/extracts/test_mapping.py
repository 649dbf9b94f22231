"""A profile laid on a file: where everything of a record comes from."""

from pathlib import Path
from typing import Any

import pyarrow as pa

from concerted.extracts import open_table
from concerted.extracts.chunks import records_schema
from concerted.extracts.keys import keys_of, part_id
from concerted.extracts.mapping import Mapping, map_columns
from tests.extracts.files import AS_OF, profile, settings, written

HEADER = "who,id,first,last,born,note,same\n"


def mapped(folder: Path, header: str = HEADER, **changes: Any) -> Mapping:
    with open_table(written(folder / "north.csv", header), settings()) as table:
        return map_columns(profile(**changes), table, "north.csv", AS_OF)


def test_places_of_columns(tmp_path: Path) -> None:
    found = mapped(tmp_path, source={"column": "who"}, evidence=["note"], truth="same")
    assert (found.record_id, found.source, found.constant_source) == (1, 0, None)
    assert found.evidence == (("note", 5),)
    assert [reader.name for reader in found.fields()] == ["given_name", "family_name", "date_of_birth"]
    assert found.truth is not None
    assert found.unread == ()


def test_content_is_all_that_is_read_but_the_truth(tmp_path: Path) -> None:
    found = mapped(tmp_path, evidence=["note"], truth="same")
    assert [found.columns[at] for at in found.content] == ["born", "first", "id", "last", "note"]


def test_content_has_one_order_whatever_that_of_the_columns(tmp_path: Path) -> None:
    one, other = mapped(tmp_path), mapped(tmp_path, "born,last,id,first\n")
    assert [one.columns[at] for at in one.content] == [other.columns[at] for at in other.content]


def test_sources_that_are_the_same_for_the_whole_file(tmp_path: Path) -> None:
    assert mapped(tmp_path).constant_source == "force-a"
    assert mapped(tmp_path, source={"file": True}).constant_source == "north"


def test_people_of_a_row_and_what_each_must_have(tmp_path: Path) -> None:
    parts = {"child": {"given_name": "first"}, "mother": {"family_name": "last", "other": ["note"]}}
    found = mapped(tmp_path, fields=None, parts=parts, required=["mother.family_name"])
    child, mother = found.subjects
    assert (child.part, set(child.required)) == ("child", set())
    assert (mother.part, set(mother.required)) == ("mother", {"family_name"})
    assert [reader.name for reader in mother.fields] == ["family_name", "other_note"]


def test_required_fields_of_one_person(tmp_path: Path) -> None:
    (person,) = mapped(tmp_path, required=["given_name"]).subjects
    assert person.part is None
    assert set(person.required) == {"given_name"}


def test_columns_of_the_file_of_records(tmp_path: Path) -> None:
    fields = {"given_name": "first", "other": {"remark": "note"}}
    schema = records_schema(mapped(tmp_path, fields=fields, evidence=["last"]), "person")
    assert schema.names == [
        *("source", "record_id", "row"),
        *("given_name", "given_name_as_given", "other_remark", "evidence_last"),
    ]
    assert schema.field("row").type == pa.int64()


def test_a_field_that_two_people_have_is_one_column(tmp_path: Path) -> None:
    parts = {"child": {"given_name": "first"}, "mother": {"given_name": "last"}}
    schema = records_schema(mapped(tmp_path, fields=None, parts=parts), "person")
    assert schema.names.count("given_name") == 1


def test_keys_are_trimmed_and_else_kept(tmp_path: Path) -> None:
    path = written(tmp_path / "a.csv", HEADER + " north , 007 ,,,,x,\n,,,,,x,\n")
    with open_table(path, settings()) as table:
        found = map_columns(profile(source={"column": "who"}), table, "a.csv", AS_OF)
        (chunk,) = [chunk for chunk in table.chunks() if chunk.rows]
    keys = keys_of(chunk, found)
    assert (keys.rows, keys.sources, keys.ids) == ([2, 3], ["north", ""], ["007", ""])


def test_ids_of_people_of_a_row() -> None:
    assert part_id("1", None) == "1"
    assert part_id("1", "child") == "1/child"
