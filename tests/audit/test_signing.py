"""The key that signs heads comes from outside the store, and never stands in an error."""

from pathlib import Path

import pytest

from concerted.audit.signing import NAME, Signature, public, sign
from concerted.audit.verifier import ed25519
from concerted.common.errors import UsedWronglyError

SECRET = "5e" * 32


def test_a_text_is_signed_by_the_key_or_by_that_of_the_file(tmp_path: Path) -> None:
    (tmp_path / "key").write_text(f"{SECRET}\n", encoding="ascii")
    signed = sign("words", {NAME: SECRET})
    assert sign("words", {f"{NAME}_FILE": str(tmp_path / "key")}) == signed
    assert ed25519(bytes.fromhex(signed.key), b"words", signed.signature)
    assert signed.key == public({NAME: SECRET})


def test_without_a_key_nothing_is_signed_and_that_shows() -> None:
    assert (sign("words", {}), public({})) == (Signature("", ""), "")


def test_what_is_no_key_is_said_to_be_none_and_not_shown(tmp_path: Path) -> None:
    with pytest.raises(UsedWronglyError, match="is not 64 hexadecimal digits") as told:
        sign("words", {NAME: "secretly"})
    assert "secretly" not in str(told.value)
    (tmp_path / "key").write_bytes(b"\xff\xff")
    for name in ("key", "absent"):
        with pytest.raises(UsedWronglyError, match="CONCERTED_AUDIT_KEY_FILE cannot be read"):
            sign("words", {f"{NAME}_FILE": str(tmp_path / name)})
