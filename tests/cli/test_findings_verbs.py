"""`findings` and `finding`: what is listed, marked, kept over the next run, and noted in the folder's own record."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from concerted.desk.store import FOUND, LOG, NETWORKS, Store
from tests.cli.commands import Command, command
from tests.desk import circle
from tests.desk.circle import laid_out

CIRCLE = "circle-of-adults-and-children"
MORE = {"crimes": circle.CRIMES + "C4,2025-07-01,crime\n", "parts": circle.PARTS + "7,C4,2,suspect\n8,C4,1,victim\n"}
LESS = {"crimes": circle.CRIMES.replace("C3,2025-05-01,intelligence report\n", "")}
WHO = ("--who", "A. Analyst", "--why", "one incident, told three times")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Command:
    return command(capsys)


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A picture that no test may change."""
    from concerted.cli.main import main

    folder = tmp_path_factory.mktemp("circle")
    assert main(list(map(str, picture(folder, folder / "out")))) == 0
    return folder / "out"


@pytest.fixture
def out(first: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    return Path(shutil.copytree(first, tmp_path / "out"))


def picture(folder: Path, out: Path, *words: str, **files: str) -> list[object]:
    extracts, profiles = laid_out(folder, **files)
    return [
        "picture",
        extracts,
        "--profiles",
        profiles,
        "--out",
        out,
        "--as-of",
        "2026-03-02",
        "--purpose",
        "1",
        *words,
    ]


def listed(run: Command, out: Path, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run("findings", out, "--json", *words).out)
    return found


def test_a_picture_writes_what_is_to_be_checked(first: Path) -> None:
    [one] = json.loads((first / FOUND).read_text(encoding="utf-8"))
    assert (one["rule"], one["version"], one["urgency"]) == (CIRCLE, 2, "when it comes up")
    assert one["facts"] == [
        {"source": "force-a", "record_id": record, "grade": "", "date": day, "says": says}
        for record, day, says in (
            ("C1", "2025-03-01", "crime: 1 person of concern and 1 child"),
            ("C3", "2025-05-01", "intelligence report: 2 people of concern"),
            ("C2", "2025-06-01", "intelligence report: 2 people named"),
        )
    ]
    with Store.open(first) as store:
        entity = dict(tuple(row) for row in store.run("select record_id, entity from member"))
    roles = {("1", "child"), ("2", "person of concern"), ("3", "person of concern")}
    assert {(one["entity_id"], one["role"]) for one in one["people"]} == {(entity[key], role) for key, role in roles}
    assert one["one_agency_alone"] is True
    assert all(one[name] for name in ("id", "weakened_by", "innocent_explanations", "agencies", "words"))


def test_they_are_listed_for_people(first: Path, run: Command) -> None:
    said = run("findings", first)
    assert said.code == 0
    for words in (
        "1 pattern to check. A finding is a pattern to check: it says nothing of guilt",
        "Never by child, and by no figure of a person.",
        "Made from the records of force-a. Others may hold more.",
        "(new; when it comes up)",
        "one of them alone would have made it",
        "Mind: no record here says",
        "  child: force-a:1",
        "  2025-05-01  force-a:C3: intelligence report: 2 people of concern",
        "Test first: family, or friends",
        "Weakened if: one of the occasions",
    ):
        assert words in said.out
    assert "Okonjo" not in said.out


def test_reads_and_marks_stand_in_the_folder_s_own_record(out: Path, run: Command) -> None:
    [one] = listed(run, out)
    assert run("finding", out, one["id"], "check", *WHO).code == 0
    commands = [json.loads(line)["command"][1] for line in (out / LOG).read_text(encoding="utf-8").splitlines()]
    assert commands[-2:] == ["findings", "finding"]


@pytest.mark.parametrize(("verb", "word"), [("check", "checked"), ("refute", "refuted"), ("take-up", "taken up")])
def test_a_mark_is_kept_and_shown(out: Path, run: Command, verb: str, word: str) -> None:
    [one] = listed(run, out)
    said = run("finding", out, one["id"], verb, *WHO)
    assert said.out == f"{one['id']} is marked {word}, by A. Analyst: one incident, told three times\n"
    [shown] = listed(run, out, "--all")
    assert (shown["mark"]["mark"], shown["mark"]["who"]) == (word, "A. Analyst")
    assert len(listed(run, out)) == (word != "refuted")
    assert f"{word.capitalize()} by A. Analyst on" in run("findings", out, "--all").out


def test_a_mark_for_machines(out: Path, run: Command) -> None:
    [one] = listed(run, out)
    made = json.loads(run("finding", out, one["id"], "take-up", *WHO, "--json").out)
    assert made["facts"] == ["force-a:C1", "force-a:C3", "force-a:C2"]


def test_what_cannot_be_marked(out: Path, run: Command) -> None:
    assert "there is no finding 'x'" in run("finding", out, "x", "check", *WHO).err
    [one] = listed(run, out)
    assert run("finding", out, one["id"], "check", "--who", " ", "--why", "because").code == 2
    assert run("finding", out, one["id"], "close", *WHO).code == 2
    with Store.open(out) as store:
        assert store.count("mark") == 0


def test_a_refuted_one_stays_away_over_the_next_run_and_is_back_for_new_facts(
    out: Path, tmp_path: Path, run: Command
) -> None:
    [one] = listed(run, out)
    run("finding", out, one["id"], "refute", *WHO)
    assert "the folder holds 1 mark" in run(*picture(tmp_path, out)).err
    assert run(*picture(tmp_path, out, "--replace")).code == 0
    assert listed(run, out) == []
    assert [shown["state"] for shown in listed(run, out, "--all")] == ["as before"]
    assert "1 pattern refuted or gone: --all shows them." in run("findings", out).out

    assert run(*picture(tmp_path, out, "--replace", **MORE)).code == 0
    [back] = listed(run, out)
    assert (back["id"], back["state"], back["more"]) == (one["id"], "stronger", ["force-a:C4"])
    assert back["since_the_mark"] == ["force-a:C4"]
    said = run("findings", out).out
    assert "Stronger since the last time by force-a:C4." in said
    assert "It is back for what came since: force-a:C4." in said


def test_what_is_gone_is_told_once_with_what_it_rested_on(out: Path, tmp_path: Path, run: Command) -> None:
    assert run(*picture(tmp_path, out, **LESS)).code == 0
    assert listed(run, out) == []
    assert json.loads((out / FOUND).read_text(encoding="utf-8")) == []
    [gone] = listed(run, out, "--all")
    assert (gone["state"], gone["fewer"]) == ("gone", ["force-a:C1", "force-a:C3", "force-a:C2"])
    assert "It no longer rests on force-a:C1, force-a:C3 and force-a:C2." in run("findings", out, "--all").out
    assert run(*picture(tmp_path, out, **LESS)).code == 0
    assert listed(run, out, "--all") == []


def test_another_day_is_looked_at_and_nothing_kept(out: Path, run: Command) -> None:
    before = (out / FOUND).read_bytes()
    assert [one["state"] for one in listed(run, out, "--as-of", "2026-06-01")] == ["as before"]
    assert "no day" in run("findings", out, "--as-of", "tomorrow").err
    assert (out / FOUND).read_bytes() == before


def test_a_folder_that_never_looked_is_looked_into(out: Path, run: Command) -> None:
    with Store.open(out) as store, store.writing():
        store.run("delete from finding")
        store.put("findings", "")
    [one] = listed(run, out)
    assert (one["rule"], one["state"]) == (CIRCLE, "new")
    assert run("finding", out, one["id"], "check", *WHO).code == 0


def test_an_erasure_takes_a_record_out_of_findings_and_marks(out: Path, run: Command) -> None:
    [one] = listed(run, out)
    run("finding", out, one["id"], "check", *WHO)
    assert run("erase", out, "force-a:C3", "--who", "A. Officer", "--why", "a lawful request").code == 0
    with Store.open(out) as store:
        held = [str(row) for table in ("finding", "mark") for row in store.run(f"select * from {table}")]
    assert held
    assert not [row for row in held if "C3" in row]
    assert listed(run, out, "--all") == []


@pytest.mark.parametrize("verb", ["withdraw", "restrict"])
@pytest.mark.parametrize("record", ["C3", "5"])
def test_a_record_that_is_taken_back_or_restricted_is_named_nowhere(
    out: Path, run: Command, verb: str, record: str
) -> None:
    """C3 is the crime of which both were suspected, 5 the part that says so of one. Its pattern is gone with it."""
    [one] = listed(run, out)
    what = ["--record"] if verb == "withdraw" else []
    assert run(verb, out, *what, f"force-a:{record}", "--who", "A. Officer", "--why", "an error").code == 0
    assert listed(run, out) == []
    [gone] = listed(run, out, "--all")
    assert (gone["id"], gone["state"], gone["people"]) == (one["id"], "gone", [])
    left = ["force-a:C1", "force-a:C3", "force-a:C2"]
    assert gone["fewer"] == [name for name in left if name != f"force-a:{record}"]
    assert gone["unnamed"] == (record == "C3")
    with Store.open(out) as store:
        held = [str(tuple(row)) for row in store.run("select * from finding")]
    said = [*held, run("findings", out, "--all").out, (out / NETWORKS).read_text(encoding="utf-8")]
    for told in said:
        assert "2 people of concern" not in told
        assert "1 person of concern" not in told
        assert "C3" not in told or record != "C3"
    if record == "C3":
        assert "force-a:C2 and 1 record that was taken back or is restricted." in said[-2]
        assert "1 record that was taken back or is restricted" in said[-1]


def test_a_pattern_that_is_weaker_by_a_record_that_was_taken_back_says_how_many(tmp_path: Path, run: Command) -> None:
    out = tmp_path / "more"
    assert run(*picture(tmp_path, out, **MORE)).code == 0
    assert run("restrict", out, "force-a:C4", "--who", "A. Officer", "--why", "in doubt").code == 0
    [one] = listed(run, out)
    assert (one["state"], one["fewer"], one["unnamed"]) == ("weaker", [], 1)
    assert "It no longer rests on 1 record that was taken back or is restricted." in run("findings", out).out
    assert "C4" not in (out / NETWORKS).read_text(encoding="utf-8")
    assert run("restrict", out, "force-a:C4", "--lift", "--who", "A. Officer", "--why", "cleared").code == 0
    [one] = listed(run, out)
    assert (one["state"], one["more"], one["unnamed"]) == ("stronger", ["force-a:C4"], 0)


def test_what_one_agency_is_told_alone_is_not_listed_for_all(tmp_path: Path, run: Command) -> None:
    """A suspect who is a victim too: the agency that recorded both."""
    out = tmp_path / "out"
    parts = circle.PARTS + "7,C4,1,suspect\n"
    orders = "kind: order\nfields: {order_type: {constant: CAWN}, person: on, protected_person: of, from: day}\n"
    words = picture(tmp_path, out, crimes=circle.CRIMES + "C4,2025-07-01,crime\n", parts=parts)
    extracts, profiles = tmp_path / "extracts", tmp_path / "profiles"
    (extracts / "orders.csv").write_text("id,on,of,day\nO1,2,1,2025-01-01\n", encoding="utf-8")
    head = "profile: orders\nversion: 1\nfiles: [orders.csv]\nrecord_id: id\nsource: {constant: force-a}\n"
    (profiles / "orders.yaml").write_text(head + orders, encoding="utf-8")
    assert run(*words).code == 0
    assert {one["rule"] for one in listed(run, out)} == {CIRCLE}
    told = [one["rule"] for one in listed(run, out, "--for", "force-a")]
    assert told == ["order-contradicted", "order-past-its-age"]  # 16 within four weeks
    assert "force-a: 2 patterns" in run("findings", out).out
    alone = run("findings", out, "--for", "force-a").out
    assert "(new; breach, for force-a alone)" in alone
    assert "with --for" not in alone
    written = {
        path.name: path.read_text(encoding="utf-8") for path in out.iterdir() if path.suffix in (".json", ".html")
    }
    assert {one["rule"] for one in json.loads(written[FOUND])} == {CIRCLE}
    ids = [one["id"] for one in listed(run, out, "--for", "force-a")]
    assert not [name for name, text in written.items() if any(one in text for one in ids)]


@pytest.mark.parametrize("agency", ["force-b", "", "Force-A"])
def test_an_agency_without_a_record_is_refused_with_those_that_there_are(
    first: Path, run: Command, agency: str
) -> None:
    """To say that it is told nothing would be no answer."""
    said = run("findings", first, "--for", agency)
    assert (said.code, said.out) == (2, "")
    assert f"no record is of the source {agency!r}" in said.err
    assert "Name one of force-a." in said.err
    assert run("findings", first, "--for", "force-a").code == 0
