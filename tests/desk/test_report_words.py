"""Figures, names and untrusted text as a report writes them."""

import math
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from concerted.desk.report import words
from concerted.desk.report.evaluation import MEASURES, measures


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        (7.24, "+7.2"),
        (-3.0, "−3.0"),
        (0.0, "0.0"),
        (-0.04, "0.0"),
        (0.04, "0.0"),
        (123.456, "+123.5"),
        (math.inf, "+∞"),
        (-math.inf, "−∞"),
    ],
)
def test_a_weight_has_its_sign(weight: float, said: str) -> None:
    assert words.bits(weight) == said


@given(st.floats(-200, 200))
def test_a_weight_never_has_a_hyphen_for_a_minus(weight: float) -> None:
    assert "-" not in words.bits(weight)
    assert float(words.bits(weight).replace("−", "-")) == pytest.approx(weight, abs=0.051)


@pytest.mark.parametrize(
    ("weight", "said"),
    [
        (0.0, "about as often"),
        (-0.1, "about as often"),
        (1.0, "about 2.0 times more often"),
        (-3.4, "about 11 times less often"),
        (9.0, "about 510 times more often"),
        (14.6, "about 25,000 times more often"),
        (25.0, "over a million times more often"),
        (-math.inf, "over a million times less often"),
    ],
)
def test_a_weight_as_how_often(weight: float, said: str) -> None:
    assert words.times(weight) == said


def test_thousands_are_set_apart() -> None:
    assert words.whole(1_234_567) == "1,234,567"


def test_figures_of_an_evaluation() -> None:
    assert words.figure(1234) == "1,234"
    assert words.figure(0.98765) == "0.988"
    assert words.figure(1.0) == "1.000"
    assert words.figure(None) == "not known"


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("date_of_birth", "Date of birth"),
        ("nhs_number", "NHS number"),
        ("pnc_id", "PNC ID"),
        ("other_eye_colour", "Eye colour"),
        ("other_", ""),
        ("", ""),
        ("Élodie", "Élodie"),
    ],
)
def test_fields_in_words(field: str, said: str) -> None:
    assert words.field_words(field) == said


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("Zoë 李 محمد", "Zoë 李 محمد"),
        ("two\nlines\tand a tab", "two\nlines\tand a tab"),
        ("a\N{RIGHT-TO-LEFT OVERRIDE}b", "a[U+202E]b"),
        ("a\N{ZERO WIDTH SPACE}b\x00", "a[U+200B]b[U+0000]"),
        ("\ud800", "[U+D800]"),
        ("\N{TAG LATIN SMALL LETTER A}", "[U+E0061]"),
    ],
)
def test_what_cannot_be_seen_is_written_out(text: str, shown: str) -> None:
    assert words.made_visible(text) == shown


@given(st.text())
def test_shown_text_has_nothing_unseen_and_can_be_written(text: str) -> None:
    shown = words.made_visible(text)
    assert isinstance(shown, str)
    shown.encode("utf-8")
    assert all(char in "\n\r\t" or unicodedata.category(char) not in {"Cc", "Cf", "Cs"} for char in shown)
    assert words.made_visible(shown) == shown


def test_what_is_no_text_and_our_own_markup_stay() -> None:
    ours = Markup("<b>\N{ZERO WIDTH SPACE}</b>")
    assert words.made_visible(ours) is ours
    assert words.made_visible(7) == 7


def test_measures_have_words_in_the_order_given() -> None:
    found = measures({"pair_r": 0.5, "missing": 3, "something_new": None})
    assert [one.name for one in found] == ["Recall of pairs", "Known records not found here", "something_new"]
    assert [one.value for one in found] == [0.5, 3, None]
    assert found[2].meaning == ""


def test_every_figure_of_evaluate_has_words() -> None:
    names = "records missing pair_p pair_r pair_f1 b3_p b3_r b3_f1 exact mixed over3 largest blocking_recall"
    assert list(MEASURES) == names.split()
    assert all(meaning.endswith(".") for _, meaning in MEASURES.values())
