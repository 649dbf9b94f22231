"""What the first bytes of a file say of its encoding and its lines."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.extracts.readers.sniff import Encoding, encoding_of, is_utf16, line_ending, seems_to_be

PLAIN = "id,first,last\n1,Zoë,Lee\n"


@pytest.mark.parametrize(
    ("head", "said", "found"),
    [
        (PLAIN.encode(), None, Encoding("utf-8")),
        (PLAIN.encode(), "utf-8", Encoding("utf-8")),
        (PLAIN.encode(), "windows-1252", Encoding("windows-1252")),
        (PLAIN.encode(), "utf-16", Encoding("utf-16-le")),
        (PLAIN.encode("utf-8-sig"), None, Encoding("utf-8", 3)),
        (PLAIN.encode("utf-8-sig"), "windows-1252", Encoding("utf-8", 3)),
        (b"\xff\xfe" + PLAIN.encode("utf-16-le"), "utf-8", Encoding("utf-16-le", 2)),
        (b"\xfe\xff" + PLAIN.encode("utf-16-be"), None, Encoding("utf-16-be", 2)),
        (PLAIN.encode("utf-16-le"), None, Encoding("utf-16-le")),
        (PLAIN.encode("utf-16-be"), None, Encoding("utf-16-be")),
        (PLAIN.encode("utf-16-be"), "utf-16", Encoding("utf-16-be")),
        (PLAIN.encode("utf-16-le"), "utf-8", Encoding("utf-8")),
        (b"", None, Encoding("utf-8")),
        (bytes(400), None, Encoding("utf-8")),
    ],
)
def test_encodings(head: bytes, said: str | None, found: Encoding) -> None:
    assert encoding_of(head, said) == found


def test_the_width_of_a_plain_letter() -> None:
    assert [Encoding(name).width for name in ("utf-8", "windows-1252", "utf-16-le", "utf-16-be")] == [1, 1, 2, 2]


@given(st.text(alphabet=st.characters(max_codepoint=127, min_codepoint=32), min_size=8))
def test_utf_16_of_plain_letters_is_known_without_a_mark(text: str) -> None:
    assert is_utf16(text.encode("utf-16-le"))
    assert is_utf16(text.encode("utf-16-be"))
    assert not is_utf16(text.encode())


@pytest.mark.parametrize(
    ("head", "ending"), [(b"a\nb", b"\n"), (b"a\r\nb", b"\n"), (b"a\rb", b"\r"), (b"ab", b"\n"), (b"a\rb\nc", b"\n")]
)
def test_line_endings(head: bytes, ending: bytes) -> None:
    assert line_ending(head) == ending


@given(st.binary(max_size=300))
def test_any_bytes_are_something_or_plain_text(head: bytes) -> None:
    words = seems_to_be(head)
    assert words is None or words
    assert encoding_of(head, None).mark <= len(head)


@pytest.mark.parametrize("head", [bytes(5000), bytes(range(256)) * 4, random.Random(1).randbytes(4096)])
def test_binary_data_is_no_table(head: bytes) -> None:
    assert seems_to_be(head) == "binary data"
    assert seems_to_be(PLAIN.encode() + head) is None, "a table with a hole in it"


@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16-le", "utf-16-be", "utf-16", "utf-8-sig"])
def test_text_is_not_binary_data(encoding: str) -> None:
    assert seems_to_be((PLAIN * 40).encode(encoding)) is None
    assert seems_to_be((PLAIN * 40 + "1,A\x00nn,Le\x00e\n" * 9).encode(encoding)) is None


def test_text_of_other_scripts_is_not_binary_data_when_the_encoding_is_said() -> None:
    head = ("имя,фамилия\n" * 90).encode("utf-16-le")
    assert seems_to_be(head, "utf-16") is None
    assert seems_to_be(head) == "binary data"
