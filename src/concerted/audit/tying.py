"""The heads of all chains written down together: what shows a chain cut short, or made anew from some event."""

import hashlib
import json
from datetime import datetime
from typing import Final

from concerted.audit.chains import stamp
from concerted.audit.models import Chain, Tie
from concerted.audit.signing import sign
from concerted.audit.verifier import ed25519

FIRST: Final = 1


def tie(at: datetime) -> Tie:
    """Write the heads down as they are now. An event of the instance's chain has to say so; `services.tie` does."""
    before = Tie.objects.order_by("-number").first()
    heads = [[one.name, one.number, bytes(one.head).hex()] for one in Chain.objects.order_by("id")]
    number = before.number + 1 if before else FIRST
    said = {"number": number, "at": stamp(at), "previous": before.hash if before else "", "chains": heads}
    content = json.dumps(said, separators=(",", ":"))
    signature = sign(content)
    return Tie.objects.create(
        number=number, at=at, content=content, hash=hashed(content), signature=signature.signature, key=signature.key
    )


def hashed(content: str) -> str:
    """The hash of a tie."""
    return hashlib.sha256(content.encode()).hexdigest()


def signed_by(of: Tie, key: str) -> bool:
    """Whether that key, public and in hexadecimal, signed it."""
    return bool(of.signature) and ed25519(bytes.fromhex(key), of.content.encode(), of.signature)
