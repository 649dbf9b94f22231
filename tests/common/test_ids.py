"""Record keys and permanent ids."""

import base64
import hashlib
import hmac
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import UsedWronglyError
from concerted.common.ids import RecordKey, permanent_id, permanent_ids

SOURCES = st.text(st.characters(exclude_characters=":", exclude_categories=["Cs"]), min_size=1)
IDS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(SOURCES, IDS)
def test_a_key_reads_back_from_its_text(source: str, record_id: str) -> None:
    key = RecordKey(source, record_id)
    assert RecordKey.parse(str(key)) == key


@pytest.mark.parametrize("text", ["", "force", "force:", ":12"])
def test_what_names_no_record_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsedWronglyError, match="force-a:1234"):
        RecordKey.parse(text)


@given(SOURCES, IDS, st.integers(0, 10**6))
def test_a_permanent_id_is_26_letters_and_digits_and_the_same_each_time(
    source: str, record_id: str, arrival: int
) -> None:
    key = RecordKey(source, record_id)
    made = permanent_id(b"secret", key, arrival)
    assert len(made) == 26
    assert set(made) <= set(string.ascii_lowercase + string.digits)
    assert made == permanent_id(b"secret", key, arrival)


@given(secret=st.binary(max_size=80), rows=st.lists(st.tuples(SOURCES, IDS, st.integers(0, 10**6)), max_size=5))
def test_permanent_ids_are_the_first_letters_of_a_keyed_hash_for_ever(
    secret: bytes, rows: list[tuple[str, str, int]]
) -> None:
    """Folders that stand have given them out."""
    texts = ["\x1f".join((source, record_id, str(arrival))).encode() for source, record_id, arrival in rows]
    digests = [hmac.new(secret, text, hashlib.sha256).digest()[:16] for text in texts]
    wanted = [base64.b32encode(one).decode().rstrip("=").lower() for one in digests]
    keys, arrivals = [RecordKey(*row[:2]) for row in rows], [row[2] for row in rows]
    assert permanent_ids(secret, keys, arrivals) == wanted


def test_a_permanent_id_depends_on_all_it_is_made_of() -> None:
    key = RecordKey("a", "1")
    made = [
        permanent_id(b"one", key, 0),
        permanent_id(b"two", key, 0),
        permanent_id(b"one", key, 1),
        permanent_id(b"one", RecordKey("a", "2"), 0),
        permanent_id(b"one", RecordKey("b", "1"), 0),
    ]
    assert len(set(made)) == len(made)
