"""What ended for good, and the journal of it that lies apart from the store (decision 0060).

An application says what it ends in the same transaction, and says how it is ended again after a backup was brought
back. The journal is a file of one line an ending, added to and never changed; a line that is there twice means nothing.
"""

import fcntl
import json
import os
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Final, NamedTuple
from uuid import UUID

from django.db import transaction

from concerted.audit.acting import Acting
from concerted.common.errors import Place, UsedWronglyError
from concerted.instance.models import Ending, Store

NAME: Final = "CONCERTED_ENDINGS"
Again = Callable[[Acting, UUID, datetime], bool]
KINDS: Final[dict[str, Again]] = {}
"""How each kind is ended again, by name: gives whether there was something to end. Applications put theirs here."""


class Replayed(NamedTuple):
    """lines: of this instance in the journal that the store did not know. ended: what was ended by them. damaged: lines
    that cannot be read: one that a crash cut off, which stands there again, or worse."""

    lines: int = 0
    ended: int = 0
    damaged: int = 0


def note(kind: str, subject: UUID, at: datetime) -> None:
    """Say, in the transaction that ends it, that this ended. It stands in the journal once that is done."""
    if kind not in KINDS:
        raise ValueError(f"{kind!r} is no kind of ending; how it is ended again is not known")
    Ending.objects.create(kind=kind, subject=subject, at=at)
    transaction.on_commit(carry, robust=True)  # what is left uncarried goes with the next


def carry() -> int:
    """Put into the journal what is not there yet; how many. Without a journal: none."""
    journal = os.environ.get(NAME, "")
    left = list(Ending.objects.filter(carried=False).order_by("at")) if journal else []
    if not left:
        return 0
    found = Store.objects.first()
    _append(Path(journal), [_line(found.instance if found else None, one) for one in left])
    Ending.objects.filter(id__in=[one.id for one in left]).update(carried=True)
    return len(left)


def replay(acting: Acting, journal: Path) -> Replayed:
    """End again what the journal of this instance says and the store does not know. UsedWronglyError where the journal
    cannot be read."""
    instance = str(Store.objects.get().instance)
    lines, damaged = _read(journal)
    known = {str(one) for one in Ending.objects.values_list("id", flat=True)}
    new = {one["id"]: one for one in lines if one["instance"] == instance and one["id"] not in known}
    ended = 0
    for one in new.values():
        at, subject = datetime.fromisoformat(one["at"]), UUID(one["subject"])
        ended += KINDS[one["kind"]](acting, subject, at)
        Ending.objects.create(id=UUID(one["id"]), at=at, kind=one["kind"], subject=subject, carried=True)
    return Replayed(len(new), ended, damaged)


def _line(instance: UUID | None, one: Ending) -> str:
    said = {"instance": instance, "id": one.id, "at": one.at.isoformat(), "kind": one.kind, "subject": one.subject}
    return json.dumps(said, default=str)


def _append(journal: Path, lines: list[str]) -> None:
    """Under a lock, in one write, on the disk when this returns. A line that a crash cut off is ended first."""
    handle = os.open(journal, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        size = os.fstat(handle).st_size
        cut = "\n" if size and os.pread(handle, 1, size - 1) != b"\n" else ""
        os.write(handle, (cut + "".join(f"{line}\n" for line in lines)).encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def _read(journal: Path) -> tuple[list[dict[str, str]], int]:
    """Its lines, and how many cannot be read."""
    try:
        text = journal.read_text(encoding="utf-8")
    except (OSError, UnicodeError) as why:
        raise UsedWronglyError(
            "the journal of what ended cannot be read", where=Place(file=journal.name), mend=f"name it in {NAME}"
        ) from why
    found, damaged = [], 0
    for line in text.splitlines():
        try:
            found.append(json.loads(line))
        except ValueError:
            damaged += 1
    return found, damaged
