"""Two who change one folder: the second waits, or is told; and nobody who reads waits for anybody."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from concerted.common.errors import UsedWronglyError
from concerted.common.progress import Silent
from concerted.desk import decisions, explain, mending
from concerted.desk.anew import changed
from concerted.desk.decide import Said, decide
from concerted.desk.match import standing
from concerted.desk.resolve import Options
from concerted.desk.store import DATABASE, Store
from concerted.linkage import match
from tests.conftest import ROOT
from tests.desk.extracts import PEOPLE, alone, content, ids, small

FAULTY = (*PEOPLE, ("", "Nobody", "Known", "", "", ""))
WORDS = ("concerted", "decide")
_OTHER = """
import sys
from pathlib import Path
from concerted.common.progress import Silent
from concerted.desk import anew, decide, resolve
from tests.desk.extracts import alone, small

resolve.link = alone
keep = decide.decisions.keep

def waiting(*arguments):
    keep(*arguments)
    print("inside", flush=True)
    sys.stdin.readline()

decide.decisions.keep = waiting
decide.decide(Path(sys.argv[1]), decide.Said("force:1", "force:2", "same", "Other", "seen"), Silent(), ("c", "decide"))
"""


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.desk.resolve.link", alone)


@pytest.fixture
def out(tmp_path: Path) -> Path:
    return small(tmp_path, FAULTY)


@contextmanager
def another(out: Path) -> Iterator[Callable[[], None]]:
    """Another process is in the middle of a decision on this folder. Gives what lets it go on, and waits for it."""
    line = [sys.executable, "-c", _OTHER, str(out)]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT) as other:
        assert other.stdout
        assert other.stdout.readline() == "inside\n"

        def goes_on() -> None:
            other.communicate("\n")
            assert other.returncode == 0

        yield goes_on
        goes_on() if other.returncode is None else None


def made(out: Path) -> list[str]:
    with Store.open(out) as store:
        return [one.who for one in decisions.all_of(store)]


def ours(out: Path) -> None:
    decide(out, Said("force:3", "force:4", "different", "Ours", "asked"), Silent(), WORDS)


def test_the_second_is_told_when_the_first_is_not_done_in_time(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.desk.store.WAIT", 0.05)
    with another(out):
        before = content(out)
        with pytest.raises(
            UsedWronglyError, match=r"cannot be written in just now.*Wait until the other command is done"
        ):
            ours(out)
        refused = pytest.raises(UsedWronglyError, match="cannot be written in just now")
        with refused, Store.open(out) as store, store.writing():
            pytest.fail("it must not begin")
        assert content(out) == before
    assert made(out) == ["Other"]


def test_the_second_waits_and_works_on_what_the_first_left(out: Path) -> None:
    with another(out) as goes_on, Store.open(out) as store:  # the store is the first's old one by the time of writing
        goes_on()
        with store.writing():
            assert [one.who for one in decisions.all_of(store)] == ["Other"]
    ours(out)
    assert made(out) == ["Other", "Ours"]


def test_the_lock_of_a_folder_that_was_replaced_is_no_lock(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who waited for it must not write beside somebody who came later."""
    monkeypatch.setattr("concerted.desk.store.WAIT", 0.05)
    with Store.open(out) as waited:
        ours(out)
        with waited.writing(), pytest.raises(UsedWronglyError, match="cannot be written in just now"):
            changed(out, lambda _: [], Silent())


def test_what_is_written_in_place_is_written_in_the_folder_that_is_there(out: Path) -> None:
    [number] = ids(out)
    with Store.open(out) as store:
        ours(out)
        with store.writing():
            mending.mend(store, number, {"id": "9"}, "Ann", "asked")
    with Store.open(out) as store:
        assert store.count("quarantine", "state = 'mended'") == store.count("decision") == 1


def test_nobody_who_reads_waits(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """They read what was there before, until it is done."""
    monkeypatch.setattr("concerted.desk.store.WAIT", 0)
    with another(out) as goes_on:
        assert made(out) == []
        with Store.open(out) as store:
            before = explain.pair(store, *(explain.named(store, name) for name in ("force:1", "force:2")))
        with Store.open(out, to_read=True) as store:
            goes_on()
            assert (before.decision, decisions.all_of(store)) == (None, [])
    assert made(out) == ["Other"]


def test_who_asks_and_who_writes_do_not_wait_for_each_other(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither for the picture that questions are answered from: the one who asks first even writes it meanwhile."""
    monkeypatch.setattr("concerted.desk.store.WAIT", 0)
    asked = {"given_name": "Amara", "family_name": "Okonjo", "date_of_birth": "2009-03-14"}
    with another(out) as goes_on:
        reader = standing(out)
        before = match(reader, asked).hits
        assert before
        goes_on()  # with the picture open
        assert match(reader, asked).hits == before
    assert made(out) == ["Other"]
    assert match(standing(out), asked).hits
    assert standing(out).release == reader.release


def test_nobody_who_reads_waits_for_a_mending(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    [number] = ids(out)
    monkeypatch.setattr("concerted.desk.store.WAIT", 0)
    with Store.open(out) as store, store.writing():
        mending.mend(store, number, {"id": "9"}, "Ann", "asked")
        with Store.open(out, to_read=True) as other:
            assert other.count("quarantine", "state = 'mended'") == 0


def test_who_replaces_a_folder_loses_nothing_that_is_decided_meanwhile(
    out: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("concerted.desk.store.WAIT", 0.05)
    refused: list[str] = []

    def meanwhile(*arguments: Any, **named: Any) -> object:
        with pytest.raises(UsedWronglyError, match="cannot be written in just now"):
            ours(out)
        refused.append("told")
        return alone(*arguments, **named)

    monkeypatch.setattr("concerted.desk.resolve.link", meanwhile)
    small(tmp_path, FAULTY, Options(replace=True))
    assert refused == ["told"]


def test_a_folder_that_another_made_meanwhile_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made_first: list[Path] = []

    def meanwhile(*arguments: Any, **named: Any) -> object:
        if not made_first:
            made_first.append(tmp_path / "out")
            small(tmp_path, FAULTY)
            ours(tmp_path / "out")
        return alone(*arguments, **named)

    monkeypatch.setattr("concerted.desk.resolve.link", meanwhile)
    with pytest.raises(UsedWronglyError, match="another command has made this folder meanwhile"):
        small(tmp_path, FAULTY)
    assert made(tmp_path / "out") == ["Ours"]


def test_a_store_that_goes_while_it_is_waited_for_is_said(out: Path) -> None:
    with Store.open(out) as store:
        out.rename(out.with_name("elsewhere"))
        with pytest.raises(UsedWronglyError, match="no such folder"), store.writing():
            pytest.fail("it must not begin")
        assert not (out / DATABASE).exists()
