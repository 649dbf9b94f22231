"""The standard table: known columns alone, folded and typed; names of any column safe in SQL."""

import random
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.linkage.standard import other_columns, standardise
from tests.linkage import engine as db
from tests.linkage.records import Row, write

COLUMNS = [
    *("n", "source", "record_id", "given", "middle", "given_root", "given_roots", "family", "family_root"),
    *("family_parts", "words", "whole", "alias_words", "native", "dob", "year", "dob_doubt", "place", "town"),
    *("country", "address", "house", "street", "address_words", "postcode", "district", "postcodes", "districts"),
    *("occupation", "organisation", "sex", "nhs_number", "upn", "pnc_id", "local_id", "phones", "emails", "handles"),
]
LISTS = {"given_roots", "family_parts", "words", "alias_words", "address_words", "postcodes", "districts"}
LISTS |= {"phones", "emails", "handles"}
TEXT = pa.dictionary(pa.int32(), pa.string())


def _one(tmp_path: Path, **fields: str | None) -> dict[str, object]:
    row: dict[str, str | None] = {"source": "force", "record_id": "f1", **fields}
    made: dict[str, object] = standardise([write(tmp_path / "one.parquet", [row])]).to_pylist()[0]
    return made


def test_the_table_has_its_columns_and_types_whatever_a_file_holds(tmp_path: Path) -> None:
    table = standardise([write(tmp_path / "bare.parquet", [{"source": "force", "record_id": "f1"}])])
    assert table.column_names == COLUMNS
    _of_its_types(table)


def _of_its_types(table: pa.Table) -> None:
    for field in table.schema:
        number = field.name in {"n", "year"}
        expected = pa.int32() if number else pa.list_(pa.string()) if field.name in LISTS else TEXT
        assert field.type == expected, field.name
        assert table[field.name].num_chunks <= 1, field.name


def test_no_file_gives_an_empty_table_of_the_same_columns() -> None:
    table = standardise([])
    assert (table.num_rows, table.column_names) == (0, COLUMNS)
    _of_its_types(table)


def test_a_record_is_folded_field_by_field(tmp_path: Path) -> None:
    made = _one(
        tmp_path,
        given_name="Dr Amára",
        family_name="O'Konjo",
        date_of_birth="1984-02-29",
        address="12 Low Lane, Low Row",
        postcode="QQ1 1CC",
        town="ABERWOLD",
        place_of_birth="Cold  Marsham",
        country="Éire",
        occupation="Teacher (retired)",
        organisation="St. Brae's",
        sex="female",
        nhs_number="9990000018",
        local_id="A-7",
        phone="+447700900001; +447700900000",
        email="amara@reed.example",
        handle="amara.o; amara.o",
    )
    expected = {
        "given": "amara",
        "family": "okonjo",
        "words": ["amara", "okonjo"],
        "whole": "amara okonjo",
        "dob": "1984-02-29",
        "year": 1984,
        "town": "aberwold",
        "place": "cold marsham",
        "address": "12 low lane low row",
        "address_words": ["12", "lane", "low", "row"],
        "house": "12",
        "street": "low lane",
        "country": "eire",
        "postcode": "QQ11CC",
        "district": "QQ1",
        "occupation": "teacher retired",
        "organisation": "st brae s",
        "sex": "female",
        "nhs_number": "9990000018",
        "local_id": "A-7",
        "emails": ["amara@reed.example"],
        "phones": ["+447700900000", "+447700900001"],
        "handles": ["amara.o"],
    }
    assert {name: made[name] for name in expected} == expected


@pytest.mark.parametrize(
    ("date", "year", "dob", "born"),
    [
        ("1984-02-29", None, "1984-02-29", 1984),
        ("1984-02", None, None, 1984),
        ("1984", None, None, 1984),
        (None, "1984", None, 1984),
        ("before 2009", None, None, None),
        ("no date at all", None, None, None),
        (None, None, None, None),
        ("1984-02-29", "1990", "1984-02-29", 1984),
        ("", "1990", None, 1990),
    ],
)
def test_a_vague_date_is_a_year_and_never_a_day(
    tmp_path: Path, date: str | None, year: str | None, dob: str | None, born: int | None
) -> None:
    made = _one(tmp_path, date_of_birth=date, year_of_birth=year)
    assert (made["dob"], made["year"]) == (dob, born)


def test_a_date_that_cannot_be_read_leaves_the_year_beside_it(tmp_path: Path) -> None:
    assert _one(tmp_path, date_of_birth="soon", year_of_birth="1990")["year"] == 1990


def test_a_placeholder_leaves_the_year_beside_it_and_says_so(tmp_path: Path) -> None:
    made = _one(tmp_path, date_of_birth="1900-01-01", year_of_birth="1990")
    assert (made["dob"], made["year"], made["dob_doubt"]) == (None, 1990, "placeholder")
    made = _one(tmp_path, date_of_birth="1900-01-01", year_of_birth="9999")
    assert (made["dob"], made["year"], made["dob_doubt"]) == (None, None, "placeholder")
    made = _one(tmp_path, year_of_birth="1990")
    assert (made["dob"], made["year"], made["dob_doubt"]) == (None, 1990, "year only")


def test_text_that_folds_to_nothing_is_missing(tmp_path: Path) -> None:
    made = _one(tmp_path, town="--", address="...", given_name="'", phone=" ; ")
    assert (made["town"], made["address"], made["address_words"], made["words"]) == (None, None, None, None)
    assert not made["phones"]


@pytest.mark.parametrize(
    "column", ["ethnicity", "evidence_note", "truth", "truth_id", "cluster", "row", "given_name_as_given", "religion"]
)
def test_nothing_but_known_columns_reaches_the_table(tmp_path: Path, column: str) -> None:
    rows: list[Row] = [{"source": "force", "record_id": "f1", "given_name": "Hana"}]
    plain = standardise([write(tmp_path / "plain.parquet", rows)])
    if column == "row":
        path = tmp_path / "plain.parquet"
    else:
        path = write(tmp_path / "more.parquet", [{**rows[0], column: "seen-nowhere"}])
    assert standardise([path]).equals(plain)


def test_records_follow_the_order_of_the_files_and_the_rows_in_them(tmp_path: Path) -> None:
    files = [
        write(tmp_path / f"{name}.parquet", [{"source": name, "record_id": str(at)} for at in range(5)])
        for name in ("z", "a")
    ]
    table = standardise(files)
    assert table["n"].to_pylist() == list(range(10))
    assert table["source"].to_pylist() == ["z"] * 5 + ["a"] * 5
    assert table["record_id"].to_pylist() == [*"01234", *"01234"]


FIELDS = {
    "given_name": ["Bill", "Sam", "Mary Ann", "J.", "محمد", "Abdul"],
    "middle_names": ["J", "Rahman", "Ann"],
    "family_name": ["Smith-Jones", "van der Berg", "O Neill", "Ковач", "Chowdhury", "Le"],
    "full_name": ["Hana Varga", "Ludwig van der Berg", "Mr"],
    "aliases": ["Red; Cal", "J"],
    "date_of_birth": ["1984-02-29", "1984", "1984-01-01", "1900-01-01"],
    "year_of_birth": ["1984", "soon"],
    "address": ["12 High St", "Flat 2, Rose House", "NFA"],
    "postcode": ["QQ1 1CC", "QQ1 1CC; QQ21 1CC", "-"],
    "phone": ["+447700900000; +447700900001", "+447700900001"],
    "sex": ["female", "male"],
    "other_school": ["Brae", "St. Brae's"],
}
ROWS = st.lists(st.fixed_dictionaries({name: st.none() | st.sampled_from(values) for name, values in FIELDS.items()}))


def _by_id(paths: list[Path]) -> dict[str, dict[str, object]]:
    return {
        row["record_id"]: {**row, "n": 0, "other_school": row.get("other_school")}
        for row in standardise(paths).to_pylist()
    }


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ROWS, st.randoms(use_true_random=False))
def test_a_record_is_the_same_whatever_stands_beside_it(
    tmp_path: Path, drawn: list[dict[str, str | None]], draw: random.Random
) -> None:
    rows: list[Row] = [{"source": "force", "record_id": str(at), **row} for at, row in enumerate(drawn)]
    whole = _by_id([write(tmp_path / "whole.parquet", rows)])
    draw.shuffle(rows)
    third = len(rows) // 3
    parts = [write(tmp_path / "a.parquet", rows[:third]), write(tmp_path / "b.parquet", rows[third:])]
    assert _by_id(parts) == whole


def test_columns_of_the_profiles_own_naming_are_compared_folded(tmp_path: Path) -> None:
    made = _one(tmp_path, other_school="St. Brae's  School")
    assert made["other_school"] == "st brae s school"


def test_a_column_that_one_file_lacks_is_missing_there(tmp_path: Path) -> None:
    with_it = write(tmp_path / "a.parquet", [{"source": "a", "record_id": "1", "other_school": "Brae"}])
    without = write(tmp_path / "b.parquet", [{"source": "b", "record_id": "1"}])
    assert standardise([with_it, without])["other_school"].to_pylist() == ["brae", None]


HOSTILE = ["other_", "other_a!", "other_a?", "other_a_1", 'other_"; drop table standard; --', "other_select"]
HOSTILE += ["other_é", "other_A", "other_l_r", "other_\u202e", "other_a\nb", "other_" + "z" * 300]


def _safe(names: list[str], path: Path) -> dict[str, str]:
    pq.write_table(pa.table({name: pa.array(["blue"]) for name in ["source", "record_id", *names]}), path)
    return other_columns([path])


def test_hostile_names_become_names_that_are_safe_in_sql(tmp_path: Path) -> None:
    safe = _safe(HOSTILE, tmp_path / "hostile.parquet")
    assert sorted(safe.values()) == sorted(HOSTILE)
    engine = db.connect()
    db.put(engine, "standard", standardise([tmp_path / "hostile.parquet"]))
    for name in safe:
        assert db.one(engine, f"select {name} from standard") == ("blue",)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    st.lists(
        st.text(
            st.sampled_from("aA1_!?é \"'") | st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
            max_size=5,
        ),
        max_size=8,
        unique=True,
    )
)
def test_every_name_is_safe_and_no_two_become_one(tmp_path: Path, names: list[str]) -> None:
    names = ["other_" + name for name in names]
    kept = [name for name in names if not name.endswith("_as_given")]
    safe = _safe(names, tmp_path / "generated.parquet")
    assert sorted(safe.values()) == sorted(kept)
    assert all(name.isascii() and name.replace("_", "").isalnum() and name == name.lower() for name in safe)
