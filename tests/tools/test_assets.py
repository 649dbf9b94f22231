"""Building styles and scripts: which Node.js, whether the packages are there."""

import os
import shutil
from pathlib import Path

import pytest

from tools import assets


def test_the_node_that_make_fetched_is_used_where_it_is(tmp_path: Path) -> None:
    script = tmp_path / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    script.parent.mkdir(parents=True)
    script.touch()
    assert assets.npm(tmp_path) == [str(tmp_path / "bin" / "node"), str(script)]


def test_else_that_of_the_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/bin/{name}")
    assert assets.npm(tmp_path) == ["/bin/npm"]


def test_where_there_is_none_it_says_what_fetches_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: None)
    with pytest.raises(FileNotFoundError, match="make setup"):
        assets.npm(tmp_path)


def test_packages_older_than_their_lock_file_are_fetched_again(tmp_path: Path) -> None:
    lock, there = tmp_path / "package-lock.json", tmp_path / "node_modules" / ".package-lock.json"
    lock.touch()
    assert not assets.installed(tmp_path)
    there.parent.mkdir()
    there.touch()
    os.utime(lock, (1, 1))
    assert assets.installed(tmp_path)
    os.utime(there, (0, 0))
    assert not assets.installed(tmp_path)


def test_the_lock_file_names_no_registry() -> None:
    text = (assets.FRONTEND / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in text
    assert '"resolved"' not in text
