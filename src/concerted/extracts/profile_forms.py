"""The short forms that a profile may be written in, spelled out; and the words said when one is wrong.

Functions here stand in front of the models of `profile`. Each takes what the YAML holds and gives what the model
wants, or refuses with `refuse`, which carries what is wrong and what to write instead.
"""

import re
from collections import Counter
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, create_model
from pydantic_core import PydanticCustomError

from concerted.extracts.fields import OTHER, STANDARD_FIELDS, Kind
from concerted.extracts.profile_patterns import why_unsafe

KIND: Final = "kind"  # the other name under a part: of what its records are
PLAIN: Final = "plain"  # the type of a fault that already speaks plain words
WORDS: Final = "words"  # among date formats: what no format reads is read as the field's own rules read it

SPEC_KEYS: Final = frozenset({"column", "columns", "join", "pattern", "date", "codes", "constant", "part"})
_WAYS: Final = ("column", "columns", "constant", "part")
_ENCODINGS: Final = {
    "utf-8": ("utf-8", "utf8", "utf-8-sig", "utf_8", "unicode"),
    "utf-16": ("utf-16", "utf16", "utf-16-le", "utf-16-be", "utf-16le", "utf-16be"),
    "windows-1252": ("windows-1252", "windows1252", "cp1252", "ansi", "latin-1", "latin1", "iso-8859-1"),
}
_DELIMITERS: Final = {"tab": "\t", "\\t": "\t", "comma": ",", "semicolon": ";", "pipe": "|", "bar": "|"}
_DIRECTIVES: Final = "dmYybBaAjHIMSfpTzZ"
_ONCE: Final = ("d", "mbB", "Yy", "aA", "HI", "M", "S", "f", "p", "j", "T", "zZ")  # parts that a date has one of
_SPELLED_DATE: Final = {
    "yyyy": "%Y",
    "yy": "%y",
    "mmmm": "%B",
    "mmm": "%b",
    "mm": "%m",
    "m": "%m",
    "dd": "%d",
    "d": "%d",
}


class _Form(BaseModel):
    """A way of writing something, described for the JSON Schema only."""

    model_config = ConfigDict(extra="forbid")


class _HowMade(_Form):
    date: Annotated[str | list[str], Field(description="the format of the date, or several to try in order")] = ""
    codes: Annotated[dict[str, str | int | None], Field(description="what each text in the file means")] = {}
    pattern: Annotated[str, Field(description="a regular expression whose first group is the value")] = ""


class ColumnForm(_HowMade):
    """One column and how to read it."""

    column: Annotated[str, Field(min_length=1)]


class ColumnsForm(_HowMade):
    """Several columns joined into one value."""

    columns: Annotated[list[str], Field(min_length=1)]
    join: Annotated[str, Field(description="what stands between two of them; a space when not said")] = " "


class ConstantForm(_Form):
    """The same value in every row."""

    constant: Annotated[str | int, Field(description="the value, as a cell of the file would hold it")]


class PartForm(_Form):
    """Another record of the same row."""

    part: Annotated[str, Field(min_length=1, description="the name of the part that is referred to")]


SpecForm = str | ColumnForm | ColumnsForm | ConstantForm | PartForm
MissingForm = str | list[str | int | None]
OtherForm = list[str] | dict[str, SpecForm]
_FIELD_FORMS: Final[dict[str, Any]] = {
    **{name: (SpecForm, Field(default="", title=name)) for name in STANDARD_FIELDS},
    OTHER: (OtherForm, Field(default=[], title=OTHER)),
    KIND: (Kind, Field(default="person", title=KIND)),
}
FieldsForm = create_model("FieldsForm", __base__=_Form, **_FIELD_FORMS)


def refuse(what: str, mend: str) -> PydanticCustomError:
    """The fault to raise: what is wrong and what to write instead, each a clause."""
    return PydanticCustomError(PLAIN, "{what}", {"what": what, "mend": mend})


def text(given: object) -> object:
    """A name or word, trimmed. A number is taken as its digits; true and false are refused."""
    if given is None or (isinstance(given, str) and not given.strip()):
        raise refuse("there is nothing here", "write a word or name, or leave the key out")
    if isinstance(given, bool):
        raise refuse(f"{given} is not a word", "put it in quotes if it is a name")
    return str(given).strip() if isinstance(given, str | int) else given


def encoding(given: object) -> object:
    """One of the three encodings, by any of its usual names."""
    if not isinstance(given, str):
        return given
    for name, spellings in _ENCODINGS.items():
        if given.strip().lower() in spellings:
            return name
    raise refuse(
        f"{given!r} is not an encoding that can be read", "write utf-8, utf-16 or windows-1252, or leave it out"
    )


def delimiter(given: object) -> object:
    """One character, or its name: tab, comma, semicolon, pipe."""
    if not isinstance(given, str):
        return given
    mark = _DELIMITERS.get(given.strip().lower(), given)
    if len(mark) == 1 and not mark.isalnum() and mark not in "\"'\r\n\\":
        return mark
    raise refuse(f"{given!r} cannot stand between columns", 'write one character in quotes, such as ",", or: tab')


def spec(given: object) -> object:
    """A column's name, or one of the two long forms, as the keys of `FieldSpec`."""
    if isinstance(given, str | int) or given is None:
        return {"columns": [given]}
    if isinstance(given, list | tuple):
        raise refuse("several columns are written in braces", 'write {columns: [a, b], join: " "}')
    if not isinstance(given, dict):
        return given
    made = {"date": _listed(given["date"])} if "date" in given else {}
    made |= {"codes": _codes(given["codes"])} if "codes" in given else {}
    rest = {key: value for key, value in given.items() if key not in {"column", *made}}
    if sum(way in given for way in _WAYS) != 1:
        strange = [str(key) for key in given if key not in SPEC_KEYS]
        what = f" and there is no key {strange[0]}" if strange else ""
        raise refuse(f"a value is made from `column` or from `columns`, one of the two{what}", "write column: NAME")
    if "column" in given:
        rest["columns"] = [given["column"]]
    elif isinstance(given.get("columns"), str):
        rest["columns"] = [given["columns"]]
    if "join" in rest and rest["join"] is None:
        rest["join"] = ""
    return rest | made


def _listed(given: object) -> object:
    return [given] if isinstance(given, str) else given


def _codes(given: object) -> object:
    """Codes as text on both sides. An empty meaning, `null` or `~` stands for a missing value."""
    if not isinstance(given, dict) or not given:
        raise refuse("codes say what each text means", "write codes: {1: male, 2: female}")
    return {_code(key): _meaning(value) for key, value in given.items()}


def _code(given: object) -> str:
    if isinstance(given, bool):
        raise refuse(f"the code {given} was written without quotes", 'put it in quotes, such as "NO": male')
    return "" if given is None else str(given).strip()


def _meaning(given: object) -> object:
    if isinstance(given, bool):
        raise refuse(f"the meaning {given} was written without quotes", 'put it in quotes, such as 1: "yes"')
    if given is None or (isinstance(given, str) and given.strip().lower() in {"", "~", "null"}):
        return None
    return str(given).strip() if isinstance(given, str | int | float) else given


def other(given: object) -> object:
    """A list of columns, each under its own name, or names with how each is made."""
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list | tuple):
        return given
    names = [text(column) for column in given]
    twice = {str(name) for name, count in Counter(map(str, names)).items() if count > 1}
    if twice:
        raise refuse(f"`other` names {', '.join(sorted(twice))} twice", "name each column once")
    return {name: name for name in names}


def fields(given: object) -> object:
    """The standard fields apart from `other` and, of a part, its `kind`."""
    if not isinstance(given, dict):
        return given
    apart = {key: given[key] for key in (OTHER, KIND) if key in given}
    return {"fields": {key: value for key, value in given.items() if key not in apart}, **apart}


def missing_texts(given: object) -> object:
    """The texts that mean missing, trimmed. `~` and an empty item are the empty text, which is always missing."""
    if isinstance(given, str):
        given = [given]
    if not isinstance(given, list | tuple):
        return given
    return tuple("" if item is None else str(item).strip() for item in given)


def true(given: object) -> object:
    """True; the only other thing to say is nothing."""
    if given is True or (isinstance(given, str) and given.strip().lower() in {"true", "yes", "on"}):
        return True
    raise refuse("the name is the source, or it is not", "write true, or another way to say the source")


def no_colon(given: str | None) -> str | None:
    """A source without a colon, because SOURCE:ID names a record."""
    if given is not None and ":" in given:
        raise refuse("a source has no colon in it", f"write it without, such as {given.replace(':', '-')}")
    return given


def exactly_one(*ways: object) -> None:
    """Of the ways to say the source, one."""
    if sum(way is not None for way in ways) != 1:
        raise refuse(
            "the source is said in exactly one way",
            "write source: {constant: NAME}, {column: NAME}, {file: true} or {folder: true}",
        )


def date_format(given: str) -> str:
    """A format of days, months and years with `%`, that gives at least a year; or `words`."""
    if given == WORDS:
        return given
    used = re.findall(r"%(.?)", given)
    unknown = [f"%{letter}" for letter in used if letter not in _DIRECTIVES or not letter]
    if not used:
        raise refuse(f"{given!r} is not a date format", f"write {_spelled(given)}")
    if unknown:
        raise refuse(
            f"a date format has no {unknown[0]}", "use %d day, %m month, %Y year, %y two-digit year, %b month name"
        )
    twice = next((kinds for kinds in _ONCE if len([letter for letter in used if letter in kinds]) > 1), None)
    if twice:
        raise refuse(f"the date format {given!r} says a part twice", f"keep one %{twice[0]} in it")
    if not {"Y", "y"} & set(used):
        raise refuse(f"the date format {given!r} has no year in it", "add %Y, or %y for two digits")
    return given


def _spelled(given: str) -> str:
    """What was probably meant by dd/mm/yyyy; else an example."""
    meant = re.sub(r"yyyy|yy|m{1,4}|dd?", lambda found: _SPELLED_DATE[found.group()], given.lower())
    return meant if "%" in meant else "%d/%m/%Y"


def safe_pattern(given: str | None) -> str | None:
    """A regular expression with a group that no hostile value can make run for long."""
    trouble = why_unsafe(given) if given is not None else None
    if trouble:
        raise refuse(*trouble)
    return given
