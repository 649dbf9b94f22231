"""E-mail addresses and handles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.values import EMAIL, HANDLE, Likeness


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("ada@mail.example", "ada@mail.example"),
        (" Ada.Example@Mail.EXAMPLE ", "ada.example@mail.example"),
        ("<ada@mail.example>", "ada@mail.example"),
        ("mailto:ada@mail.example", "ada@mail.example"),
        ("MAILTO:<ada@mail.example>", "ada@mail.example"),
        ("ada+tag@mail.example", "ada+tag@mail.example"),
        ("o'neil@mail.example", "o'neil@mail.example"),
        ("ada@example.com", "ada@example.com"),
        ("ada@post.example.org", "ada@post.example.org"),
        ("ada@mail.invalid", "ada@mail.invalid"),
        ("ada@mail.test", "ada@mail.test"),
        ("zoë@mail.example", "zoë@mail.example"),
        ("\u200eada@mail.example", "ada@mail.example"),
    ],
)
def test_a_fictional_address_is_read_and_marked(text: str, value: str) -> None:
    cleaned = EMAIL.clean(text)
    assert (cleaned.value, cleaned.problem, cleaned.notes) == (value, None, ("fictional",))


@given(st.emails())
def test_addresses_by_the_standard_are_read_in_lower_case(address: str) -> None:
    cleaned = EMAIL.clean(address)
    domain = address.rpartition("@")[2]
    if cleaned.value is not None:
        assert cleaned.value == address.lower()
        assert ("fictional" in cleaned.notes) is domain.lower().endswith(
            (".example", ".test", ".invalid", ".localhost", "example.com", "example.org", "example.net")
        )


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("ada", "there is no @ in it"),
        ("ada@@mail.example", "there are 2 @ signs in it"),
        ("ada example@mail.example", "there is a space in it"),
        ("ada@mail", "the part after the @ is not a domain"),
        ("ada@.example", "its form is wrong"),
        (".ada@mail.example", "its form is wrong"),
        ("ada..b@mail.example", "its form is wrong"),
        ("@mail.example", "its form is wrong"),
        ("ada@mail.123", "its form is wrong"),
        ("a" * 65 + "@mail.example", "it is too long"),
        ("ada@" + "a" * 250 + ".example", "it is too long"),
    ],
)
def test_the_rest_is_refused_with_a_reason(text: str, reason: str) -> None:
    cleaned = EMAIL.clean(text)
    assert cleaned.value is None
    assert cleaned.problem == f"not an e-mail address: {reason}"
    assert cleaned.mend == "write it as name@organisation.example"


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("ada@mail.example", "ADA@mail.example", Likeness.SAME),
        ("ada@mail.example", "adaa@mail.example", Likeness.NEAR),
        ("ada@mail.example", "aad@mail.example", Likeness.NEAR),
        ("ada@mail.example", "brian@mail.example", Likeness.DIFFERENT),
        ("ada@mail.example", "ada", Likeness.CANNOT_TELL),
    ],
)
def test_likeness_of_addresses(left: str, right: str, likeness: Likeness) -> None:
    assert EMAIL.compare(left, right) is likeness


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("@Ada_99", "ada_99"),
        ("ada_99", "ada_99"),
        ("@@ada", "ada"),
        (" @ ada ", "ada"),
        ("Snap:Ada", "snap:ada"),
        ("snap: @Ada", "snap:ada"),
        ("snap : ada", "snap:ada"),
        ("@snap:ada", "snap:ada"),
        ("Some Tag", "some tag"),
        ("STRASSE", "strasse"),
        ("Straße", "strasse"),
        ("a\u200bda", "ada"),
        ("::x", "::x"),
        ("snap:a:b", "snap:a:b"),
    ],
)
def test_a_handle_is_bare_and_folded(text: str, value: str) -> None:
    cleaned = HANDLE.clean(text)
    assert (cleaned.value, cleaned.problem) == (value, None)


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("https://web.example/ada", "a web address, not a username"),
        ("snap:", "there is no name after the platform"),
        ("snap: @", "there is no name after the platform"),
        ("x" * 101, "not a username: it is too long"),
    ],
)
def test_what_is_no_handle(text: str, problem: str) -> None:
    cleaned = HANDLE.clean(text)
    assert (cleaned.value, cleaned.problem) == (None, problem)
    assert cleaned.mend == "write the name alone, or platform:name"


@pytest.mark.parametrize(
    ("left", "right", "likeness"),
    [
        ("@Ada_99", "ada_99", Likeness.SAME),
        ("ada_99", "ada_98", Likeness.NEAR),
        ("snap:ada_99", "ada_99", Likeness.DIFFERENT),
        ("ada_99", "brian", Likeness.DIFFERENT),
        ("ada_99", "@", Likeness.CANNOT_TELL),
    ],
)
def test_likeness_of_handles(left: str, right: str, likeness: Likeness) -> None:
    assert HANDLE.compare(left, right) is likeness
