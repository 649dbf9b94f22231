"""JSON Lines as tables: every key of every line a column, every bad line put aside as it stands."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.extracts.readers import lines, shape
from tests.extracts.files import Read, read, read_text, written


def of(folder: Path, *rows: str, **given: object) -> Read:
    return read_text(folder, "".join(row + "\n" for row in rows), "a.jsonl", **given)


def test_rows_are_numbered_as_lines(tmp_path: Path) -> None:
    found = of(tmp_path, '{"id": 1, "name": "Ann"}', "", '{"id": 2, "name": null}')
    assert found.columns == ["id", "name"]
    assert found.rows == {1: ["1", "Ann"], 3: ["2", None]}
    assert found.blank == 1


def test_a_key_that_comes_late_is_a_column_like_any_other(tmp_path: Path) -> None:
    found = of(tmp_path, *['{"id": 1}'] * 20_000, '{"name": "Ann", "id": 2}')
    assert found.columns == ["id", "name"]
    assert found.rows[1] == ["1", None]
    assert found.rows[20_001] == ["2", "Ann"]


def test_numbers_keep_their_digits(tmp_path: Path) -> None:
    found = of(tmp_path, '{"a": 12345678901234567890123, "b": 1.10, "c": 1e5, "d": -0, "e": true, "f": NaN}')
    assert found.cells == [["12345678901234567890123", "1.10", "1e5", "-0", "true", None]]


def test_objects_inside_become_columns_with_dots(tmp_path: Path) -> None:
    found = of(tmp_path, '{"id": 1, "name": {"first": "Ann", "last": {"now": "Lee"}}, "more": {}}')
    assert found.columns == ["id", "name.first", "name.last.now", "more"]
    assert found.cells == [["1", "Ann", "Lee", "{}"]]


def test_what_is_nested_too_deep_stays_json(tmp_path: Path) -> None:
    deep = '{"k": ' * 12 + '"x"' + "}" * 12
    found = of(tmp_path, deep)
    assert found.columns == [".".join("k" * 8)]
    assert json.loads(found.cells[0][0] or "") == json.loads('{"k": ' * 4 + '"x"' + "}" * 4)


def test_lists(tmp_path: Path) -> None:
    found = of(tmp_path, '{"a": ["x", 1, null], "b": [], "c": [{"d": 1}], "e": ["p;q"], "f": [["x"]]}')
    assert found.cells == [["x; 1", None, '[{"d": "1"}]', '["p;q"]', '[["x"]]']]


BAD = {
    '{"id": 1': "it is not JSON from character",
    "id=1": "it is not JSON from character 1 on",
    "[1, 2]": "it is not an object",
    '"text"': "it is not an object",
    '{"id": 1, "id": 2}': "a key stands in it twice",
    '{"a": {"b": 1, "b": 2}}': "a key stands in it twice",
    '{"a.b": 1, "a": {"b": 2}}': "a.b stands in it twice",
    '{"id": "\\ud800"}': "it holds half of a character",
    "[" * 100_000: "it holds objects inside objects beyond all measure",
}


@pytest.mark.parametrize("bad", BAD, ids=range(len(BAD)))
def test_a_bad_line_is_put_aside_as_it_stands(tmp_path: Path, bad: str) -> None:
    found = of(tmp_path, '{"id": 1}', bad, '{"id": 2}')
    assert found.unsplit == {2: bad}
    assert found.reasons[2].startswith(BAD[bad])
    assert found.mends[2].startswith("write one object a line")
    assert found.rows == {1: ["1"], 3: ["2"]}


def test_two_halves_that_make_a_character(tmp_path: Path) -> None:
    assert of(tmp_path, '{"id": "\\ud83d\\ude00"}').cells == [["\U0001f600"]]


def test_an_object_without_a_value_is_blank(tmp_path: Path) -> None:
    found = of(tmp_path, '{"id": 1}', "{}", '{"id": null}', '{"id": ""}')
    assert found.blank == 3


def test_a_line_that_is_too_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lines, "LINE_LIMIT", 50)
    monkeypatch.setattr(lines, "BLOCK", 20)
    found = of(tmp_path, '{"id": 1}', json.dumps({"id": "y" * 100}), '{"id": 2}')
    assert found.rows == {1: ["1"], 3: ["2"]}
    assert "the line is 110 bytes long, from byte 10 of the file" in found.reasons[2]


def test_no_object_at_all(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"a\.jsonl: the file holds no JSON objects"):
        of(tmp_path, "1", "2")


def test_too_many_keys(tmp_path: Path) -> None:
    rows = [json.dumps({f"k{number}": 1}) for number in range(shape.MAX_COLUMNS + 1)]
    with pytest.raises(UsedWronglyError, match=r"a\.jsonl: the file has 10,001 columns"):
        of(tmp_path, *rows)


def test_keys_are_trimmed(tmp_path: Path) -> None:
    assert of(tmp_path, '{" id ": 1}').columns == ["id"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    found = read(written(tmp_path / "a.jsonl", '{"id": "Zoë"}\n{"id": "Å"}\n', encoding))
    assert found.cells == [["Zoë"], ["Å"]]
    mixed = ["bytes that are not UTF-8 and were read as Windows-1252: 2"]
    assert found.notes == (mixed if encoding == "cp1252" else [])


def test_windows_1252_when_the_profile_says_so(tmp_path: Path) -> None:
    found = read(written(tmp_path / "a.jsonl", '{"id": "Ã©"}\n', "cp1252"), encoding="windows-1252")
    assert found.cells == [["Ã©"]]
    assert found.notes == []


_TEXT = st.text(alphabet=st.characters(exclude_categories=["Cs"]), max_size=5)


@given(st.lists(st.dictionaries(st.sampled_from("abc"), st.one_of(st.none(), _TEXT)), min_size=1, max_size=6))
def test_every_line_is_a_row_or_blank(tmp_path_factory: pytest.TempPathFactory, objects: list[dict[str, str]]) -> None:
    path = tmp_path_factory.mktemp("json") / "a.jsonl"
    written(path, "".join(json.dumps(one) + "\n" for one in [*objects, {"a": "end"}]))
    found = read(path)
    assert found.total == len(objects) + 1
    for number, one in enumerate(objects, 1):
        told = {key: value for key, value in one.items() if value}
        cells = dict(zip(found.columns, found.rows.get(number, []), strict=False))
        assert {key: value for key, value in cells.items() if value} == told
