"""How a command comes to the store: Django is set up by the environment, and what a store refuses is said in words."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from concerted.common.errors import UsedWronglyError

SETTINGS: Final = "concerted.web.settings"


def begin() -> None:
    """Set Django up, once in a process. ConcertedError where the environment cannot be meant."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django
    from django.apps import apps

    if not apps.ready:
        django.setup()


@contextmanager
def in_words() -> Iterator[None]:
    """A store that does not open, or that is not there any more, as an error in words instead of the driver's own."""
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as error:
        said = str(error)
        if "not a database" in said:
            raise UsedWronglyError(
                "the key does not open this store", mend="give the key that it was made with, in CONCERTED_STORE_KEY"
            ) from error
        raise UsedWronglyError(
            "the store does not answer",
            why=said,
            mend="see that CONCERTED_STORE names it, that it runs, and that you may read and write there",
        ) from error
