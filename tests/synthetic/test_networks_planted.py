"""Networks in a region on disk: rows are added and none is changed, and the truth says where they are."""

from collections import Counter, defaultdict
from pathlib import Path

import pytest

from concerted.synthetic import synthesise
from concerted.synthetic.layouts import system
from concerted.synthetic.rates import all_rates
from tests.synthetic.conftest import Region

SYSTEMS = ("police-a", "police-b", "council-a", "council-b", "health", "charity-a", "charity-b")


def lines(region: Region, path: str) -> Counter[bytes]:
    """The lines of a file, header and all."""
    return Counter((region.folder / path).read_bytes().splitlines())


def traces(region: Region) -> dict[str, set[tuple[str, str]]]:
    """The rows that each network left."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in region.rows("truth/network_traces.csv"):
        found[row["network"]].add((row["source"], row["record_id"]))
    return found


def test_every_row_keeps_its_bytes(small: Region, bare: Region) -> None:
    """Networks and the evenings of groups add rows, after those that stand there without them."""
    added = 0
    for path in bare.files():
        before, after = lines(bare, path), lines(small, path)
        assert before - after == Counter()
        added += sum((after - before).values())
    assert added > 100
    census = "extracts/brackenhithe-city-council/cin_census.xml"
    assert (bare.folder / census).read_bytes() == (small.folder / census).read_bytes()


@pytest.mark.parametrize("name", ["people.csv", "persons.csv", "groups.csv", "decoys.csv"])
def test_the_truth_of_what_was_there_stays(small: Region, bare: Region, name: str) -> None:
    assert lines(bare, f"truth/{name}") - lines(small, f"truth/{name}") == Counter()


def test_a_region_without_circles_has_no_networks(bare: Region) -> None:
    assert bare.rows("truth/networks.csv") == []
    assert not list(bare.folder.rglob("stop*.csv"))


def test_no_record_id_is_given_twice(small: Region) -> None:
    for path in small.files():
        ids = [next(iter(row.values())) for row in small.rows(path)]
        assert len(set(ids)) == len(ids), path


def test_a_small_region_has_three(small: Region) -> None:
    networks = small.rows("truth/networks.csv")
    assert [row["network"] for row in networks if row["network"][0] != "N"] == []
    assert len({row["network"] for row in networks}) == len(networks) == 3
    assert {row["kind"] for row in networks} <= set(all_rates()["kinds_of_network"].value)
    assert {row["district"] for row in networks} <= {"0", "1"}


def test_every_network_has_an_adult_and_a_child_and_nobody_twice(small: Region) -> None:
    people = small.rows("truth/network_people.csv")
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    for row in people:
        roles[row["network"]][row["role"]] += 1
    assert all(set(of) == {"adult", "child"} for of in roles.values())
    assert len(roles) == 3
    assert len({row["truth_id"] for row in people}) == len(people)


def test_every_trace_is_a_row_of_the_agency_that_it_names(small: Region) -> None:
    there = {(path.split("/")[1], next(iter(row.values()))) for path in small.files() for row in small.rows(path)}
    found = traces(small)
    assert {row["network"] for row in small.rows("truth/networks.csv")} == set(found)
    for of in found.values():
        assert of <= there
        assert len(of) > 1


def test_the_agencies_of_a_network_are_those_of_its_traces(small: Region) -> None:
    found = traces(small)
    for row in small.rows("truth/networks.csv"):
        assert row["agencies"].split(";") == sorted({source for source, _ in found[row["network"]]})


def test_the_truth_knows_everybody_whom_the_new_rows_are_of(small: Region, bare: Region) -> None:
    """Linkage is measured on them too."""
    before = {(row["source"], row["record_id"]) for row in bare.rows("truth/people.csv")}
    after = {(row["source"], row["record_id"]) for row in small.rows("truth/people.csv")}
    assert before < after
    new = {(source, record.split("/")[0]) for source, record in after - before}
    for path, column in (("nominals", "NOMINAL_REF"), ("missing", "REPORT_REF"), ("intelligence", "URN")):
        rows = {row[column] for row in small.rows(f"extracts/brackenmarch-constabulary/{path}.csv")}
        old = {row[column] for row in bare.rows(f"extracts/brackenmarch-constabulary/{path}.csv")}
        assert {("brackenmarch-constabulary", one) for one in rows - old} <= new


@pytest.mark.parametrize("name", SYSTEMS)
def test_no_file_has_room_for_a_description(name: str) -> None:
    """Lists of roles, places, dates and contacts, and no more: every field is one of these."""
    place = {"line", "town", "postcode", "place", "place_kind", "place_line", "place_town", "place_postcode"}
    thing = {"place_phone", "place_mark", "mark", "make", "model", "colour", "sender", "receiver"}
    when = {"day", "time", "from", "to", "recorded", "updated"}
    code = {"category", "outcome", "status", "kind", "role", "found", "source", "assessment", "handling", "worker"}
    code |= {"offered", "accepted"}
    who = {"given", "middle", "family", "also", "born", "sex", "phone", "nhs", "upn", "pnc", "ethnicity", "handle"}
    who |= {"email", "birthplace", "full"}
    told = who | {f"{part}_{name}" for part in ("one", "two") for name in (*who, "line", "town", "postcode")}
    other = {"ref", "event", "person", "other", "protected"}
    fields = {column.field for layout in system(name).values() for column in layout.columns}
    assert fields <= place | thing | when | code | told | other


def test_what_stands_in_code_columns_is_from_closed_lists(small: Region) -> None:
    found = {row["FOUND_WHERE"] for row in small.rows("extracts/brackenmarch-constabulary/missing.csv")}
    roles = {row["ROLE"] for row in small.rows("extracts/brackenmarch-constabulary/stop_people.csv")}
    with_whom = {row["ROLE"] for row in small.rows("extracts/brackenmarch-constabulary/found_with.csv")}
    kinds = {row["relationship"] for row in small.rows("extracts/brackenhithe-city-council/relationships.csv")}
    assert found <= {*all_rates()["found_where"].value, "town centre", ""}
    assert roles <= {"named", "professional", "parent or carer"}
    assert with_whom <= {"found with", "professional", "parent or carer"}
    assert kinds <= {"mother", "relative", "known adult", "person in position of trust"}


def test_who_was_found_with_a_child_refers_to_an_episode_and_a_nominal(small: Region) -> None:
    for force, files in (
        ("brackenmarch-constabulary", ("missing", "nominals", "found_with")),
        ("marrowfleet-police", ("missing_episodes", "persons", "found_with")),
    ):
        episodes, people, links = (small.rows(f"extracts/{force}/{name}.csv") for name in files)
        ids = {f"{next(iter(row.values()))}/episode" for row in episodes}
        known = {next(iter(row.values())) for row in people}
        for _, episode, person, _ in (row.values() for row in links):
            assert episode in ids
            assert person in known


def test_everybody_in_a_stop_is_on_the_forces_list(small: Region) -> None:
    for force, files in (
        ("brackenmarch-constabulary", ("stops", "nominals", "stop_people")),
        ("marrowfleet-police", ("stop_checks", "persons", "stop_check_persons")),
    ):
        stops, people, links = (small.rows(f"extracts/{force}/{name}.csv") for name in files)
        known = {next(iter(row.values())) for row in people}
        numbers = {next(iter(row.values())) for row in stops}
        assert numbers == {list(row.values())[1] for row in links}
        assert {list(row.values())[2] for row in links} <= known


def test_networks_are_the_same_whatever_the_noise(small: Region, tmp_path: Path) -> None:
    synthesise(tmp_path / "equal", "small", 5, noise="equal")
    other = Region(tmp_path / "equal")
    for name in ("networks.csv", "network_people.csv", "network_traces.csv"):
        assert lines(small, f"truth/{name}") == lines(other, f"truth/{name}")
