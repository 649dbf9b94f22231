"""Patterns that a profile may hold: useful ones pass, and none can be made to run for long."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.profile_patterns import INPUT_LIMIT, PATTERN_LIMIT, extract, why_unsafe


@pytest.mark.parametrize(
    "pattern",
    [
        r"rec-(\d+)-",
        r"^([A-Z]{2}\d{4})$",
        r"(?:Mr|Mrs|Ms) (\w+)",
        r"(?P<id>\d+)",
        r"^(?:ref )?(\d+)(?:/\d+)?$",
        r"([^,]+), (.*)",
        r"^(\w+) (\w+) (\w+)$",
        r"(\d{4}){2}",
        r"(a{1})+",
        r"\((\d+)\)",
        r"[(|)+*](x)",
        r"([\]a-z]+)",
        r"([]a-z]+)",
        r"(x+?)y",
        r"\\(\d)",
    ],
)
def test_what_people_need_is_allowed(pattern: str) -> None:
    assert why_unsafe(pattern) is None


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        (r"\d+", "no group"),
        (r"(?:\d+)", "no group"),
        (r"(", "not a regular expression"),
        (r"(a){99999999999999999999}", "not a regular expression"),
        (r"(a+)+", "repeats a group"),
        (r"(a*)*b", "repeats a group"),
        (r"(a|aa)+", "repeats a group"),
        (r"(?:a?){9}(b)", "repeats a group"),
        (r"((a|b)c)*", "repeats a group"),
        (r"(a{1,3}){2,}", "repeats a group"),
        (r"^(.*)(.*)(.*)(.*)x", "more than 3 open repeats"),
        (r"(.*)(.*)(.*)x", "more than 2 open repeats"),
        (r"(a{1,9}b{1,9}c{1,9}d{1,9})", "more than 2 open repeats"),
        (r"(a?b?c?d?e?f?g?h?i?)", "optional parts"),
        (r"(a)\1", "looks back"),
        (r"(?P<x>a)(?P=x)", "special group"),
        (r"(?=a)(a)", "special group"),
        (r"(?<!a)(a)", "special group"),
        (r"(?i)(a)", "special group"),
        (r"(a)(?(1)b|c)", "special group"),
        (r"(?>a+)(b)", "special group"),
        ("(" + "a" * PATTERN_LIMIT + ")", "longer than"),
    ],
)
def test_what_could_run_for_long_is_refused_with_the_reason(pattern: str, said: str) -> None:
    trouble = why_unsafe(pattern)

    assert trouble is not None
    assert said in trouble[0]
    assert trouble[1]


def test_the_first_group_is_the_value() -> None:
    pattern = re.compile(r"rec-(\d+)-(?:org|dup)")

    assert extract(pattern, "rec-12-org") == "12"
    assert extract(pattern, "other") is None
    assert extract(re.compile(r"a(b)?"), "a") is None


def test_a_value_that_is_too_long_fits_no_pattern() -> None:
    pattern = re.compile(r"^(x+)$")

    assert extract(pattern, "x" * INPUT_LIMIT) == "x" * INPUT_LIMIT
    assert extract(pattern, "x" * (INPUT_LIMIT + 1)) is None


@given(st.text("ab()[]|?*+{},12\\.^$", max_size=14), st.text("ab", max_size=INPUT_LIMIT))
def test_no_pattern_that_is_let_through_runs_away(pattern: str, value: str) -> None:
    """Were one to explode, this test would not end."""
    if why_unsafe(pattern) is None:
        extract(re.compile(pattern), value + "!")


@pytest.mark.parametrize("pattern", [r"^(.*.*.*)!", r"(a+a+)b", r"(a?a?a?a?a?a?a?a?)b", r"([ab]*[ab]*)c"])
def test_the_worst_that_is_let_through_ends(pattern: str) -> None:
    assert why_unsafe(pattern) is None
    assert extract(re.compile(pattern), "a" * INPUT_LIMIT) is None
