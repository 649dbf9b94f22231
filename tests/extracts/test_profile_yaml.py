"""A profile's YAML is not trusted: what a hostile or careless author may write, and what is said of it."""

import random
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.profile_load import parse_profile
from concerted.extracts.profile_yaml import DEPTH_LIMIT, SIZE_LIMIT, Fault, UnreadableError, read_yaml
from tests.extracts.profile_texts import SOUND


def refused(text: str) -> Fault:
    """The one reason why the text is not read."""
    with pytest.raises(UnreadableError) as caught:
        read_yaml(text)
    return caught.value.fault


def test_values_stay_the_text_that_was_written() -> None:
    tree = read_yaml("a: NO\nb: 01\nc: 2009-01-01\nd: on\ne: 1.50\nf: ~\ng:\nh: [yes, 0x1F]\nNO: 1e3\n").tree

    assert tree == {
        "a": "NO",
        "b": "01",
        "c": "2009-01-01",
        "d": "on",
        "e": "1.50",
        "f": "~",
        "g": None,
        "h": ["yes", "0x1F"],
        "NO": "1e3",
    }


def test_every_key_and_item_has_its_line() -> None:
    source = read_yaml("a: 1\nb:\n  c: [x,\n    y]\n  d: z\n")

    assert source.lines[("a",)] == 1
    assert source.lines[("b",)] == 2
    assert (source.lines[("b", "c", 0)], source.lines[("b", "c", 1)]) == (3, 4)
    assert source.line_of(("b", "d")) == 5
    assert source.line_of(("b", "made up", "d", "nowhere")) == 5
    assert source.place_of(("b", "made up", "d", "nowhere")) == ("b", "d")


def test_keys_are_trimmed_and_a_second_one_is_a_fault_with_both_lines() -> None:
    source = read_yaml("a: 1\n'a ': 2\n")

    assert source.tree == {"a": "1"}
    assert [str(fault) for fault in source.faults] == [
        "line 2: a stands a second time; the first is in line 1. Keep one of the two."
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("a: &x [1]\nb: *x\n", 1, "&x marks a place"),
        ("a: 1\nb: *x\n", 2, "*x refers to another place"),
        ("a: !!python/object/apply:os.system [ls]\n", 1, "is a tag"),
        ("a: !!str 1\n", 1, "is a tag"),
        ("a: !x 1\n", 1, "is a tag"),
        ("&k a: 1\n", 1, "&k marks a place"),
        ("? [a, b]\n: 1\n", 1, "where a key should"),
        ("a: 1\n---\nb: 2\n", 2, "a second document"),
        ("a:\n\tb: 1\n", 2, "indented with a tab"),
        ("a: %d/%m/%Y\n", 1, "a mark that YAML keeps for itself"),
        ("a: @home\n", 1, "a mark that YAML keeps for itself"),
        ("a: `x`\n", 1, "a mark that YAML keeps for itself"),
        ("a: b: c\n", 1, "a colon too many"),
        ("a: {b: c\nd: e\n", None, "a bracket is not closed"),
        ("a: [b, c\n", None, "a bracket is not closed"),
        ('a: "b\nc: d\n', None, "a quotation mark is not closed"),
        ("a: 'b\n", None, "a quotation mark is not closed"),
        ("a: 1\n b: 2\n", 2, "a wrong indent"),
        ("a: 1\nb\n", None, "cannot be read as YAML"),
        ("a: \x00\n", None, "a character that YAML does not allow"),
        ("a: \x1b[31m\n", None, "a character that YAML does not allow"),
    ],
)
def test_what_is_refused_and_where(text: str, line: int | None, said: str) -> None:
    fault = refused(text)

    assert said in fault.what
    assert fault.mend
    if line is not None:
        assert fault.line == line


def test_a_bomb_of_aliases_is_refused_at_its_first() -> None:
    bomb = "a: &a [x, x]\n" + "".join(
        f"{chr(98 + i)}: &{chr(98 + i)} [*{chr(97 + i)}, *{chr(97 + i)}]\n" for i in range(20)
    )

    assert refused(bomb).line == 1


def test_nesting_is_bounded_however_deep() -> None:
    for depth in (DEPTH_LIMIT + 1, 5_000):
        assert "nested too deep" in refused("a: " + "[" * depth).what
        assert "nested too deep" in refused("a: " + "{b: " * depth).what
    assert read_yaml("a: " + "[" * (DEPTH_LIMIT - 1) + "x" + "]" * (DEPTH_LIMIT - 1)).tree


def test_size_is_bounded() -> None:
    assert "longer than 200,000 characters" in refused("a: " + "x" * SIZE_LIMIT).what


def test_a_fault_ends_its_sentence_once() -> None:
    assert str(Fault(3, "no", "did you mean x?")) == "line 3: no. Did you mean x?"
    assert str(Fault(None, "no", "write x")) == "no. Write x."


PLAIN_TREES = st.recursive(
    st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8),
    lambda inside: (
        st.lists(inside, min_size=1, max_size=3)
        | st.dictionaries(
            st.text(st.characters(categories=["L"]), min_size=1, max_size=5), inside, min_size=1, max_size=3
        )
    ),
    max_leaves=8,
)


@given(PLAIN_TREES)
def test_what_yaml_writes_is_read_as_text(tree: Any) -> None:
    written = yaml.safe_dump(tree, allow_unicode=True, default_style='"')
    try:
        assert read_yaml(written).tree == tree
    except UnreadableError as error:
        assert "nested too deep" in error.fault.what


@given(st.text(max_size=200))
def test_any_text_is_read_or_refused_in_words(text: str) -> None:
    reading = parse_profile(text)

    assert reading.profile is None
    assert all(fault.what and fault.mend for fault in reading.faults)


@given(st.integers(0, 10_000))
def test_a_sound_profile_with_damage_is_read_or_refused_in_words(seed: int) -> None:
    chance = random.Random(seed)
    letters = list(SOUND)
    for _ in range(chance.randint(1, 4)):
        letters[chance.randrange(len(letters))] = chance.choice(list("{}[]:,'\"\n\t -#&*!%@|>abc1~\x00\u2028"))

    reading = parse_profile("".join(letters))

    assert (reading.profile is None) == bool(reading.faults)
    assert all(fault.what and fault.mend for fault in reading.faults)
