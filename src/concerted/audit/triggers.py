"""Triggers that hold the audit's tables to being added to, in the words of either store.

Whoever owns the tables can drop a trigger; so on PostgreSQL the application signs in as a role that does not own them
(`grants`), and the chains show what somebody with more power did.
"""

from typing import Final, NamedTuple


class Refusal(NamedTuple):
    """What a table refuses. on: `update` or `delete`. unless: when it is let through all the same, as SQL on `old` and
    `new`."""

    table: str
    on: str
    unless: str = ""


_MARKED: Final = "exists (select 1 from audit_removal r where old.place between r.first and r.last)"
_ONE_ON: Final = "new.id = old.id and new.name = old.name and new.start = old.start and new.number = old.number + 1"
REFUSALS: Final = (
    *(Refusal(table, on) for table in ("audit_link", "audit_removal", "audit_tie") for on in ("update", "delete")),
    Refusal("audit_payload", "update"),
    Refusal("audit_payload", "delete", unless=_MARKED),
    Refusal("audit_chain", "update", unless=_ONE_ON),
    Refusal("audit_chain", "delete"),
)
TABLES: Final = tuple(dict.fromkeys(refusal.table for refusal in REFUSALS))
_FUNCTION: Final = "audit_refused"


def made(vendor: str) -> list[str]:
    """Statements that make them. vendor: Django's name of the store, `sqlite` or `postgresql`."""
    if vendor == "postgresql":
        return [_function(), *map(_postgresql, REFUSALS), *map(_truncated, TABLES)]
    return list(map(_sqlite, REFUSALS))


def dropped(vendor: str) -> list[str]:
    """Statements that drop them: to undo a migration, and to empty a store of tests."""
    names = [(_name(refusal), refusal.table) for refusal in REFUSALS]
    if vendor == "postgresql":
        names += [(f"{table}_no_truncate", table) for table in TABLES]
        return [f"drop trigger if exists {name} on {table}" for name, table in names]
    return [f"drop trigger if exists {name}" for name, _ in names]


def _name(of: Refusal) -> str:
    return f"{of.table}_no_{of.on}"


def _words(of: Refusal) -> str:
    """What the store says to whoever tries."""
    return f"{of.table} is added to and never changed: {of.on} refused"


def _sqlite(of: Refusal) -> str:
    when = f" when not ({of.unless})" if of.unless else ""
    raised = f"select raise(abort, '{_words(of)}');"
    return f"create trigger {_name(of)} before {of.on} on {of.table} for each row{when} begin {raised} end"


def _function() -> str:
    return (
        f"create or replace function {_FUNCTION}() returns trigger language plpgsql as $$ begin"
        " raise exception '% is added to and never changed: % refused', tg_table_name, lower(tg_op)"
        " using errcode = 'integrity_constraint_violation'; end $$"
    )


def _postgresql(of: Refusal) -> str:
    """A condition that looks into another table is no trigger's `when` there; such a trigger has its own function."""
    each = f"create trigger {_name(of)} before {of.on} on {of.table} for each row execute function"
    if not of.unless:
        return f"{each} {_FUNCTION}()"
    back = "new" if of.on == "update" else "old"
    return (
        f"create or replace function {_name(of)}() returns trigger language plpgsql as $$ begin"
        f" if {of.unless} then return {back}; end if;"
        f" raise exception '{_words(of)}' using errcode = 'integrity_constraint_violation'; end $$;"
        f" {each} {_name(of)}()"
    )


def _truncated(table: str) -> str:
    return (
        f"create trigger {table}_no_truncate before truncate on {table} for each statement execute function"
        f" {_FUNCTION}()"
    )
