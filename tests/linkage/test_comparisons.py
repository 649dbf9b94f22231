"""The comparisons: shares that sum, levels that can be met, and the same level whichever record comes first."""

from pathlib import Path

import duckdb
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.linkage import engine as db
from concerted.linkage.comparisons import BIRTH, BIRTH_DIFFERS, LOCAL_ID, NAME, NAMES_DIFFER, STANDARD, other
from concerted.linkage.levels import Comparison
from tests.linkage.records import Row, engine_with, write

OTHER = other("other_school", "School")
EVERY = (*STANDARD, OTHER)


def levels(engine: duckdb.DuckDBPyConnection, comparison: Comparison) -> dict[tuple[int, int], str]:
    """The words of the level that each ordered pair of records stands at; `missing` where nothing can be compared."""
    columns = [str(row[0]) for row in engine.execute("describe standard").fetchall()]
    for side in ("l", "r"):
        named = ", ".join(f"{name} as {name}_{side}" for name in columns)
        engine.execute(f"create or replace temp view side_{side} as select {named} from standard")
    cases = " ".join(f"when {level.condition or 'true'} then {at}" for at, level in enumerate(comparison.levels))
    query = f"select n_l, n_r, case when {comparison.missing} then -1 {cases} end from side_l, side_r where n_l <> n_r"
    rows = engine.execute(query).fetchall()
    return {(left, right): comparison.levels[at].words if at >= 0 else "missing" for left, right, at in rows}


@pytest.mark.parametrize("comparison", EVERY, ids=lambda comparison: comparison.name)
def test_m_and_u_each_sum_to_one(comparison: Comparison) -> None:
    assert sum(level.m for level in comparison.levels) == pytest.approx(1, abs=0.01)
    assert sum(level.u for level in comparison.levels) == pytest.approx(1, abs=0.01)


@pytest.mark.parametrize("comparison", EVERY, ids=lambda comparison: comparison.name)
def test_the_first_level_speaks_for_one_person_and_the_last_against(comparison: Comparison) -> None:
    first, *_, last = comparison.levels
    assert first.m > first.u
    assert last.m < last.u
    assert not last.condition
    assert all(level.condition for level in comparison.levels[:-1])


@pytest.mark.parametrize("comparison", EVERY, ids=lambda comparison: comparison.name)
def test_words_and_columns_are_told_apart(comparison: Comparison) -> None:
    assert len({level.words for level in comparison.levels}) == len(comparison.levels)
    assert {level.rarity for level in comparison.levels} - {""} <= set(comparison.columns)
    assert set(comparison.needs) <= set(comparison.columns)


def test_names_are_told_apart() -> None:
    assert len({comparison.name for comparison in EVERY}) == len(EVERY)


def test_the_household_rule_names_levels_that_there_are() -> None:
    assert set(NAMES_DIFFER) <= {level.words for level in NAME.levels}
    assert set(BIRTH_DIFFERS) <= {level.words for level in BIRTH.levels}


def _names(given_name: str | None, family_name: str | None) -> Row:
    return {"given_name": given_name, "family_name": family_name}


def _born(date: str) -> Row:
    return {"date_of_birth": date}


NAME_PAIRS: dict[str, tuple[Row, Row]] = {
    "same full name": (_names("Hana", "Varga"), {"full_name": "Varga Hana"}),
    "two or more names shared": (_names("Hana", "Varga"), {**_names("Hana", "Varga"), "middle_names": "Zora"}),
    "same family name, given names one letter out or one short for the other": (
        _names("Danuta", "Varga"),
        _names("Dan", "Varga"),
    ),
    "same family name, given names near": (_names("Leah", "Varga"), _names("Leanne", "Varga")),
    "same given name, family names near": (_names("Hana", "Wrexley"), _names("Hana", "Wrexly")),
    "given and family names near": (_names("Danuta", "Wrexley"), _names("Danutta", "Wrexly")),
    "the only name recorded is shared": (_names("Hana", "Varga"), _names("Hana", None)),
    "same family name": (_names("Hana", "Varga"), _names("Efosa", "Varga")),
    "same given name": (_names("Hana", "Varga"), _names("Hana", "Okonjo")),
    "one name shared": (_names("Hana", "Varga"), {**_names("Efosa", "Okonjo"), "aliases": "Varga"}),
    "a name near": (_names("Hana", "Wrexley"), _names("Efosa", "Wrexly")),
    "names differ": (_names("Hana", "Varga"), _names("Efosa", "Okonjo")),
    "missing": (_names("Hana", "Varga"), {}),
}
BIRTH_PAIRS: dict[str, tuple[Row, Row]] = {
    "same date of birth": (_born("1984-03-05"), _born("1984-03-05")),
    "date of birth one digit out, or day and month swapped": (_born("1984-03-05"), _born("1984-05-03")),
    "two of day, month and year of birth the same": (_born("1984-03-05"), _born("1971-03-05")),
    "same year of birth": (_born("1984-03-05"), _born("1984-11-27")),
    "born within a year of each other": (_born("1984-03-05"), _born("1985-11-27")),
    "dates of birth differ": (_born("1984-03-05"), _born("1971-11-27")),
    "missing": (_born("1984-03-05"), _born("before 2009")),
}
HOME_PAIRS: dict[str, tuple[Row, Row]] = {
    "same address": ({"address": "1 Low Lane"}, {"address": "1, LOW LANE"}),
    "same postcode": ({"postcode": "QQ1 1CC"}, {"postcode": "QQ11CC"}),
    "address or postcode nearly the same": ({"address": "1 Low Lane"}, {"address": "1 Low Lane, Dunmere"}),
    "same postcode district": ({"postcode": "QQ1 1CC"}, {"postcode": "QQ1 9KK"}),
    "address and postcode differ": ({"postcode": "QQ1 1CC"}, {"postcode": "ZZ9 9KK"}),
    "missing": ({"postcode": "QQ1 1CC"}, {"address": "1 Low Lane"}),
}


def _pairs_of_text(comparison: Comparison) -> dict[str, tuple[Row, Row]]:
    column = {"place": "place_of_birth"}.get(comparison.name, comparison.name)
    words = [level.words for level in comparison.levels]
    values = [("Dunmere", "DUNMERE"), ("Dunmere", "Dunmeer"), ("Dunmere", "Eastholt"), ("Dunmere", None)]
    return {
        word: ({column: left}, {column: right}) for word, (left, right) in zip([*words, "missing"], values, strict=True)
    }


def _pairs_of_two_levels(comparison: Comparison, *values: tuple[str, str | None]) -> dict[str, tuple[Row, Row]]:
    column = {"phones": "phone", "emails": "email", "handles": "handle"}.get(comparison.name, comparison.name)
    words = [*(level.words for level in comparison.levels), "missing"]
    return {word: ({column: left}, {column: right}) for word, (left, right) in zip(words, values, strict=True)}


TWO_LEVELS: dict[str, list[tuple[str, str | None]]] = {
    "sex": [("female", "female"), ("female", "male"), ("female", None)],
    "phones": [
        ("+447700900001; +447700900002", "+447700900002"),
        ("+447700900001", "+447700900002"),
        ("+447700900001", None),
    ],
    "emails": [("a@reed.example", "b@reed.example; a@reed.example"), ("a@reed.example", "b@reed.example"), ("a", None)],
    "handles": [("reed", "reed"), ("reed", "sedge"), ("reed", None)],
    "nhs_number": [("9990000018", "9990000018"), ("9990000018", "9990000026"), ("9990000018", None)],
    "upn": [("X1", "X1"), ("X1", "X2"), ("X1", None)],
    "pnc_id": [("X1", "X1"), ("X1", "X2"), ("X1", None)],
}
LOCAL_ID_PAIRS: dict[str, tuple[Row, Row]] = {
    "same local id": ({"local_id": "7", **_born("1984-03-05")}, {"local_id": "7", **_born("1984-05-03")}),
    "same local id, but another date of birth": (
        {"local_id": "8", **_born("1984-03-05")},
        {"local_id": "8", **_born("1984-03-17")},
    ),
    "local id differs": ({"local_id": "7"}, {"local_id": "8"}),
    "missing": ({"local_id": "7"}, {}),
}
PAIRS: dict[str, dict[str, tuple[Row, Row]]] = {
    "name": NAME_PAIRS,
    "birth": BIRTH_PAIRS,
    "home": HOME_PAIRS,
    "local_id": LOCAL_ID_PAIRS,
    **{c.name: _pairs_of_two_levels(c, *TWO_LEVELS[c.name]) for c in STANDARD if c.name in TWO_LEVELS},
    **{c.name: _pairs_of_text(c) for c in EVERY if len(c.levels) == 3 and c.name != "local_id"},
}


@pytest.mark.parametrize("comparison", EVERY, ids=lambda comparison: comparison.name)
def test_every_level_can_be_met(comparison: Comparison, tmp_path: Path) -> None:
    examples = PAIRS[comparison.name]
    assert set(examples) == {"missing", *(level.words for level in comparison.levels)}
    rows: list[Row] = [{"source": "force", **row} for pair in examples.values() for row in pair]
    rows = [{**row, "record_id": str(at)} for at, row in enumerate(rows)]
    rows.append({"source": "force", "record_id": "all", "other_school": "x"})
    found = levels(engine_with(write(tmp_path / "pairs.parquet", rows)), comparison)
    assert {words: found[2 * at, 2 * at + 1] for at, words in enumerate(examples)} == {word: word for word in examples}


@pytest.mark.parametrize("families", [("Rees-Mott", "Rees Mott"), ("Garcia Lopez", "Lopez Garcia")])
def test_a_family_name_of_two_words_is_one_name(tmp_path: Path, families: tuple[str, str]) -> None:
    given = [("Hana", 0), ("Efosa", 1), ("Hana Zora", 1)]
    rows: list[Row] = [
        {"source": "force", "record_id": str(at), **_names(name, families[which])}
        for at, (name, which) in enumerate(given)
    ]
    found = levels(engine_with(write(tmp_path / "families.parquet", rows)), NAME)
    assert found[0, 1] in {"same family name", "a name near"}
    assert found[0, 1] in NAMES_DIFFER
    assert found[0, 2] == "two or more names shared"


def test_a_local_id_says_nothing_across_sources(tmp_path: Path) -> None:
    rows: list[Row] = [{"source": source, "record_id": "1", "local_id": "7"} for source in ("force", "council")]
    assert levels(engine_with(write(tmp_path / "two.parquet", rows)), LOCAL_ID)[0, 1] == "missing"


@pytest.mark.parametrize(
    ("one", "other", "fits"),
    [
        (None, None, True),
        ("1984-03-05", None, True),
        ("1984-03-05", "1984", True),
        ("1984-03-05", "1984-03", True),
        ("1984-03-05", "1984-03-05", True),
        ("1984-03-05", "1994-03-05", True),
        ("1984-03-05", "1984-05-03", True),
        ("1984-03-05", "1985", False),
        ("1984", "1985", False),
        ("1984-03-05", "1984-07-28", False),
        ("1984-03-05", "1991-11-27", False),
    ],
)
def test_a_local_id_counts_only_with_a_date_of_birth_that_does_not_contradict(
    tmp_path: Path, one: str | None, other: str | None, fits: bool
) -> None:
    rows: list[Row] = [
        {"source": "force", "record_id": str(at), "local_id": "7", "date_of_birth": born}
        for at, born in enumerate((one, other))
    ]
    found = levels(engine_with(write(tmp_path / "two.parquet", rows)), LOCAL_ID)
    assert set(found.values()) == {"same local id" if fits else "same local id, but another date of birth"}


def test_a_local_id_with_another_date_of_birth_counts_for_nothing() -> None:
    (level,) = (level for level in LOCAL_ID.levels if "another" in level.words)
    assert level.m == level.u


COMMON = {
    "Date of birth": {level.words for level in BIRTH.levels[:-1]},
    "Sex": {"same sex"},
    "Address and postcode": {"same postcode district"},
    **{title: {f"same {title.lower()}", f"{title.lower()} nearly the same"} for title in ("Town", "Country")},
}


def test_what_thousands_share_is_marked_and_nothing_else() -> None:
    marked = {c.title: {level.words for level in c.levels if level.common} for c in EVERY}
    assert {title: words for title, words in marked.items() if words} == COMMON


def _maybe(*values: str) -> st.SearchStrategy[str | None]:
    return st.none() | st.sampled_from(values)


RECORDS = st.fixed_dictionaries(
    {
        "source": st.sampled_from(["force", "council"]),
        "given_name": _maybe("Hana", "Hanna", "Han", "Danuta", "Dan", "O'Hana") | st.text("abn", max_size=6),
        "family_name": _maybe("Varga", "Vargas", "Rees-Mott", "Hana", "Mott") | st.text("agrv", max_size=6),
        "aliases": _maybe("Dan; Mott", "Hana"),
        "date_of_birth": _maybe("1984-03-05", "1984-05-03", "1984-03-06", "1985-03-05", "1984", "1984-03"),
        "address": _maybe("1 Low Lane", "2 Low Lane", "Low Lane 1 Dunmere", "Flat 1 High Row"),
        "postcode": _maybe("QQ1 1CC", "QQ1 1CK", "QQ2 2CC", "2119", "2191"),
        "town": _maybe("Dunmere", "Dunmeer", "Eastholt") | st.text("dmnu", max_size=6),
        "phone": _maybe("+447700900001; +447700900002", "+447700900002", "+447700900003"),
        "sex": _maybe("female", "male"),
        "local_id": _maybe("7", "8"),
        "nhs_number": _maybe("9990000018", "9990000026"),
        "other_school": _maybe("St Brae", "St Braes", "Dunmere High") | st.text("abrs", max_size=6),
    }
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(RECORDS, min_size=2, max_size=14))
def test_the_level_is_the_same_whichever_record_comes_first(tmp_path: Path, rows: list[Row]) -> None:
    rows = [{**row, "record_id": str(at)} for at, row in enumerate(rows)]
    engine = engine_with(write(tmp_path / "records.parquet", rows))
    for comparison in EVERY:
        found = levels(engine, comparison)
        assert all(found[right, left] == words for (left, right), words in found.items()), comparison.name


@settings(max_examples=20)
@given(st.lists(st.text("abcdeilmnorst", min_size=1, max_size=10), min_size=2, max_size=60))
def test_likeness_of_words_does_not_depend_on_their_order(words: list[str]) -> None:
    engine = db.connect()
    engine.execute("create table word (word varchar)")
    engine.executemany("insert into word values (?)", [[word] for word in words])
    for measure in ("jaro_winkler_similarity", "levenshtein"):
        unlike = f"{measure}(a.word, b.word) <> {measure}(b.word, a.word)"
        assert db.one(engine, f"select count(*) from word a, word b where {unlike}") == (0,)
