"""Folders and files appear whole or not at all, also when the work is killed between two steps."""

import subprocess
import sys
from pathlib import Path

import pytest

from concerted.common.folders import built_whole, new_file, recover, write_whole


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_folder_appears_when_its_block_ends(tmp_path: Path) -> None:
    with built_whole(tmp_path / "deep" / "out") as building:
        (building / "a").write_text("1")
        assert not (tmp_path / "deep" / "out").exists()
    assert (tmp_path / "deep" / "out" / "a").read_text() == "1"
    assert _names(tmp_path / "deep") == ["out"]


@pytest.mark.parametrize("stop", [KeyboardInterrupt, RuntimeError])
def test_a_stopped_build_leaves_what_was_there(tmp_path: Path, stop: type[BaseException]) -> None:
    with built_whole(tmp_path / "out") as building:
        (building / "a").write_text("old")
    with pytest.raises(stop), built_whole(tmp_path / "out") as building:
        (building / "a").write_text("new")
        raise stop
    assert (tmp_path / "out" / "a").read_text() == "old"
    assert _names(tmp_path) == ["out"]


def test_a_build_replaces_all_of_the_old_folder(tmp_path: Path) -> None:
    for name in ("old", "new"):
        with built_whole(tmp_path / "out") as building:
            (building / name).write_text(name)
    assert _names(tmp_path / "out") == ["new"]
    assert _names(tmp_path) == ["out"]


@pytest.mark.parametrize("fails_at", [1, 2])
def test_a_failed_move_leaves_the_old_folder(tmp_path: Path, fails_at: int, monkeypatch: pytest.MonkeyPatch) -> None:
    with built_whole(tmp_path / "out") as building:
        (building / "a").write_text("old")
    moves, real = [], Path.rename

    def rename(self: Path, target: Path) -> Path:
        moves.append(target)
        if len(moves) == fails_at:
            raise OSError("the disk is full")
        return real(self, target)

    monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(OSError, match="full"), built_whole(tmp_path / "out") as building:
        (building / "a").write_text("new")
    assert (tmp_path / "out" / "a").read_text() == "old"
    assert _names(tmp_path) == ["out"]


def test_recovery_after_a_kill_between_the_two_moves_brings_the_old_folder_back(tmp_path: Path) -> None:
    (tmp_path / ".out.replaced-12ab").mkdir()
    (tmp_path / ".out.replaced-12ab" / "a").write_text("old")
    (tmp_path / ".out.building-12ab").mkdir()
    recover(tmp_path / "out")
    assert _names(tmp_path) == ["out"]
    assert (tmp_path / "out" / "a").read_text() == "old"


def test_recovery_after_a_kill_behind_the_second_move_removes_the_old_folder(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / ".out.replaced-12ab").mkdir()
    recover(tmp_path / "out")
    assert _names(tmp_path) == ["out"]


_BUILDS = """
import sys
from pathlib import Path
from concerted.common.folders import built_whole
with built_whole(Path(sys.argv[1])) as building:
    (building / "a").write_text("from another process")
    print("building", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("killed", [False, True])
def test_what_a_living_process_builds_is_left_and_what_a_dead_one_left_is_removed(tmp_path: Path, killed: bool) -> None:
    line = [sys.executable, "-c", _BUILDS, str(tmp_path / "out")]
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "building\n"
        half = _names(tmp_path)
        recover(tmp_path / "out")
        assert _names(tmp_path) == half
        if killed:
            other.kill()
            other.wait()
            recover(tmp_path / "out")
            assert _names(tmp_path) == []
        else:
            other.communicate("")
            assert (tmp_path / "out" / "a").read_text() == "from another process"
            assert _names(tmp_path) == ["out"]


def test_recovery_touches_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".outlook.building-1").mkdir()
    (tmp_path / "building").mkdir()
    recover(tmp_path / "out")
    recover(tmp_path / "nowhere" / "out")
    assert _names(tmp_path) == [".outlook.building-1", "building"]


def test_a_file_is_written_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    write_whole(path, "né")
    assert path.read_bytes() == "né".encode()

    def fsync(descriptor: int) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr("os.fsync", fsync)
    with pytest.raises(OSError, match="full"):
        write_whole(path, b"new")
    assert path.read_bytes() == "né".encode()
    assert _names(tmp_path) == ["a.txt"]


def test_a_new_file_is_there_whole_or_not_at_all(tmp_path: Path) -> None:
    with new_file(tmp_path / "a") as part:
        part.write_text("whole", encoding="utf-8")
        assert not (tmp_path / "a").exists()
    with pytest.raises(RuntimeError), new_file(tmp_path / "b") as part:
        part.write_text("half", encoding="utf-8")
        raise RuntimeError
    assert [path.name for path in tmp_path.iterdir()] == ["a"]


def test_a_new_file_never_overwrites(tmp_path: Path) -> None:
    with pytest.raises(FileExistsError), new_file(tmp_path / "a") as part:
        part.write_text("late", encoding="utf-8")
        (tmp_path / "a").write_text("first", encoding="utf-8")
    with pytest.raises(FileExistsError), new_file(tmp_path / "a"):
        pytest.fail("it must not begin")
    assert (tmp_path / "a").read_text(encoding="utf-8") == "first"
