"""`path`, `timeline` and `export` as a script meets them."""

import json
import shutil
from pathlib import Path

import pytest
from lxml import etree

from concerted.cli import timeline as timeline_verb
from tests.cli.commands import Command, command
from tests.desk.picture import laid_out

CHILD, CAR, OTHER = "force-a:M1/child", "force-a:V2", "force-a:M2/child"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that no test changes."""
    from concerted.cli.main import main

    folder = tmp_path_factory.mktemp("network")
    extracts, profiles = laid_out(folder)
    words = ["picture", extracts, "--profiles", profiles, "--out", folder / "out", "--as-of", "2026-03-02"]
    assert main([str(word) for word in words]) == 0
    return folder / "out"


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(made, tmp_path / "out"))


@pytest.fixture
def concerted(capsys: pytest.CaptureFixture[str]) -> Command:
    return command(capsys)


def test_a_path_says_each_record_and_what_would_end_it(folder: Path, concerted: Command) -> None:
    ran = concerted("path", folder, "force-a:M1/episode", CAR)
    assert ran.code == 0
    assert "event: missing episode (force-a:M1/episode)" in ran.out
    assert "in event, as missing child: force-a:M1/part; " in ran.out
    assert "It ends without any one of: force-a:M1/child, force-a:V1, force-a:M1/episode, force-a:M1/part." in ran.out
    assert "No second path was found" in ran.out
    assert ran.out.endswith("Made from records of council-b, force-a. Others may hold more.\n")


def test_a_path_for_machines(folder: Path, concerted: Command) -> None:
    told = json.loads(concerted("path", folder, CHILD, CAR, "--json").out)
    [step] = told["path"]["steps"]
    assert (step["from"]["kind"], step["to"]["kind"]) == ("person", "vehicle")
    assert [one["record_id"] for one in step["said_by"]] == ["V1"]
    assert told["path"]["ended_by"] == step["ended_by"] == ["force-a:M1/child", "force-a:V1"]
    assert told["second"] is None
    assert told["caveats"]


def test_no_path_is_an_answer_that_does_not_say_that_there_is_none(folder: Path, concerted: Command) -> None:
    ran = concerted("path", folder, CHILD, OTHER)
    assert ran.code == 0
    assert "No path of up to 8 links" in ran.out
    assert "Others may hold more." in ran.out
    told = json.loads(concerted("path", folder, CHILD, OTHER, "--json").out)
    assert (told["path"], told["longest"]) == (None, 8)


def test_two_records_of_one_person(folder: Path, concerted: Command) -> None:
    assert "Both are records of one: Amara Okonjo" in concerted("path", folder, CHILD, "council-b:9").out


def test_a_timeline(folder: Path, concerted: Command) -> None:
    lines = concerted("timeline", folder, CHILD).out.splitlines()
    assert lines[0].startswith("Amara Okonjo (")
    assert lines[1] == "from 2026-01-05, no end recorded  event: missing episode (force-a:M1/episode)"
    assert any("used: " in line and "telephone: +447700900001" in line for line in lines)
    told = json.loads(concerted("timeline", folder, CHILD, "--json").out)
    assert told["entries"][0]["earliest"] == "2026-01-05"
    assert told["entries"][0]["latest"] is None
    assert {one["kind"] for one in told["entries"]} == {"event", "lived at", "used"}


def test_a_timeline_says_what_it_does_not_show(
    folder: Path, concerted: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timeline_verb, "MOST", 1)
    monkeypatch.setattr(timeline_verb, "SHOWN", 0)
    out = concerted("timeline", folder, "council-b:9").out
    assert "more entries: --json has all" in out
    assert "    and 1 more record: --json has all" in out


def test_a_timeline_of_a_network(folder: Path, concerted: Command) -> None:
    alone, all_of_it = (
        json.loads(concerted("timeline", folder, CHILD, "--json", *more).out) for more in ((), ("--network",))
    )
    assert len(alone["of"]) == 1
    assert all(one in all_of_it["entries"] for one in alone["entries"])


@pytest.mark.parametrize("verb", [("path", CHILD), ("timeline",)])
def test_what_is_not_there_is_not_among_the_records(folder: Path, concerted: Command, verb: tuple[str, ...]) -> None:
    name, *others = verb
    ran = concerted(name, folder, *others, "force-a:nobody")
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith("concerted: force-a:nobody is not among the records")


VERBS = (
    ("path", CHILD, CAR),
    ("timeline", CHILD),
    ("co-missing",),
    ("connectors",),
    ("export", "--format", "json", "--out", "g.json"),
    ("findings", "--as-of", "2026-01-01"),
    ("findings", "--for", "force-a"),
)


@pytest.mark.parametrize("verb", VERBS, ids=lambda verb: verb[0])
@pytest.mark.parametrize("what", ["damaged", "gone", "one gone"])
def test_a_folder_whose_records_are_not_whole_is_no_empty_one(
    folder: Path, concerted: Command, verb: tuple[str, ...], what: str
) -> None:
    """To answer that there is nothing would be false."""
    files = sorted((folder / "records").glob("*.parquet"))
    for file in files if what == "gone" else [one for one in files if one.name == "001.parquet"]:
        if what == "damaged":
            file.write_bytes(file.read_bytes()[:100])
        else:
            file.unlink()
    name, *others = verb
    ran = concerted(name, folder, *others)
    assert (ran.code, ran.out) == (2, "")
    assert "out: its records cannot be read." in ran.err
    assert ran.err.endswith("Write the folder again.\n")


def test_exports(folder: Path, concerted: Command, tmp_path: Path) -> None:
    counts = set()
    for form, out in (("graphml", "g.graphml"), ("json", "g.json"), ("i2", "lists")):
        ran = concerted("export", folder, "--format", form, "--out", tmp_path / out)
        assert ran.code == 0
        counts.add(ran.out.splitlines()[0].partition(": ")[2])
    assert len(counts) == 1
    assert etree.parse(tmp_path / "g.graphml").getroot() is not None
    assert json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))["nodes"]
    assert {one.name for one in (tmp_path / "lists").iterdir()} == {"entities.csv", "links.csv", "read-me.txt"}


@pytest.mark.parametrize(("form", "out"), [("json", "g.json"), ("i2", "lists")])
def test_an_export_overwrites_nothing(folder: Path, concerted: Command, tmp_path: Path, form: str, out: str) -> None:
    if form == "i2":
        (tmp_path / out).mkdir()
    (tmp_path / out / "mine" if form == "i2" else tmp_path / out).write_text("mine", encoding="utf-8")
    ran = concerted("export", folder, "--format", form, "--out", tmp_path / out)
    assert ran.code == 2
    assert (tmp_path / out / "mine" if form == "i2" else tmp_path / out).read_text(encoding="utf-8") == "mine"


def test_an_export_of_what_lies_around_one(folder: Path, concerted: Command, tmp_path: Path) -> None:
    around = ("--around", CHILD, "--links", "1")
    assert concerted("export", folder, "--format", "json", "--out", tmp_path / "g.json", *around).code == 0
    told = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert {one["kind"] for one in told["nodes"]} == {"person", "event", "location", "telephone", "vehicle"}
    assert not any("M2" in one["record_id"] for one in told["nodes"])


def test_who_looked_stands_in_the_folders_log(folder: Path, concerted: Command, tmp_path: Path) -> None:
    concerted("path", folder, CHILD, CAR)
    concerted("timeline", folder, CHILD)
    concerted("export", folder, "--format", "json", "--out", tmp_path / "g.json")
    lines = (folder / "log.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["command"][1] for line in lines][-3:] == ["path", "timeline", "export"]


def test_a_folder_of_people_alone_has_a_graph_too(result: Path, concerted: Command, tmp_path: Path) -> None:
    folder = shutil.copytree(result, tmp_path / "people")
    assert concerted("export", folder, "--format", "json", "--out", tmp_path / "g.json").code == 0
    told = json.loads((tmp_path / "g.json").read_text(encoding="utf-8"))
    assert {one["kind"] for one in told["nodes"]} <= {"person", "unidentified"}
    first = told["nodes"][0]
    ran = concerted("timeline", folder, f"{first['source']}:{first['record_id']}")
    assert (ran.code, ": 0 entries." in ran.out) == (0, True)
