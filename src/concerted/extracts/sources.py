"""Whose records a file holds, where it is the same for the whole file: said by the profile, or by a name."""

from pathlib import Path, PurePosixPath

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.folders import absolute
from concerted.extracts.profile import Profile
from concerted.extracts.readers.packed import on_disk


def called(file: Path, profile: Profile) -> str:
    """What a file that was given by itself is called: its name, after that of the ZIP that it is in, after that of its
    folder where this is its source."""
    holder = on_disk(file)
    name = file.relative_to(holder.parent).as_posix()
    if not profile.source.folder:
        return name
    folder = absolute(holder).parent.name
    return f"{folder}/{name}"


def constant_source(profile: Profile, file: str) -> str:
    """The source that is the same for the whole file. file: what it is called, its folder in front of it.

    Of several folders the outermost counts: among extracts each agency has one, whatever it has inside.
    Raises UsedWronglyError when no source can be made of the name.
    """
    if profile.source.constant is not None:
        return profile.source.constant
    if profile.source.folder:
        return _folder(file)
    name = PurePosixPath(file).stem.strip()
    if not name or ":" in name:
        raise UsedWronglyError(
            f"the file's name cannot be its source: {name!r}",
            where=Place(file=file),
            why="a source is a word or more without a colon",
            mend="rename the file, or write source: {constant: NAME} in the profile",
        )
    return name


def _folder(file: str) -> str:
    parts = PurePosixPath(file).parts
    name = parts[0].strip() if len(parts) > 1 else ""
    if not name or ":" in name:
        what = f"the folder's name cannot be its source: {name!r}" if name else "it lies in no folder of its own"
        raise UsedWronglyError(
            what,
            where=Place(file=file),
            why="its profile takes the name of the folder for whose records they are, without a colon",
            mend="put the file into a folder with the agency's short name, or write source: {constant: NAME} in a copy "
            "of the profile",
        )
    return name
