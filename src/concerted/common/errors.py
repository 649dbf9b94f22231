"""Errors a person can act on: what happened, where, why, and what to do."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file, as its owner would name it. Rows count from 1 with the header as row 1."""

    file: str | None = None
    sheet: str | None = None
    row: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        parts = [
            self.file,
            f"sheet {self.sheet}" if self.sheet else None,
            f"row {self.row}" if self.row is not None else None,
            f"column {self.column}" if self.column else None,
        ]
        return ", ".join(part for part in parts if part)


class ConcertedError(Exception):
    """Something the user can mend. `exit_code` is what the command returns.

    what: one clause in plain words. where: the place in the user's own material. why: the cause,
    when it is not plain from `what`. mend: what to do now.
    """

    exit_code = 2

    def __init__(self, what: str, *, where: Place | None = None, why: str = "", mend: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.why = why
        self.mend = mend

    def __str__(self) -> str:
        """The whole of it in one line. What a screen would obey or cannot show, from a file's own words, is a mark."""
        place = f"{self.where}: " if self.where and str(self.where) else ""
        said = [clause.strip().rstrip(".") for clause in (self.what, self.why, self.mend) if clause.strip()]
        clauses = [*said[:1], *(clause[:1].upper() + clause[1:] for clause in said[1:])]
        text = " ".join(clause if clause.endswith("?") else f"{clause}." for clause in clauses)
        line = " ".join(f"{place}{text}".split())
        return line if line.isprintable() else "".join(char if char.isprintable() else "\ufffd" for char in line)


class UsedWronglyError(ConcertedError):
    """The command or the library was used wrongly, or its input cannot be taken at all: exit 2."""


class FoundWrongError(ConcertedError):
    """The work ran and found something wrong, as documented for the command: exit 1."""

    exit_code = 1
