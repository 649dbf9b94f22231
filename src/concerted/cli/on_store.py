"""Commands on the application's store, which the environment names."""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concerted.audit.acting import Acting


@contextmanager
def on_store() -> Iterator[None]:
    """The store is open within. UsedWronglyError where it is not set, not there, or its key does not open it."""
    from concerted.common.errors import UsedWronglyError

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "concerted.web.settings")
    import django

    django.setup()
    from django.db import DatabaseError

    try:
        yield
    except DatabaseError as why:
        raise UsedWronglyError(
            "the store cannot be used",
            why=str(why).partition("\n")[0],
            mend="see that CONCERTED_STORE and its key are right and that it is set up",
        ) from why


def by_command() -> Acting:
    """Who acts where a command is run on the store: the command, at the account of this machine."""
    from concerted.audit.acting import Acting

    try:
        account = getpass.getuser()
    except (KeyError, OSError):  # a machine that knows no name for the account
        account = "an account without a name"
    return Acting(None, None, "", "accounting", f"terminal of {account}", system="command")
