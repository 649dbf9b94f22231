"""A sealed file opens with its key alone, whole or not at all."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from concerted.common.errors import FoundWrongError, UsedWronglyError
from concerted.web.backup import parts as laid
from concerted.web.backup import sealed
from concerted.web.backup.parts import MANIFEST, Parts, parts, read_manifest
from concerted.web.backup.sealed import Opening, Sealing, key_of

KEY, OTHER = bytes(range(32)), bytes(32)
Content = dict[str, list[bytes]]
CONTENT = st.dictionaries(
    st.text(min_size=1, max_size=8).filter(lambda name: name != MANIFEST), st.lists(st.binary(min_size=1, max_size=300))
)


@pytest.fixture(autouse=True, scope="module")
def small() -> object:
    """Chunks and blocks so small that every file has many."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(sealed, "CHUNK", 64)
        patched.setattr(laid, "_LARGEST", 50)
        yield


def written(content: Content, key: bytes = KEY) -> bytes:
    to = io.BytesIO()
    into = Parts(Sealing(to, key))
    for name, blocks in content.items():
        into.begin(name)
        for block in blocks:
            into.block(block)
        into.end()
    into.manifest({"said": len(content)})
    return to.getvalue()


def read(data: bytes, key: bytes = KEY) -> dict[str, bytes]:
    return {name: b"".join(blocks) for name, blocks in parts(Opening(io.BytesIO(data), key))}


@given(CONTENT)
def test_what_is_written_reads_back(content: Content) -> None:
    found = read(written(content))
    assert read_manifest(iter([found.pop(MANIFEST)])) == {"said": len(content)}
    assert found == {name: b"".join(blocks) for name, blocks in content.items()}


@given(CONTENT, st.data())
def test_no_byte_can_be_changed_and_no_end_cut_off(content: Content, data: st.DataObject) -> None:
    whole = written(content)
    at = data.draw(st.integers(0, len(whole) - 1))
    changed = whole[:at] + bytes([whole[at] ^ data.draw(st.integers(1, 255))]) + whole[at + 1 :]
    for wrong in (changed, whole[:at], whole + b"x"):
        with pytest.raises((FoundWrongError, UsedWronglyError)):
            read(wrong)


def test_chunks_cannot_be_exchanged_or_left_out() -> None:
    whole = written({"one": [bytes(200)]})
    head, size = 67, 64 + 16
    first, second, rest = whole[head : head + size], whole[head + size : head + 2 * size], whole[head + 2 * size :]
    assert read(whole[:head] + first + second + rest)
    for wrong in (second + first + rest, second + rest, first + rest, first, b""):
        with pytest.raises(FoundWrongError, match="cut short or was changed"):
            read(whole[:head] + wrong)


def test_another_key_is_said() -> None:
    with pytest.raises(UsedWronglyError, match=r"this key does not open the backup\. Set CONCERTED_BACKUP_KEY"):
        read(written({}), OTHER)


@pytest.mark.parametrize("data", [b"", b"a letter", sealed.MAGIC])
def test_what_is_no_backup_is_said(data: bytes) -> None:
    with pytest.raises(UsedWronglyError, match="no backup of Concerted"):
        read(data)


def test_what_comes_after_the_manifest_is_refused() -> None:
    to = io.BytesIO()
    sealing = Sealing(to, KEY)
    Parts(sealing).begin(MANIFEST)
    Parts(sealing).end()
    sealing.write(b"more")
    sealing.close()
    with pytest.raises(FoundWrongError):
        read(to.getvalue())


def test_a_part_that_is_not_read_is_passed_over() -> None:
    opened = Opening(io.BytesIO(written({"one": [b"a"], "two": [b"b"]})), KEY)
    assert [name for name, _ in parts(opened)] == ["one", "two", MANIFEST]


def test_two_files_of_the_same_are_not_alike() -> None:
    assert written({"one": [b"a"]})[67:] != written({"one": [b"a"]})[67:]


def test_the_key_of_backups_is_one_of_its_own() -> None:
    assert key_of({"CONCERTED_BACKUP_KEY": KEY.hex()}) == KEY
    wrong: list[tuple[dict[str, str], str]] = [
        ({}, "CONCERTED_BACKUP_KEY is not set"),
        ({"CONCERTED_BACKUP_KEY": "abc"}, "not 64 hexadecimal digits"),
        ({"CONCERTED_BACKUP_KEY": KEY.hex(), "CONCERTED_STORE_KEY": KEY.hex()}, "the store's own key"),
    ]
    for given_, says in wrong:
        with pytest.raises(UsedWronglyError, match=says):
            key_of(given_)
