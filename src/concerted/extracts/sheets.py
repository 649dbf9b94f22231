"""Which of the sheets that profiles name stand in a workbook, of which a person may have deleted some."""

from collections.abc import Sequence
from pathlib import Path

from concerted.extracts.profile import Profile
from concerted.extracts.readers.opening import anywhere, kind_of
from concerted.extracts.readers.packed import on_disk, opened
from concerted.extracts.readers.workbook_parts import Sheet, Workbook
from concerted.extracts.template.names import NO_RECORDS


def standing(path: Path, profiles: Sequence[Profile]) -> list[Profile]:
    """The profiles whose sheet stands in the workbook; all of them where that cannot be said.

    profiles: those of one file. A sheet that is not there is passed over where every other that a person sees in the
    workbook is read: then it was deleted, and not given another name. Else its profile stays, for the reader to say so.
    """
    if len(profiles) < 2 or not on_disk(path).is_file() or kind_of(path, profiles[0].file) != "xlsx":
        return list(profiles)
    there, unread = _sheets(path)
    found = [one for one in profiles if _sheet(one) in there]
    is_renamed = unread - set(map(_sheet, profiles)) - NO_RECORDS
    return list(profiles) if is_renamed or not found else found


def _sheet(profile: Profile) -> str:
    return (profile.file.sheet or "").strip().lower()


def _sheets(path: Path) -> tuple[set[str], set[str]]:
    """The names of all sheets, in small letters, and of those that a person sees and that hold anything."""
    with opened(path) as handle:
        workbook = Workbook(anywhere(handle, path), path)
        used = [one for one in workbook.sheets if one.visible and not workbook.is_empty(one)]
    return _names(workbook.sheets), _names(used)


def _names(sheets: Sequence[Sheet]) -> set[str]:
    return {one.name.strip().lower() for one in sheets}
