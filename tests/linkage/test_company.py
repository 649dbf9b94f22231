"""Middle names in company: those who share one name share another, people who are met often count once."""

import random
from collections.abc import Sequence

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concerted.linkage.coded import Coded
from concerted.linkage.company import in_company
from concerted.linkage.tables import FLOOR, OWNERS, Table, counted, same

Person = tuple[str, str | None, str | None, int | None]  # given, middle, family, year of birth
BESIDE_GIVEN, BESIDE_FAMILY = same("middle", "given"), same("middle", "family")


def _coded(people: Sequence[Person]) -> Coded:
    names = ("given", "middle", "family")
    columns = {name: pa.array([one[at] for one in people], pa.string()) for at, name in enumerate(names)}
    columns["year"] = pa.array([one[3] for one in people], pa.int32())
    return Coded(pa.table({**columns, "source": pa.array([f"s{at % OWNERS}" for at in range(len(people))])}))


def _tables(people: Sequence[Person]) -> dict[str, Table]:
    coded = _coded(people)
    return dict(in_company(coded, counted(coded, ["middle"])))


def _letter(at: int) -> str:
    """Each number's own: family names that begin with them are of different people."""
    return chr(ord("一") + at)


def _people(given: str, middle: str, many: int, first: int = 0) -> list[Person]:
    """So many people of these names, of a family name and a year of birth each."""
    return [(given, middle, _letter(at), 1000 + at) for at in range(first, first + many)]


def test_a_middle_name_that_all_of_one_given_name_bear_is_nearly_sure_beside_it() -> None:
    """Forty share it with all whom they meet; and FLOOR more count as those do whose names few hold: never, here."""
    others: list[Person] = [("ann", f"m{at}", _letter(at), 1000 + at) for at in range(20)]
    table = _tables(_people("mei", "lin", 40) + others)[BESIDE_GIVEN]
    assert table == Table(60, 0.0, {"lin": round(40 / (40 + FLOOR) * 60, 2)})


def test_where_hardly_a_name_is_unnamed_it_has_the_mean_of_all() -> None:
    table = _tables(_people("mei", "lin", 40))[BESIDE_GIVEN]
    assert table == Table(40, 40.0, {"lin": 40.0})


def test_a_middle_name_counts_among_those_alone_who_share_the_other_name() -> None:
    """Half of one given name bear it, of the other two hundred nobody: it is still every second."""
    people = [*_people("mei", "lin", 100), *_people("mei", "yan", 101, 100), *_people("ann", "rose", 200, 300)]
    table = _tables(people)[BESIDE_GIVEN]
    mean = (100 * 99 / 200 + 101 * 100 / 200 + 200) / 401
    assert table.held["lin"] / 401 == pytest.approx((100 * 99 / 200 + FLOOR * mean) / (100 + FLOOR), rel=1e-3)
    assert table.held["rose"] / 401 == pytest.approx((200 + FLOOR * mean) / (200 + FLOOR), rel=1e-3)


def test_beside_a_family_name_those_of_one_given_name_are_not_strangers() -> None:
    people: list[Person] = [(_letter(at), "lin", "tran", 1000 + at) for at in range(40)]
    tables = _tables(people)
    assert BESIDE_GIVEN not in tables
    assert tables[BESIDE_FAMILY] == Table(40, 40.0, {"lin": 40.0})


@pytest.mark.parametrize("shared", ["family", "family begins", "year", "no family", "no year"])
def test_records_that_may_be_of_one_person_say_nothing(shared: str) -> None:
    people: list[Person] = []
    for at in range(40):
        family = {"family": "rudd", "family begins": f"r{at}", "no family": None}.get(shared, _letter(at))
        year = {"year": 1990, "no year": None}.get(shared, 1000 + at)
        people.append(("mei", "lin", family, year))
    assert BESIDE_GIVEN not in _tables(people)


def test_somebody_who_is_met_often_counts_once() -> None:
    people = _people("mei", "lin", 30) + _people("mei", "yan", 30, 30)
    assert _tables(people + people[:1] * 500) == _tables(people)


def test_names_that_few_hold_have_the_mean_of_all_such() -> None:
    """Ten pairs of strangers share both names; ten meet one who bears another middle name."""
    alike = [person for at in range(10) for person in _people(f"g{at}", f"m{at}", 2, 2 * at)]
    others: list[Person] = [(f"h{at // 2}", f"n{at}", _letter(at), 1000 + at) for at in range(20)]
    table = _tables(alike + others)[BESIDE_GIVEN]
    assert (table.records, table.held) == (40, {})
    assert table.unnamed == pytest.approx(20)


def test_nobody_shares_anything_where_there_are_no_middle_names() -> None:
    assert _tables([("mei", None, "tran", None)] * 30) == {}
    assert _tables([]) == {}


@settings(derandomize=True, deadline=None, max_examples=25)
@given(
    st.lists(
        st.tuples(*(st.sampled_from(names) for names in ("ab", ["x", "y", None], ["p", "q", None], [1, 2, None]))),
        min_size=1,
        max_size=80,
    ),
    st.randoms(use_true_random=False),
)
def test_shares_are_shares_and_follow_from_no_order(people: list[Person], chance: random.Random) -> None:
    tables, mixed = _tables(people), list(people)
    chance.shuffle(mixed)
    assert all(table.expects and table.records >= FLOOR for table in tables.values())
    for name, table in _by_owners(mixed, people).items():
        assert table == tables[name]


def _by_owners(mixed: list[Person], people: list[Person]) -> dict[str, Table]:
    """The tables of the mixed people, with the values named that were named in order: owners go by places here."""
    coded = _coded(mixed)
    return dict(in_company(coded, counted(_coded(people), ["middle"])))


def test_a_table_is_of_finite_figures_that_a_release_can_say() -> None:
    table = _tables(_people("mei", "lin", 33) + _people("mei", "yan", 29, 33))[BESIDE_GIVEN]
    assert Table.read(table.written()) == table
    assert all(np.isfinite([table.unnamed, *table.held.values()]))
