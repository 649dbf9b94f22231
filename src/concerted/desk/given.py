"""Extracts as a command was given them: each file with the profile that reads it, and what it is called."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from concerted.common.errors import Place, UsedWronglyError
from concerted.common.folders import absolute
from concerted.extracts import Profile, load_profile, match_profiles
from concerted.extracts.profile_match import fitting, refuse_twins, those_for
from concerted.extracts.readers.packed import inside
from concerted.extracts.sheets import standing
from concerted.extracts.shipped import file_or_shipped, shipped_profiles
from concerted.extracts.sources import called

REGION: Final = "region.json"
_SHOWN: Final = 10  # files named in a message
_NEVER: Final = ("~$", ".")  # beginnings of names of files that programs leave behind


@dataclass(frozen=True, slots=True)
class Extract:
    """One file, or one sheet of it, to be read. path: may lead into a ZIP. name: what it is called in all that is
    written of it. text: the YAML of its profile."""

    path: Path
    name: str
    profile: Profile
    text: str


def named(files: Sequence[Path], profiles: Sequence[Path]) -> list[Extract]:
    """Files and profiles that a person named one by one, a profile by its file or by the name it is shipped under.

    Raises UsedWronglyError for what does not fit.
    """
    for file in files:
        if file.is_dir() or not file.exists():
            what = "it is a folder and no extract" if file.is_dir() else "there is no such file"
            raise UsedWronglyError(what, where=Place(file=file.name), mend="check its name and the folder it is in")
    known = _loaded([file_or_shipped(path) for path in profiles])
    pairs = match_profiles([one for file in files for one in inside(file)], known.profiles)
    names = [called(file, profile) for file, profile in pairs]
    sheets = [(name, profile.file.sheet) for name, (_, profile) in zip(names, pairs, strict=True)]
    twice = sorted({name for name, sheet in sheets if sheets.count((name, sheet)) > 1})
    if twice:
        mend = "rename one of them: what is said of a file names it without its folder"
        raise UsedWronglyError("two files have this name", where=Place(file=twice[0]), mend=mend)
    return [
        Extract(file, name, profile, known.texts[profile.id])
        for name, (file, profile) in zip(names, pairs, strict=True)
    ]


def found_in(folder: Path, profiles: Path) -> list[Extract]:
    """Every file in a folder and its folders, each with the profile that says that it is for it.

    The profiles of `profiles` come first, those that are shipped after them. A file is called by its place in the
    folder: northmarsh-police/nominals.csv; a ZIP counts as a folder. Raises UsedWronglyError naming every file that no
    profile is for.
    """
    files = {one.relative_to(folder).as_posix(): one for path in _files(folder) for one in inside(path)}
    if not files:
        mend = "put the extracts into it, a folder for each agency"
        raise UsedWronglyError("the folder holds no extracts", where=Place(file=folder.name), mend=mend)
    own, shipped = _loaded(_profiles(profiles)), _loaded(shipped_profiles())
    lacking = [name for name in files if not fitting(name, own.profiles) and not fitting(name, shipped.profiles)]
    if lacking:
        raise _without_profile(lacking, folder, profiles)
    return [
        one
        for name, path in files.items()
        for one in (own if fitting(name, own.profiles) else shipped).extracts(path, name)
    ]


@dataclass(frozen=True, slots=True)
class _Known:
    """Profiles, and the YAML of each by its name."""

    profiles: list[Profile]
    texts: dict[str, str]

    def extracts(self, path: Path, name: str) -> list[Extract]:
        """The file with the one of these that is for it, or with one for each of its sheets."""
        fitting_it = standing(path, those_for(name, name, self.profiles))
        return [Extract(path, name, one, self.texts[one.id]) for one in fitting_it]


def _loaded(paths: Sequence[Path]) -> _Known:
    profiles = [load_profile(path) for path in paths]
    if profiles:
        refuse_twins(profiles)
    texts = {one.id: path.read_text(encoding="utf-8-sig") for one, path in zip(profiles, paths, strict=True)}
    return _Known(profiles, texts)


def _files(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        what = "it is no folder" if folder.exists() else "there is no such folder"
        raise UsedWronglyError(what, where=Place(file=folder.name), mend="name the folder that holds the extracts")
    for path in sorted(folder.rglob("*")):
        parts = path.relative_to(folder).parts
        if path.is_file() and not any(part.startswith(_NEVER) for part in parts) and path.name != REGION:
            yield path


def _profiles(folder: Path) -> list[Path]:
    if not folder.is_dir():
        what = "it is no folder" if folder.exists() else "there is no such folder"
        raise UsedWronglyError(what, where=Place(file=folder.name), mend="name the folder that holds the profiles")
    return sorted(path for path in folder.rglob("*") if path.suffix in {".yaml", ".yml"} and path.is_file())


def _without_profile(lacking: Sequence[str], folder: Path, profiles: Path) -> UsedWronglyError:
    more = f" and {len(lacking) - _SHOWN:,} more" if len(lacking) > _SHOWN else ""
    first = lacking[0]
    draft = f"concerted profile new {folder / first} --out {profiles / Path(first).stem}.yaml"
    return UsedWronglyError(
        f"no profile is for {', '.join(lacking[:_SHOWN])}{more}",
        mend=f"draft one with `{draft}`, write files: [{first}] into it, or take the file out of the folder",
    )


def day_of_region(folder: Path) -> date | None:
    """The day that an invented region says is its today; None when the extracts are of none."""
    about = absolute(folder).parent / REGION
    if not about.is_file():
        return None
    try:
        return date.fromisoformat(json.loads(about.read_text(encoding="utf-8"))["as_of"])
    except (ValueError, KeyError, TypeError) as error:
        mend = "make the region again with `concerted synthesise`, or say the day with --as-of"
        raise UsedWronglyError("it does not say a day", where=Place(file=REGION), why=str(error), mend=mend) from None
