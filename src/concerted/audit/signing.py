"""The key that signs heads. It lies apart from the store, so that whoever can change the store cannot sign for it."""

import os
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from concerted.common.errors import UsedWronglyError

NAME: Final = "CONCERTED_AUDIT_KEY"
_KEY: Final = re.compile("[0-9a-f]{64}")


class Signature(NamedTuple):
    """In hexadecimal. Empty where no key was given. key: the public one."""

    signature: str = ""
    key: str = ""


def sign(text: str, given: Mapping[str, str] = os.environ) -> Signature:
    """Sign a text, where there is a key. UsedWronglyError where what is set is no key."""
    key = _key(given)
    if key is None:
        return Signature()
    return Signature(key.sign(text.encode()).hex(), key.public_key().public_bytes_raw().hex())


def public(given: Mapping[str, str] = os.environ) -> str:
    """The public key, in hexadecimal; empty where there is none."""
    key = _key(given)
    return key.public_key().public_bytes_raw().hex() if key else ""


def _key(given: Mapping[str, str]) -> Ed25519PrivateKey | None:
    """Of CONCERTED_AUDIT_KEY, or of the file that CONCERTED_AUDIT_KEY_FILE names. It never stands in an error."""
    text, file = given.get(NAME, ""), given.get(f"{NAME}_FILE", "")
    if not text and not file:
        return None
    if not text:
        try:
            text = Path(file).read_text(encoding="ascii").strip()
        except (OSError, UnicodeError) as why:
            raise UsedWronglyError(f"{NAME}_FILE cannot be read: {file}", mend="name a file that you may read") from why
    if not _KEY.fullmatch(text):
        raise UsedWronglyError(
            f"{NAME} is not 64 hexadecimal digits", mend="make one: openssl rand -hex 32, and keep it off this machine"
        )
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(text))
