"""What the rows of a file are of, and the records that one wide row gives, in a draft."""

import pytest

from concerted.extracts.fields import Kind
from tests.extracts.drafting import BORN, DAYS, NAMES, SURNAMES, Columns, draft, made, of_kind, text_of

IDS = {"ref": ["r1", "r2", "r3"]}
NUMBERS = ("N1", "N2", "N1")


@pytest.mark.parametrize(
    ("kind", "columns", "fields"),
    [
        (
            "vehicle",
            {"VRM": ["QI07 ZZZ", "QI08 ZZZ", ""], "Make": ["A", "B", "C"], "Keeper ID": NUMBERS},
            {"registration": "VRM", "make": "Make", "person": "Keeper ID"},
        ),
        (
            "telephone",
            {"msisdn": ["07700 900123", "07700 900124", ""], "network": ["a", "b", "a"], "subject id": NUMBERS},
            {"phone": "msisdn", "network": "network", "person": "subject id"},
        ),
        (
            "account",
            {"platform": ["a", "b", "a"], "username": ["kit1", "ann2", "tom3"], "person ref": NUMBERS},
            {"platform": "platform", "handle": "username", "person": "person ref"},
        ),
        (
            "location",
            {
                "name": ["Park", "Pub", "Hall"],
                "type": ["park", "pub", "other"],
                "post code": ["QQ1 1AA", "", "QQ1 1AB"],
            },
            {"name": "name", "location_type": "type", "postcode": "post code"},
        ),
        (
            "relation",
            {
                "person id": NUMBERS,
                "related person id": ["N3", "N4", "N5"],
                "relationship": ["mother", "friend", "son"],
            },
            {"person": "person id", "relation": "relationship", "other_person": "related person id"},
        ),
        (
            "order",
            {"order": ["CAWN", "Sexual risk order", "SHPO"], "subject nominal": NUMBERS, "start date": DAYS},
            {"order_type": "order", "person": "subject nominal", "from": "start date"},
        ),
        (
            "person_in_event",
            {"crime no": ["C1", "C1", "C2"], "nominal ref": NUMBERS, "role": ["victim", "suspect", "witness"]},
            {"event": "crime no", "person": "nominal ref", "role": "role"},
        ),
        (
            "event",
            {"offence": ["rape", "other", "rape"], "date": DAYS, "postcode": ["QQ1 1AA", "", "QQ1 1AB"]},
            {"from": "date", "offence_category": "offence", "postcode": "postcode", "event_type": "=crime"},
        ),
        ("person", {"surname": SURNAMES, "dob": BORN}, {"family_name": "surname", "date_of_birth": "dob"}),
    ],
)
def test_a_file_of_one_kind(kind: Kind, columns: Columns, fields: dict[str, str]) -> None:
    profile = draft({**IDS, **columns})

    assert profile.kind == kind
    assert profile.fields is not None
    assert made(profile.fields) == fields


def test_a_case_is_told_by_the_name_of_its_number() -> None:
    profile = draft(
        {"case ref": ["1", "2", "3"], "crime no": ["C1", "C2", "C3"], "opened": DAYS, "closed": DAYS}, "nfa"
    )

    assert profile.fields is not None
    assert (profile.kind, made(profile.fields)) == ("case", {"event": "crime no", "from": "opened", "to": "closed"})


def test_what_no_column_says_is_asked_about_and_not_made_up() -> None:
    events = text_of({**IDS, "date": DAYS, "place": ["Park", "Pub", "Hall"]})
    cases = text_of({"case ref": ["1", "2", "3"], "opened": DAYS})
    ties = text_of({**IDS, "crime no": ["C1", "C1", "C2"], "nominal ref": NUMBERS})

    assert "# event_type:   # ASK: which? Write {constant: ...} with one of the list of event types" in events
    assert "# case_type:   # ASK: which? Write {constant: ...} with one of the list of case types" in cases
    assert "# role:   # ASK: which part does the person have in it?" in ties


def test_an_incident_with_two_people_and_a_vehicle() -> None:
    profile = draft(
        {
            "Incident No": ["1", "2", "3"],
            "Incident Date": DAYS,
            "Incident type": ["Missing", "Crime", "Concern"],
            "Suspect1 forename": NAMES,
            "Suspect1 surname": SURNAMES,
            "SUSPECT1_DOB": BORN,
            "Victim forename": NAMES,
            "victimSurname": SURNAMES,
            "VEH_REG": ["QI07 ZZZ", "", "QI08 ZZZ"],
            "VEH_MAKE": ["Vintaro", "", ""],
            "Location name": ["Park", "", "Pub"],
            "Location postcode": ["QQ1 1AA", "", "ZZ1 1AA"],
        },
        "log",
    )

    suspect, victim = of_kind(profile, "person")
    assert made(suspect) == {
        "given_name": "Suspect1 forename",
        "family_name": "Suspect1 surname",
        "date_of_birth": "SUSPECT1_DOB",
    }
    assert made(victim) == {"given_name": "Victim forename", "family_name": "victimSurname"}
    (event,) = of_kind(profile, "event")
    assert made(event) == {
        "event_type": "Incident type",
        "from": "Incident Date",
        "place": "Location name",
        "postcode": "Location postcode",
        "registration": "VEH_REG",
    }
    assert [made(part) for part in of_kind(profile, "person_in_event")] == [
        {"person": "->suspect-1", "event": "->event", "role": "=suspect"},
        {"person": "->victim", "event": "->event", "role": "=victim"},
    ]
    (vehicle,) = of_kind(profile, "vehicle")
    assert made(vehicle) == {"registration": "VEH_REG", "make": "VEH_MAKE"}


def test_a_family_in_one_row_without_an_event() -> None:
    profile = draft(
        {
            **IDS,
            "child_surname": SURNAMES,
            "child_forename": NAMES,
            "dob": BORN,
            "Mother DOB": BORN,
            "surname (father)": SURNAMES,
        }
    )

    child, mother, father = of_kind(profile, "person")
    assert made(child) == {"given_name": "child_forename", "family_name": "child_surname", "date_of_birth": "dob"}
    assert (made(mother), made(father)) == ({"date_of_birth": "Mother DOB"}, {"family_name": "surname (father)"})
    assert [made(part) for part in of_kind(profile, "relation")] == [
        {"person": "->child", "relation": "=parent", "other_person": "->mother"},
        {"person": "->child", "relation": "=parent", "other_person": "->father"},
    ]


def test_people_under_marks_that_nobody_knows() -> None:
    """Columns that begin with the same word, or end in a number, are of one person; who is who is asked."""
    marked = text_of({**IDS, "S1_SURNAME": SURNAMES, "S1_DOB": BORN, "S2_SURNAME": SURNAMES, "S2_DOB": BORN})
    numbered = draft({**IDS, "surname_1": SURNAMES, "dob_1": BORN, "surname_2": SURNAMES, "dob_2": BORN})

    assert "# ASK: Who is s2 to s1? A part of kind relation would say it." in marked.splitlines()
    assert list(numbered.subjects) == ["person-1", "person-2"]
    assert made(numbered.subjects["person-2"]) == {"family_name": "surname_2", "date_of_birth": "dob_2"}


def test_the_same_mark_on_every_column_makes_one_person() -> None:
    profile = draft({**IDS, "yp_surname": SURNAMES, "yp_forename": NAMES, "yp phone": ["07700 900123", "", ""]})

    assert profile.fields is not None
    assert made(profile.fields) == {"given_name": "yp_forename", "family_name": "yp_surname", "phone": "yp phone"}


def test_forename1_and_forename2_are_names_of_one_person() -> None:
    profile = draft({**IDS, "SURNAME": SURNAMES, "FORENAME1": NAMES, "FORENAME2": ("", "Mae", "")})

    assert profile.fields is not None
    assert made(profile.fields) == {"given_name": "FORENAME1", "middle_names": "FORENAME2", "family_name": "SURNAME"}


def test_an_incident_with_the_number_of_a_nominal() -> None:
    profile = draft(
        {"crime ref": ["1", "2", "3"], "nominal ref": NUMBERS, "involvement": ["VICT", "SUSP", ""], "date": DAYS}
    )

    (part,) = of_kind(profile, "person_in_event")
    assert profile.record_id == "crime ref"
    assert made(part) == {"person": "nominal ref", "role": "involvement", "event": "->event"}


def test_a_person_who_is_named_keeps_the_number_as_evidence() -> None:
    profile = draft({"crime ref": ["1", "2", "3"], "nominal ref": NUMBERS, "surname": SURNAMES, "date": DAYS})

    (person,), (part,) = of_kind(profile, "person"), of_kind(profile, "person_in_event")
    assert made(person) == {"family_name": "surname", "local_id": "nominal ref"}
    assert made(part)["person"] == "->person"


def test_a_person_with_the_number_of_an_event() -> None:
    profile = draft(
        {**IDS, "crime no": ["C1", "C1", "C2"], "surname": SURNAMES, "role": ["victim", "suspect", "witness"]}
    )

    (part,) = of_kind(profile, "person_in_event")
    assert made(part) == {"event": "crime no", "role": "role", "person": "->person"}


def test_the_type_of_events_by_their_number_or_by_the_name_of_the_file() -> None:
    by_number = text_of({"referral id": ["1", "2", "3"], "date": DAYS, "surname": SURNAMES})
    by_file = text_of({**IDS, "date": DAYS, "surname": SURNAMES}, "Missing 2025")

    assert "    event_type: {constant: referral}" in by_number.splitlines()
    assert "    event_type: {constant: missing episode}   # ASK: the name of the file says so; is it?" in by_file
    assert "    role: {constant: missing child}   # ASK: is that the part of the person in it?" in by_file


def test_two_types_told_at_once_tell_none() -> None:
    assert "# event_type:   # ASK: which?" in text_of({**IDS, "date": DAYS}, "crimes and arrests")


def test_a_place_and_a_vehicle_beside_a_person() -> None:
    text = text_of(
        {
            **IDS,
            "surname": SURNAMES,
            "vehicle reg": ["QI07 ZZZ", "", "QI08 ZZZ"],
            "Venue postcode": ["QQ1 1AA", "", ""],
            "network": ["a", "b", ""],
            "mobile": ["07700 900123", "", ""],
        }
    )

    assert "    person: {part: person}   # ASK: is it this person's?" in text.splitlines()
    assert "# relation:   # ASK: what is the place to the person?" in text
    kinds = [line.strip() for line in text.splitlines() if line.startswith("    kind: ")]
    assert kinds == [f"kind: {kind}" for kind in ("person", "location", "relation", "vehicle", "telephone")]


def test_a_second_place_of_an_event_is_a_record_and_asked_about() -> None:
    text = text_of({**IDS, "date": DAYS, "scene postcode": ["QQ1 1AA"] * 3, "venue postcode": ["ZZ1 1AA"] * 3})

    assert (
        "# ASK: What is place-venue to the event? Write it under `location` if it is where it was." in text.splitlines()
    )


def test_a_worker_is_nobody_in_the_case() -> None:
    text = text_of({**IDS, "surname": SURNAMES, "Social worker name": ("X Y", "Z A", "")})

    assert "# ASK: Social worker name seems to be of a worker. Whose is it?" in text.splitlines()
    assert "# Not used: Social worker name" in text.splitlines()


def test_an_order_on_somebody_who_is_named() -> None:
    profile = draft({**IDS, "order type": ["CAWN", "SRO", "SHPO"], "issued": DAYS, "surname": SURNAMES})

    (order,) = of_kind(profile, "order")
    assert made(order) == {"order_type": "order type", "from": "issued", "person": "->person"}
    assert of_kind(profile, "person_in_event") == []
