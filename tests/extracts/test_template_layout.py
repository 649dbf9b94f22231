"""The layout of the template workbook: whole, sayable, and read by the profiles that are shipped for it."""

import pytest

from concerted.extracts.fields import KIND_FIELDS, KINDS
from concerted.extracts.template.choices import choice, choices, spelled_out
from concerted.extracts.template.drop_downs import LONGEST_MESSAGE, LONGEST_TITLE
from concerted.extracts.template.layout import Sheet, layout
from concerted.extracts.template.names import FILES, keeps_its_name
from concerted.reference.codes import CodeList, code_list
from concerted.values import POSTCODE, REGISTRATION, SEX, TELEPHONE
from tests.extracts.templates import CODED, COLUMNS, profile_of


def test_there_is_a_sheet_for_each_kind_of_record() -> None:
    assert sorted(sheet.kind for sheet in layout().sheets) == sorted(KINDS)


@pytest.mark.parametrize("sheet", layout().sheets, ids=lambda sheet: sheet.name)
def test_each_field_of_the_kind_has_one_column_or_a_reason_for_none(sheet: Sheet) -> None:
    fields = [column.field for column in sheet.columns[1:]]

    assert sheet.columns[0].field is None
    assert sorted([*map(str, fields), *sheet.left_out]) == sorted(KIND_FIELDS[sheet.kind])
    assert all(len(reason.split()) > 2 for reason in sheet.left_out.values())


@pytest.mark.parametrize("sheet", layout().sheets, ids=lambda sheet: sheet.name)
def test_headings_are_told_apart(sheet: Sheet) -> None:
    headings = [column.heading.lower() for column in sheet.columns]

    assert len(set(headings)) == len(headings)
    assert len(sheet.name) <= 31, "no spreadsheet has a longer name for a sheet"


@pytest.mark.parametrize("sheet", layout().sheets, ids=lambda sheet: sheet.name)
def test_what_is_said_of_a_column_fits_the_message(sheet: Sheet) -> None:
    for column in sheet.columns:
        assert 0 < len(column.heading) <= LONGEST_TITLE
        assert 10 < len(column.says) <= LONGEST_MESSAGE, column.heading
        assert column.says.endswith(".")


def test_help_says_what_it_must() -> None:
    said = " ".join(text for _, text in layout().help)

    for words in (
        "No account of abuse",
        "No picture",
        "OFFICIAL-SENSITIVE",
        "never compared",
        "about 2009",
        "Never use one twice",
        "Call 999",
        "concerted-template",
    ):
        assert words in said


def test_nobody_in_the_examples_can_be_somebody() -> None:
    checked = {"phone": TELEPHONE, "postcode": POSTCODE, "registration": REGISTRATION}
    shown = [(checked[c.field], c.example) for _, c in COLUMNS if c.field in checked and c.example]

    assert len(shown) > 5
    assert [example for kind, example in shown if "fictional" not in kind.clean(example).notes] == []


@pytest.mark.parametrize("sheet", layout().sheets, ids=lambda sheet: sheet.name)
def test_a_profile_reads_every_column_of_its_sheet_and_no_other(sheet: Sheet) -> None:
    profile = profile_of(sheet)
    assert profile.fields is not None

    assert (profile.kind, profile.file.sheet, profile.files) == (sheet.kind, sheet.name, FILES)
    assert profile.source.folder
    assert profile.record_id == sheet.columns[0].heading
    assert {name: spec.columns for name, spec in profile.fields.all_specs()} == {
        column.field: (column.heading,) for column in sheet.columns[1:]
    }


@pytest.mark.parametrize("sheet", layout().sheets, ids=lambda sheet: sheet.name)
def test_a_column_is_read_as_its_field_asks(sheet: Sheet) -> None:
    profile = profile_of(sheet)
    assert profile.fields is not None
    for column in sheet.columns[1:]:
        assert column.rule is not None
        spec = profile.fields.fields[str(column.field)]

        assert spec.date == (("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "words") if column.is_date else ()), column.heading
        assert (spec.codes or {}) == spelled_out(column.rule.value_type), column.heading


def test_the_name_by_which_they_know_a_workbook() -> None:
    for name in (
        "concerted-template.xlsx",
        "Open Wicket Concerted template March.xlsx",
        "concerted_template_2.xlsx",
    ):
        assert keeps_its_name(name)
    for name in ("template.xlsx", "concerted-template.csv", "concerted.xlsx"):
        assert not keeps_its_name(name)


def test_a_short_mark_is_offered_by_its_label_and_a_word_as_it_is() -> None:
    assert choice(code_list("order_types"), "CAWN") == "Child abduction warning notice"
    assert choice(code_list("legal_status"), "s20") == "Accommodated"
    assert choice(code_list("outcomes"), "1A") == "Charged, alternate offence"
    assert choice(code_list("location_types"), "park") == "Park"
    assert choice(code_list("relations"), "uses") == "Uses"
    assert choice(code_list("classification"), "OFFICIAL-SENSITIVE") == "OFFICIAL-SENSITIVE"


def test_what_says_that_nothing_is_known_is_offered_where_it_is_an_answer() -> None:
    assert "Unknown" not in choices(code_list("relations"))
    assert {"Not known", "Not asked", "Refused"} <= set(choices(code_list("missing_reasons")))
    assert "Not stated" in choices(code_list("ethnicity_self_defined"))


def test_lists_with_such_an_answer_are_spelled_out_for_the_profiles() -> None:
    assert spelled_out(code_list("information_assessment"))["Not known"] == "D"
    assert spelled_out(code_list("missing_reasons"))["Not known"] == "not known"
    assert spelled_out(code_list("relations")) == spelled_out(SEX) == {}


def test_every_code_is_offered_once_and_read_back() -> None:
    for sheet, column in CODED:
        assert column.rule is not None
        kind = column.rule.value_type
        codes = kind.codes if isinstance(kind, CodeList) else ("female", "male", "other")
        read = [kind.clean(one).value for one in column.choices]

        assert read == [code for code in codes if code != "unknown"], (sheet.name, column.heading)


def test_text_is_free_where_there_is_no_list() -> None:
    assert choices(TELEPHONE) == ()
    assert choices(SEX) == ("Female", "Male", "Other")
