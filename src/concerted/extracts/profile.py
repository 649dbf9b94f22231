"""A mapping profile: how the columns of one kind of extract become the standard fields of records.

The models here are the shape of the YAML file after its short forms are spelled out; `load_profile` in
`profile_load` reads a file into them and says in plain words what is wrong. What a profile must hold beyond its
shape (no field made twice, the truth not among the fields, nothing protected compared) is in `profile_rules`
and is checked here too, so that no profile exists that breaks it.
"""

from collections.abc import Iterator
from typing import Annotated, Any, Final, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from concerted.extracts import profile_forms as forms
from concerted.extracts.fields import PERSON, Kind

DEFAULT_MISSING: Final = (
    *("NULL", "null", "(null)", "<null>", "NaN", "nan", "N/A", "n/a", "#N/A", "NA", "#NULL!", "None", "none"),
    *("-", "--", "---", ".", "?", "??", "Unknown", "UNKNOWN", "unknown"),
    *("Not known", "NOT KNOWN", "not known", "Not recorded", "NOT RECORDED", "not recorded"),
)
"""Texts that mean "there is no value" unless the profile lists its own. Exact, so that Null and Nan stay names."""

Format = Literal["csv", "tsv", "xlsx", "json", "jsonl", "parquet", "cin-census"]
Delivers = Literal["snapshot", "additions", "changes"]
"""What a file of it holds: all that its owner has; only what is new; what is new or has changed."""

Text = Annotated[str, BeforeValidator(forms.text), Field(min_length=1)]
Column = Annotated[Text, Field(description="a column, by the name in the file's header row")]


class Shape(BaseModel):
    """What every part of a profile has in common: it never changes, and a key it does not know is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class FileSettings(Shape):
    """How the file is written. What is not said is found out from the file."""

    format: Annotated[
        Format | None, Field(description="csv, tsv, xlsx, json, jsonl, parquet or cin-census; else by the file's name")
    ] = None
    encoding: Annotated[
        Literal["utf-8", "utf-16", "windows-1252"] | None,
        BeforeValidator(forms.encoding, json_schema_input_type=str),
        Field(description="utf-8, utf-16 or windows-1252; else found out"),
    ] = None
    delimiter: Annotated[
        str | None,
        BeforeValidator(forms.delimiter, json_schema_input_type=str),
        Field(min_length=1, max_length=1, description="what stands between two columns of a csv"),
    ] = None
    sheet: Annotated[Text | None, Field(description="the sheet of a workbook, or the list of a JSON document")] = None
    header_row: Annotated[int, Field(ge=1, le=1000, description="the row that holds the column names")] = 1
    header_rows: Annotated[
        int, Field(ge=1, le=10, description="how many rows the names stand in, of which header_row is the last")
    ] = 1


class FieldSpec(Shape):
    """How one value is made: columns, joined; then the pattern; then `date` or `codes`. Or it is the same in every row
    (`constant`), or the record id of another part of the row (`part`).

    join: stands between those columns that have a value. pattern: a regular expression whose first group is the value.
    date: formats, tried in order, one of which must fit. codes: what each text in the file means; None means that it
    stands for a missing value; a text not listed is quarantined as a value.
    """

    columns: tuple[Column, ...] = ()
    constant: Text | None = None
    part: Text | None = None
    join: str = " "
    pattern: Annotated[str | None, AfterValidator(forms.safe_pattern)] = None
    date: tuple[Annotated[str, AfterValidator(forms.date_format)], ...] = ()
    codes: dict[str, str | None] | None = None


Spec = Annotated[FieldSpec, BeforeValidator(forms.spec, json_schema_input_type=forms.SpecForm)]
Specs = dict[Text, Spec]
Other = Annotated[Specs, BeforeValidator(forms.other, json_schema_input_type=forms.OtherForm)]


class PartFields(Shape):
    """The fields of one record of a row. kind: of what it is; of what the profile says when it says nothing. fields:
    standard field to how it is made. other: the profile's own names."""

    kind: Kind | None = None
    fields: Specs = {}
    other: Other = {}

    def all_specs(self) -> Iterator[tuple[str, FieldSpec]]:
        """Each field, and each of `other` as `other_NAME`, with how it is made."""
        yield from self.fields.items()
        yield from ((f"other_{name}", spec) for name, spec in self.other.items())


Fields = Annotated[PartFields, BeforeValidator(forms.fields, json_schema_input_type=forms.FieldsForm)]


class Source(Shape):
    """Whose record it is. Exactly one of the four. file: the file's name without its ending. folder: the name of the
    folder it lies in."""

    constant: Annotated[Text | None, AfterValidator(forms.no_colon)] = None
    column: Column | None = None
    file: Annotated[Literal[True] | None, BeforeValidator(forms.true, json_schema_input_type=Literal[True])] = None
    folder: Annotated[Literal[True] | None, BeforeValidator(forms.true, json_schema_input_type=Literal[True])] = None

    @model_validator(mode="after")
    def _one_way(self) -> "Source":
        forms.exactly_one(self.constant, self.column, self.file, self.folder)
        return self


class Profile(Shape):
    """One mapping profile, whole and sound. `id` is the key `profile` of the file."""

    id: Annotated[Text, Field(alias="profile", pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]*$", max_length=80)]
    version: Annotated[int, Field(ge=1)]
    title: str = ""
    notes: str = ""
    kind: Kind
    files: tuple[Text, ...] = ()
    file: FileSettings = FileSettings()
    delivers: Delivers | None = None
    record_id: Column
    source: Source
    fields: Fields | None = None
    parts: Annotated[dict[Text, Fields], Field(min_length=1)] | None = None
    required: tuple[Text, ...] = ()
    evidence: tuple[Column, ...] = ()
    drop: dict[Column, Text] = {}
    columns: Literal["complete", "named-only"] = "named-only"
    missing: Annotated[
        tuple[str, ...], BeforeValidator(forms.missing_texts, json_schema_input_type=forms.MissingForm)
    ] = DEFAULT_MISSING
    one_record_per_person: bool = False
    truth: Spec | None = None

    @property
    def subjects(self) -> dict[str | None, PartFields]:
        """The records that one row gives: `{None: fields}`, or one for each part by its name."""
        if self.fields is not None:
            return {None: self.fields}
        return {name: part for name, part in (self.parts or {}).items()}  # noqa: C416 - a copy with a wider key

    def kind_of(self, part: str | None) -> Kind:
        """What the record of a part is of."""
        return self.subjects[part].kind or self.kind

    @property
    def kinds(self) -> tuple[Kind, ...]:
        """Of what the records of a row are, each once, people first even when there are none."""
        return tuple(dict.fromkeys([PERSON, *map(self.kind_of, self.subjects)]))

    @property
    def named_columns(self) -> frozenset[str]:
        """Every column that the profile says anything about."""
        used: set[str] = {self.record_id, *self.evidence, *self.drop}
        used.update([self.source.column] if self.source.column else [])
        used.update(
            column for part in self.subjects.values() for _, spec in part.all_specs() for column in spec.columns
        )
        used.update(self.truth.columns if self.truth else ())
        return frozenset(used)

    @model_validator(mode="after")
    def _rules(self) -> "Profile":
        from concerted.extracts.profile_rules import refuse_broken

        refuse_broken(self)
        return self


def json_schema() -> dict[str, Any]:
    """The JSON Schema of the YAML file, as published beside this module."""
    schema = Profile.model_json_schema(by_alias=True, mode="validation")
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
