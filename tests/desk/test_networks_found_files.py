"""Findings and truths that cannot be read: each is refused, naming the file, the row and the field, and the mend."""

from pathlib import Path

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.desk.networks_found import read_run, read_truth
from tests.desk import networks_found as made


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("{", "findings.json: it is not JSON"),
        ('{"findings": []}', "findings.json: it holds no list of findings"),
        ("[3]", "findings.json, row 1: it is no finding"),
        ('[{"rule": "one", "people": []}]', "findings.json, row 1, column id: a text is wanted here"),
        ('[{"id": 4, "rule": "one", "people": []}]', "findings.json, row 1, column id: a text is wanted here"),
        ('[{"id": "F", "people": []}]', "findings.json, row 1, column rule: a text is wanted here"),
        ('[{"id": "F", "rule": "one"}]', "findings.json, row 1, column people: it names no list of people"),
        (
            '[{"id": "F", "rule": "one", "people": [{"role": "adult"}]}]',
            "findings.json, row 1, column people.entity_id: a text is wanted here",
        ),
        (
            '[{"id": "F", "rule": "one", "people": []}, {"id": "F", "rule": "one", "people": []}]',
            "findings.json, row 2, column id: 'F' is the id of another finding too",
        ),
        (
            '[{"id": "F", "rule": "one", "people": [{"entity_id": "nobody"}]}]',
            "findings.json, row 1, column people.entity_id: there is no entity 'nobody' in entities.csv",
        ),
    ],
)
def test_findings_that_cannot_be_read_are_named(tmp_path: Path, content: str, said: str) -> None:
    truth = read_truth(made.truth(tmp_path / "truth"))
    out = made.result(tmp_path / "out", [])
    (out / "findings.json").write_text(content, encoding="utf-8")
    with pytest.raises(UsedWronglyError) as told:
        read_run(out, truth)
    assert str(told.value).startswith(said)
    assert told.value.mend


@pytest.mark.parametrize(
    ("name", "said"), [("findings.json", "has no findings to read"), ("entities.csv", "cannot be read")]
)
def test_a_file_that_is_not_there_is_named(tmp_path: Path, name: str, said: str) -> None:
    truth = read_truth(made.truth(tmp_path / "truth"))
    out = made.result(tmp_path / "out", [])
    (out / name).unlink()
    with pytest.raises(UsedWronglyError, match=said) as told:
        read_run(out, truth)
    assert str(told.value).startswith(name)


@pytest.mark.parametrize(
    "name", ["people.csv", "networks.csv", "network_people.csv", "network_traces.csv", "decoys.csv"]
)
def test_a_truth_that_lacks_a_file_is_refused(tmp_path: Path, name: str) -> None:
    (made.truth(tmp_path) / name).unlink()
    with pytest.raises(UsedWronglyError, match="cannot be read") as told:
        read_truth(tmp_path)
    assert str(told.value).startswith(name)


@pytest.mark.parametrize(
    ("name", "row", "said"),
    [
        ("network_people.csv", "N1,a9,uncle", "network_people.csv, row 14, column role: there is no role 'uncle'"),
        ("network_people.csv", "N9,a9,adult", "network_people.csv, row 14, column network: there is no network 'N9'"),
        ("network_traces.csv", "N9,police,x", "network_traces.csv, row 17, column network: there is no network 'N9'"),
    ],
)
def test_a_row_that_cannot_be_is_named(tmp_path: Path, name: str, row: str, said: str) -> None:
    path = made.truth(tmp_path) / name
    path.write_text(path.read_text(encoding="utf-8") + row + "\n", encoding="utf-8")
    with pytest.raises(UsedWronglyError) as told:
        read_truth(tmp_path)
    assert str(told.value).startswith(said)
