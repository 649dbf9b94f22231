"""What is above OFFICIAL-SENSITIVE, covert or privileged is not held: a file is refused at its first such row."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.extracts import take
from concerted.extracts.markings import refused
from tests.extracts.profile_texts import sound

HEAD = "profile: x\nversion: 1\nkind: person\nrecord_id: id\nsource: {constant: force-a}\n"


def take_with(folder: Path, column: str, *values: str, fields: str = "", after: str = "") -> None:
    """Take a file whose rows have these values in that column."""
    file = folder / "extract.csv"
    rows = "".join(f"{at},Ann,{value}\n" for at, value in enumerate(values, 1))
    file.write_text(f"id,name,{column}\n{rows}", encoding="utf-8")
    profile = sound(f"{HEAD}fields: {{given_name: name{fields}}}\n{after}")
    take(file, profile, folder / "records.parquet", lambda _: None)


@pytest.mark.parametrize(
    "column", ["Classification", "GSC", "PROTECTIVE_MARKING", "handling conditions", "Security marking"]
)
@pytest.mark.parametrize(
    "value", ["SECRET", "Top Secret", "UK SECRET", "covert", "CHIS", "OFFICIAL - Privileged", "LPP"]
)
def test_it_is_refused_at_the_first_row_in_any_column_of_markings(tmp_path: Path, column: str, value: str) -> None:
    with pytest.raises(UsedWronglyError) as error:
        take_with(tmp_path, column, "OFFICIAL", "OFFICIAL-SENSITIVE", value, value)

    assert f"extract.csv, row 4, column {column}" in str(error.value)
    assert "nothing of it was kept" in str(error.value)
    assert not (tmp_path / "records.parquet").exists()


def test_it_is_refused_where_the_column_is_dropped(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="marked TOP SECRET"):
        take_with(tmp_path, "GSC", "TOP SECRET", after="drop: {GSC: says nothing}\n")


def test_it_is_refused_where_the_profile_maps_the_column(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="covert"):
        take_with(tmp_path, "m", "covert", fields=", classification: m")


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("Classification", "OFFICIAL-SENSITIVE"),
        ("Classification", ""),
        ("Town", "Covert"),
        ("Surname", "Secret"),
        (
            "Handling",
            "May be shared on request with partners who work to safeguard this child but not covert units or others",
        ),
    ],
)
def test_what_is_no_marking_passes(tmp_path: Path, column: str, value: str) -> None:
    take_with(tmp_path, column, value)

    assert (tmp_path / "records.parquet").exists()


@given(st.text(max_size=30))
def test_any_text_is_a_marking_or_not(text: str) -> None:
    assert refused(text) is None or isinstance(refused(text), str)
    assert refused(f"{text} TOP SECRET") is not None or len(text.split()) > 9
