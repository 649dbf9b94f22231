"""JSON documents: a list of objects wherever it stands, and nothing that a damaged one could do."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from tests.extracts.files import profile, read, read_text, take_text, written


def read_json(folder: Path, tree: Any, **given: Any) -> Any:
    return read_text(folder, json.dumps(tree, ensure_ascii=False), "a.json", **given)


def test_a_document_becomes_records(tmp_path: Path) -> None:
    text = '[{"id": 1, "first": "Ann", "last": "Lee", "born": "01/02/1999"},\n {"id": 2, "first": "Bea"}, {}]'
    result = take_text(tmp_path, text, "a.json")

    assert [one["record_id"] for one in result.records] == ["1", "2"]
    assert (result.taken.counts.rows, result.taken.counts.blank) == (3, 1)


def test_a_list_inside_a_document(tmp_path: Path) -> None:
    found = read_json(tmp_path, {"made": "2026-03-02", "reply": {"people": [{"id": "1"}], "tags": ["a"], "empty": []}})

    assert (found.columns, found.cells) == (["id"], [["1"]])
    assert found.notes == [
        "beside the rows stands made, which is not read",
        "beside the rows stands reply.tags, which is not read",
        "beside the rows stands reply.empty, which is not read",
    ]


def test_of_several_lists_the_profile_says_which(tmp_path: Path) -> None:
    tree = {"people": [{"id": "1"}], "visits": [{"no": "7", "who": {"id": "1"}}]}

    assert read_json(tmp_path, tree, sheet="Visits").columns == ["no", "who.id"]
    with pytest.raises(UsedWronglyError, match=r"several lists: people, visits\. Say in the profile which"):
        read_json(tmp_path, tree)
    with pytest.raises(UsedWronglyError, match=r"no list orders\. Name one that it has: people, visits"):
        read_json(tmp_path, tree, sheet="orders")


def test_a_key_that_comes_late_is_a_column_like_any_other(tmp_path: Path) -> None:
    rows = [{"id": str(number)} for number in range(5_000)]
    found = read_json(tmp_path, [*rows, {"id": "last", "late": "x"}])

    assert found.columns == ["id", "late"]
    assert (found.cells[0], found.cells[-1]) == (["0", None], ["last", "x"])


def test_what_cannot_be_a_row_is_put_aside_and_the_rest_is_read(tmp_path: Path) -> None:
    found = read_text(tmp_path, '[{"id": "1"}, 7, {"id": "2", "id": "3"}, null, {"id": "4"}]', "a.json")

    assert found.rows == {1: ["1"], 5: ["4"]}
    assert found.reasons == {2: "it is not an object", 3: "a key stands in it twice", 4: "it is not an object"}


def test_numbers_stay_the_digits_that_they_are(tmp_path: Path) -> None:
    text = '[{"id": 12345678901234567890123, "share": 1.10, "far": 1E+5}]'
    assert read_text(tmp_path, text, "a.json").cells == [["12345678901234567890123", "1.10", "1E+5"]]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
def test_encodings(tmp_path: Path, encoding: str) -> None:
    path = written(tmp_path / "a.json", '[{"id": "Zoë"}]', encoding)
    assert read(path).cells == [["Zoë"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('{"a": 1, "b": [1, 2]}', "the file holds no list of objects"),
        ('[{"id": "1"}', "the document ends in the middle"),
        ('[{"id": "1"},', "the document ends in the middle"),
        ('[{"id": "1"},]', "a comma stands before a bracket that closes, from character 14 on"),
        ('[{"id": "1"} {"id": "2"}]', "a comma or a closing bracket should stand here, from character 14 on"),
        ('[{"id": "1"}] []', "something stands after the end of the document"),
        ('{"a" [{"id": "1"}]}', "a colon should stand here"),
        ('{"b": 1, a: [{"id": "1"}]}', "a name should stand here"),
        ('[{"id": nope}]', "Expecting value"),
        ("[" + '{"a":' * 100_000, "objects stand inside objects beyond all measure"),
        ('{"a": ' + "[" * 100_000, "objects stand inside objects beyond all measure"),
    ],
)
def test_a_damaged_document_is_refused_in_words(tmp_path: Path, text: str, said: str) -> None:
    with pytest.raises(UsedWronglyError) as error:
        read_text(tmp_path, text, "a.json", format="json")
    assert said.lower() in str(error.value).lower()


def test_json_lines_with_the_ending_of_a_document(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match=r"a\.json: the file is not a JSON document: it seems to be JSON Lines"):
        read_text(tmp_path, '{"id": "1"}\n{"id": "2"}\n', "a.json")


def test_a_value_without_end_is_not_held(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.extracts.readers.json_document.LINE_LIMIT", 100_000)
    with pytest.raises(UsedWronglyError, match="A value is longer than 100,000 characters"):
        read_text(tmp_path, '[{"id": "' + "x" * 2_000_000 + '"}]', "a.json")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1, max_size=2), inner, max_size=3)
    ),
    max_leaves=6,
)


@given(rows=st.lists(st.dictionaries(st.text("abcd", min_size=1, max_size=3), JSON, max_size=4), max_size=6))
def test_a_document_reads_as_the_same_rows_in_json_lines(
    tmp_path_factory: pytest.TempPathFactory, rows: list[dict[str, Any]]
) -> None:
    folder = tmp_path_factory.mktemp("json")
    rows.append({"id": "end"})
    document = read_json(folder, {"rows": rows}, sheet="rows") if any(rows[:1]) else read_json(folder, rows)
    one_a_line = read_text(folder, "\n".join(map(json.dumps, rows)) + "\n", "a.jsonl")

    assert (document.columns, document.rows) == (one_a_line.columns, one_a_line.rows)
    assert (document.reasons, document.blank) == (one_a_line.reasons, one_a_line.blank)


@given(cut=st.integers(0, 200))
def test_cut_short_anywhere_it_is_refused(tmp_path_factory: pytest.TempPathFactory, cut: int) -> None:
    whole = json.dumps([{"id": str(number), "first": "Zoë"} for number in range(6)])
    with pytest.raises(UsedWronglyError):
        read_text(tmp_path_factory.mktemp("json"), whole[: min(cut, len(whole) - 1)], "a.json")


def test_a_profile_may_name_the_list(tmp_path: Path) -> None:
    made = profile(file={"sheet": "people"}, fields={"given_name": "first"})
    assert made.file.sheet == "people"
