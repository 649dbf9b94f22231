"""Which profile reads which file, when a command is given several of each."""

from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path, PurePosixPath

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import Profile
from concerted.extracts.sheets import standing


def fitting(name: str, profiles: Sequence[Profile]) -> list[Profile]:
    """The profiles that say that they are for the file of that name.

    A name with a folder is looked at whole where a profile names a folder, and by its last part where it does not.
    """
    last = PurePosixPath(name).name
    return [one for one in profiles if any(fnmatch(name if "/" in glob else last, glob) for glob in one.files)]


def match_profiles(files: Sequence[Path], profiles: Sequence[Profile]) -> list[tuple[Path, Profile]]:
    """Each file with its profile, in the order of the files. Raises UsedWronglyError for a file with none or two.

    A profile takes the files whose names fit one of its `files`; one alone without `files` takes all. A workbook goes
    to every profile that names another sheet of it, and that stands in it.
    """
    refuse_twins(profiles)
    if len(profiles) == 1 and not profiles[0].files:
        return [(file, profiles[0]) for file in files]
    for profile in profiles:
        if not profile.files:
            raise UsedWronglyError(
                f"profile {profile.id} does not say which files it is for, and there are others beside it",
                mend='write files: ["missing-*.csv"] in it, with the names of its files',
            )
    return [
        (file, one)
        for file in files
        for one in standing(file, those_for(f"{file.parent.name}/{file.name}", file.name, profiles))
    ]


def refuse_twins(profiles: Sequence[Profile]) -> None:
    """Raise UsedWronglyError when there is no profile, or two have one name."""
    if not profiles:
        raise UsedWronglyError(
            "no profile is given", mend="name one with --profile; `concerted profile new FILE` drafts it"
        )
    names = [profile.id for profile in profiles]
    twins = sorted({name for name in names if names.count(name) > 1})
    if twins:
        raise UsedWronglyError(
            f"two profiles are called {twins[0]}", mend="give each another name in its key `profile`"
        )


def those_for(name: str, called: str, profiles: Sequence[Profile]) -> list[Profile]:
    """The profile for a file, or one for each of its sheets. called: what the file is called in a message."""
    found = fitting(name, profiles)
    sheets = [(one.file.sheet or "").lower() for one in found]
    if len(found) == 1 or (len(found) > 1 and all(sheets) and len(set(sheets)) == len(sheets)):
        return found
    where = Place(file=called)
    if found:
        both = " and ".join(profile.id for profile in found)
        mend = "narrow `files` in one of them, or let each name another sheet of it"
        raise UsedWronglyError(f"profiles {both} both say that it is theirs", where=where, mend=mend)
    raise UsedWronglyError(
        "no profile says that it is for this file", where=where, mend=f"add {called} to `files` of its profile"
    )
