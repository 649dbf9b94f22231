"""Files for the tests of drafts, made of columns."""

from collections.abc import Mapping, Sequence

from concerted.extracts.fields import Kind
from concerted.extracts.profile import PartFields, Profile
from concerted.extracts.profile_check import faults_in
from concerted.extracts.profile_draft import draft_of
from concerted.extracts.profile_sample import Sample
from tests.extracts.profile_texts import sound

Columns = Mapping[str, Sequence[str | None]]
DAYS = ("01/02/2020", "13/02/2020", "28/03/2021")
NAMES = ("Ann", "Tom", "Kit")
SURNAMES = ("Bee", "Cee", "Dee")
BORN = ("1/2/2010", "13/2/2011", "")


def text_of(columns: Columns, title: str = "extract") -> str:
    """The draft for a file of that name with these columns; it is sound, and its own rows show no fault in it."""
    rows = len(next(iter(columns.values())))
    sample = Sample(list(columns), {name: list(cells) for name, cells in columns.items()}, rows=rows)
    text = draft_of(sample, title)
    assert faults_in(sound(text), sample) == ()
    return text


def draft(columns: Columns, title: str = "extract") -> Profile:
    """The same as a profile."""
    return sound(text_of(columns, title))


def of_kind(profile: Profile, kind: Kind) -> list[PartFields]:
    """The records of that kind which a row gives."""
    return [part for name, part in profile.subjects.items() if profile.kind_of(name) == kind]


def made(part: PartFields) -> dict[str, str]:
    """Each field with what it is made from, in short: its columns, `=constant` or `->part`."""
    return {
        field: f"={spec.constant}" if spec.constant else f"->{spec.part}" if spec.part else "+".join(spec.columns)
        for field, spec in part.fields.items()
    }
