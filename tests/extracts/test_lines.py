"""Lines in blocks: every encoding, no byte lost, nothing held that is too long."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.readers import lines as module
from concerted.extracts.readers.lines import BEGINNING, Lines, LongLine, Recoded, windows_text


def all_lines(data: bytes, *, windows: bool = False, ending: bytes = b"\n") -> list[str]:
    found: list[str] = []
    for block in Lines(io.BytesIO(data), windows=windows, ending=ending).blocks():
        assert isinstance(block, list)
        found += block
    return found


@given(st.lists(st.text(alphabet=st.characters(exclude_characters="\n", exclude_categories=["Cs"]))))
def test_lines_come_back_as_they_were(texts: list[str]) -> None:
    assert all_lines("".join(text + "\n" for text in texts).encode()) == texts


def test_the_last_line_needs_no_ending() -> None:
    assert all_lines(b"a\nb") == ["a", "b"]
    assert all_lines(b"a\nb\n") == ["a", "b"]
    assert all_lines(b"") == []


@pytest.mark.parametrize("block", [1, 2, 3, 7, 64])
def test_blocks_of_any_size_give_the_same(block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", block)
    assert all_lines("Zoë\n\nÅsa,1\nlast".encode()) == ["Zoë", "", "Åsa,1", "last"]


def test_bytes_that_are_not_utf8_are_read_as_windows_1252_and_counted() -> None:
    reader = Lines(io.BytesIO("Zoë\n".encode() + "Zoë – O’Brien\n".encode("cp1252")))
    assert list(reader.blocks()) == [["Zoë", "Zoë – O’Brien"]]
    assert reader.notes() == ["bytes that are not UTF-8 and were read as Windows-1252: 3"]


def test_a_clean_file_has_no_notes() -> None:
    reader = Lines(io.BytesIO("Zoë\n".encode()))
    assert list(reader.blocks()) == [["Zoë"]]
    assert reader.notes() == []


@given(st.binary())
def test_windows_1252_reads_every_byte_to_one_character(data: bytes) -> None:
    text = windows_text(data)
    assert len(text) == len(data)
    assert "\ufffd" not in text


@given(st.binary())
def test_any_bytes_at_all_are_read_line_by_line(data: bytes) -> None:
    """As many lines as there are endings, whatever the bytes are, in a file that is called UTF-8."""
    found = all_lines(data)
    assert len(found) == data.count(b"\n") + (not data.endswith(b"\n") and data != b"")


def test_five_bytes_without_a_character_stay_controls() -> None:
    assert windows_text(b"a\x81\x8d\x8f\x90\x9d\x80") == "a\x81\x8d\x8f\x90\x9d€"


def test_very_old_files_end_lines_with_a_carriage_return() -> None:
    assert all_lines(b"a\rb\r", ending=b"\r") == ["a", "b"]


@pytest.fixture
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LINE_LIMIT", 20)
    monkeypatch.setattr(module, "BLOCK", 8)


@pytest.mark.usefixtures("short")
def test_a_line_that_is_too_long_is_told_of_by_its_place() -> None:
    data = b"one\ntwo\n" + b"x" * 100 + b"\nthree\n"
    found = list(Lines(io.BytesIO(data)).blocks())
    long = next(block for block in found if isinstance(block, LongLine))
    assert (long.offset, long.length) == (8, 100)
    assert long.beginning == "x" * len(long.beginning)
    assert [line for block in found if isinstance(block, list) for line in block] == ["one", "two", "three"]


@pytest.mark.usefixtures("short")
def test_a_last_line_that_is_too_long() -> None:
    found = list(Lines(io.BytesIO(b"one\n" + b"y" * 50)).blocks())
    assert found[0] == ["one"]
    assert isinstance(found[1], LongLine)
    assert found[1].length == 50


@given(st.lists(st.integers(0, 60), max_size=12), st.integers(1, 40))
def test_lines_too_long_and_not_are_all_accounted_for(lengths: list[int], block: int) -> None:
    data = b"".join(b"z" * length + b"\n" for length in lengths)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "LINE_LIMIT", 20)
        patch.setattr(module, "BLOCK", block)
        found: list[int] = []
        for piece in Lines(io.BytesIO(data)).blocks():
            if isinstance(piece, LongLine):
                assert piece.offset == sum(length + 1 for length in found)
                found.append(piece.length)
            else:
                found += map(len, piece)
        assert found == lengths


def test_the_beginning_of_a_long_line_is_short() -> None:
    data = "é".encode() * (module.LINE_LIMIT // 2 + 10)
    (long,) = Lines(io.BytesIO(data)).blocks()
    assert isinstance(long, LongLine)
    assert long.beginning == "é" * BEGINNING
    assert long.length == len(data)


@pytest.mark.parametrize("order", ["le", "be"])
@pytest.mark.parametrize("block", [1, 2, 3, 4096])
def test_utf_16_in_either_order(order: str, block: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "BLOCK", block)
    text = "Zoë\n日本,\U0001f600\n"
    recoded = Recoded(io.BytesIO(text.encode(f"utf-16-{order}")), order)
    blocks = [block for block in Lines(recoded).blocks() if isinstance(block, list)]
    assert [line for block in blocks for line in block] == ["Zoë", "日本,\U0001f600"]


def test_utf_16_cut_within_a_character_still_ends() -> None:
    data = "ab".encode("utf-16-le") + b"c"
    found = list(Lines(Recoded(io.BytesIO(data), "le")).blocks())
    assert found == [["ab\ufffd"]]
