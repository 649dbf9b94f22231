"""Finding a profile's columns in a file, and saying in plain words what to do when they are not there."""

from collections.abc import Sequence
from difflib import get_close_matches
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import Profile
from concerted.extracts.readers import Table
from concerted.extracts.readers.headers import ADD_NAMES, looks_like_a_record
from concerted.values.text import tidy

_SHOWN: Final = 12  # columns named in a message
_DELIMITERS: Final = {";": "a semicolon", "\t": "a tab", "|": "a bar", ",": "a comma"}


def places_of(profile: Profile, table: Table, file: str) -> dict[str, int]:
    """Where each column of the file stands, once every column that the profile reads is known to be there.

    Raises UsedWronglyError for a column that is missing or stands twice, and, when the profile is to name every
    column, for one that it does not.
    """
    where = Place(file=file)
    found = {name: at for at, name in enumerate(table.columns)}
    wanted = [name for name in sorted(profile.named_columns) if name not in profile.drop]
    lacking = [name for name in wanted if name not in found]
    twice = [name for name in lacking if name in table.twice]
    if twice:
        raise UsedWronglyError(
            f"the column {twice[0]} stands more than once in the file",
            where=where,
            mend=f"write {twice[0]} (1) or {twice[0]} (2) in the profile, counted from the left",
        )
    if lacking:
        raise UsedWronglyError(
            f"the file has no column{'s' if len(lacking) > 1 else ''} {_listed(lacking)}",
            where=where,
            why=f"its columns are {_listed(table.columns)}",
            mend=_mend(lacking, wanted, table),
        )
    unnamed = [name for name in table.columns if name not in profile.named_columns]
    if profile.columns == "complete" and unnamed:
        raise UsedWronglyError(
            f"the profile {profile.id} is to name every column and does not name {_listed(unnamed)}",
            where=where,
            mend="map each, carry it under `evidence:`, or name it under `drop:` with a reason",
        )
    return found


def unread(profile: Profile, columns: Sequence[str]) -> tuple[str, ...]:
    """The columns of the file that the profile does not take."""
    return tuple(name for name in columns if name not in profile.named_columns or name in profile.drop)


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - _SHOWN:,} more" if len(names) > _SHOWN else ""
    return ", ".join(tidy(name)[:60] for name in names[:_SHOWN]) + more


def _mend(lacking: Sequence[str], wanted: Sequence[str], table: Table) -> str:
    """For the likeliest cause: the names stand in another row, other marks part the columns, a name is misspelled."""
    row = _likely_header(wanted, len(wanted) - len(lacking), table)
    if row:
        return f"the names seem to stand in row {row}: write file: {{header_row: {row}}} in the profile"
    mark = other_mark(table.columns)
    if mark:
        return f"the columns seem to be parted by {mark[0]}: write file: {{delimiter: {mark[1]}}}"
    near = {name: _nearest(name, table.columns) for name in lacking}
    meant = [f"{tidy(there)[:60]} for {name}" for name, there in near.items() if there]
    if meant:
        return f"if {'these are' if len(meant) > 1 else 'this is'} meant, write {_listed(meant)} in the profile"
    if looks_like_a_record(table.columns):
        return f"the row of names seems to be a record: {ADD_NAMES}"
    return "check the names in the profile, or whether this is the right file"


def other_mark(columns: Sequence[str]) -> tuple[str, str] | None:
    """What parts the columns when it is another mark than was thought: in words, and as a profile writes it."""
    if len(columns) != 1:
        return None
    mark = next((mark for mark in _DELIMITERS if mark in columns[0]), None)
    return (_DELIMITERS[mark], {"\t": "tab"}.get(mark, f'"{mark}"')) if mark else None


def _nearest(name: str, columns: Sequence[str]) -> str | None:
    by_small = {column.lower(): column for column in columns}
    near = get_close_matches(name.lower(), by_small, n=1, cutoff=0.7)
    return by_small[near[0]] if near else None


def _likely_header(wanted: Sequence[str], found: int, table: Table) -> int | None:
    """The row near the top that holds the most of the wanted names, if more than the header does."""
    hits = [len(set(wanted) & {cell.strip() for cell in row}) for row in table.top()]
    most = max(hits, default=0)
    return hits.index(most) + 1 if most > found else None
