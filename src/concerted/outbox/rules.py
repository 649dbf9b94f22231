"""Contact rules: who may be told what, how and when. An application that knows them registers them here.

Until somebody does, nothing goes to a member of the public.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Protocol

from concerted.outbox.models import Audience, Way


@dataclass(frozen=True)
class Asked:
    """A notice before it is put in the outbox. address: an e-mail address or a telephone number, as `way` says."""

    way: Way
    audience: Audience
    address: str
    notice: str
    link: str
    not_before: datetime


@dataclass(frozen=True)
class Refused:
    """It may not go out. why: in words, without a word of a case."""

    why: str


class ContactRules(Protocol):
    """Says of each notice to a member of the public whether it goes out, and how: changed, or as it is."""

    def decide(self, asked: Asked) -> Asked | Refused:
        """What may go out in its place. It may come later or another way; it may not go to more people."""
        ...


NONE_YET: Final = Refused("no contact rules are set up, so that nothing goes to a member of the public")
_registered: list[ContactRules] = []


def register(rules: ContactRules) -> Callable[[], None]:
    """Let these rules decide too. Gives what takes them away again."""
    _registered.append(rules)
    return lambda: _registered.remove(rules)


def decided(asked: Asked) -> Asked | Refused:
    """What all rules together let out. The first refusal counts. Notices to staff pass no rules."""
    if asked.audience == Audience.STAFF:
        return asked
    answer: Asked | Refused = asked if _registered else NONE_YET
    for rules in _registered:
        if isinstance(answer, Refused):
            break
        answer = _no_earlier(answer, rules.decide(answer))
    return answer


def _no_earlier(asked: Asked, answer: Asked | Refused) -> Asked | Refused:
    """Rules may put off, and never bring forward what another put off."""
    if isinstance(answer, Refused):
        return answer
    return replace(answer, not_before=max(answer.not_before, asked.not_before))
