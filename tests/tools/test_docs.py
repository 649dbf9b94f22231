"""Documents hold what commands really print."""

import shutil
import subprocess
from pathlib import Path

import pytest

from tools import docs


def echo(command: str) -> tuple[str, int]:
    return f"ran {command}\n", 0


def prints(text: str, code: int = 0) -> docs.Run:
    return lambda command: (text.format(command), code)


def block(body: str, kind: str = "console") -> str:
    return f"# Title\n\n```{kind}\n{body}```\n\nMore words.\n"


def test_output_is_replaced() -> None:
    assert docs.renewed(block("$ one\nold\nlines\n"), echo) == block("$ one\nran one\n")


def test_each_command_has_its_own_output() -> None:
    assert docs.renewed(block("$ one\n$ two\nold\n"), echo) == block("$ one\nran one\n$ two\nran two\n")


def test_a_command_may_go_on_in_the_next_line() -> None:
    body = "$ one \\\n    two\n"
    assert docs.renewed(block(body), prints("<{}>")) == block(f"{body}<one \\\n    two>\n")


def test_silent_command_has_no_output() -> None:
    assert docs.renewed(block("$ one\nold\n"), prints("")) == block("$ one\n")


@pytest.mark.parametrize("kind", ["console no-run", "sh", "yaml", ""])
def test_other_blocks_are_left_alone(kind: str) -> None:
    document = block("$ one\nold\n", kind)
    assert docs.renewed(document, echo) == document


def test_a_command_that_fails_stops_the_page_and_is_named() -> None:
    with pytest.raises(docs.NotAsShownError, match=r"^`\$ one` ended with 2:\nno such file$"):
        docs.renewed(block("$ one\nold\n"), prints("no such file\n", 2))


def test_an_error_is_shown_where_the_page_says_so_and_only_there() -> None:
    assert docs.renewed(block("$ one\n", "console fails"), prints("broken", 2)) == block(
        "$ one\nbroken\n", "console fails"
    )
    with pytest.raises(docs.NotAsShownError, match="nothing fails in the block"):
        docs.renewed(block("$ one\n", "console fails"), prints("fine"))


def test_every_block_of_a_document_is_run_in_order() -> None:
    document = block("$ one\n") + block("$ no\n", "sh") + block("$ two\n")
    numbers = iter(range(1, 9))
    renewed = docs.renewed(document, lambda command: (f"{next(numbers)} {command}", 0))
    assert renewed == block("$ one\n1 one\n") + block("$ no\n", "sh") + block("$ two\n2 two\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("done in 1.2 s", "done in 13.4 s"),
        ("read    1 ms", "read  240 ms"),
        ("at 2026-11-25T09:30:00Z", "at 2026-12-01T10:00:00Z"),
        ("entity abcdefghijklmnopqrstuvwx22", "entity 22abcdefghijklmnopqrstuvwx"),
        ("0a" * 32, "1b" * 32),
    ],
)
def test_what_differs_from_run_to_run_is_no_difference(old: str, new: str) -> None:
    document = block(f"$ one\n{old}\n")
    assert docs.renewed(document, prints(new)) == document


@pytest.mark.parametrize(("old", "new"), [("12 records", "13 records"), ("0.98", "0.99"), ("2026-11-25", "2026-11-26")])
def test_any_other_difference_is_one(old: str, new: str) -> None:
    assert docs.renewed(block(f"$ one\n{old}\n"), prints(new)) == block(f"$ one\n{new}\n")


def test_commands_run_in_their_folder_with_errors_shown(tmp_path: Path) -> None:
    run = docs.runner(tmp_path)
    assert run("echo a > kept; pwd") == (".\n", 0)
    printed, code = run("cat kept no-such-file; exit 3")
    assert printed.splitlines()[0] == "a"
    assert "no-such-file" in printed
    assert code == 3
    assert run("echo $PATH")[0].startswith(str(docs.ROOT / ".venv" / "bin"))


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A small project whose README shows what `cat data.csv` printed long ago."""
    root = tmp_path / "project"
    (root / "docs").mkdir(parents=True)
    (root / "README.md").write_text(block("$ cat data.csv; echo x > made\nold\n"), encoding="utf-8")
    (root / "docs" / "plain.md").write_text("No commands.\n", encoding="utf-8")
    (root / "data.csv").write_text("a,b\n", encoding="utf-8")
    (root / ".venv").mkdir()
    (root / ".gitignore").write_text(".venv\n", encoding="utf-8")
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    return root


def test_check_reports_and_writes_nothing(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = (tree / "README.md").read_text(encoding="utf-8")
    assert docs.main(["--check"], tree) == 1
    assert (tree / "README.md").read_text(encoding="utf-8") == before
    printed = capsys.readouterr().out
    assert "-old\n+a,b\n" in printed
    assert "make docs" in printed


def test_documents_are_renewed_once(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert docs.main([], tree) == 0
    assert "README.md: output renewed" in capsys.readouterr().out
    assert "a,b\n```" in (tree / "README.md").read_text(encoding="utf-8")
    assert not (tree / "made").exists(), "commands run in a copy"
    assert docs.main(["--check"], tree) == 0
    assert capsys.readouterr().out == ""


def test_a_page_whose_command_fails_is_left_as_it_stands(tree: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tree / "data.csv").unlink()
    before = (tree / "README.md").read_text(encoding="utf-8").replace("; echo x > made", "")
    (tree / "README.md").write_text(before, encoding="utf-8")
    assert docs.main([], tree) == 1
    assert (tree / "README.md").read_text(encoding="utf-8") == before
    assert capsys.readouterr().err.startswith("README.md is left as it stands")


def test_a_tree_without_documents_is_fine(tree: Path) -> None:
    (tree / "README.md").unlink()
    shutil.rmtree(tree / "docs")
    assert docs.main(["--check"], tree) == 0


def test_copy_holds_what_git_keeps(tree: Path, tmp_path: Path) -> None:
    (tree / "gone.md").touch()
    subprocess.run(["git", "add", "gone.md"], cwd=tree, check=True)
    (tree / "gone.md").unlink()
    (tmp_path / "copy").mkdir()
    docs.copy_tree(tree, tmp_path / "copy")
    assert sorted(path.name for path in (tmp_path / "copy").iterdir()) == [
        *(".gitignore", ".venv", "README.md", "data.csv", "docs")
    ]
    assert (tmp_path / "copy" / "data.csv").stat().st_mtime == (tree / "data.csv").stat().st_mtime
