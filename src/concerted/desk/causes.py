"""What waits in quarantine by its cause: one profile, one column, one reason, whatever the text that stands there."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

from concerted.common.words import counted
from concerted.desk import deliveries
from concerted.desk.mended_values import part_of
from concerted.desk.quarantine import Item, item
from concerted.desk.store import Store
from concerted.extracts import Profile

TEXTS: Final = 10  # different texts kept for a cause, the most frequent
MOST: Final = 0.5  # of a file's rows: from here on it is no slip of the pen

_MONTH: Final = "(?:January|February|March|April|May|June|July|August|September|October|November|December)(?= [0-9]|$)"
_PARTICULAR: Final = re.compile(
    rf"(?<=there is no month )\S+|'[^']*'|\"[^\"]*\"|[\w/.:,-]*[0-9](?:[\w/.:,-]*\w)?(?:\s+{_MONTH})?|{_MONTH}"
)
_WAITS: Final = "q.state = 'waiting' and (q.mended is null or q.mended <> '{}')"
_JOINED: Final = f"quarantine q join delivery d on d.number = q.delivery where {_WAITS}"


def general(reason: str) -> str:
    """A reason without what is particular to one cell: "there is no 31 April 2009" becomes "there is no ..."."""
    return re.sub(r"\.\.\.(?: \.\.\.)+", "...", _PARTICULAR.sub("...", reason))


@dataclass(slots=True)
class Cause:
    """Items that wait for one cause.

    count: how many. example: the first of them. texts: the most frequent texts of values with their counts, most
    frequent first; different: how many different ones there are. share: of the rows of the files read by this profile.
    """

    kind: Literal["row", "value"]
    profile: str
    column: str | None
    reason: str
    mend: str
    example: int
    count: int = 0
    share: float = 0.0
    different: int = 0
    texts: dict[str, int] = field(default_factory=dict)
    do: str = ""

    def add(self, raw: str, count: int, first: int) -> None:
        """Count items of one text. Texts come most frequent first."""
        self.count += count
        self.example = min(self.example, first)
        if self.kind == "value":
            self.different += 1
            if len(self.texts) < TEXTS:
                self.texts[raw] = count

    def to_dict(self) -> dict[str, Any]:
        """For machines."""
        texts = [{"text": text, "count": count} for text, count in self.texts.items()]
        plain = {"kind": self.kind, "profile": self.profile, "column": self.column, "reason": self.reason}
        figures = {"count": self.count, "share": round(self.share, 4), "example": self.example}
        return {**plain, **figures, "different_texts": self.different, "texts": texts, "mend": self.mend, "do": self.do}


def causes(store: Store) -> list[Cause]:
    """Why things wait in quarantine, most frequent cause first. Memory grows with the causes and not with the items."""
    rows = store.run(
        "select q.kind, d.profile_id, q.column_name, q.field, q.reason, q.mend, "
        "case q.kind when 'value' then q.raw else '' end as text, count(*), min(q.id) "
        f"from {_JOINED} group by 1, 2, 3, 4, 5, 6, 7 order by 8 desc, 9"
    )
    found: dict[tuple[object, ...], Cause] = {}
    for kind, profile, column, name, reason, mend, raw, count, first in rows:
        why = general(reason)
        cause = found.setdefault(
            (kind, profile, column, name, why), Cause(kind, profile, column, why, mend, int(first))
        )
        cause.add(raw, int(count), int(first))
    _advise(store, found.values())
    return sorted(found.values(), key=lambda cause: (-cause.count, cause.example))


def alike(store: Store, example: Item, *, any_text: bool = False) -> dict[int, str]:
    """The items that wait for the cause of this one, by number, with what stands there: of values those with its very
    text, or with any; of rows that could be split, all."""
    text = "" if any_text or example.kind == "row" else "and q.raw = ?"
    rows = store.run(
        f"select q.id, q.reason, case q.kind when 'value' then q.raw else '' end from {_JOINED} and q.kind = ? "
        "and d.profile_id = (select profile_id from delivery where number = ?) and q.column_name is ? "
        f"and q.field is ? and q.raw_form = ? {text} order by q.id",
        [
            *(example.kind, example.delivery, example.column, example.field, example.raw_form),
            *([example.raw] if text else []),
        ],
    )
    why = general(example.reason)
    return {int(number): raw for number, reason, raw in rows if general(reason) == why}


def _advise(store: Store, found: Iterable[Cause]) -> None:
    """Say of each cause what share of its files' rows it is, and what to do."""
    came = [one for one in deliveries.all_of(store) if one.mends is None]
    profiles = {one.profile_id: one.profile for one in came}
    rows: dict[str, int] = {}
    for one in came:
        rows[one.profile_id] = rows.get(one.profile_id, 0) + one.counts.rows
    for cause in found:
        cause.share = min(1.0, cause.count / max(1, rows.get(cause.profile, 0)))
        cause.do = _what_to_do(cause, item(store, cause.example), profiles)


def _what_to_do(cause: Cause, example: Item, profiles: Mapping[str, Profile]) -> str:
    if cause.count > 1 and cause.share >= MOST:
        key = profile_key(cause, example, profiles[cause.profile])
        return f"it is in most rows, so mend the profile: see `{key}` in {cause.profile}, and read the file again"
    if cause.kind == "value" and max(cause.texts.values(), default=1) > 1:
        most = max(cause.texts, key=cause.texts.__getitem__)
        same = counted(cause.texts[most], "item")
        return f"`mend DIR --like NUMBER --set COLUMN=VALUE` mends all that hold one text, {same} of the most frequent"
    if cause.count > 1 and example.raw_form == "line":
        return "mend each by its line: `mend DIR NUMBER --line LINE`"
    return "mend it by its number" if cause.count == 1 else "`list DIR --csv FILE` writes them for a spreadsheet"


def profile_key(cause: Cause, example: Item, profile: Profile) -> str:
    """The key of the profile that most likely wants mending."""
    if cause.kind == "row":
        return next((key for words, key in _ROW_KEYS.items() if words in cause.reason), "file")
    part = part_of(example.record_id or "", profile)
    specs = dict(profile.subjects[part].all_specs())
    name = str(example.field)
    before = "fields" if part is None else f"parts.{part}"
    where = f"{before}.{name}" if not name.startswith("other_") else f"{before}.other.{name.removeprefix('other_')}"
    if "profile's codes" in cause.reason:
        return f"{where}.codes"
    if "profile's pattern" in cause.reason:
        return f"{where}.pattern"
    return f"{where}.date" if name in specs and specs[name].date else where


_ROW_KEYS: Final = {
    "no record id": "record_id",
    "stands already": "record_id",
    "source": "source",
    "is required": "required",
    "cells and the header": "file.delimiter",
    "quote": "file.delimiter",
}
