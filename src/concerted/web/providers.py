"""What each application adds to the pages that all share: what is due, where one can go.

An application has a module `start` that gives it, and knows nothing of this one; only here is it put together, in
`APPLICATIONS`. A role's start page is what the applications give for it.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

from concerted.audit.acting import Acting
from concerted.organisations import start as organisations


class Due(Protocol):
    """Something that waits for whoever acts. Never a child's name or anything of a case: it stands on a page that may
    be seen from beside. href: where it is done. state: in a word or two ("3 days left"). hint: one sentence."""

    @property
    def text(self) -> str: ...
    @property
    def href(self) -> str: ...
    @property
    def state(self) -> str: ...
    @property
    def hint(self) -> str: ...


class Way(Protocol):
    """Somewhere that whoever acts can go. hint: what is done there, for the start page."""

    @property
    def text(self) -> str: ...
    @property
    def href(self) -> str: ...
    @property
    def hint(self) -> str: ...


class Provider(Protocol):
    """What an application gives for an organisation, a role and a purpose; a module with these functions is one."""

    def due(self, acting: Acting) -> Iterable[Due]:
        """What waits, the soonest first."""

    def ways(self, acting: Acting) -> Iterable[Way]:
        """Where one can go, the most used first."""


APPLICATIONS: list[Provider] = [organisations]
"""In the order in which what they give is shown."""


def due(acting: Acting, of: Sequence[Provider] | None = None) -> list[Due]:
    """All that waits for whoever acts."""
    return [one for provider in _of(of) for one in provider.due(acting)]


def ways(acting: Acting, of: Sequence[Provider] | None = None) -> list[Way]:
    """Wherever they can go."""
    return [one for provider in _of(of) for one in provider.ways(acting)]


def _of(of: Sequence[Provider] | None) -> Sequence[Provider]:
    return APPLICATIONS if of is None else of
