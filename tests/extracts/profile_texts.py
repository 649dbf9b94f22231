"""Profiles for tests: one that is sound, and ways to change it."""

from concerted.extracts.profile import Profile
from concerted.extracts.profile_load import Reading, parse_profile

SOUND = """\
profile: example
version: 1
kind: person
file: {format: csv, encoding: utf-8, delimiter: ","}
record_id: rec_id
source: {constant: force-a}
fields:
  given_name: first
  family_name: last
  full_name: {columns: [first, last], join: " "}
  date_of_birth: {column: dob, date: "%Y%m%d"}
  sex: {column: s, codes: {1: male, 2: female}}
  postcode: pc
truth: cluster
"""

HEAD = """\
profile: example
version: 1
kind: person
record_id: id
source: {constant: force-a}
"""


def sound(text: str) -> Profile:
    """The profile that the text holds; the test fails when it has a fault."""
    reading = parse_profile(text)
    assert reading.profile is not None, [str(fault) for fault in reading.faults]
    return reading.profile


def with_fields(*lines: str, after: str = "") -> str:
    """The head with these lines under `fields`, and what comes after."""
    return HEAD + "fields:\n" + "".join(f"  {line}\n" for line in lines) + after


def faults_of(text: str) -> list[str]:
    """What is wrong with it, as it is shown."""
    reading: Reading = parse_profile(text)
    assert (reading.profile is None) == bool(reading.faults)
    return [str(fault) for fault in reading.faults]


def only_fault(text: str) -> str:
    """The one thing that is wrong with it."""
    faults = faults_of(text)
    assert len(faults) == 1, faults
    return faults[0]
