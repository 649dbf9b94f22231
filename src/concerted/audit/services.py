"""stub"""
from collections.abc import Sequence

from concerted.audit.acting import Acting, Subject
from concerted.audit.acts import Act

seen: list[tuple[Act, tuple[Subject, ...]]] = []


def record(acting: Acting, act: Act, subjects: Sequence[Subject], **details: object) -> None:
    seen.append((act, tuple(subjects)))
