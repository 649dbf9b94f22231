"""The files that the rules look at, and what a rule says of one."""

import ast
import re
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path


@dataclass(frozen=True)
class KeptFile:
    """One file of the tree. path: from the root, with forward slashes. data: its bytes."""

    path: str
    data: bytes

    @classmethod
    def of(cls, path: str, text: str) -> "KeptFile":
        return cls(path, text.encode())

    @cached_property
    def _encoding(self) -> str:
        if self.data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return "utf-16"
        try:
            self.data.decode("utf-8")
        except UnicodeDecodeError:
            return "latin-1"
        return "utf-8-sig"

    @property
    def is_binary(self) -> bool:
        return b"\0" in self.data and self._encoding != "utf-16"

    @cached_property
    def text(self) -> str:
        """The file as text; bytes that are no text come out one character each."""
        return self.data.decode(self._encoding, errors="replace")

    @cached_property
    def lines(self) -> list[str]:
        return self.text.split("\n")

    @cached_property
    def code(self) -> ast.Module | None:
        """The parsed module, when this is Python that parses; what does not parse is for the linter to say."""
        if not self.path.endswith(".py"):
            return None
        try:
            return ast.parse(self.text)
        except SyntaxError:
            return None

    def find(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, re.Match[str]]]:
        """Each place where the pattern stands, with its line; no match runs over the end of a line."""
        for number, line in enumerate(self.lines, start=1):
            yield from ((number, match) for match in pattern.finditer(line))


@dataclass(frozen=True)
class Finding:
    """What breaks which rule, where. message: what it is, why it matters, and what to write instead."""

    path: str
    line: int
    rule: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}: {self.message}"


def kept_files(root: Path) -> Iterator[KeptFile]:
    """Every file that git tracks or would add, in order of path."""
    command = ["git", "ls-files", "-co", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout.decode()
    for path in sorted(set(listed.split("\0")) - {""}):
        if (root / path).is_file():
            yield KeptFile(path, (root / path).read_bytes())
