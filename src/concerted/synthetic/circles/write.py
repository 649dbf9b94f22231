"""Which note is written of which kind of notice."""

from collections.abc import Callable
from typing import Final

from concerted.synthetic.circles import notes, police_notes
from concerted.synthetic.circles.desk import Desk

_HOW: Final[dict[str, Callable[[Desk], None]]] = {
    "missing": notes.missing, "contact": notes.contact, "session": notes.session, "attendance": notes.attendance,
    "relation": notes.relation, "intelligence": police_notes.intelligence, "stop": police_notes.stop,
    "message": police_notes.message, "order": police_notes.order, "crime": police_notes.crime,
}  # fmt: skip


def write(desk: Desk) -> None:
    """Write the notice down, in the files of the agency that noticed, and what a council looks up beside it."""
    _HOW[desk.notice.what](desk)
    if desk.notice.what != "relation":
        notes.looked_up(desk)
