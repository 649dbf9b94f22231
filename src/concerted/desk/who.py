"""Whoever changes a folder says who they are and why."""

from concerted.common.errors import UsedWronglyError


def refuse_nobody(who: str, why: str, does: str = "asks for it") -> None:
    """Raise UsedWronglyError when nobody is named, or no reason. does: what they do, for the message."""
    if not who.strip() or not why.strip():
        raise UsedWronglyError(f"who {does}, and why, is not said", mend="write --who NAME --why REASON")
