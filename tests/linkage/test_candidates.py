"""Candidate pairs: each once, the lower number first, the same for any order of the rows, and company for all."""

import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.common.ids import RecordKey
from concerted.linkage.candidates import (
    Proposed,
    apart,
    as_one,
    each_once,
    propose,
    within_groups,
    without,
)
from concerted.linkage.coded import Coded
from concerted.linkage.components import components
from concerted.linkage.keys import CAP, FAMILIES, NEIGHBOURS, ONE_PERSON, WEAK_CAP, WORDS, Family, others
from concerted.linkage.standard import standardise
from tests.linkage.records import FAMILY, GIVEN, Row, key, people, person, write

Pair = tuple[int, int]
NAMED = {one.name: one for one in FAMILIES}
IN_FILES = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])


def coded_with(path: Path) -> Coded:
    """The records of this file as numbers."""
    return Coded(standardise([path]))


def _proposed(path: Path, rows: Sequence[Row], families: Sequence[Family] = FAMILIES) -> Proposed:
    return propose(coded_with(write(path / "records.parquet", rows)), families)


def _numbers(path: Path, rows: Sequence[Row], families: Sequence[Family] = FAMILIES) -> list[Pair]:
    found = _proposed(path, rows, families)
    return list(zip(found.left.tolist(), found.right.tolist(), strict=True))


def _keys(rows: Sequence[Row], numbers: list[Pair]) -> set[frozenset[RecordKey]]:
    return {frozenset((key(rows[left]), key(rows[right]))) for left, right in numbers}


def _rows(*fields: Row) -> list[Row]:
    return [{"source": "force", "record_id": str(at), **row} for at, row in enumerate(fields)]


RECORDS = st.fixed_dictionaries(
    {
        "given_name": st.none() | st.sampled_from([*GIVEN[:4], "Hana Hanae"]),
        "family_name": st.none() | st.sampled_from(FAMILY[:4]),
        "date_of_birth": st.none() | st.sampled_from(["1984-03-05", "1984-05-03", "1990"]),
        "postcode": st.none() | st.sampled_from(["QQ1 1CC", "QQ1 1CK"]),
        "occupation": st.none() | st.sampled_from(["baker", "'; drop table standard; --", "\\", "%", "a\x00b", "🜁"]),
        "phone": st.none() | st.sampled_from(["+447700900001", "+447700900001; +447700900002", ";"]),
    }
)


@IN_FILES
@given(st.lists(RECORDS, max_size=15), st.randoms(use_true_random=False))
def test_pairs_are_unique_in_order_and_the_same_for_any_order_of_the_rows(
    tmp_path: Path, fields: list[Row], draw: random.Random
) -> None:
    rows = _rows(*fields)
    found = _numbers(tmp_path, rows)
    assert found == sorted(set(found))
    assert all(left < right for left, right in found)
    shuffled = draw.sample(rows, len(rows))
    assert _keys(shuffled, _numbers(tmp_path, shuffled)) == _keys(rows, found)


def _values(record: dict[str, Any], piece: str) -> list[Any]:
    """What a record has for a piece of a key, by plain Python."""
    column, _, length = piece.partition(":")
    if column == "birthday":
        return [record["dob"][5:]] if record["dob"] else []
    value = record.get(column)
    values = value if isinstance(value, list) else [] if value is None else [value]
    return [one[: int(length)] if length else one for one in values]


def _plainly(records: list[dict[str, Any]], family: Family) -> set[Pair]:
    """The pairs of one family by plain Python, neighbours left out."""
    cap = family.cap if family.cap_refined is None else family.cap_refined
    holders: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for number, record in enumerate(records):
        values = [_values(record, piece) for piece in family.pieces]
        for held in set(combinations(values[0], family.every) if family.every else product(*values)):
            holders[held].append(number)
    found = _every_two(numbers for numbers in holders.values() if len(numbers) <= family.cap)
    for pieces in family.refined:
        common = {held: numbers for held, numbers in holders.items() if len(numbers) > family.cap}
        for piece in pieces:
            finer: dict[tuple[Any, ...], list[int]] = defaultdict(list)
            for held, numbers in common.items():
                for number in numbers:
                    finer[(*held, *(_values(records[number], piece) or [None]))].append(number)
            found |= _every_two(numbers for held, numbers in finer.items() if held[-1] and len(numbers) <= cap)
            common = {held: numbers for held, numbers in finer.items() if not held[-1] or len(numbers) > cap}
    return found


def _every_two(groups: Iterable[list[int]]) -> set[Pair]:
    return {(min(pair), max(pair)) for numbers in groups for pair in combinations(numbers, 2) if pair[0] != pair[1]}


@IN_FILES
@given(st.lists(RECORDS, max_size=15), st.integers(1, 15), st.none() | st.integers(1, 15))
def test_the_pairs_are_those_that_plain_python_finds(
    tmp_path: Path, fields: list[Row], cap: int, again: int | None
) -> None:
    path = write(tmp_path / "records.parquet", _rows(*fields))
    table = standardise([path]).to_pylist()
    families = [replace(one, cap=cap, cap_refined=again, strong=False) for one in FAMILIES]
    for family in families:
        found = propose(Coded(standardise([path])), [family])
        assert set(zip(found.left.tolist(), found.right.tolist(), strict=True)) == _plainly(table, family), family.name


def test_invented_people_are_found_again_in_the_other_source(tmp_path: Path) -> None:
    rows: list[Row] = [*people(60)]
    found = set(_numbers(tmp_path, rows))
    assert all((number, number + 60) in found for number in range(60))


NAME = {"given_name": "Hana", "family_name": "Varga"}
BORN = {"date_of_birth": "1984-03-05"}
HOME = {"postcode": "QQ1 1CC"}
ALIKE: dict[str, tuple[Row, Row]] = {
    "two names": (NAME, {"full_name": "VARGA, Hana Maria"}),
    "three names": ({**NAME, "middle_names": "Ilse"}, {"full_name": "VARGA, Hana Ilse Maria"}),
    "name and date of birth": ({"given_name": "Hanalore", **BORN}, {"given_name": "Hanae", **BORN}),
    "name and postcode": ({"given_name": "Hana", **HOME}, {"given_name": "Hanne", "family_name": "Hanf", **HOME}),
    "name and year of birth": ({"given_name": "Hana", "year_of_birth": "1984"}, {"given_name": "Hana", **BORN}),
    "name and postcode district": ({"given_name": "Hana", **HOME}, {"given_name": "Hana", "postcode": "QQ1 1CK"}),
    "name and place": ({"given_name": "Hana", "place_of_birth": "Dunmere"},) * 2,
    "name and town": ({"given_name": "Hana", "town": "Dunmere"},) * 2,
    "name and address": ({"given_name": "Hana", "address": "1 Low Lane"},) * 2,
    "name and occupation": ({"given_name": "Hana", "occupation": "baker"},) * 2,
    "name and organisation": ({"given_name": "Hana", "organisation": "Reed"},) * 2,
    "name": ({"given_name": "Hana"}, {"full_name": "Hana Rudd"}),
    "date of birth": (BORN, BORN),
    "date of birth and beginnings of both names": ({**NAME, **BORN}, {"full_name": "H. Varley", **BORN}),
    "date of birth and postcode": ({**BORN, **HOME}, {**BORN, "postcode": "qq11cc"}),
    "date of birth and postcode district": ({**BORN, **HOME}, {**BORN, "postcode": "QQ1 1CK"}),
    "date of birth and place of birth": ({**BORN, "place_of_birth": "Dunmere"},) * 2,
    "date of birth and town": ({**BORN, "town": "Dunmere"},) * 2,
    "date of birth and occupation": ({**BORN, "occupation": "baker"},) * 2,
    "year of birth and postcode": ({**BORN, **HOME}, {"year_of_birth": "1984", **HOME}),
    "postcode": (HOME, {"postcode": "qq11cc"}),
    "postcode and place of birth": ({**HOME, "place_of_birth": "Dunmere"},) * 2,
    "postcode and occupation": ({**HOME, "occupation": "baker"},) * 2,
    "postcode and beginnings of both names": ({**NAME, **HOME}, {"full_name": "H. Varley", **HOME}),
    "place of birth, occupation and year of birth": (
        {"place_of_birth": "Dunmere", "occupation": "baker", "year_of_birth": "1984"},
        {"place_of_birth": "Dunmere", "occupation": "Baker", **BORN},
    ),
    "beginnings of both names": (
        {"given_name": "Danuta", "family_name": "Wrexley"},
        {"given_name": "Dan", "family_name": "Wrexford"},
    ),
    "address": ({"address": "1 Low Lane"}, {"address": "1, low lane"}),
    "local id": ({"local_id": "7"},) * 2,
    "NHS number": ({"nhs_number": "9990000018"},) * 2,
    "unique pupil number": ({"upn": "Z999000000001"},) * 2,
    "PNC id": ({"pnc_id": "99/1Z"},) * 2,
    "telephone": ({"phone": "+447700900001; +447700900002"}, {"phone": "+447700900002"}),
    "e-mail address": ({"email": "a@reed.example"},) * 2,
    "user name": ({"handle": "reed"},) * 2,
}


def test_every_family_has_an_example() -> None:
    assert ALIKE.keys() == NAMED.keys()


@pytest.mark.parametrize("name", ALIKE)
def test_what_a_family_is_for_is_proposed_by_it_and_by_all(tmp_path: Path, name: str) -> None:
    rows = _rows(*ALIKE[name], person(3))
    assert _numbers(tmp_path, rows, [NAMED[name]]) == [(0, 1)]
    assert (0, 1) in _numbers(tmp_path, rows)


@pytest.mark.parametrize("field", ["town", "country", "sex", "organisation", "place_of_birth"])
def test_what_very_many_share_proposes_nothing_alone(tmp_path: Path, field: str) -> None:
    assert _numbers(tmp_path, _rows({field: "female"}, {field: "female"})) == []


def test_a_local_id_is_no_evidence_across_sources(tmp_path: Path) -> None:
    rows: list[Row] = [{"source": source, "record_id": "1", "local_id": "7"} for source in ("force", "council")]
    assert _numbers(tmp_path, rows) == []


def test_a_column_of_the_profiles_own_naming_is_evidence(tmp_path: Path) -> None:
    rows = _rows({"other_school": "Brae"}, {"other_school": "BRAE"})
    assert _numbers(tmp_path, rows, others(("other_school",))) == [(0, 1)]
    assert _numbers(tmp_path, rows) == []


def test_a_record_that_shares_a_key_with_itself_alone_is_in_no_pair(tmp_path: Path) -> None:
    alone = {"full_name": "Hana Hanae Hanako", **BORN, "phone": "+447700900001; +447700900001"}
    assert _numbers(tmp_path, _rows(alone)) == []
    assert _numbers(tmp_path, _rows(alone, person(3))) == []


def test_a_name_of_very_many_words_makes_no_key_of_every_two(tmp_path: Path) -> None:
    words = " ".join(["alba", "brin", "cora", "dace", "elin", "fern", "gale", "hazel", "iris"])
    many, few = ({"full_name": " ".join(words.split()[:count])} for count in (WORDS + 1, WORDS))
    assert _numbers(tmp_path, _rows(few, few, many, many), [NAMED["two names"]]) == [(0, 1)]
    assert (2, 3) in _numbers(tmp_path, _rows(few, few, many, many))


def test_a_common_name_is_refined_by_the_year_of_birth_and_then_by_the_district(tmp_path: Path) -> None:
    few = [{**NAME, "year_of_birth": str(1950 + at % 50)} for at in range(100)]
    found = _proposed(tmp_path, _rows(*few), [NAMED["two names"]])
    assert list(zip(found.left.tolist(), found.right.tolist(), strict=True)) == [(at, at + 50) for at in range(50)]
    assert found.cut == {}
    many = range(ONE_PERSON + 50)
    rows = _rows(*[{**NAME, "year_of_birth": "1984", "postcode": f"QQ{at % 50} 1CC"} for at in many])
    of_one_district = [pair for pair in combinations(many, 2) if pair[0] % 50 == pair[1] % 50]
    assert _numbers(tmp_path, rows, [NAMED["two names"]]) == of_one_district


def test_holders_of_a_common_name_of_whom_no_more_is_known_are_neighbours(tmp_path: Path) -> None:
    rows = _rows(*[{**NAME, **BORN}] * 99, NAME, NAME)
    found = _numbers(tmp_path, rows, [NAMED["two names"]])
    assert [pair for pair in found if pair[1] >= 99] == [(99, 100)]


def test_a_common_name_is_refined_in_several_ways_beside_each_other(tmp_path: Path) -> None:
    others = [{**NAME, "date_of_birth": f"{1900 + at}-{1 + at % 12:02}-{1 + at % 28:02}"} for at in range(84)]
    slipped = [{**NAME, "date_of_birth": date} for date in ("1991-12-30", "1997-12-30")]
    assert (84, 85) in _numbers(tmp_path, _rows(*others, *slipped), [NAMED["two names"]])
    moved = [{**NAME, **home, "date_of_birth": None} for home in (HOME, HOME)]
    assert (84, 85) in _numbers(tmp_path, _rows(*others, *moved), [NAMED["two names"]])


def test_a_name_that_two_hundred_hold_leaves_nobody_without_company(tmp_path: Path) -> None:
    rows = _rows(*[NAME] * 200)
    found = _proposed(tmp_path, rows)
    assert {*found.left.tolist(), *found.right.tolist()} == set(range(200))
    assert len(found.left) == 200 * NEIGHBOURS - NEIGHBOURS * (NEIGHBOURS + 1) // 2
    assert found.cut == {"two names": 200, "name": 200, "beginnings of both names": 200}


@pytest.mark.parametrize("field", ["phone", "local_id"])
def test_someone_recorded_three_hundred_times_hangs_together(tmp_path: Path, field: str) -> None:
    draw = random.Random(300)
    fields = [{**person(1), field: "+447700900001", "postcode": f"QQ{draw.randrange(9)} 1CC"} for _ in range(300)]
    for row in fields[::3]:
        row["date_of_birth"] = None
    found = _proposed(tmp_path, _rows(*fields))
    assert set(components(300, found.left, found.right).tolist()) == {0}


def test_neighbours_are_those_of_like_name_and_birth_wherever_they_stand(tmp_path: Path) -> None:
    fields = [{**person(at % 40), "phone": "+447700900001"} for at in range(120)]
    found = set(_numbers(tmp_path, _rows(*fields), [NAMED["telephone"]]))
    assert all({(at, at + 40), (at + 40, at + 80)} <= found for at in range(40))


def test_neighbours_of_like_name_and_birth_are_the_same_pairs_in_whatever_order_they_come(tmp_path: Path) -> None:
    towns = ["Brackenhithe", "Saltmere", None]
    rows = _rows(*[{**person(1), "phone": "+447700900001", "town": towns[at % 3]} for at in range(120)])
    shuffled = random.Random(3).sample(rows, len(rows))
    found, again = (_keys(order, _numbers(tmp_path, order, [NAMED["telephone"]])) for order in (rows, shuffled))
    assert found == again


def test_weak_evidence_that_many_hold_proposes_nothing_and_is_told(tmp_path: Path) -> None:
    few = _proposed(tmp_path, _rows(*[BORN] * WEAK_CAP))
    assert (len(few.left), few.cut) == (WEAK_CAP * (WEAK_CAP - 1) // 2, {})
    many = _proposed(tmp_path, _rows(*[BORN] * (WEAK_CAP + 1)))
    assert (len(many.left), many.cut) == (0, {"date of birth": WEAK_CAP + 1})


def test_a_key_of_exactly_its_cap_proposes_every_pair(tmp_path: Path) -> None:
    fields = [{"address": "1 Low Lane"}] * CAP
    assert len(_numbers(tmp_path, _rows(*fields))) == CAP * (CAP - 1) // 2
    more = _proposed(tmp_path, _rows(*fields, *fields[:1]))
    assert (len(more.left), more.cut) == (0, {"address": CAP + 1})


def test_work_stays_in_proportion_to_the_records(tmp_path: Path) -> None:
    rows = _rows(*[{**person(number % 7), "phone": "+447700900001", "address": "1 Low Lane"} for number in range(1400)])
    assert len(_numbers(tmp_path, rows)) < 1400 * ONE_PERSON


def test_no_record_one_record_and_records_of_nothing_give_no_pair(tmp_path: Path) -> None:
    for rows in ([], _rows(person(1)), _rows({}, {}), _rows({"given_name": None, "phone": ";"}, {"town": ""})):
        found = _proposed(tmp_path, rows)
        assert (len(found.left), len(found.right), found.cut) == (0, 0, {})
        assert found.left.dtype == found.right.dtype == np.int32


records = st.integers(0, 2**31 - 1)
some_pairs = st.lists(st.tuples(records, records), max_size=20)


def _as_ones(pairs: Iterable[Pair]) -> np.ndarray[Any, np.dtype[np.int64]]:
    columns = np.array(list(pairs), np.int32).reshape(-1, 2)
    return as_one(columns[:, 0], columns[:, 1])


@given(some_pairs)
def test_two_records_as_one_number_come_apart_again_the_lower_first(pairs: list[Pair]) -> None:
    left, right = apart(_as_ones(pairs))
    assert list(zip(left.tolist(), right.tolist(), strict=True)) == [(min(pair), max(pair)) for pair in pairs]


@given(some_pairs, some_pairs)
def test_pairs_once_and_without_others_are_as_with_sets(pairs: list[Pair], others: list[Pair]) -> None:
    ours, theirs = each_once(_as_ones(pairs * 2)), each_once(_as_ones([*others, *pairs[::2]]))
    assert ours.tolist() == sorted(set(ours.tolist()))
    assert set(ours.tolist()) == set(_as_ones(pairs).tolist())
    assert without(ours, theirs).tolist() == sorted(set(ours.tolist()) - set(theirs.tolist()))


@given(st.lists(st.integers(0, 5), max_size=20), st.integers(1, 20))
def test_within_groups_are_every_two_of_one_group_but_for_the_largest(group: list[int], largest: int) -> None:
    found = apart(each_once(within_groups(np.array(group, np.int64), largest)))
    wanted = [
        (one, two)
        for one, two in combinations(range(len(group)), 2)
        if group[one] == group[two] and group.count(group[one]) <= largest
    ]
    assert list(zip(*(side.tolist() for side in found), strict=True)) == wanted
