"""A file is taken whole or not at all: a fault at any write, move or hand-over leaves nothing behind."""

from collections.abc import Callable
from pathlib import Path

import pytest

from concerted.extracts import Quarantined, staging, take, take_many
from tests.extracts.files import AS_OF, profile, written

ROWS = "".join(f"{number},Ann,{'Lee' if number % 7 else ''},81/01/1999,t{number // 2}\n" for number in range(60))
TEXT = "id,first,last,born,same\n" + ROWS + "1,Other,Lee,,\n2,Ann,Lee,81/01/1999,t1\nshort,row\n"


class Fault(BaseException):
    """Stands for anything that may stop a program, Ctrl-C among them."""


class Points:
    """Counts the points that are reached and raises at one of them."""

    def __init__(self, at: int | None = None, error: type[BaseException] = Fault) -> None:
        self.at, self.error = at, error
        self.names: list[str] = []

    def __call__(self, point: str) -> None:
        self.names.append(point)
        if len(self.names) - 1 == self.at:
            raise self.error(point)


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("concerted.extracts.readers.lines.BLOCK", 200)
    monkeypatch.setattr("concerted.extracts.staging.GROUP", 16)


def take_one(folder: Path, sink: Callable[[object], None] = lambda _: None) -> None:
    path = written(folder / "a.csv", TEXT)
    out = folder / "out"
    take(path, profile(truth="same"), out / "r.parquet", sink, truth=out / "t.parquet", as_of=AS_OF)


def take_three(folder: Path, sink: Callable[[object], None] = lambda _: None) -> None:
    made = profile(truth="same", source={"column": "first"}, fields={"family_name": "last"})
    texts = [TEXT, TEXT, TEXT.replace("\n3", "\n333")]
    pairs = [(written(folder / f"{name}.csv", text), made) for name, text in zip("abc", texts, strict=True)]
    take_many(pairs, folder / "out", sink, truth=True, as_of=AS_OF)


WORK = {"one file": take_one, "three files": take_three}


def points_of(work: Callable[[Path], None], folder: Path) -> list[str]:
    counted = Points()
    with pytest.MonkeyPatch.context() as patch:
        for module in ("staging", "job"):
            patch.setattr(f"concerted.extracts.{module}.reached", counted)
        work(folder)
    return counted.names


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("work", WORK)
@pytest.mark.parametrize("error", [KeyboardInterrupt, OSError])
def test_a_fault_at_any_point_leaves_nothing(tmp_path: Path, work: str, error: type[BaseException]) -> None:
    (tmp_path / "count").mkdir()
    names = points_of(WORK[work], tmp_path / "count")
    assert {name.split()[0] for name in names} == {"open", "write", "close", "move", "quarantine", "end"}
    for at in range(len(names)):
        folder = tmp_path / str(at)
        folder.mkdir()
        points = Points(at, error)
        with pytest.MonkeyPatch.context() as patch:
            for module in ("staging", "job"):
                patch.setattr(f"concerted.extracts.{module}.reached", points)
            with pytest.raises(error):
                WORK[work](folder)
        assert {path.suffix for path in folder.iterdir()} == {".csv"}, names[at]


@pytest.mark.usefixtures("small")
def test_after_a_fault_the_same_work_gives_the_same(tmp_path: Path) -> None:
    folder = tmp_path / "a"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.extracts.staging.reached", Points(9))
        with pytest.raises(Fault):
            take_one(folder)
    take_one(folder)
    other = tmp_path / "b"
    other.mkdir()
    take_one(other)
    assert (folder / "out" / "r.parquet").read_bytes() == (other / "out" / "r.parquet").read_bytes()


def test_a_sink_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def refuse(_: object) -> None:
        raise OSError("no room left")

    with pytest.raises(OSError, match="no room left"):
        take_one(tmp_path, refuse)
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]


def test_what_stands_in_the_folder_stays(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "other.txt").write_text("mine")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.extracts.staging.reached", Points(3))
        with pytest.raises(Fault):
            take_one(tmp_path)
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["other.txt"]


def test_a_folder_in_which_somebody_else_has_written_stays(tmp_path: Path) -> None:
    """The folder was made for this work, and another has put a file there meanwhile."""
    folder = tmp_path / "new"
    with pytest.raises(Fault), staging.staging(folder, []):
        (folder / "theirs.txt").write_text("theirs")
        raise Fault
    assert [path.name for path in folder.iterdir()] == ["theirs.txt"]


def test_moves_are_taken_back_when_one_fails(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), staging.staging(tmp_path, []) as stage:
        part = stage.path("one")
        part.write_text("one")
        stage.put(part, tmp_path / "one")
        stage.put(stage.path("never written"), tmp_path / "two")
    assert list(tmp_path.iterdir()) == []


def test_the_hidden_folder_is_gone_when_all_is_well(tmp_path: Path) -> None:
    with staging.staging(tmp_path, []) as stage:
        part = stage.path("one")
        part.write_text("one")
        stage.put(part, tmp_path / "one")
        (stage.folder / "left over").write_text("x")
        assert not (tmp_path / "one").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["one"]


@pytest.mark.usefixtures("small")
def test_the_quarantine_is_handed_over_before_anything_is_put_in_place(tmp_path: Path) -> None:
    seen: list[bool] = []
    got: list[Quarantined] = []

    def watch(quarantined: object) -> None:
        seen.append((tmp_path / "out" / "r.parquet").exists())
        assert isinstance(quarantined, list)
        got.extend(quarantined)

    take_one(tmp_path, watch)
    assert not any(seen)
    assert {one.kind for one in got} == {"row", "value"}
