"""Rows from lines: quotes left open swallow nothing, rows over several lines stay whole."""

import csv
import io
from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from concerted.extracts.readers import quoting
from concerted.extracts.readers.quoting import BARE_RETURN, STRAY, UNCLOSED, Rows, Splitter, fits


def split(text: str, width: int = 3, delimiter: str = ",") -> Rows:
    splitter = Splitter(delimiter)
    splitter.width = width
    rows, carry = splitter.split(text.split("\n"), last=True)
    assert not carry
    assert len(rows.texts) == len(rows.cells)
    assert "\n".join(rows.texts) == text
    return rows


def test_plain_rows() -> None:
    assert split("a,b,c\n1, 2 ,3").cells == [["a", "b", "c"], ["1", "2 ", "3"]]


def test_a_row_over_several_lines_is_one_row() -> None:
    rows = split('1,"High Street\nOldham",x\n2,b,c')
    assert rows.cells == [["1", "High Street\nOldham", "x"], ["2", "b", "c"]]
    assert rows.why == {}


def test_new_lines_inside_a_cell_are_kept_as_they_are() -> None:
    rows = split('1,"a\r\nb\n\nc",x\r')
    assert rows.cells == [["1", "a\r\nb\n\nc", "x"]]


def test_doubled_quotes_are_text() -> None:
    assert split('1,"the ""old"" mill",x').cells == [["1", 'the "old" mill', "x"]]
    assert split('1,"she said ""no""\nand left",x').cells == [["1", 'she said "no"\nand left', "x"]]


def test_a_quote_inside_a_cell_without_quotes_is_text() -> None:
    assert split('1,5" pipe,x\n2,b,c').cells == [["1", '5" pipe', "x"], ["2", "b", "c"]]


def test_a_quote_left_open_puts_one_line_aside() -> None:
    rows = split('1,"Smith,x\n2,b,c\n3,d,e')
    assert rows.cells == [[], ["2", "b", "c"], ["3", "d", "e"]]
    assert rows.why == {0: UNCLOSED}
    assert rows.texts[0] == '1,"Smith,x'


def test_a_quote_left_open_in_the_last_line() -> None:
    rows = split('1,b,c\n2,d,"e')
    assert rows.cells == [["1", "b", "c"], []]
    assert rows.why == {1: UNCLOSED}


def test_two_quotes_left_open_do_not_swallow_the_rows_between() -> None:
    """The second quote would close the first, and the row would have the right number of cells."""
    rows = split('1,"Smith,x\n2,b,c\n3,d,e\n4,Jones",y\n5,f,g')
    assert rows.why == {0: UNCLOSED}
    assert rows.cells[1:3] == [["2", "b", "c"], ["3", "d", "e"]]
    assert rows.cells[-1] == ["5", "f", "g"]


def test_prose_with_commas_stays_in_its_cell() -> None:
    rows = split('1,"Seen, at first\nby the bus, the shop\nand the park",x')
    assert len(rows.cells) == 1


def test_an_open_quote_that_no_count_gives_away() -> None:
    """Two quotes in the line, of which the first is text and the second opens a cell."""
    rows = split('1,b,c\nx",",\n2,d,e\n3,f,g')
    assert rows.cells == [["1", "b", "c"], [], ["2", "d", "e"], ["3", "f", "g"]]
    assert rows.why == {1: UNCLOSED}


def test_an_open_quote_that_no_count_gives_away_and_a_stray_one_later() -> None:
    rows = split('x",",\n2,d,e\n"a"b,c,\n3,f,g')
    assert rows.cells == [[], ["2", "d", "e"], [], ["3", "f", "g"]]
    assert rows.why == {0: UNCLOSED, 2: STRAY}


def test_a_row_over_two_lines_that_no_count_gives_away() -> None:
    rows = split('1,b,c\nx",",\na",b"\n2,d,e')
    assert rows.cells == [["1", "b", "c"], ['x"', ",\na", 'b"'], ["2", "d", "e"]]


def test_text_after_a_closing_quote_is_not_guessed_at() -> None:
    rows = split('1,"a"b,c\n2,d,e')
    assert rows.why == {0: STRAY}
    assert rows.cells[1] == ["2", "d", "e"]


def test_a_bare_carriage_return_is_told() -> None:
    rows = split("1,a\rb,c\n2,d,e")
    assert rows.why == {0: BARE_RETURN}
    assert rows.cells[1] == ["2", "d", "e"]


def test_a_blank_line_is_a_row_without_cells() -> None:
    assert split("1,b,c\n\n2,d,e").cells == [["1", "b", "c"], [], ["2", "d", "e"]]


def test_a_row_spans_no_more_lines_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quoting, "SPAN_LINES", 3)
    assert split('1,"a\nb\nc",x').cells == [["1", "a\nb\nc", "x"]]
    rows = split('1,"a\nb\nc\nd",x')
    assert rows.why[0] == UNCLOSED
    assert len(rows.cells) == 4


def test_a_row_spans_no_more_text_than_the_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quoting, "SPAN_TEXT", 12)
    assert split('1,"a\nb",x').cells == [["1", "a\nb", "x"]]
    assert split('1,"aaaaaaaa\nbbbbbbbb",x').why[0] == UNCLOSED


def test_reading_on_in_vain_comes_to_an_end(monkeypatch: pytest.MonkeyPatch) -> None:
    """A hostile file in which every line opens a quote costs no more than a bounded number of characters a line."""
    monkeypatch.setattr(quoting, "ALLOWANCE", 100)
    monkeypatch.setattr(quoting, "REFILL", 0)
    rows = split("\n".join(['x",",'] * 500))
    assert set(rows.why) == set(range(500))


def test_what_may_be_read_on_in_vain_grows_with_what_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(quoting, "ALLOWANCE", 50)
    splitter = Splitter(",")
    splitter.width = 3
    splitter.split(['1,"open,x', *["2,b,c"] * 50], last=True)
    rows, _ = splitter.split(["3,d,e"] * 20, last=True)
    assert len(rows.cells) == 20
    rows, _ = splitter.split(['4,"a', 'b",x'], last=True)
    assert rows.cells == [["4", "a\nb", "x"]]


def test_a_row_that_goes_on_in_the_next_block_is_carried_over() -> None:
    splitter = Splitter(",")
    splitter.width = 3
    rows, carry = splitter.split(["1,b,c", '2,"d'], last=False)
    assert rows.cells == [["1", "b", "c"]]
    assert list(carry) == ['2,"d']
    rows, carry = splitter.split([*carry, 'e",f'], last=False)
    assert rows.cells == [["2", "d\ne", "f"]]
    assert not carry


def test_tabs_and_semicolons() -> None:
    assert split("1\t2\t3", delimiter="\t").cells == [["1", "2", "3"]]
    assert split("1;2,5;3", delimiter=";").cells == [["1", "2,5", "3"]]


def test_empty_cells_beyond_the_width_fit() -> None:
    assert fits(["a", "b", " ", ""], 2)
    assert not fits(["a", "b", "c"], 2)
    assert not fits(["a"], 2)


_CELLS = st.text(alphabet=st.sampled_from('ab," \n\r;é'), max_size=8)


@given(st.lists(st.lists(_CELLS, min_size=3, max_size=3), min_size=1, max_size=8))
def test_whatever_csv_writes_is_read_as_it_was(rows: list[list[str]]) -> None:
    """Quoted throughout, so that no cell hangs on how blanks after a delimiter are read."""
    buffer = io.StringIO()
    csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\n").writerows(rows)
    found = split(buffer.getvalue().removesuffix("\n"))
    swallowed = [why for why in found.why.values() if why != UNCLOSED]
    assert not swallowed
    if not found.why:  # cells made of commas and new lines alone can look like rows, and are then put aside
        assert found.cells == rows


@given(st.text(alphabet=st.sampled_from('ab,"\n\r '), max_size=60), st.integers(1, 4))
@example('x",",\nx",",', 3)
@example('"', 1)
def test_no_line_of_any_text_is_lost(text: str, width: int) -> None:
    """The lines of the rows, put together, are the text; `split` says so."""
    rows = split(text, width)
    assert all(not rows.cells[at] for at in rows.why)


@given(
    st.lists(st.sampled_from(['1,"a', "b,c", 'd",e', "2,f,g", "", 'x",",', '"q""']), max_size=12), st.integers(0, 12)
)
def test_two_blocks_give_what_one_gives(lines: list[str], cut: int) -> None:
    whole, _ = Splitter(",").split(lines, last=True)
    splitter = Splitter(",")
    first, carry = splitter.split(lines[:cut], last=False)
    second, _ = splitter.split([*carry, *lines[cut:]], last=True)
    assert [*first.texts, *second.texts] == whole.texts
    assert [*first.cells, *second.cells] == whole.cells


class _Unhurried(quoting._Span):
    """Every line that may be looked at is given to csv, whether it can close the quote or not."""

    def __iter__(self) -> Iterator[str]:
        for line in self._lines[self._at : self._at + quoting.SPAN_LINES]:
            if self.text and self.text + len(line) > self._most:
                return
            self.text += len(line) + 1
            yield line + "\n"
        self.ran_out = len(self._lines) - self._at < quoting.SPAN_LINES


@given(
    st.lists(st.text(alphabet=st.sampled_from('ab,""\r '), max_size=10), max_size=12),
    st.integers(2, 6),
    st.integers(10, 60),
    st.booleans(),
)
def test_looking_ahead_for_the_closing_quote_changes_nothing(
    lines: list[str], span: int, text: int, last: bool
) -> None:
    found = []
    for spans in (quoting._Span, _Unhurried):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(quoting, "_Span", spans)
            patch.setattr(quoting, "SPAN_LINES", span)
            patch.setattr(quoting, "ALLOWANCE", text)
            splitter = Splitter(",")
            splitter.width = 3
            rows, carry = splitter.split(lines, last=last)
            found.append((rows, list(carry), splitter._allowance))
    assert found[0] == found[1]
