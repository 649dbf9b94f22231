"""A record's names from its five fields, by the table that standardising gives."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from concerted.linkage.standard import standardise
from tests.linkage.records import Row, write

FIELDS = ("given_name", "middle_names", "family_name", "full_name", "aliases")
NAMES = ("given", "middle", "family", "given_root", "given_roots", "family_root", "family_parts", "words", "whole")


def rows_of(path: Path, rows: list[Row]) -> list[dict[str, Any]]:
    """The standard table of these rows."""
    keyed = [{"source": "force", "record_id": str(at), **row} for at, row in enumerate(rows)]
    made: list[dict[str, Any]] = standardise([write(path / "rows.parquet", keyed)]).to_pylist()
    return made


def names_of(path: Path, *fields: str | None) -> dict[str, Any]:
    """The columns of one record with these names, in the order of FIELDS."""
    return rows_of(path, [dict(zip(FIELDS, [*fields, *[None] * 5], strict=False))])[0]


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (("Hana", "Quarshie", "Varga"), {"given": "hana", "middle": "quarshie", "whole": "hana quarshie varga"}),
        (("Hana Quarshie", "Zofia", "Varga"), {"given": "hana", "middle": "quarshie zofia"}),
        ((None, None, None, "Ms Hana Quarshie Varga"), {"given": "hana", "middle": "quarshie", "family": "varga"}),
        ((None, "Quarshie", None, "Hana Quarshie Varga"), {"middle": "quarshie", "family": "varga"}),
        (
            ("Hana", None, "Rees-Mott", "Hana Varga"),
            {"family": "rees mott", "words": ["hana", "mott", "rees", "varga"]},
        ),
        (("Hana", None, "van der Berg"), {"family": "van der berg", "family_root": "berg", "words": ["berg", "hana"]}),
        (("Hana", None, "Smyth-Jones"), {"family_root": "smith jones", "family_parts": ["jones", "smith"]}),
        (("Hana", None, "Jones Smith"), {"family_root": "jones smith", "family_parts": ["jones", "smith"]}),
        (("Bill", None, "Chowdhury"), {"given_root": "william", "family_root": "chaudhry", "given": "bill"}),
        (("Sam", None, "Rudd"), {"given_root": "sam", "given_roots": ["sam", "samantha", "samuel"]}),
        (("Abdul", "Rahman", "Umeh"), {"given_root": "abdulrahman", "middle": "rahman"}),
        (("Abdul Rahman", None, "Umeh"), {"given_root": "abdulrahman", "given": "abdul", "middle": "rahman"}),
        (("Abdul", "Umeh", None), {"given_roots": ["abdul"]}),
        (("J.", None, "Rudd"), {"given": "j", "given_root": "j", "words": ["rudd"], "whole": None}),
        (("Sarah", "J", "Rudd"), {"middle": "j", "words": ["rudd", "sarah"], "whole": "rudd sarah"}),
        (("J", "R", None), {"words": ["j", "r"], "whole": "j r"}),
        (("Danuta",), {"given": "danuta", "family": None, "family_parts": None, "words": ["danuta"], "whole": None}),
        ((None, None, None, "Danuta"), {"given": "danuta", "family": None}),
        ((None, None, "Varga"), {"given": None, "given_roots": None, "given_root": None, "middle": None}),
        (("Mr", None, "Okonjo"), {"given": None, "family": "okonjo", "words": ["okonjo"]}),
    ],
)
def test_names_from_their_fields(tmp_path: Path, fields: tuple[str | None, ...], expected: dict[str, object]) -> None:
    made = names_of(tmp_path, *fields)
    assert {name: made[name] for name in expected} == expected


def test_aliases_are_words_and_not_part_of_the_whole(tmp_path: Path) -> None:
    made = names_of(tmp_path, "Callum", None, "Tregear", None, "Cal; Red van Fox; Mr;")
    assert made["words"] == ["cal", "callum", "fox", "red", "tregear"]
    assert made["alias_words"] == ["cal", "fox", "red"]
    assert made["whole"] == "callum tregear"


def test_an_alias_alone_is_a_word(tmp_path: Path) -> None:
    made = names_of(tmp_path, None, None, None, None, "Red")
    assert (made["given"], made["family"], made["words"], made["whole"]) == (None, None, ["red"], None)


def test_names_of_another_script_stand_beside_their_plain_letters(tmp_path: Path) -> None:
    made = names_of(tmp_path, "Юлия", None, "Ковач")
    assert made["native"] == "ковач юлия"
    assert made["words"] == ["kovach", "yuliya"]
    assert names_of(tmp_path, None, None, None, "Ковач Юлия Hana")["native"] == "ковач юлия"
    assert names_of(tmp_path, "Hana", None, "Varga", None, "Юлия")["native"] is None


def test_a_name_in_its_own_script_is_in_the_group_of_its_latin_spellings(tmp_path: Path) -> None:
    roots = {names_of(tmp_path, name)["given_root"] for name in ("محمد", "Mohamed", "Mohd", "Maxamed", "মোহাম্মদ")}
    assert roots == {"muhammad"}


@pytest.mark.parametrize("nothing", [None, "", "Mr", "--"])
def test_nothing_to_compare_is_nobody(tmp_path: Path, nothing: str | None) -> None:
    made = names_of(tmp_path, *[nothing] * 5)
    assert {made[name] for name in (*NAMES, "alias_words", "native")} == {None}


def test_order_of_the_words_never_counts(tmp_path: Path) -> None:
    one, other = rows_of(
        tmp_path,
        [
            {"given_name": "Farah", "middle_names": "Jolana", "family_name": "Yildirim"},
            {"full_name": "Yildirim Farah Jolana"},
        ],
    )
    assert (one["words"], one["whole"]) == (other["words"], other["whole"])


TEXT = (
    st.none() | st.text(max_size=12) | st.sampled_from(["Mary Ann", "van der Berg", "J.", "Abdul", "Rahman", "O Neill"])
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(*[TEXT] * 5), min_size=1, max_size=5))
def test_any_text_gives_sorted_folded_words_once_each(tmp_path: Path, rows: list[tuple[str | None, ...]]) -> None:
    clean = [tuple(text and text.encode("utf-8", "ignore").decode() for text in row) for row in rows]
    for made in rows_of(tmp_path, [dict(zip(FIELDS, row, strict=True)) for row in clean]):
        words = made["words"]
        if words is None:
            assert {made[name] for name in NAMES} == {None}
            continue
        assert words == sorted(set(words))
        assert all(word == word.lower() and " " not in word for word in words)
        assert made["whole"] is None or set(made["whole"].split()) <= set(words)
        assert made["given"] is None or len(made["given"]) == 1 or made["given"] in words
        assert made["given_root"] == (made["given_roots"] or [None])[0]
        assert (made["family"] is None) == (made["family_root"] is None)
        assert set(made["alias_words"] or ()) <= set(words)
