"""What a mapping profile must hold beyond its shape. Each rule gives the faults it finds, and where."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import TYPE_CHECKING, Final

from pydantic_core import PydanticCustomError

from concerted.extracts.fields import DATE_FIELDS, KIND_FIELDS, STANDARD_FIELDS, is_counted
from concerted.extracts.protected import Judgement, judge_name, judge_values
from concerted.reference.loader import load_table
from concerted.values.text import fold

if TYPE_CHECKING:
    from concerted.extracts.profile import FieldSpec, PartFields, Profile

RULES: Final = "profile_rules"  # the type of the fault that carries what the rules found
Path = tuple[str | int, ...]

_PART_NAME = re.compile(r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
CARRY: Final = "carry it under `evidence:` or name it under `drop:` with a reason; it is never compared"


@dataclass(frozen=True, slots=True)
class RuleFault:
    """path: the keys that lead to it in the file. what: a clause. mend: what to write instead.

    of_whole: it says that something is not there, so it holds only when all of the profile could be read.
    """

    path: Path
    what: str
    mend: str
    of_whole: bool = False


def refuse_broken(profile: "Profile") -> None:
    """Raise one fault that carries all that the rules find."""
    faults = broken_rules(profile)
    if faults:
        raise PydanticCustomError(
            RULES, "{what}", {"what": "; ".join(fault.what for fault in faults), "faults": faults}
        )


def broken_rules(profile: "Profile") -> tuple[RuleFault, ...]:
    """Everything in the profile that breaks a rule."""
    return tuple(fault for rule in _RULES for fault in rule(profile))


def name_warnings(profile: "Profile") -> tuple[RuleFault, ...]:
    """Columns that may be protected by their name, without being refused for it."""
    return tuple(_named(profile, "warned"))


def did_you_mean(name: str, known: "set[str] | frozenset[str] | list[str]", other: str) -> str:
    """`write family_name`, when a known name is near; else `other`."""
    synonyms = load_table("field_names").data["fields"]
    plain = re.sub(r"[\W_]+", "", name).lower()
    for field, words in synonyms.items():
        if field in known and plain in {word.replace(" ", "") for word in words}:
            return f"did you mean {field}?"
    near = get_close_matches(name.lower(), [entry.lower() for entry in known], n=1, cutoff=0.6)
    meant = next((entry for entry in known if near and entry.lower() == near[0]), None)
    return f"did you mean {meant}?" if meant else other


def _places(profile: "Profile") -> Iterator[tuple[Path, "PartFields"]]:
    for name, part in profile.subjects.items():
        yield ("fields",) if name is None else ("parts", name), part


def _specs(profile: "Profile") -> Iterator[tuple[Path, str | None, "FieldSpec"]]:
    """Each spec with its path and the standard field it makes (None for one of `other`)."""
    for path, part in _places(profile):
        yield from (((*path, field), field, spec) for field, spec in part.fields.items())
        yield from (((*path, "other", name), None, spec) for name, spec in part.other.items())


def _fields_or_parts(profile: "Profile") -> Iterator[RuleFault]:
    if (profile.fields is None) == (profile.parts is None):
        path: Path = ("parts",) if profile.parts else ()
        yield RuleFault(
            path,
            "a profile has `fields` or `parts`, one of the two",
            "write fields: and the standard fields",
            of_whole=True,
        )
    for place, part in _places(profile):
        if not part.fields:
            yield RuleFault(
                place, "no standard field is mapped", "map at least one, such as family_name: COLUMN", of_whole=True
            )
    for name in profile.parts or {}:
        if not _PART_NAME.match(name):
            yield RuleFault(
                ("parts", name), f"{name!r} cannot name a part", "use letters, digits, - and _, such as child"
            )


def _standard_fields(profile: "Profile") -> Iterator[RuleFault]:
    for name, part in profile.subjects.items():
        place: Path = ("fields",) if name is None else ("parts", name)
        kind = profile.kind_of(name)
        for field in part.fields:
            if field not in KIND_FIELDS[kind]:
                carry = "to carry a column as it is, list it under `other` or `evidence`"
                what = f"{field} is not a standard field" + ("" if kind == "person" else f" of a record of kind {kind}")
                yield RuleFault((*place, field), what, did_you_mean(field, set(KIND_FIELDS[kind]), carry))


def _made_otherwise(profile: "Profile") -> Iterator[RuleFault]:
    """A constant is a value of its field; a reference names a part, and stands in a field that refers."""
    for path, field, spec in _specs(profile):
        rule = STANDARD_FIELDS.get(field or "")
        if spec.constant is not None and rule and (found := rule.value_type.clean(spec.constant)).problem:
            yield RuleFault(path, f"the constant {spec.constant} is {found.problem}", found.mend or "write another")
        if spec.part is None:
            continue
        if not (rule and rule.reference):
            yield RuleFault(path, f"{path[-1]} refers to no other record", "write `part` in a field that does")
        elif spec.part not in (profile.parts or {}):
            names = ", ".join(profile.parts or {}) or "none"
            yield RuleFault(path, f"there is no part {spec.part}", f"name one of the parts: {names}")


def _made_well(profile: "Profile") -> Iterator[RuleFault]:
    for path, field, spec in _specs(profile):
        twice = {column for column, count in Counter(spec.columns).items() if count > 1}
        if not spec.columns and spec.constant is None and spec.part is None:
            yield RuleFault(path, "it takes no column", "name at least one")
        if twice:
            yield RuleFault(path, f"it takes {', '.join(sorted(twice))} twice", "name each column once")
        if spec.date and spec.codes is not None:
            yield RuleFault(path, "it has both `date` and `codes`", "keep the one that fits")
        if spec.date and field is not None and field in STANDARD_FIELDS and field not in DATE_FIELDS:
            yield RuleFault((*path, "date"), f"{field} is not a date", "leave `date` out")
        yield from _codes_fit(path, field, spec)


def _codes_fit(path: Path, field: str | None, spec: "FieldSpec") -> Iterator[RuleFault]:
    rule = STANDARD_FIELDS.get(field or "")
    for code, meaning in (spec.codes or {}).items():
        cleaned = rule.value_type.clean(meaning) if rule and meaning is not None else None
        if cleaned and cleaned.problem:
            what = f"code {code} means {meaning}, which is {cleaned.problem}"
            yield RuleFault((*path, "codes", code), what, cleaned.mend or "write another")
    targets = judge_values((spec.codes or {}).values(), field)
    if targets.verdict == "refused" and not is_counted(field):
        yield RuleFault((*path, "codes"), f"it makes values that hold {targets.about}", CARRY)


def _protected(profile: "Profile") -> Iterator[RuleFault]:
    yield from _named(profile, "refused")


def _named(profile: "Profile", verdict: str) -> Iterator[RuleFault]:
    for path, names in _read_names(profile):
        for name in names:
            found: Judgement = judge_name(name)
            if found.verdict == verdict and not _is_birthplace(path, name):
                yield RuleFault(path, f"column {name} is not compared: {found.reason}", CARRY)


def _is_birthplace(path: Path, name: str) -> bool:
    """Country of birth is a place: into place_of_birth it goes without a word."""
    return path[-1] == "place_of_birth" and judge_name(name).verdict != "refused"


def _read_names(profile: "Profile") -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Every name of a column that is read for more than to be carried, and the profile's own names under `other`."""
    yield ("record_id",), (profile.record_id,)
    yield ("source",), (profile.source.column,) if profile.source.column else ()
    yield ("truth",), profile.truth.columns if profile.truth else ()
    for path, field, spec in _specs(profile):
        if is_counted(field):
            continue
        own = () if field is not None or path[-1] in spec.columns else (str(path[-1]),)
        yield path, (*spec.columns, *own)


def _observed_apart(profile: "Profile") -> Iterator[RuleFault]:
    """What an officer observed never fills what a person says of themselves."""
    for path, field, spec in _specs(profile):
        if field != "ethnicity_self_defined":
            continue
        names = [name for name in spec.columns if {"ic", "observed", "officer", "appearance"} & set(fold(name).split())]
        codes = [code for code in spec.codes or {} if re.fullmatch(r"ic ?[0-9]", fold(code))]
        if names or codes:
            what = f"{(names or codes)[0]} is what somebody observed, and no statement of the person's own"
            yield RuleFault(path, what, "map it to ethnicity_observed")


def _truth_apart(profile: "Profile") -> Iterator[RuleFault]:
    truth = set(profile.truth.columns if profile.truth else ())
    mend = "take it out here, or leave `truth` out"
    for path, _, spec in _specs(profile):
        if truth & set(spec.columns):
            yield RuleFault(path, "it takes the truth column, and the truth never reaches the linker", mend)
    if truth & set(profile.evidence):
        yield RuleFault(("evidence",), "it carries the truth column, and the truth never reaches the linker", mend)
    if profile.source.column in truth:
        yield RuleFault(("source",), "it takes the truth column, and the truth never reaches the linker", mend)


def _required_known(profile: "Profile") -> Iterator[RuleFault]:
    known = {
        field if name is None else f"{name}.{field}"
        for name, part in profile.subjects.items()
        for field in part.fields
        if field in STANDARD_FIELDS
    }
    for at, field in enumerate(profile.required):
        if field not in known:
            mend = did_you_mean(field, known, f"name one that is mapped: {', '.join(sorted(known)) or 'there is none'}")
            yield RuleFault(("required", at), f"{field} is required but not mapped", mend, of_whole=True)


def _kept_or_dropped(profile: "Profile") -> Iterator[RuleFault]:
    read = {column for _, _, spec in _specs(profile) for column in spec.columns} | {profile.record_id}
    read |= {profile.source.column} if profile.source.column else set()
    for column in profile.drop:
        if column in read or column in profile.evidence:
            yield RuleFault(("drop", column), f"{column} is dropped and used", "take it out of one of the two places")
    seen: set[str] = set()
    for at, column in enumerate(profile.evidence):
        if column in seen:
            yield RuleFault(("evidence", at), f"{column} is named twice", "name each column once")
        seen.add(column)


def _names_of_files(profile: "Profile") -> Iterator[RuleFault]:
    for at, glob in enumerate(profile.files):
        if "\\" in glob or glob.startswith("/"):
            mend = "write the file's name, or the folder in the folder of extracts too: northmoor-police/missing-*.csv"
            yield RuleFault(("files", at), f"{glob} is no name of a file among extracts", mend)


_RULES: Final[tuple[Callable[["Profile"], Iterator[RuleFault]], ...]] = (
    _fields_or_parts,
    _standard_fields,
    _made_otherwise,
    _made_well,
    _protected,
    _observed_apart,
    _truth_apart,
    _required_known,
    _kept_or_dropped,
    _names_of_files,
)
