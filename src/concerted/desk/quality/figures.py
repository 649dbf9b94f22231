"""What a result folder's records hold and lack, as plain figures: by agency, kind of record and field.

Figures count records and values, never people, and no agency is ranked by them. Texts are untrusted.
"""

from dataclasses import asdict, dataclass
from typing import Any, Final, Literal

from concerted.extracts.fields import Kind

LEFT_EMPTY: Final = "left empty"
OTHER_WORDS: Final = "said in other words"
ETHNICITY: Final = ("ethnicity_self_defined", "ethnicity_observed")
"""Counted in a table of their own, apart from each other and from all other fields."""

REASON_FIELD: Final = "{}_missing"  # of each of ETHNICITY: why there is none


@dataclass(frozen=True, slots=True)
class Missing:
    """Records that lack a value for one reason: of the list `missing_reasons`, LEFT_EMPTY or OTHER_WORDS.

    texts: the words that say so exactly as the file gave them, with how many records have each, most frequent first;
    none of a field that is protected.
    """

    reason: str
    records: int
    texts: tuple[tuple[str, int], ...] = ()


@dataclass(frozen=True, slots=True)
class FieldFigures:
    """One field of one agency's records of a kind: records == recorded + unread + all that are missing.

    records: those whose extract has the field. unread: without a value, for what stands there could not be read.
    values_unread: values of the field in quarantine now, also those of records that have another value beside it.
    required: the profile takes no row without it. rows_refused: rows in quarantine for want of it.
    """

    field: str
    records: int
    recorded: int
    missing: tuple[Missing, ...] = ()
    unread: int = 0
    values_unread: int = 0
    required: bool = False
    rows_refused: int = 0

    def __post_init__(self) -> None:
        if self.records != self.recorded + self.unread + self.lacking:
            raise AssertionError(f"records were lost: {self}")

    @property
    def lacking(self) -> int:
        """Records whose value is missing, for whatever reason."""
        return sum(one.records for one in self.missing)

    @property
    def share(self) -> float | None:
        """The share of records that have a value; None when there is no record."""
        return self.recorded / self.records if self.records else None

    def to_dict(self) -> dict[str, Any]:
        """For machines, with the share."""
        return {**asdict(self), "share": self.share}


@dataclass(frozen=True, slots=True)
class KindFigures:
    """One agency's records of a kind. fields: those that its profiles map to columns, in the order of the standard.

    said: fields that the profile itself fills, alike in every record. absent: standard fields not in the extract.
    """

    kind: Kind
    records: int
    fields: tuple[FieldFigures, ...]
    said: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Agency:
    """All that one agency gave."""

    source: str
    kinds: tuple[KindFigures, ...]


@dataclass(frozen=True, slots=True)
class EthnicityFigures:
    """How much is known of ethnicity in one agency's records of people: counts alone, and no group of any.

    figures: None when no profile takes it from the extract. reasons_unread: values of why it is missing that could not
    be read. left_out: columns of the file that by their names hold ethnicity and that the profile does not map.
    """

    source: str
    field: str
    records: int
    figures: FieldFigures | None
    reasons_unread: int = 0
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class WaitingFigures:
    """Rows or values of one agency in quarantine for one reason. source: empty when no agency is said."""

    source: str
    what: Literal["row", "value"]
    reason: str
    mend: str
    count: int


@dataclass(frozen=True, slots=True)
class Quality:
    """The quality of a result folder's data. Agencies stand in order of their names."""

    agencies: tuple[Agency, ...]
    ethnicity: tuple[EthnicityFigures, ...]
    waiting: tuple[WaitingFigures, ...]

    def to_dict(self) -> dict[str, Any]:
        """For machines: keys are only ever added at the end."""
        return {
            "agencies": [
                {"source": agency.source, "kinds": list(map(_kind, agency.kinds))} for agency in self.agencies
            ],
            "ethnicity": list(map(_ethnicity, self.ethnicity)),
            "quarantine": [asdict(one) for one in self.waiting],
        }


def _kind(one: KindFigures) -> dict[str, Any]:
    return {
        "kind": one.kind,
        "records": one.records,
        "fields": [figures.to_dict() for figures in one.fields],
        "said_by_the_profile": list(one.said),
        "not_in_the_extract": list(one.absent),
    }


def _ethnicity(one: EthnicityFigures) -> dict[str, Any]:
    return {**asdict(one), "figures": one.figures.to_dict() if one.figures else None}


def by_name(source: str) -> tuple[bool, str, str]:
    """Agencies in order of their names, what has none last."""
    return (not source, source.casefold(), source)
