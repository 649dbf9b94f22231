"""What changes the audit: adding an event. Every function of a `services.py` calls `record` in its own transaction."""

from collections.abc import Sequence

from concerted.audit import chains
from concerted.audit.acting import SYSTEMS, Acting, Subject
from concerted.audit.acts import Act
from concerted.audit.append import append
from concerted.common import clock
from concerted.reference.purposes import purposes

_BY_NOBODY_KNOWN = (Act.SIGN_IN_REFUSED, Act.DENIED)  # whoever tries is not known yet


def record(acting: Acting, act: Act, subjects: Sequence[Subject] = (), **details: object) -> int:
    """Add an event to the chain of the acting organisation, or of the instance; its number there.

    Call it in the transaction of the change, as the last thing: the chain is locked until that ends. A page that shows
    many is one event with many subjects. details: what JSON holds; ids rather than words of a case. ValueError where
    who acts, or for what, is not of a closed list: a fault of the program.
    """
    _check(acting, act, subjects)
    at = clock.now()
    content = chains.content(at, acting, act, subjects, details)
    return append(chains.of_acting(acting), at, acting.person, act.value, content)


def _check(acting: Acting, act: Act, subjects: Sequence[Subject]) -> None:
    if acting.purpose and acting.purpose not in purposes():
        raise ValueError(f"{acting.purpose!r} is no purpose; the closed list is {', '.join(purposes())}")
    if acting.system and acting.system not in SYSTEMS:
        raise ValueError(f"{acting.system!r} is no system that acts; the closed list is {', '.join(SYSTEMS)}")
    if acting.person is None and not acting.system and act not in _BY_NOBODY_KNOWN:
        raise ValueError(f"{act} has nobody who does it: give a person, or a system of {', '.join(SYSTEMS)}")
    for subject in subjects:
        if not subject.kind or not subject.id or "\n" in f"{subject.kind}{subject.id}" or ":" in subject.kind:
            raise ValueError(f"{subject} names nothing: kind and id are text in one line, the kind without a colon")
