"""A condition means the same in every engine: examples by hand, then the arrays and DuckDB's SQL over anything."""

from pathlib import Path
from typing import Any, Final, get_args

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from concerted.linkage import conditions as c
from concerted.linkage.coded import MOST_MEMBERS, Coded, Numbers
from concerted.linkage.compare import level_of_each
from concerted.linkage.dialects import arrays
from concerted.linkage.dialects.duckdb_sql import sql
from tests.linkage import engine as db
from tests.linkage.records import Row
from tests.linkage.slips import EVERY, ROWS, numbered, standard_of, table_of


def every_two(records: int) -> tuple[Numbers, Numbers]:
    """Every two records, either way round, in the order of SQL's answers."""
    left, right = np.divmod(np.arange(records**2, dtype=np.int32), np.int32(records))
    return left[left != right], right[left != right]


def in_sql(table: pa.Table, **expressions: str) -> dict[str, NDArray[Any]]:
    """What these expressions over `_l` and `_r` columns come to for every two records."""
    engine = db.connect()
    db.put(engine, "standard", table)
    for side in ("l", "r"):
        named = ", ".join(f"{name} as {name}_{side}" for name in table.column_names)
        engine.execute(f"create temp view side_{side} as select {named} from standard")
    asked = ", ".join(f"{expression} as {name}" for name, expression in expressions.items())
    found = db.arrow(engine, f"select {asked} from side_l, side_r where n_l <> n_r order by n_l, n_r")
    return {name: found[name].to_numpy() for name in expressions}


def _date(value: str | None) -> dict[str, Any]:
    return {"dob": value}


LONG: Final = [f"w{at:02}" for at in range(MOST_MEMBERS + 6)]
# A condition, what one and the other have, and whether it holds.
GOLDEN: Final[list[tuple[c.Condition, dict[str, Any], dict[str, Any], bool]]] = [
    (c.Same("given"), {"given": "hana"}, {"given": "hana"}, True),
    (c.Same("given"), {"given": "hana"}, {"given": "hanna"}, False),
    (c.Same("given"), {"given": None}, {"given": None}, False),
    (c.Same("year"), {"year": 9999}, {"year": 9999}, True),
    (c.Crossed("given", "family"), {"given": "a", "family": "b"}, {"given": "b", "family": "a"}, True),
    (c.Crossed("given", "family"), {"given": "a", "family": "a"}, {"given": "a", "family": "a"}, False),
    (c.Crossed("given", "family"), {"given": "a", "family": "b"}, {"given": "b", "family": "c"}, False),
    (c.Crossed("given", "family"), {"given": "a", "family": None}, {"given": None, "family": "a"}, False),
    (c.Crossed("month", "day"), _date("1984-03-05"), _date("1984-05-03"), True),
    (c.Crossed("month", "day"), _date("1984-03-03"), _date("1984-03-03"), False),
    (c.Like("given", 0.88), {"given": "martha"}, {"given": "marhta"}, True),
    (c.Like("given", 0.88), {"given": "dwayne"}, {"given": "duane"}, False),
    (c.Like("given", 0.84), {"given": "dwayne"}, {"given": "duane"}, True),
    (c.Like("given", 2 / 3), {"given": "abcd"}, {"given": "xbyd"}, True),
    (c.Like("given", 0.88), {"given": "hana"}, {"given": None}, False),
    (c.Slip("postcode"), {"postcode": "QQ11CC"}, {"postcode": "QQ11CC"}, True),
    (c.Slip("postcode"), {"postcode": "QQ11CC"}, {"postcode": "QQ11CK"}, True),
    (c.Slip("postcode"), {"postcode": "QQ11CC"}, {"postcode": "QQ1CC"}, True),
    (c.Slip("postcode"), {"postcode": "QQ12CC"}, {"postcode": "QQ21CC"}, True),
    (c.Slip("postcode"), {"postcode": "QQ12CC"}, {"postcode": "QQ21CK"}, False),
    (c.Slip("dob"), _date("1984-03-05"), _date("1984-03-15"), True),
    (c.Slip("dob"), _date("1984-03-05"), _date("1984-05-03"), False),
    (c.Begins("given"), {"given": "h"}, {"given": "hana"}, True),
    (c.Begins("given"), {"given": "hana"}, {"given": "hana"}, True),
    (c.Begins("given"), {"given": "hanna"}, {"given": "hana"}, False),
    (c.Begins("given"), {"given": "d"}, {"given": "hana"}, False),
    (c.Shares("phones"), {"phones": ["1", "2"]}, {"phones": ["2", "3"]}, True),
    (c.Shares("phones"), {"phones": ["1"]}, {"phones": ["2"]}, False),
    (c.Shares("phones"), {"phones": []}, {"phones": []}, False),
    (c.Shares("phones"), {"phones": ["1"]}, {"phones": None}, False),
    (c.Shares("words"), {"words": LONG}, {"words": LONG[MOST_MEMBERS:]}, False),
    (c.Shares("words"), {"words": LONG}, {"words": LONG[MOST_MEMBERS - 1 :]}, True),
    (c.Overlaps("words", 0.6), {"words": ["a", "b", "c", "d", "e"]}, {"words": ["c", "d", "e"]}, True),
    (c.Overlaps("words", 0.6), {"words": ["a", "b", "c", "d", "e"]}, {"words": ["d", "e"]}, False),
    (c.Overlaps("words", 0.6), {"words": ["a", "a", "a"]}, {"words": ["a", "b"]}, False),
    (c.Overlaps("words", 0.6), {"words": []}, {"words": []}, False),
    (c.Among("given", "words"), {"given": "a", "words": ["a"]}, {"given": "b", "words": ["a", "b"]}, True),
    (c.Among("given", "words"), {"given": "a", "words": ["a"]}, {"given": "b", "words": ["b"]}, False),
    (c.Among("given", "words"), {"given": None, "words": ["a"]}, {"given": "a", "words": []}, True),
    (c.Among("given", "words"), {"given": None, "words": []}, {"given": None, "words": None}, False),
    (c.Within("year", 1), {"year": 1984}, {"year": 1985}, True),
    (c.Within("year", 1), {"year": 1984}, {"year": 1986}, False),
    (c.Within("year", 1), {"year": 1}, {"year": None}, False),
    (c.Says("month", 1), _date("1984-01-05"), _date("1990-01-07"), True),
    (c.Says("month", 1), _date("1984-03-05"), _date("1990-03-07"), False),
    (c.Missing(("phones",)), {"phones": []}, {"phones": ["1"]}, True),
    (c.Missing(("phones",)), {"phones": ["2"]}, {"phones": ["1"]}, False),
    (c.Missing(("given", "family")), {"given": "a", "family": None}, {"given": "a", "family": None}, False),
    (c.Missing(("given", "family")), {"given": "a", "family": "b"}, {"given": None, "family": None}, True),
    (c.All((c.Same("given"), c.Same("year"))), {"given": "a", "year": 1}, {"given": "a", "year": 1}, True),
    (c.All((c.Same("given"), c.Same("year"))), {"given": "a", "year": 1}, {"given": "a", "year": None}, False),
    (c.Some((c.Same("given"), c.Same("year"))), {"given": "a", "year": None}, {"given": "a", "year": 1}, True),
    (c.Some((c.Same("given"), c.Same("year")), 2), {"given": "a", "year": None}, {"given": "a", "year": 1}, False),
    (c.Not(c.Same("given")), {"given": "a"}, {"given": None}, True),
    (c.Not(c.Same("given")), {"given": "a"}, {"given": "a"}, False),
]


@pytest.mark.parametrize(("condition", "one", "other", "expected"), GOLDEN)
def test_a_golden_pair(condition: c.Condition, one: dict[str, Any], other: dict[str, Any], expected: bool) -> None:
    table = table_of([{**one}, {**other}])
    assert arrays.holds(condition, arrays.Pairs(Coded(table), *every_two(2))).tolist() == [expected, expected]
    assert in_sql(table, found=f"coalesce({sql(condition)}, false)")["found"].tolist() == [expected, expected]


def test_every_kind_of_condition_has_a_golden_pair_that_holds_and_one_that_does_not() -> None:
    for kind in get_args(c.Condition):
        assert {expected for condition, _, _, expected in GOLDEN if isinstance(condition, kind)} == {True, False}


def test_what_is_no_condition_has_no_sql() -> None:
    with pytest.raises(TypeError, match="3 is no condition"):
        sql(3)  # type: ignore[arg-type]  # what the type forbids


def test_the_columns_of_a_condition_are_all_that_it_looks_at() -> None:
    condition = c.All((c.Not(c.Some((c.Same("a"), c.Crossed("b", "c")))), c.Among("d", "e"), c.Missing(("f", "g"))))
    assert c.columns_of(condition) == set("abcdefg")


TEXTS: Final = ("given", "family", "middle")
MEMBERS: Final = ("words", "phones")
_LETTERS: Final = st.text("abc", min_size=1, max_size=5) | st.text("abcdefgh ", min_size=1, max_size=80)
_MEMBER: Final = st.sampled_from(["a", "b", "ab", "é", "Ріка", "x y"])
ANYONE: Final = st.fixed_dictionaries(
    {
        **{name: st.none() | _LETTERS for name in TEXTS},
        **{name: st.none() | st.lists(_MEMBER, max_size=7) | st.just(LONG) for name in MEMBERS},
        "dob": st.none() | st.dates().map(str) | st.sampled_from(["1984-03-05", "1984-05-03", "1984-01-01"]),
        "year": st.none() | st.sampled_from([1, 2, 1984, 9999]),
    }
)
_TEXT: Final = st.sampled_from(TEXTS)
_LIST: Final = st.sampled_from(MEMBERS)
_NUMBER: Final = st.sampled_from(["year", "month", "day"])
_SHARE: Final = st.floats(0.01, 1) | st.sampled_from([0.6, 0.88])
PLAIN: Final[st.SearchStrategy[c.Condition]] = st.one_of(
    st.builds(c.Same, _TEXT | _NUMBER | st.just("dob")),
    st.builds(c.Crossed, st.just("given"), st.just("family")),
    st.builds(c.Crossed, st.just("month"), st.just("day")),
    st.builds(c.Like, _TEXT, _SHARE),
    st.builds(c.Slip, _TEXT | st.just("dob")),
    st.builds(c.Begins, _TEXT),
    st.builds(c.Shares, _LIST),
    st.builds(c.Overlaps, _LIST, _SHARE),
    st.builds(c.Among, _TEXT, _LIST),
    st.builds(c.Within, _NUMBER, st.integers(0, 3)),
    st.builds(c.Says, _NUMBER, st.integers(1, 5)),
    st.builds(c.Missing, st.lists(_TEXT | _LIST | _NUMBER, min_size=1, max_size=3).map(tuple)),
)
CONDITIONS: Final[st.SearchStrategy[c.Condition]] = st.recursive(
    PLAIN,
    lambda inner: st.one_of(
        st.builds(c.All, st.lists(inner, min_size=1, max_size=3).map(tuple)),
        st.builds(c.Some, st.lists(inner, min_size=1, max_size=3).map(tuple), st.integers(1, 3)),
        st.builds(c.Not, inner),
    ),
    max_leaves=5,
)


@given(st.lists(ANYONE, min_size=2, max_size=8), st.lists(CONDITIONS, min_size=8, max_size=8))
def test_any_condition_holds_in_sql_where_it_holds_in_the_arrays(
    rows: list[dict[str, Any]], conditions: list[c.Condition]
) -> None:
    table = table_of(rows)
    found = in_sql(table, **{f"c{at}": f"coalesce({sql(one)}, false)" for at, one in enumerate(conditions)})
    coded = Coded(table)
    for at, condition in enumerate(conditions):
        holds = arrays.holds(condition, arrays.Pairs(coded, *every_two(len(rows))))
        assert holds.tolist() == found[f"c{at}"].tolist(), condition


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(ROWS)
def test_every_comparison_stands_at_the_same_level_in_sql_and_in_the_arrays(tmp_path: Path, rows: list[Row]) -> None:
    table = standard_of(tmp_path, numbered(rows))
    cases = {
        one.name: " ".join(f"when {sql(level.when)} then {at}" for at, level in enumerate(one.levels) if level.when)
        for one in EVERY
    }
    found = in_sql(
        table,
        **{
            one.name: f"case when {sql(one.missing)} then -1 {cases[one.name]} else {len(one.levels) - 1} end"
            for one in EVERY
        },
    )
    coded = Coded(table)
    left, right = every_two(len(rows))
    for comparison in EVERY:
        levels = level_of_each(comparison, arrays.Pairs(coded, left, right))
        assert levels.tolist() == found[comparison.name].tolist(), comparison.name
