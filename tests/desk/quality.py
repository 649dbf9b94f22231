"""Two agencies' extracts with every way in which a value can be missing, for the tests of the data-quality page."""

from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pytest

from concerted.desk.quality import quality
from concerted.desk.quality.figures import FieldFigures, KindFigures, Quality
from concerted.desk.resolve import Options, resolve
from concerted.desk.store import Store
from concerted.extracts.fields import PERSON, Kind
from tests.desk.extracts import alone, table

FORCE_HEADER: Final = ("ref", "first", "last", "born", "tel", "said", "why", "ic", "why_ic", "nat", "care", "seen")
FORCE_ROWS: Final = (
    ("1", "Amara", "Okonjo", "14/03/2009", "07700 900001", "W1", "", "IC1", "", "Freedonian", "foster", "1"),
    ("2", "Bryony", "Penhale", "02/11/2008", "Unknown", "NS", "", "IC9", "", "", "unknown", "1"),
    ("3", "Callum", "Tregear", "81/01/2010", "n/a", "", "declined", "", "not asked", "", "at home", "1"),
    ("4", "Danuta", "Szalai", "07/07/1988", "NOT ON PHONE", "B77", "", "IC12", "dunno", "", "moon", "1"),
    ("5", "", "Nolast", "01/01/1990", "07700 900005; hello", "A2", "", "", "", "Null", "-", "1"),
    ("6", "Evan", "", "01/01/1990", "", "A3", "", "IC4", "", "Sylvanian", "", "1"),
    ("", "Idris", "Noid", "01/01/1990", "", "M1", "", "IC2", "", "", "", "1"),
)
FORCE: Final = """
profile: force
version: 1
kind: person
files: [force.csv]
record_id: ref
source: {constant: force}
fields:
  given_name: first
  family_name: last
  date_of_birth: {column: born, date: "%d/%m/%Y"}
  phone: tel
  ethnicity_self_defined: said
  ethnicity_self_defined_missing: why
  ethnicity_observed: ic
  ethnicity_observed_missing: why_ic
  nationality: nat
  care_status: care
required: [family_name]
evidence: [seen]
"""
COUNCIL_HEADER: Final = ("id", "first", "last", "Ethnicity", "met", "on")
COUNCIL_ROWS: Final = (
    ("9", "Ann", "Lark", "W1", "MEET-1", "2026-01-05"),
    ("10", "Bo", "Reed", "", "MEET-1", "yesterday"),
    ("11", "", "", "", "MEET-2", ""),
)
COUNCIL: Final = """
profile: council
version: 1
kind: person
files: [council.csv]
record_id: id
source: {constant: Council}
parts:
  child: {kind: person, given_name: first, family_name: last}
  meeting:
    kind: event
    event_type: {constant: missing episode}
    reference: met
    from: {column: "on", date: "%Y-%m-%d"}
drop: {Ethnicity: not taken here}
"""
ETHNIC: Final = ("W1", "B77", "A3", "M1", "IC1", "IC12", "IC4", "IC2", "Freedonian", "Sylvanian", "White", "Asian")
"""What of these extracts must stand nowhere on a page."""

ANCHOR: Final = '<a class="red" id="'


def made(folder: Path, *, force: str = FORCE, rows: Sequence[Sequence[str]] = FORCE_ROWS, out: str = "out") -> Path:
    """Both extracts resolved, without linking; gives the result folder."""
    files = [
        table(folder / "force.csv", FORCE_HEADER, rows),
        table(folder / "council.csv", COUNCIL_HEADER, COUNCIL_ROWS),
    ]
    (folder / "force.yaml").write_text(force, encoding="utf-8")
    (folder / "council.yaml").write_text(COUNCIL, encoding="utf-8")
    profiles = [folder / "force.yaml", folder / "council.yaml"]
    words = ("concerted", "resolve", "--out", out)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("concerted.desk.resolve.link", alone)
        resolve(files, profiles, folder / out, Options(words=words))
    return folder / out


def figures(folder: Path) -> Quality:
    """The figures of a result folder."""
    with Store.open(folder) as store:
        return quality(store)


def of_kind(found: Quality, source: str, kind: Kind = PERSON) -> KindFigures:
    """One agency's records of a kind."""
    [agency] = [one for one in found.agencies if one.source == source]
    [figures] = [one for one in agency.kinds if one.kind == kind]
    return figures


def of_field(found: Quality, source: str, field: str, kind: Kind = PERSON) -> FieldFigures:
    """One field of them."""
    [figures] = [one for one in of_kind(found, source, kind).fields if one.field == field]
    return figures
