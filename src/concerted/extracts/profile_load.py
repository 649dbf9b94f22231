"""Reading a mapping profile from its file: the profile, or everything that is wrong with it, line by line."""

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from concerted.common.errors import Place, UsedWronglyError
from concerted.extracts.fields import STANDARD_FIELDS
from concerted.extracts.profile import FileSettings, Profile
from concerted.extracts.profile import Source as SourceSettings
from concerted.extracts.profile_forms import PLAIN, SPEC_KEYS
from concerted.extracts.profile_rules import RULES, RuleFault, did_you_mean
from concerted.extracts.profile_yaml import SIZE_LIMIT, Fault, Source, UnreadableError, read_yaml

_TOP_KEYS: Final = frozenset(field.alias or name for name, field in Profile.model_fields.items())
_INSIDE: Final = {"file": frozenset(FileSettings.model_fields), "source": frozenset(SourceSettings.model_fields)}
_NEEDED: Final = {
    "profile": ("its name is missing", "write profile: NAME in the first line"),
    "version": ("its version is missing", "write version: 1 and count up with each change"),
    "kind": ("what its rows are is missing", "write kind: person, or another kind of record"),
    "record_id": ("the column that names each record is missing", "write record_id: COLUMN"),
    "source": (
        "whose records they are is missing",
        "write source: {constant: NAME}, {column: NAME}, {file: true} or {folder: true}",
    ),
}
_WANTED: Final = {
    "int_parsing": ("is not a whole number", "write a number such as 1"),
    "int_type": ("is not a whole number", "write a number such as 1"),
    "greater_than_equal": ("is too small", "write 1 or more"),
    "less_than_equal": ("is too large", "write a smaller number"),
    "bool_parsing": ("is neither true nor false", "write true or false"),
    "bool_type": ("is neither true nor false", "write true or false"),
    "dict_type": ("is not a group of keys", "write keys with values, each KEY: VALUE"),
    "model_type": ("is not a group of keys", "write keys with values, each KEY: VALUE"),
    "list_type": ("is not a list", "write a list, such as [a, b]"),
    "tuple_type": ("is not a list", "write a list, such as [a, b]"),
    "string_type": ("is not a word", "write one word or name here"),
    "string_pattern_mismatch": ("has a character that a name may not have", "use letters, digits, - . and _"),
    "string_too_long": ("is too long", "write a shorter one"),
    "too_short": ("is empty", "write at least one"),
}


_CHECK_NAME: Final = "check its name, or name one that is shipped: `concerted profile list`"
_ROUNDS: Final = 4  # of taking out what has no sound shape, which may leave something else without one
_SOUND: Final = {"profile": "x", "version": 1, "kind": "person", "record_id": "x", "source": {"file": True}}


@dataclass(frozen=True, slots=True)
class Reading:
    """What came of reading a profile: the profile, or None and its faults in the order of their lines."""

    profile: Profile | None
    faults: tuple[Fault, ...] = ()
    source: Source = field(default_factory=Source)

    def fault(self, found: RuleFault) -> Fault:
        """A fault found later, with its line."""
        return _of_rule(found, self.source)


def load_profile(path: Path) -> Profile:
    """The profile in that file. Raises UsedWronglyError with the first fault and how many more there are."""
    reading = read_profile(path)
    if reading.profile is None:
        first, more = reading.faults[0], len(reading.faults) - 1
        line = f", line {first.line}" if first.line else ""
        others = f" ({more} more: `concerted profile check` lists them)" if more else ""
        raise UsedWronglyError(f"{first.what}{others}", where=Place(file=f"{path.name}{line}"), mend=first.mend)
    return reading.profile


def read_profile(path: Path) -> Reading:
    """The profile in that file, or what is wrong with it. Raises UsedWronglyError when there is no such file."""
    try:
        with path.open("rb") as handle:
            data = handle.read(SIZE_LIMIT * 4 + 1)
    except OSError as error:
        why = error.strerror or "it cannot be opened"
        raise UsedWronglyError(
            "the profile cannot be read", where=Place(file=path.name), why=why, mend=_CHECK_NAME
        ) from None
    try:
        return parse_profile(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        strange = Fault(None, "it is not plain text in UTF-8", "check that it is a profile, and save it as UTF-8")
        return Reading(None, (strange,))


def parse_profile(text: str) -> Reading:
    """The profile that the text holds, or every fault found."""
    try:
        source = read_yaml(text)
    except UnreadableError as error:
        return Reading(None, (error.fault,))
    if not isinstance(source.tree, dict):
        empty = Fault(1, "it holds no keys", "begin with profile: NAME; `concerted profile new FILE` drafts one")
        return Reading(None, (empty,))
    profile, faults = None, list(source.faults)
    try:
        profile = Profile.model_validate(source.tree)
    except ValidationError as error:
        faults += [fault for found in error.errors() for fault in _in_plain_words(found, source)]
        faults += _hidden_faults(error, source)
    faults.sort(key=lambda fault: fault.line or 0)
    return Reading(None if faults else profile, tuple(faults), source)


def _hidden_faults(error: ValidationError, source: Source) -> list[Fault]:
    """What the rules find in the rest of the profile once what has no sound shape is taken out, bit by bit."""
    tree = deepcopy(source.tree)
    for _ in range(_ROUNDS):
        found = error.errors()
        rules = [fault for entry in found if entry["type"] == RULES for fault in entry["ctx"]["faults"]]
        if rules:
            return [] if tree == source.tree else [_of_rule(fault, source) for fault in rules if not fault.of_whole]
        for entry in found:
            _take_out(tree, entry["loc"])
        try:
            Profile.model_validate({**_SOUND, **tree})
        except ValidationError as next_error:
            error = next_error
        else:
            break
    return []


def _take_out(tree: Any, path: tuple[str | int, ...]) -> None:
    """Remove what stands at the path, or the nearest above it that is there. Steps that are not there are skipped."""
    holder: Any = None
    last: str | int = ""
    for step in path:
        inside = isinstance(tree, dict) and step in tree
        if inside or (isinstance(tree, list) and isinstance(step, int) and step < len(tree)):
            holder, last, tree = tree, step, tree[step]
    if isinstance(holder, dict):
        del holder[last]
    elif isinstance(holder, list):
        holder[int(last)] = "x"


def _of_rule(fault: RuleFault, source: Source) -> Fault:
    return Fault(source.line_of(fault.path), _at(fault.path, fault.what), fault.mend)


def _in_plain_words(found: Mapping[str, Any], source: Source) -> list[Fault]:
    """The faults that one finding of the models stands for."""
    path, context = tuple(found["loc"]), found.get("ctx", {})
    if found["type"] == RULES:
        return [_of_rule(fault, source) for fault in context["faults"]]
    line, name = source.line_of(path), _name(source.place_of(path) or path)
    if found["type"] == PLAIN:
        return [Fault(line, _at(source.place_of(path), context["what"]), context["mend"])]
    if found["type"] == "missing":
        what, mend = _NEEDED.get(str(path[-1]), (f"{name} is missing", "write it"))
        return [Fault(line if len(path) > 1 else None, what, mend)]
    if found["type"] == "extra_forbidden":
        return [_unknown_key(path, line)]
    if found["type"] == "literal_error":
        return [Fault(line, f"{name} is {found['input']!r}", f"write {context['expected'].replace(chr(39), '')}")]
    what, mend = _WANTED.get(found["type"], ("cannot be understood", "compare it with the page on mapping profiles"))
    return [Fault(line, f"{name} {what}", mend)]


def _unknown_key(path: tuple[str | int, ...], line: int | None) -> Fault:
    """A key that means nothing where it stands: often one misspelled, or a standard field not under `fields`."""
    key = str(path[-1])
    known = _TOP_KEYS if len(path) == 1 else _INSIDE.get(str(path[0]), SPEC_KEYS)
    if len(path) == 1 and key in STANDARD_FIELDS:
        return Fault(line, f"{key} stands outside `fields`", "indent it under fields:")
    mend = did_you_mean(key, known, f"use one of {', '.join(sorted(known))}, or leave it out")
    return Fault(line, f"there is no key {key}" + (f" in {_name(path[:-1])}" if len(path) > 1 else ""), mend)


def _name(path: tuple[str | int, ...]) -> str:
    """The key that a person would look for: the last word of the path that is not of the models' own making."""
    words = [str(step) for step in path if isinstance(step, str) and step != "[key]"]
    return words[-1] if words else "the profile"


def _at(path: tuple[str | int, ...], what: str) -> str:
    """What is wrong, led by the key it is wrong with unless it names that itself."""
    name = _name(path)
    return what if not path or name in what else f"{name}: {what}"
