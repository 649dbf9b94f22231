"""The example that the project ships: nobody real in it, told as its README tells it, and whole."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import combinations

import pytest

from concerted.extracts.fields import PERSON_FIELDS
from concerted.values import NHS_NUMBER, POSTCODE, PUPIL_NUMBER, REGISTRATION, TELEPHONE, ValueType
from tests.examples.two_agencies import FOLDER, SOURCES, header, profile, rows, truth

NEVER_ISSUED: dict[str, ValueType] = {
    "TEL": TELEPHONE,
    "mobile": TELEPHONE,
    "Phone": TELEPHONE,
    "POSTCODE": POSTCODE,
    "postcode": POSTCODE,
    "VRM": REGISTRATION,
    "nhs_number": NHS_NUMBER,
    "upn": PUPIL_NUMBER,
}
UNREADABLE = {"NOT ON PHONE", "ask mum", ""}


def identifiers() -> Iterator[tuple[ValueType, str]]:
    """Every telephone number, postcode, registration mark, NHS and pupil number of the three files."""
    for source in SOURCES:
        for row in rows(source):
            yield from ((kind, row[name]) for name, kind in NEVER_ISSUED.items() if row.get(name, "") not in UNREADABLE)


def people() -> dict[str, list[str]]:
    """The sources that hold each person, once for each record."""
    held: defaultdict[str, list[str]] = defaultdict(list)
    for row in truth():
        held[row["truth_id"]].append(row["source"])
    return held


def test_every_identifier_is_never_issued() -> None:
    cleaned = [(text, kind.clean(text)) for kind, text in identifiers()]
    assert len(cleaned) > 400
    assert {text for text, clean in cleaned if clean.value and "fictional" not in clean.notes} == set()
    assert len([text for text, clean in cleaned if clean.problem]) == 1, "the NHS number with a wrong check digit"


def test_every_address_for_mail_is_nobodys() -> None:
    given = [row[name] for source in SOURCES for row in rows(source) for name in row if name in {"email", "Email"}]
    assert {mail.rpartition(".")[2] for mail in given if mail and "@" in mail} == {"example"}


@pytest.mark.parametrize("source", SOURCES)
def test_every_column_is_mapped_carried_or_dropped_with_a_reason(source: str) -> None:
    mapping = profile(source)
    assert mapping.columns == "complete"
    assert mapping.named_columns == set(header(source))
    assert all(len(reason.split()) > 5 for reason in mapping.drop.values())
    assert mapping.files == (f"{source}.csv",)
    assert mapping.source.constant == source


def test_ethnicity_is_dropped_and_was_drawn_by_lot() -> None:
    assert "SELF_DEF_ETHN" in profile("force").drop
    by_home: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows("force"):
        by_home[row["SURNAME"], row["POSTCODE"]].add(row["SELF_DEF_ETHN"])
    assert sum(len(codes) > 1 for codes in by_home.values()) > 5, "brothers and sisters differ, as lots fall"


def test_no_column_says_why_a_person_is_on_a_list() -> None:
    words = ("offence", "crime", "victim", "suspect", "concern", "risk", "notes", "role")
    assert [name for source in SOURCES for name in header(source) if any(word in name.lower() for word in words)] == []


@pytest.mark.parametrize("source", SOURCES)
def test_truth_names_every_record_once(source: str) -> None:
    told = Counter(row["record_id"] for row in truth() if row["source"] == source)
    assert set(told) == {row[profile(source).record_id] for row in rows(source)}
    assert set(told.values()) == {1}


def test_truth_names_no_other_source() -> None:
    assert {row["source"] for row in truth()} == set(SOURCES)


def test_agencies_hold_the_same_people() -> None:
    held = people()
    assert len(held) == 92
    for one, other in combinations(SOURCES, 2):
        assert sum({one, other} <= set(sources) for sources in held.values()) > 50
    assert sum(len(sources) != len(set(sources)) for sources in held.values()) >= 3, "some are twice in one file"


def test_the_same_person_is_spelled_differently() -> None:
    """An equal name and date would make the example too easy to show anything."""
    key = {row["record_id"]: row["truth_id"] for row in truth()}
    force = {key[row["NOMINAL_REF"]]: (row["SURNAME"], row["FORENAME1"].upper()) for row in rows("force")}
    council = {
        key[row["person_id"]]: (row["legal_surname"].upper(), row["legal_forename"].upper()) for row in rows("council")
    }
    shared = force.keys() & council.keys()
    assert sum(force[person] != council[person] for person in shared) > len(shared) / 3


def test_readme_tells_what_is_there() -> None:
    readme = (FOLDER / "README.md").read_text(encoding="utf-8")
    for path in FOLDER.iterdir():
        assert f"`{path.name}`" in readme or path.name == "README.md"
    assert f"| {len(truth())} |" in readme
    assert "invented" in readme


def test_most_standard_fields_are_shown() -> None:
    mapped = {name for source in SOURCES for part in profile(source).subjects.values() for name in part.fields}
    assert mapped <= PERSON_FIELDS.keys()
    assert len(mapped) >= 15
