"""Columns of numbered distinct values do what plain columns would."""

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from concerted.linkage.standard.coded import Coded, coded, encoded
from concerted.linkage.standard.word_lists import WordLists, words_of

Column = list[str | None]

COLUMNS = st.lists(st.tuples(st.none() | st.sampled_from("abc"), st.none() | st.sampled_from("bcd")), max_size=12)


def column(values: Column, chunk: int = 3) -> Coded[str]:
    """The column of these values, from chunks of three."""
    chunks = [pa.array(values[at : at + chunk], pa.string()) for at in range(0, len(values), chunk)]
    return coded(encoded(pa.chunked_array(chunks, pa.string())))


def plain(made: Coded[str]) -> Column:
    """The values of a column, record by record."""
    values: Column = made.arrow().to_pylist()
    return values


def parts(rows: list[tuple[str | None, str | None]]) -> tuple[Coded[str], Coded[str]]:
    """The two columns of these rows."""
    return column([row[0] for row in rows]), column([row[1] for row in rows])


@given(st.lists(st.none() | st.sampled_from(["a", "b", ""]), max_size=9))
def test_a_column_is_read_back_with_empty_text_missing(values: Column) -> None:
    made = column(values)
    assert plain(made) == [value or None for value in values]
    assert len(set(made.values)) == len(made.values)


@given(COLUMNS)
def test_a_value_is_worked_on_once(rows: list[tuple[str | None, str | None]]) -> None:
    one, _ = parts(rows)
    asked: list[str] = []

    def make(value: str) -> str | None:
        asked.append(value)
        return None if value == "a" else "same"

    made = one.each(make)
    assert plain(made) == [None if row[0] in (None, "a") else "same" for row in rows]
    assert sorted(asked) == sorted({row[0] for row in rows if row[0]})


@given(COLUMNS)
def test_two_columns_side_by_side(rows: list[tuple[str | None, str | None]]) -> None:
    one, other = parts(rows)
    joined = one.beside(other, lambda a, b: f"{a}{b}" if a != b else None)
    assert plain(joined) == [f"{a}{b}" if a != b else None for a, b in rows]
    assert plain(one.or_else(other)) == [a or b for a, b in rows]
    assert plain(one.kept_where(other.numbers >= 0)) == [a if b else None for a, b in rows]


@given(COLUMNS)
def test_texts_made_together_are_columns_apart(rows: list[tuple[str | None, str | None]]) -> None:
    one, _ = parts(rows)
    upper, nothing = one.apart(lambda value: (value.upper(), None), 2)
    assert plain(upper) == [a and a.upper() for a, _ in rows]
    assert plain(nothing) == [None] * len(rows)


@given(COLUMNS)
def test_each_text_in_a_list_of_its_own(rows: list[tuple[str | None, str | None]]) -> None:
    one, _ = parts(rows)
    assert one.arrow_alone().to_pylist() == [[a] if a else None for a, _ in rows]
    assert one.each(lambda value: (value, value)).arrow_lists().to_pylist() == [[a, a] if a else None for a, _ in rows]


WORDS = st.none() | st.lists(st.sampled_from(["a", "j", "hana", "rudd", "umeh"]), min_size=1, max_size=4)


def tuples(values: list[list[str] | None]) -> Coded[tuple[str, ...]]:
    """The column of these lists of words."""
    return column([" ".join(value) if value else None for value in values]).each(lambda text: tuple(text.split()))


@given(st.lists(st.tuples(WORDS, WORDS), max_size=9))
def test_word_lists_hold_every_word_once_and_initials_only_alone(
    rows: list[tuple[list[str] | None, list[str] | None]],
) -> None:
    columns = [tuples([row[at] for row in rows]) for at in (0, 1)]
    expected = []
    for one, other in rows:
        words = {*(one or ()), *(other or ())}
        names = {word for word in words if len(word) > 1}
        expected.append(sorted(names or words) or None)
    book = WordLists(columns)
    assert book.lists(book.words(columns)).to_pylist() == expected
    assert book.lists(book.words(columns), book.words(columns)).to_pylist() == expected


@given(st.lists(WORDS, max_size=9))
def test_words_of_a_text_are_listed_in_order_once(values: list[list[str] | None]) -> None:
    made = words_of(column([" ".join(value) if value else None for value in values])).to_pylist()
    assert made == [value and sorted(set(value)) for value in values]
