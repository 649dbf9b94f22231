"""An exported day of any size, made without a store: five organisations, pages of five people each."""

import hmac
import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.chains import content, organisation, stamp
from concerted.audit.verifier import link_hash

ORGANISATIONS, PEOPLE = 5, 5
START: Final = "00" * 32
DAY: Final = datetime(2026, 3, 2, tzinfo=UTC)


def write(place: Path, events: int) -> None:
    """The file, its summary first, which is known once the chains are made."""
    made = place.with_suffix(".part")
    with made.open("w", encoding="utf-8") as out:
        heads = [_chain(out.write, number, events // ORGANISATIONS) for number in range(1, ORGANISATIONS + 1)]
    summary = json.dumps({"chains": dict(heads), "withheld": False})
    with place.open("w", encoding="utf-8") as out, made.open(encoding="utf-8") as lines:
        out.write(json.dumps({"summary": summary, "signature": "", "key": ""}) + "\n")
        out.writelines(lines)
    made.unlink()


def _chain(write: Any, of: int, events: int) -> tuple[str, dict[str, Any]]:
    acting = Acting(UUID(int=of), UUID(int=of), "investigator", "protecting", "192.0.2.1")
    name, head = organisation(UUID(int=of)), START
    for number in range(1, events + 1):
        at = DAY + timedelta(milliseconds=80 * number)
        shown = [Subject("person", str(UUID(int=number + one))) for one in range(PEOPLE)]
        said, salt = content(at, acting, Act.PAGE_READ, shown, {"page": "people"}), f"{number:032x}"
        digest = hmac.digest(bytes.fromhex(salt), said.encode(), "sha256").hex()
        link = {"chain": name, "number": number, "at": stamp(at), "digest": digest, "previous": head}
        head = link_hash(name, number, stamp(at), digest, head)
        write(json.dumps({**link, "hash": head, "salt": salt, "content": said}, separators=(",", ":")) + "\n")
    return name, {"before": 0, "after": START, "last": events, "head": head, "removed": []}
