"""What a file that is given back says of a row: what could not be read, what it was mended to, by whom and why."""

from collections.abc import Sequence
from typing import Final

from concerted.desk.quarantine import Item

NAMED: Final = 3  # columns whose mended text is told in words; of more only how many, since they stand in their places
BREAK: Final = " ⏎ "  # where a line of the file ended: a cell of several lines would read as several rows


def faults(items: Sequence[Item], row: str = "") -> str:
    """What of a row could not be read. row: where it stood, when that is not to be seen."""
    return _listed([f"{row}{_fault(item)}" for item in items])


def mendings(items: Sequence[Item], elsewhere: Sequence[int] = ()) -> str:
    """What it was mended to, by whom and why. elsewhere: numbers of items whose text could not be put in its place."""
    told = [_mending(item) + (_APART if item.id in elsewhere else "") for item in items if item.who]
    return _listed(told)


_APART: Final = " (its text was made from several columns: write it where it belongs)"


def comment(item: Item) -> str:
    """The same for the comment on one cell."""
    said = _mending(item) if item.who else ""
    return f"{_fault(item)} {said}".strip()


def stands_mended(item: Item) -> bool:
    """Whether what a person wrote is to stand in the file: not what could not be read either."""
    return bool(item.mended) and item.state in ("mended", "replayed")


def _fault(item: Item) -> str:
    if item.kind == "value":
        return f"{item.column or item.field} holds {_quoted(item.raw)}: {item.reason}. To mend it: {item.mend}."
    line = f" The line as it was: {item.raw}" if item.raw_form == "line" else ""
    return _one_line(f"The row: {item.reason}. To mend it: {item.mend}.{line}")


def _mending(item: Item) -> str:
    by = f"{item.who}, {str(item.when)[:10]}: {item.why}"
    if item.state == "dismissed":
        return _one_line(f"Nothing is to be mended in {item.column or 'the row'} ({by}).")
    mended = item.mended or {}
    told = ", ".join(f"{column} is now {_quoted(value)}" for column, value in mended.items())
    if len(mended) > NAMED:
        told = f"{len(mended):,} columns are filled in"
    return _one_line(f"{told} ({by}){_STATES.get(item.state, '')}.")


_STATES: Final = {
    "mended": "; not read again yet",
    "waiting": "; this cannot be read either and was not put in its place",
}


def _quoted(text: str) -> str:
    return f'"{_one_line(text)}"' if text else "empty"


def _one_line(text: str) -> str:
    return BREAK.join(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))


def _listed(told: Sequence[str]) -> str:
    return told[0] if len(told) == 1 else " ".join(f"({at}) {one}" for at, one in enumerate(told, 1))
