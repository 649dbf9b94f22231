"""Triggers that hold what a store is for to what it was made for, in the words of either store."""

from typing import Final

_WORDS: Final = "what a store is for never changes"
_NAME: Final = "instance_store_no_update"


def made(vendor: str) -> list[str]:
    """Statements that make them. vendor: Django's name of the store, `sqlite` or `postgresql`."""
    each = f"create trigger {_NAME} before update on instance_store"
    if vendor == "postgresql":
        refuses = f"begin raise exception '{_WORDS}' using errcode = 'integrity_constraint_violation'; end"
        function = f"create or replace function {_NAME}() returns trigger language plpgsql as $$ {refuses} $$"
        return [function, f"{each} for each row execute function {_NAME}()"]
    return [f"{each} begin select raise(abort, '{_WORDS}'); end"]


def dropped(vendor: str) -> list[str]:
    """Statements that drop them, to undo a migration."""
    return [f"drop trigger {_NAME}{' on instance_store' if vendor == 'postgresql' else ''}"]
