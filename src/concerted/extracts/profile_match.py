"""Which profile reads which file, when a command is given several of each."""

from collections.abc import Sequence
from fnmatch import fnmatch
from pathlib import Path

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.profile import Profile


def match_profiles(files: Sequence[Path], profiles: Sequence[Profile]) -> list[tuple[Path, Profile]]:
    """Each file with its profile, in the order of the files. Raises UsedWronglyError for a file with none or two.

    A profile takes the files whose names fit one of its `files`; one alone without `files` takes all.
    """
    _refuse_twins(profiles)
    if len(profiles) == 1 and not profiles[0].files:
        return [(file, profiles[0]) for file in files]
    for profile in profiles:
        if not profile.files:
            raise UsedWronglyError(
                f"profile {profile.id} does not say which files it is for, and there are others beside it",
                mend='write files: ["missing-*.csv"] in it, with the names of its files',
            )
    return [(file, _the_one(file, profiles)) for file in files]


def _refuse_twins(profiles: Sequence[Profile]) -> None:
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


def _the_one(file: Path, profiles: Sequence[Profile]) -> Profile:
    fitting = [profile for profile in profiles if any(fnmatch(file.name, glob) for glob in profile.files)]
    if len(fitting) == 1:
        return fitting[0]
    where = Place(file=file.name)
    if fitting:
        both = " and ".join(profile.id for profile in fitting)
        raise UsedWronglyError(
            f"profiles {both} both say that it is theirs", where=where, mend="narrow `files` in one of them"
        )
    raise UsedWronglyError(
        "no profile says that it is for this file", where=where, mend=f"add {file.name} to `files` of its profile"
    )
