"""Records of every kind: wide files and narrow ones, constants, references between the parts of a row."""

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts import Taken, take, take_many
from concerted.extracts.fields import KIND_FIELDS, KINDS, STANDARD_FIELDS, Kind
from concerted.extracts.profile_load import parse_profile
from concerted.extracts.taken import beside
from tests.extracts.profile_texts import sound

WIDE = """
profile: missing
version: 1
kind: event
record_id: ref
source: {constant: force-a}
parts:
  child: {kind: person, given_name: first, family_name: last}
  episode: {kind: event, event_type: {constant: missing episode}, from: start}
  part: {kind: person_in_event, person: {part: child}, event: {part: episode}, role: {constant: missing child}}
"""
NARROW: dict[Kind, str] = {
    "person": "profile: p\nversion: 1\nkind: person\nrecord_id: ref\nsource: {constant: force-a}\n"
    "fields: {given_name: first, family_name: last}\n",
    "event": "profile: e\nversion: 1\nkind: event\nrecord_id: ref\nsource: {constant: force-a}\n"
    "fields: {event_type: {constant: missing episode}, from: start}\n",
    "person_in_event": "profile: l\nversion: 1\nkind: person_in_event\nrecord_id: ref\nsource: {constant: force-a}\n"
    "fields: {person: who, event: what, role: {constant: missing child}}\n",
}


def taken(folder: Path, profile: str, *rows: str, name: str = "missing") -> Taken:
    """What came of these lines, the first of them the header."""
    file = folder / f"{name}.csv"
    file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    return take(file, sound(profile), folder / f"{name}.parquet", lambda _: None)


def records(found: Taken, kind: Kind) -> list[dict[str, Any]]:
    """The records of a kind, without the texts as given."""
    rows = pq.read_table(beside(found.records, kind)).to_pylist()
    return [{name: value for name, value in row.items() if not name.endswith("_as_given")} for row in rows]


def test_one_row_of_a_wide_file_gives_a_record_of_each_kind(tmp_path: Path) -> None:
    found = taken(tmp_path, WIDE, "ref,first,last,start", "1,Ann,Lee,2026-01-05")

    assert found.by_kind == {"person": 1, "event": 1, "person_in_event": 1}
    [person], [event], [part] = (records(found, kind) for kind in found.by_kind)
    assert (person["record_id"], person["given_name"]) == ("1/child", "Ann")
    assert (event["record_id"], event["from"]) == ("1/episode", "2026-01-05")
    assert (part["record_id"], part["person"], part["event"]) == ("1/part", "1/child", "1/episode")


@pytest.mark.parametrize(
    ("row", "there"),
    [
        ("1,Ann,,2026-01-05", {"person": 1, "event": 1, "person_in_event": 1}),
        ("1,Ann,,", {"person": 1, "event": 0, "person_in_event": 0}),
        ("1,,,2026-01-05", {"person": 0, "event": 1, "person_in_event": 0}),
        ("1,,,", {"person": 0, "event": 0, "person_in_event": 0}),
    ],
)
def test_constants_alone_make_no_record(tmp_path: Path, row: str, there: dict[str, int]) -> None:
    found = taken(tmp_path, WIDE, "ref,first,last,start", row)

    assert found.by_kind == there
    assert (found.counts.rows, found.counts.read) == (1, 1)


def test_a_part_that_cannot_be_read_is_no_part(tmp_path: Path) -> None:
    """The episode's only value goes to quarantine, so nothing is told of an episode."""
    found = taken(tmp_path, WIDE, "ref,first,last,start", "1,Ann,Lee,never")

    assert found.by_kind == {"person": 1, "event": 0, "person_in_event": 0}
    assert found.counts.values_quarantined == 1


@given(
    st.lists(st.tuples(st.sampled_from(["", "Ann", "Bo"]), st.sampled_from(["", "2026-01-05", "2026-02"])), max_size=6)
)
def test_a_wide_file_tells_what_narrow_ones_tell(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("kinds")
    numbered = list(enumerate(rows, 1))
    wide = taken(folder, WIDE, "ref,first,last,start", *(f"{at},{name},,{start}" for at, (name, start) in numbered))
    lines: dict[Kind, list[str]] = {
        "person": ["ref,first,last", *(f"{at}/child,{name}," for at, (name, _) in numbered if name)],
        "event": ["ref,start", *(f"{at}/episode,{start}" for at, (_, start) in numbered if start)],
        "person_in_event": [
            "ref,who,what",
            *(f"{at}/part,{at}/child,{at}/episode" for at, (name, start) in numbered if name and start),
        ],
    }
    for kind, profile in NARROW.items():
        narrow = taken(folder, profile, *lines[kind], name=kind)
        told = [{key: value for key, value in row.items() if key != "row"} for row in records(wide, kind)]
        assert told == [{key: value for key, value in row.items() if key != "row"} for row in records(narrow, kind)]


def test_a_row_said_twice_counts_once_in_every_kind(tmp_path: Path) -> None:
    line = "1,Ann,Lee,2026-01-05"
    found = taken(tmp_path, WIDE, "ref,first,last,start", line, line)

    assert found.by_kind == {"person": 1, "event": 1, "person_in_event": 1}
    assert found.counts.repeated == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ("child: {kind: person, registration: x}", "registration is not a standard field"),
        ("child: {kind: event, event: x}", "event is not a standard field of a record of kind event"),
        ("child: {kind: person, sex: {constant: blue}}", "the constant blue is not"),
        ("child: {kind: person, given_name: {part: other}}", "given_name refers to no other record"),
        ("child: {kind: person_in_event, person: {part: nobody}, event: x}", "there is no part nobody"),
        ("child: {kind: person, given_name: {column: a, constant: b}}", "a value is made from"),
        ("child: {kind: thing, given_name: a}", "kind is 'thing'"),
    ],
)
def test_what_a_part_may_not_say(fields: str, said: str) -> None:
    head = "profile: x\nversion: 1\nkind: event\nrecord_id: ref\nsource: {constant: a}\nparts:\n  "
    faults = parse_profile(head + fields + "\n").faults

    assert said in " ".join(fault.what for fault in faults)


def test_a_field_is_read_in_the_same_way_in_every_kind() -> None:
    assert {
        rule for kind in KINDS for name, rule in KIND_FIELDS[kind].items() if rule != STANDARD_FIELDS[name]
    } == set()


def test_ethnicity_may_be_counted_and_never_compared() -> None:
    head = "profile: x\nversion: 1\nkind: person\nrecord_id: ref\nsource: {constant: a}\nfields: "

    assert parse_profile(head + "{given_name: a, ethnicity_self_defined: SELF_DEFINED_ETHNICITY}\n").profile
    assert parse_profile(head + "{given_name: a, occupation: SELF_DEFINED_ETHNICITY}\n").faults
    assert parse_profile(head + "{given_name: a, other: [ethnicity]}\n").faults


def test_a_person_and_an_event_of_one_number_are_both_kept(tmp_path: Path) -> None:
    """The same source, record id and cells, in a file of people and one of events."""
    people, events = tmp_path / "people.csv", tmp_path / "events.csv"
    for file in (people, events):
        file.write_text("ref,first,last,start\n1,Ann,Lee,2026-01-05\n", encoding="utf-8")
    pairs = [(people, sound(NARROW["person"])), (events, sound(NARROW["event"]))]
    found = take_many(pairs, tmp_path / "records", lambda _: None)

    assert [one.by_kind for one in found] == [{"person": 1}, {"person": 0, "event": 1}]


@pytest.mark.parametrize(
    "made", ["IC_CODE", "OFFICER_OBSERVED", "{column: x, codes: {IC1: W1}}", "{column: x, codes: {ic 3: B1, W1: W1}}"]
)
def test_what_an_officer_observed_fills_no_statement_of_the_person(made: str) -> None:
    head = "profile: x\nversion: 1\nkind: person\nrecord_id: ref\nsource: {constant: a}\nfields: "
    faults = parse_profile(f"{head}{{given_name: a, ethnicity_self_defined: {made}}}\n").faults

    assert "no statement of the person's own" in " ".join(fault.what for fault in faults)
